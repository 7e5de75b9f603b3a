// Package twilio is what Twilio's APIs have in common on the provider's side: accounts, signatures, errors and resources'
// forms. The telephone and the text messages build on it; it knows neither.
package twilio

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha1"
	"encoding/base64"
	"encoding/hex"
	"net/url"
	"sort"
	"time"

	"github.com/nyaruka/phonenumbers"
)

const (
	// Version is in every path of the REST API, and in webhooks.
	Version = "2010-04-01"
	// SignatureHeader carries Sign's result.
	SignatureHeader = "X-Twilio-Signature"
	// UserAgent is that of webhooks.
	UserAgent = "TwilioProxy/1.1"
	// WebhookTime is Twilio's total patience with one request (https://www.twilio.com/docs/api/errors/11205).
	WebhookTime = 15 * time.Second
)

// Account is the provider's customer. Its token signs webhooks and authenticates REST calls.
type Account struct{ SID, AuthToken string }

// Sign is Twilio's request signature: HMAC-SHA-1 of the full URL followed by every POST parameter's name and value in the
// order of the names (https://www.twilio.com/docs/usage/security). For GET requests and WebSockets, form is nil.
func (a Account) Sign(fullURL string, form url.Values) string {
	names := make([]string, 0, len(form))
	for name := range form {
		names = append(names, name)
	}
	sort.Strings(names)
	mac := hmac.New(sha1.New, []byte(a.AuthToken))
	mac.Write([]byte(fullURL))
	for _, name := range names {
		for _, value := range form[name] {
			mac.Write([]byte(name))
			mac.Write([]byte(value))
		}
	}
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// NewSID returns an identifier: two letters for the kind and 32 hexadecimal digits.
func NewSID(kind string) string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // crypto/rand.Read never fails
	return kind + hex.EncodeToString(b[:])
}

// Date is a time as resources have it: RFC 2822, null when there is none.
func Date(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	text := t.UTC().Format(time.RFC1123Z)
	return &text
}

// Country is the ISO 3166 code of a number's country; empty when it has none.
func Country(number string) string {
	parsed, err := phonenumbers.Parse(number, "")
	if err != nil {
		return ""
	}
	return phonenumbers.GetRegionCodeForNumber(parsed)
}

// IsHTTP says whether a parameter is an absolute http or https URL.
func IsHTTP(raw string) bool {
	u, err := url.Parse(raw)
	return err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https")
}
