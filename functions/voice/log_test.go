package voice_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/internal/functiontest"
	"guichet/functions/voice"
	"guichet/shared/logline"
	"guichet/shared/telephony"
)

// TestAFailedWebhookIsLoggedWithItsContact gives up a request while it is answered, as a time-out does.
func TestAFailedWebhookIsLoggedWithItsContact(t *testing.T) {
	t.Parallel()
	for _, path := range []string{telephony.PathIncoming, at(telephony.PathWait, "CA1")} {
		var out bytes.Buffer
		log := logline.New(&out, func(context.Context) []slog.Attr { return nil })
		o := open(t)
		o.webhook(t, telephony.PathIncoming, "CA1")
		h := voice.New(o.Dispatcher, telephony.NewValidator(account, publicURL), publicURL, log)
		form := url.Values{"CallSid": {"CA1"}, "From": {"+33612345678"}, "To": {functiontest.Number}, "CallerName": {"Jeanne Dupont"}}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		r := httptest.NewRequestWithContext(ctx, http.MethodPost, path, strings.NewReader(form.Encode()))
		r.Header.Set(telephony.SignatureHeader, sign(publicURL+path, form))
		answer := httptest.NewRecorder()
		h.ServeHTTP(answer, r)
		require.Equal(t, http.StatusInternalServerError, answer.Code, path)
		var line map[string]any
		require.NoError(t, json.Unmarshal(out.Bytes(), &line), out.String())
		assert.Equal(t, "ERROR", line["level"], "an alarm counts these lines")
		assert.Equal(t, contactOf("CA1"), line[logline.Contact])
		assert.NotContains(t, out.String(), "612345678")
		assert.NotContains(t, out.String(), "Jeanne")
	}
}
