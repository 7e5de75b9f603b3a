package realtime_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/internal/functiontest"
	"guichet/functions/realtime"
	"guichet/shared/center"
	"guichet/shared/deskapi"
	"guichet/shared/mediaapi"
)

// office is a centre with the WebSocket API before it.
type office struct {
	*functiontest.Centre
	handler *realtime.Handler
}

func open(t *testing.T) *office {
	t.Helper()
	c := functiontest.New(t)
	return &office{c, realtime.New(c.Dispatcher, c.Pushes, c.Conversations, functiontest.Key, functiontest.Log)}
}

func (o *office) route(t *testing.T, route, connection, ticket, body string) int {
	t.Helper()
	out, err := o.handler.Handle(t.Context(), events.APIGatewayWebsocketProxyRequest{
		QueryStringParameters: map[string]string{"ticket": ticket}, Body: body,
		RequestContext: events.APIGatewayWebsocketProxyRequestContext{RouteKey: route, ConnectionID: connection},
	})
	require.NoError(t, err)
	return out.StatusCode
}

func (o *office) ticket(t *testing.T, id, agentID string, use mediaapi.Purpose) string {
	t.Helper()
	signed, err := functiontest.Key.Sign(mediaapi.Ticket{
		ID: id, Purpose: use, AgentID: agentID, ExpiresUnix: o.Now().Add(mediaapi.TicketLifetime).Unix(),
	})
	require.NoError(t, err)
	return signed
}

func TestPresenceFollowsConnections(t *testing.T) {
	t.Parallel()
	o := open(t)
	_, err := o.SetStatus(t.Context(), functiontest.Ana, []string{functiontest.QueueID}, center.StatusReady, "")
	require.NoError(t, err)
	waiting := o.Call(t, "CA1")
	require.True(t, waiting.Waiting(), "an agent without a desk is offered nothing")

	require.Equal(t, http.StatusOK, o.route(t, "$connect", "c1", o.ticket(t, "t1", functiontest.Ana, mediaapi.PurposeRealtime), ""))
	assert.Equal(t, functiontest.Ana, o.Contact(t, waiting.ID).HeldBy(), "the waiting caller rings as soon as the desk is there")
	require.Equal(t, http.StatusOK, o.route(t, "$connect", "c2", o.ticket(t, "t2", functiontest.Ana, mediaapi.PurposeRealtime), ""))
	require.Equal(t, http.StatusOK, o.route(t, "$disconnect", "c1", "", ""))
	require.Equal(t, http.StatusOK, o.route(t, "$disconnect", "c1", "", ""))
	assert.Equal(t, []string{"c2"}, o.Agent(t, functiontest.Ana).Connections)
	require.Equal(t, http.StatusOK, o.route(t, "$disconnect", "c2", "", ""))
	a := o.Agent(t, functiontest.Ana)
	assert.False(t, a.Online())
	assert.Equal(t, center.StatusReady, a.StatusIn(functiontest.QueueID).Status, "the status that the agent chose stays")
}

func TestTicketsAreRefused(t *testing.T) {
	t.Parallel()
	o := open(t)
	used := o.ticket(t, "t1", functiontest.Ana, mediaapi.PurposeRealtime)
	require.Equal(t, http.StatusOK, o.route(t, "$connect", "c1", used, ""))
	late := o.ticket(t, "t2", functiontest.Ana, mediaapi.PurposeRealtime)
	for name, tc := range map[string]struct {
		ticket string
		want   int
	}{
		"none":            {"", http.StatusUnauthorized},
		"made up":         {"a.b", http.StatusUnauthorized},
		"used":            {used, http.StatusUnauthorized},
		"another purpose": {o.ticket(t, "t3", functiontest.Ana, mediaapi.PurposeAgent), http.StatusUnauthorized},
		"of no agent":     {o.ticket(t, "t4", "stranger", mediaapi.PurposeRealtime), http.StatusForbidden},
	} {
		assert.Equal(t, tc.want, o.route(t, "$connect", "c2", tc.ticket, ""), name)
	}
	o.Pass(mediaapi.TicketLifetime)
	assert.Equal(t, http.StatusUnauthorized, o.route(t, "$connect", "c2", late, ""), "expired")
	assert.Equal(t, []string{"c1"}, o.Agent(t, functiontest.Ana).Connections)
}

func TestHeartbeatTellsTheVersions(t *testing.T) {
	t.Parallel()
	o := open(t)
	require.Equal(t, http.StatusOK, o.route(t, "$connect", "c1", o.ticket(t, "t1", functiontest.Ana, mediaapi.PurposeRealtime), ""))
	_, err := o.SetStatus(t.Context(), functiontest.Ana, []string{functiontest.QueueID}, center.StatusReady, "")
	require.NoError(t, err)
	c := o.Call(t, "CA1")
	o.Pushes.Take("c1")
	require.Equal(t, http.StatusOK, o.route(t, "$default", "c1", "", `{"type":"ping"}`))
	assert.Equal(t, []any{deskapi.Pong{
		Type: "pong", AgentVersion: o.Agent(t, functiontest.Ana).Version, ContactID: c.ID, ContactVersion: c.Version,
	}}, o.Pushes.Take("c1"))
	for _, body := range []string{"", "{", `{"type":"song"}`, `[]`} {
		assert.Equal(t, http.StatusBadRequest, o.route(t, "$default", "c1", "", body), body)
	}
}

func TestASilentDeskIsGivenUp(t *testing.T) {
	t.Parallel()
	o := open(t)
	require.Equal(t, http.StatusOK, o.route(t, "$connect", "c1", o.ticket(t, "t1", functiontest.Ana, mediaapi.PurposeRealtime), ""))
	o.Pass(deskapi.HeartbeatSeconds * time.Second)
	require.Equal(t, http.StatusOK, o.route(t, "$default", "c1", "", `{"type":"ping"}`))
	o.Pass((deskapi.LeaseSeconds - 1) * time.Second)
	require.NoError(t, o.Sweep(t.Context()))
	assert.True(t, o.Agent(t, functiontest.Ana).Online(), "the heartbeat renewed the lease")
	o.Pass(2 * time.Second)
	require.NoError(t, o.Sweep(t.Context()))
	assert.False(t, o.Agent(t, functiontest.Ana).Online())
	assert.Equal(t, http.StatusGone, o.route(t, "$default", "c1", "", `{"type":"ping"}`))
	assert.Equal(t, []string{"c1"}, o.Pushes.Closed(), "so that the desk opens another")
}
