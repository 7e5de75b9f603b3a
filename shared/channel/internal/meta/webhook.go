package meta

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"strings"

	"guichet/shared/channel"
	"guichet/shared/channel/internal/webhook"
)

// Routes registers the one address that Meta is given.
func (a *App) Routes(router channel.Router, r channel.Receiver) {
	router.Handle("GET /webhook", http.HandlerFunc(a.Confirm))
	router.Handle("POST /webhook", webhook.Endpoint{Channel: a.Channel, Receiver: r, Signed: a.Signed, Read: a.read})
}

// Confirm answers Meta's question whether the address is ours
// (https://developers.facebook.com/docs/graph-api/webhooks/getting-started#verification-requests).
func (a *App) Confirm(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	token := q.Get("hub.verify_token")
	if a.VerifyToken == "" || q.Get("hub.mode") != "subscribe" || subtle.ConstantTimeCompare([]byte(token), []byte(a.VerifyToken)) != 1 {
		http.Error(w, "mode or token wrong", http.StatusForbidden)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	_, _ = io.WriteString(w, q.Get("hub.challenge"))
}

// signatureHeader carries an HMAC-SHA-256 of the body as it is sent
// (https://developers.facebook.com/docs/graph-api/webhooks/getting-started#validate-payloads).
const signatureHeader = "X-Hub-Signature-256"

// Signed tells whether Meta sent the body.
func (a *App) Signed(r *http.Request, body []byte) bool {
	text, found := strings.CutPrefix(r.Header.Get(signatureHeader), "sha256=")
	signature, err := hex.DecodeString(text)
	if a.AppSecret == "" || !found || err != nil {
		return false
	}
	return hmac.Equal(signature, a.mac(string(body)))
}

// mac is the keyed hash of a text with the app's secret.
func (a *App) mac(text string) []byte {
	mac := hmac.New(sha256.New, []byte(a.AppSecret))
	_, _ = io.WriteString(mac, text) // never fails
	return mac.Sum(nil)
}

// envelope is a batch of events (https://developers.facebook.com/docs/messenger-platform/webhooks#format). Standby holds
// those of conversations that another app has in hand.
type envelope struct {
	Object string `json:"object"`
	Entry  []struct {
		ID        string            `json:"id"`
		Messaging []json.RawMessage `json:"messaging"`
		Standby   []json.RawMessage `json:"standby"`
		Changes   []json.RawMessage `json:"changes"`
	} `json:"entry"`
}

// read takes a batch apart.
func (a *App) read(_ *http.Request, body []byte) []webhook.Item {
	var batch envelope
	if err := json.Unmarshal(body, &batch); err != nil {
		return []webhook.Item{webhook.Misunderstood(body, "json", "no batch of events: %v", err)}
	}
	if batch.Object != a.Object {
		return []webhook.Item{webhook.Misunderstood(body, "object", "events of %q, not of %q", batch.Object, a.Object)}
	}
	var items []webhook.Item
	for _, entry := range batch.Entry {
		for _, raw := range append(entry.Messaging, entry.Standby...) {
			items = append(items, a.item(entry.ID, raw))
		}
		for _, raw := range entry.Changes {
			items = append(items, webhook.Misunderstood(raw, "change", "a change of a field, which is no message"))
		}
	}
	if len(items) == 0 {
		return []webhook.Item{webhook.Misunderstood(body, "empty", "a batch without events")}
	}
	return items
}

func (a *App) item(inbox string, raw json.RawMessage) webhook.Item {
	e, err := readEvent(inbox, raw)
	if err != nil {
		return webhook.Misunderstood(raw, "event", "%v", err)
	}
	event, err := a.translate(e)
	switch {
	case err != nil:
		return webhook.Misunderstood(raw, "event", "%v", err)
	case event == nil:
		return webhook.Item{Payload: raw}
	}
	return webhook.Item{Payload: raw, Events: []channel.Event{*event}}
}
