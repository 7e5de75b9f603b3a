package webhook_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"guichet/shared/center"
	"guichet/shared/channel"
	"guichet/shared/channel/channeltest"
	"guichet/shared/channel/internal/webhook"
)

// lines reads a body of events, each a line: "?" is misunderstood, others are the inbox of an event.
func lines(_ *http.Request, body []byte) []webhook.Item {
	var items []webhook.Item
	for line := range strings.Lines(string(body)) {
		line = strings.TrimSpace(line)
		if line == "?" {
			items = append(items, webhook.Misunderstood([]byte(line), "strange", "a strange line"))
			continue
		}
		items = append(items, webhook.Item{Payload: []byte(line), Events: []channel.Event{{Inbox: line}}})
	}
	return items
}

func TestEndpoint(t *testing.T) {
	t.Parallel()
	down := errors.New("the table is away")
	for name, tc := range map[string]struct {
		body     string
		unsigned bool
		answers  map[string]error // of the receiver, by inbox
		asideErr error
		status   int
		received []string
		aside    []channeltest.Aside
	}{
		"all taken":                   {body: "a\nb", status: 200, received: []string{"a", "b"}},
		"nothing said":                {body: "", status: 200},
		"unsigned":                    {body: "a", unsigned: true, status: 403},
		"too long":                    {body: strings.Repeat("a\n", 60), status: 413},
		"one is not understood":       {body: "a\n?\nb", status: 200, received: []string{"a", "b"}, aside: []channeltest.Aside{{Payload: "?", Reason: "a strange line"}}},
		"one can never be taken":      {body: "a\nb\nc", answers: map[string]error{"b": center.Errorf(center.Invalid, "no", "never")}, status: 200, received: []string{"a", "c"}, aside: []channeltest.Aside{{Payload: "b", Reason: "never"}}},
		"one is to be repeated":       {body: "a\nb\nc", answers: map[string]error{"b": down}, status: 500, received: []string{"a", "c"}},
		"one refers to what is not":   {body: "a", answers: map[string]error{"a": center.Errorf(center.NotFound, "no", "not yet")}, status: 500},
		"what cannot be set aside is": {body: "a\n?", asideErr: down, status: 500, received: []string{"a"}},
	} {
		r := &channeltest.Receiver{AsideErr: tc.asideErr, Refuse: func(e channel.Event) error { return tc.answers[e.Inbox] }}
		e := webhook.Endpoint{
			Channel: "lines", Receiver: r, Read: lines, Signed: func(*http.Request, []byte) bool { return !tc.unsigned },
		}
		w := httptest.NewRecorder()
		req := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", strings.NewReader(tc.body))
		req.Body = http.MaxBytesReader(w, req.Body, 100)
		e.ServeHTTP(w, req)
		assert.Equal(t, tc.status, w.Code, name)
		var received []string
		for _, event := range r.Events() {
			received = append(received, event.Inbox)
		}
		assert.Equal(t, tc.received, received, name)
		assert.Equal(t, tc.aside, r.Aside(), name)
	}
}
