package telephony

import (
	"net/http"

	"github.com/twilio/twilio-go/client"
)

// SignatureHeader carries Twilio's signature (https://www.twilio.com/docs/usage/security#validating-requests).
const SignatureHeader = "X-Twilio-Signature"

// Validator tells Twilio's webhooks from others.
type Validator struct {
	publicURL string
	validator client.RequestValidator
}

// NewValidator checks signatures made with the account's token over addresses under publicURL.
func NewValidator(account Account, publicURL string) *Validator {
	return &Validator{publicURL: publicURL, validator: client.NewRequestValidator(account.AuthToken)}
}

// Valid tells whether Twilio sent this body to this address. The host is the public one, whatever the request says.
func (v *Validator) Valid(r *http.Request, body []byte) bool {
	signature := r.Header.Get(SignatureHeader)
	return signature != "" && v.validator.ValidateBody(v.publicURL+r.URL.RequestURI(), body, signature)
}
