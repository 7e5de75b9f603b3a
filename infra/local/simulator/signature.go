package simulator

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"net/url"
	"sort"
)

const signatureHeader = "X-Twilio-Signature"

// sign is Twilio's request signature: HMAC-SHA-1 of the full URL followed by every POST parameter's name and value in the
// order of the names (https://www.twilio.com/docs/usage/security). For GET requests and WebSockets, form is nil.
func sign(authToken, fullURL string, form url.Values) string {
	names := make([]string, 0, len(form))
	for name := range form {
		names = append(names, name)
	}
	sort.Strings(names)
	mac := hmac.New(sha1.New, []byte(authToken))
	mac.Write([]byte(fullURL))
	for _, name := range names {
		for _, value := range form[name] {
			mac.Write([]byte(name))
			mac.Write([]byte(value))
		}
	}
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}
