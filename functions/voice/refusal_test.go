package voice_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"guichet/functions/internal/functiontest"
	"guichet/shared/center"
	"guichet/shared/telephony"
)

func TestRefusals(t *testing.T) {
	t.Parallel()
	o := open(t)
	good := url.Values{"CallSid": {"CA1"}, "From": {"+33612345678"}, "To": {functiontest.Number}}
	long := url.Values{"CallSid": {"CA1"}, "Padding": {strings.Repeat("x", 70<<10)}}
	none := url.Values{"From": {"+33612345678"}}
	for name, tc := range map[string]struct {
		form      url.Values
		signature string
		want      int
	}{
		"unsigned":               {good, "", http.StatusForbidden},
		"signed for elsewhere":   {good, sign("https://other.example"+telephony.PathIncoming, good), http.StatusForbidden},
		"signed for other words": {good, sign(publicURL+telephony.PathIncoming, none), http.StatusForbidden},
		"too long":               {long, sign(publicURL+telephony.PathIncoming, long), http.StatusRequestEntityTooLarge},
		"no call":                {none, sign(publicURL+telephony.PathIncoming, none), http.StatusUnprocessableEntity},
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, telephony.PathIncoming, strings.NewReader(tc.form.Encode()))
		if tc.signature != "" {
			r.Header.Set(telephony.SignatureHeader, tc.signature)
		}
		w := httptest.NewRecorder()
		o.handler.ServeHTTP(w, r)
		assert.Equal(t, tc.want, w.Code, name)
		_, err := o.Store.Contact(t.Context(), contactOf("CA1"), true)
		assert.Equal(t, center.NotFound, center.CodeOf(err), "%s: nothing is written", name)
	}
}

func TestEveryWebhookChecksTheSignature(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	o.Talk(t, "CA1", functiontest.Ana)
	before := o.Contact(t, contactOf("CA1"))
	for _, path := range []string{
		telephony.PathIncoming, telephony.PathStatus, telephony.PathWait, telephony.PathLeft, telephony.PathAfterStream,
		telephony.PathAnswered, telephony.PathMachine, telephony.PathGuestAnswered, telephony.PathGuestStatus, telephony.PathNext, telephony.PathKey,
	} {
		form := url.Values{"CallSid": {"CA1"}, "CallStatus": {"completed"}, "QueueResult": {"hangup"}}
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, at(path, "CA1"), strings.NewReader(form.Encode()))
		w := httptest.NewRecorder()
		o.handler.ServeHTTP(w, r)
		assert.Equal(t, http.StatusForbidden, w.Code, path)
	}
	assert.Equal(t, before, o.Contact(t, contactOf("CA1")))
}
