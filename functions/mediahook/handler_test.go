package mediahook_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/internal/functiontest"
	"guichet/functions/mediahook"
	"guichet/shared/center"
	"guichet/shared/mediaapi"
)

// office is a centre that media nodes report to.
type office struct {
	*functiontest.Centre
	handler http.Handler
}

func open(t *testing.T) *office {
	t.Helper()
	c := functiontest.New(t)
	return &office{c, mediahook.New(c.Dispatcher, functiontest.Key, functiontest.Log)}
}

func (o *office) post(t *testing.T, body, signature string) int {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, mediaapi.EventPath, strings.NewReader(body))
	r.Header.Set(mediaapi.SignatureHeader, signature)
	w := httptest.NewRecorder()
	o.handler.ServeHTTP(w, r)
	return w.Code
}

func (o *office) report(t *testing.T, e mediaapi.Event) {
	t.Helper()
	e.At = o.Now()
	body, err := json.Marshal(e)
	require.NoError(t, err)
	require.Equal(t, http.StatusNoContent, o.post(t, string(body), functiontest.Key.SignEvent(body, o.Now())))
}

func TestReportsOfAudio(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	o.report(t, mediaapi.Event{Type: mediaapi.AgentJoined, AgentID: functiontest.Ana, SessionID: "s1"})
	o.report(t, mediaapi.Event{Type: mediaapi.AgentJoined, AgentID: functiontest.Ana, SessionID: "s2"})
	o.report(t, mediaapi.Event{Type: mediaapi.AgentLeft, AgentID: functiontest.Ana, SessionID: "s1"})
	assert.Equal(t, "s2", o.Agent(t, functiontest.Ana).AudioID, "the older session's end does not concern the newer")
	o.report(t, mediaapi.Event{Type: mediaapi.AgentLeft, AgentID: functiontest.Ana, SessionID: "s2"})
	assert.Empty(t, o.Agent(t, functiontest.Ana).AudioID)
}

func TestReportsOfACall(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	c := o.Call(t, "CA1")
	_, err := o.Accept(t.Context(), functiontest.Ana, c.ID, c.Offer.ID)
	require.NoError(t, err)
	joined := mediaapi.Event{Type: mediaapi.ContactJoined, AgentID: functiontest.Ana, ContactID: c.ID}
	o.report(t, joined)
	connected := o.Contact(t, c.ID)
	assert.Equal(t, center.StateConnected, connected.State)
	o.report(t, joined)
	o.report(t, mediaapi.Event{Type: mediaapi.ContactParked, AgentID: functiontest.Ana, ContactID: c.ID})
	o.report(t, mediaapi.Event{Type: mediaapi.ContactLeft, AgentID: functiontest.Ana, ContactID: c.ID, CallSID: "CA1", Reason: mediaapi.LeftLost})
	o.report(t, mediaapi.Event{Type: mediaapi.ContactLeft, AgentID: functiontest.Ana, ContactID: c.ID, Reason: mediaapi.LeftLost})
	assert.Equal(t, connected, o.Contact(t, c.ID), "a repeat changes nothing, and Twilio says when a call is over")

	o.Pass(time.Minute)
	o.report(t, mediaapi.Event{Type: mediaapi.ContactParkExpired, AgentID: functiontest.Ana, ContactID: c.ID})
	assert.True(t, o.Contact(t, c.ID).Waiting(), "the caller is back in line")
	assert.Equal(t, center.ReasonMissed, o.Agent(t, functiontest.Ana).StatusIn(functiontest.QueueID).Reason)
}

func TestReportOfAnotherAgentsCallChangesNothing(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	c := o.Talk(t, "CA1", functiontest.Ana)
	o.report(t, mediaapi.Event{Type: mediaapi.ContactParkExpired, AgentID: functiontest.Ben, ContactID: c.ID})
	o.report(t, mediaapi.Event{Type: mediaapi.ContactParkExpired, AgentID: functiontest.Ana, ContactID: "ct_none"})
	o.report(t, mediaapi.Event{Type: "contact.sang", AgentID: functiontest.Ana, ContactID: c.ID})
	assert.Equal(t, c, o.Contact(t, c.ID))
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	c := o.Talk(t, "CA1", functiontest.Ana)
	body := `{"type":"contact.parkExpired","agentId":"ana","contactId":"` + c.ID + `"}`
	now := o.Now()
	other := mediaapi.Key(strings.Repeat("x", 32))
	long := `{"agentId":"` + strings.Repeat("x", 20<<10) + `"}`
	for name, tc := range map[string]struct {
		body, signature string
		want            int
	}{
		"unsigned":          {body, "", http.StatusForbidden},
		"another key":       {body, other.SignEvent([]byte(body), now), http.StatusForbidden},
		"another body":      {body, functiontest.Key.SignEvent([]byte("{}"), now), http.StatusForbidden},
		"old":               {body, functiontest.Key.SignEvent([]byte(body), now.Add(-mediaapi.EventLifetime-time.Second)), http.StatusForbidden},
		"a ticket, no less": {body, ticket(t), http.StatusForbidden},
		"too long":          {long, functiontest.Key.SignEvent([]byte(long), now), http.StatusRequestEntityTooLarge},
		"no JSON":           {"{", functiontest.Key.SignEvent([]byte("{"), now), http.StatusUnprocessableEntity},
		"of nobody":         {"{}", functiontest.Key.SignEvent([]byte("{}"), now), http.StatusUnprocessableEntity},
	} {
		assert.Equal(t, tc.want, o.post(t, tc.body, tc.signature), name)
	}
	assert.Equal(t, c, o.Contact(t, c.ID), "nothing is written")
}

func ticket(t *testing.T) string {
	t.Helper()
	signed, err := functiontest.Key.Sign(mediaapi.Ticket{Purpose: mediaapi.PurposeAgent, AgentID: functiontest.Ana, ExpiresUnix: 1 << 40})
	require.NoError(t, err)
	return signed
}
