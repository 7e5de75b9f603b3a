package sms_test

import (
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // Twilio's signature is what it is
	"encoding/base64"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/shared/channel"
	"guichet/shared/channel/channeltest"
	"guichet/shared/channel/sms"
)

const (
	accountSID = "AC00000000000000000000000000000000"
	authToken  = "0123456789abcdef0123456789abcdef"
)

// twilio signs: HMAC-SHA-1 over the address and the sorted parameters.
var twilio = channeltest.Provider{
	New: func(key string) channel.Channel {
		return sms.New(sms.Config{AccountSID: accountSID, AuthToken: key, PublicURL: channeltest.PublicURL, HTTP: channeltest.Client()})
	},
	Sign: func(r *http.Request, body []byte, key, address string) {
		form, err := url.ParseQuery(string(body))
		if err != nil {
			form = url.Values{}
		}
		mac := hmac.New(sha1.New, []byte(key))
		mac.Write([]byte(address))
		for _, name := range slices.Sorted(maps.Keys(form)) {
			mac.Write([]byte(name + form.Get(name)))
		}
		r.Header.Set("X-Twilio-Signature", base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	},
	Header:       "X-Twilio-Signature",
	ContentType:  "application/x-www-form-urlencoded",
	SignsAddress: true,
}

// at returns the channel as it speaks to an API at another address.
func at(apiURL string) channel.Channel {
	u, err := url.Parse(apiURL)
	if err != nil {
		panic(err)
	}
	return sms.New(sms.Config{
		AccountSID: accountSID, AuthToken: authToken, PublicURL: channeltest.PublicURL, APIURL: u, HTTP: channeltest.Client(),
	})
}

func TestAuthorizeOnlyTwilio(t *testing.T) {
	t.Parallel()
	c := sms.New(sms.Config{AccountSID: accountSID, AuthToken: authToken})
	for address, want := range map[string]bool{
		"https://api.twilio.com/2010-04-01/Accounts/AC0/Messages/MM0/Media/ME0": true,
		"http://api.twilio.com/":             false,
		"https://api.twilio.com.evil.test/":  false,
		"https://evil.test/?api.twilio.com/": false,
	} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
		require.NoError(t, err)
		c.Authorize(r)
		_, _, ok := r.BasicAuth()
		require.Equal(t, want, ok, address)
	}
}
