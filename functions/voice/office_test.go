package voice_test

import (
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // Twilio's signature is what it is
	"encoding/base64"
	"encoding/xml"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/functions/internal/functiontest"
	"guichet/functions/voice"
	"guichet/shared/center"
	"guichet/shared/telephony"
)

const publicURL = "https://guichet.example"

var account = telephony.Account{SID: "AC0", AuthToken: "secret"}

// office is a centre with Twilio before it.
type office struct {
	*functiontest.Centre
	handler http.Handler
}

func open(t *testing.T) *office {
	t.Helper()
	c := functiontest.New(t)
	return &office{c, voice.New(c.Dispatcher, telephony.NewValidator(account, publicURL), publicURL, functiontest.Log)}
}

// sign makes Twilio's signature: HMAC-SHA-1 over the address and the sorted parameters.
func sign(address string, form url.Values) string {
	mac := hmac.New(sha1.New, []byte(account.AuthToken))
	mac.Write([]byte(address))
	for _, name := range slices.Sorted(func(yield func(string) bool) {
		for name := range form {
			if !yield(name) {
				return
			}
		}
	}) {
		mac.Write([]byte(name + form.Get(name)))
	}
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// twiml is any TwiML document, verb by verb.
type twiml struct {
	Verbs []struct {
		XMLName xml.Name
		URL     string `xml:"waitUrl,attr"`
		Action  string `xml:"action,attr"`
		// Callback is that of <Record>.
		Callback string `xml:"recordingStatusCallback,attr"`
		Text     string `xml:",chardata"`
		Inner    string `xml:",innerxml"`
	} `xml:",any"`
}

func (d twiml) names() []string {
	var names []string
	for _, v := range d.Verbs {
		names = append(names, v.XMLName.Local)
	}
	return names
}

func (d twiml) spoken() string {
	var said []string
	for _, v := range d.Verbs {
		if v.XMLName.Local == "Say" {
			said = append(said, v.Text)
		}
	}
	return strings.Join(said, " ")
}

// webhook sends a signed webhook and reads the document that comes back.
func (o *office) webhook(t *testing.T, path, call string, more ...string) twiml {
	t.Helper()
	form := url.Values{"CallSid": {call}, "From": {"+33612345678"}, "To": {functiontest.Number}}
	for i := 0; i < len(more); i += 2 {
		form.Set(more[i], more[i+1])
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set(telephony.SignatureHeader, sign(publicURL+path, form))
	w := httptest.NewRecorder()
	o.handler.ServeHTTP(w, r)
	require.Equal(t, http.StatusOK, w.Code, w.Body.String())
	var doc twiml
	require.NoError(t, xml.Unmarshal(w.Body.Bytes(), &doc))
	return doc
}

func contactOf(call string) string { return center.ContactIDOf("twilio", call) }

func at(path, call string) string { return path + "?contact=" + contactOf(call) }
