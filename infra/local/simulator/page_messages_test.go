package simulator_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/infra/local/simulator"
	"guichet/infra/local/simulator/messaging"
)

// pigeon is a provider whose messages always arrive.
type pigeon struct{}

func (pigeon) Inboxes() []messaging.Inbox                                  { return []messaging.Inbox{{Channel: "pigeon", ID: "loft"}} }
func (pigeon) Abilities(string) messaging.Abilities                        { return messaging.Abilities{} }
func (pigeon) Faults(string) []string                                      { return nil }
func (pigeon) Customer(_, asked string) (string, error)                    { return asked, nil }
func (pigeon) MessageID(string, messaging.Message) string                  { return "feather" }
func (pigeon) Report(context.Context, messaging.Thread, messaging.Act) int { return http.StatusOK }

func withPigeons(t *testing.T) *page {
	t.Helper()
	book, err := messaging.Open(messaging.Options{})
	require.NoError(t, err)
	t.Cleanup(book.Close)
	book.Register(pigeon{})
	return start(t, nil, func(cfg *simulator.Config) { cfg.Messages = book }).page()
}

// TestPageTellsOfMessages: the page's one socket brings calls and threads.
func TestPageTellsOfMessages(t *testing.T) {
	t.Parallel()
	p := withPigeons(t)
	status, _ := p.post("/messages/threads", `{"channel":"pigeon","inbox":"loft","customer":"ada","name":"Ada"}`)
	require.Equal(t, http.StatusCreated, status)
	events := p.socket("/events")
	_, raw, err := events.Read(patience(t))
	require.NoError(t, err)
	require.Contains(t, string(raw), `"all":true,"calls":[],"threads":[{"id":"pigeon-loft-ada"`)

	status, sent := p.post("/messages/threads/pigeon-loft-ada/write", `{"text":"coo"}`)
	require.Equal(t, []any{http.StatusOK, "delivered"}, []any{status, sent["state"]})
	for text := ""; !strings.Contains(text, `"text":"coo"`) || !strings.Contains(text, `"state":"delivered"`); {
		_, raw, err := events.Read(patience(t))
		require.NoError(t, err)
		require.NotContains(t, string(raw), `"all"`)
		text = string(raw)
	}
}

// TestOtherSitesDoNotWrite: a page of another site, open in the same browser, writes to nobody.
func TestOtherSitesDoNotWrite(t *testing.T) {
	t.Parallel()
	p := withPigeons(t)
	for _, path := range []string{"/threads", "/threads/x/write", "/files", "/faults"} {
		res, _ := p.request(http.MethodPost, "/simulator/api/messages"+path, "{}", map[string]string{"Origin": "https://evil.example"})
		require.Equal(t, http.StatusForbidden, res.StatusCode, path)
	}
	res, body := p.request(http.MethodGet, "/simulator/api/messages", "", nil)
	require.Equal(t, http.StatusOK, res.StatusCode)
	require.Contains(t, body, `"inboxes":[{"channel":"pigeon","id":"loft"`)
	require.Contains(t, body, `"threads":[]`)
}
