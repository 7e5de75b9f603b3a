package node_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/media-node/node"
	"guichet/shared/mediaapi"
)

func limits(calls, sessions int) func(*node.Config) {
	return func(c *node.Config) { c.MaxCalls, c.MaxSessions = calls, sessions }
}

func TestDrain(t *testing.T) {
	t.Parallel()
	f := start(t)
	agent := f.join(f.ticket(nil), agentTone)
	f.eventually("agent.joined")
	customer := f.call("CA1", 30, customerTone)
	f.eventually("agent.joined", "contact.joined")

	ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer cancel()
	require.ErrorIs(t, f.node.Drain(ctx), context.DeadlineExceeded)

	res, _ := f.do("GET", "/media/healthz", "", nil)
	assert.Equal(t, 503, res.StatusCode)
	res, _ = f.do("GET", "/media/twilio", "", nil)
	assert.Equal(t, 503, res.StatusCode)
	stranger := whipHeaders(f.ticket(func(t *mediaapi.Ticket) { t.AgentID = "agt_2" }))
	res, _ = f.do("POST", "/media/whip", f.browser().offer(500), stranger)
	assert.Equal(t, 503, res.StatusCode)
	assert.Equal(t, "5", res.Header.Get("Retry-After"))

	agent.leave()
	again := f.join(f.ticket(nil), 600)
	hears(t, &customer.ear, 600) // an agent whose customer is here is let in all the same
	hears(t, &again.ear, customerTone)

	f.node.Close()
	assert.Equal(t, websocket.StatusGoingAway, customer.closeStatus())
	f.eventually("agent.joined", "contact.joined", "agent.left closed", "contact.parked", "agent.joined", "contact.joined", "contact.left drained", "agent.left drained")
}

func TestDrainReturnsWhenTheLastCallEnds(t *testing.T) {
	t.Parallel()
	f := start(t)
	customer := f.call("CA1", 30, customerTone)
	f.eventually("contact.parked")
	done := make(chan error, 1)
	go func() { done <- f.node.Drain(context.Background()) }()
	customer.hangUp()
	require.NoError(t, <-done)
}

func TestRunDrainsAndClosesWhenAskedToEnd(t *testing.T) {
	t.Parallel()
	n, err := node.New(node.Config{Key: testKey, ListenUDP: "127.0.0.1:0", Log: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.NoError(t, n.Run(ctx, time.Second))
	rec := httptest.NewRecorder()
	n.Handler().ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/media/healthz", nil))
	assert.Equal(t, 503, rec.Code)
	n.Close()
}

func TestConfigIsChecked(t *testing.T) {
	t.Parallel()
	_, err := node.New(node.Config{Key: mediaapi.Key("short"), ListenUDP: "127.0.0.1:0"})
	require.Error(t, err)
	_, err = node.New(node.Config{Key: testKey, ListenUDP: "nonsense"})
	require.Error(t, err)
}

func TestMetrics(t *testing.T) {
	t.Parallel()
	f := start(t)
	agent := f.join(f.ticket(nil), agentTone)
	f.eventually("agent.joined")
	customer := f.call("CA1", 30, customerTone)
	hears(t, &customer.ear, agentTone)
	require.Eventually(t, func() bool { return f.metric("media_calls") == "1" && f.metric("media_sessions") == "1" }, patience, poll)
	assert.Equal(t, "0", f.metric("media_calls_parked"))
	assert.NotContains(t, []string{"", "0"}, f.metric(`media_frames_total{from="agent"}`))
	assert.NotContains(t, []string{"", "0"}, f.metric(`media_frames_total{from="customer"}`))
	assert.NotEmpty(t, f.metric("media_jitter_buffer_mean_seconds"))
	assert.NotEmpty(t, f.metric("media_events_waiting"))
	agent.leave()
	require.Eventually(t, func() bool { return f.metric("media_calls_parked") == "1" && f.metric("media_sessions") == "0" }, patience, poll)
}

func TestSilentBrowserParksItsCallAndMayComeBack(t *testing.T) {
	t.Parallel()
	f := start(t)
	cable := &cuttable{PacketConn: f.socket()}
	agent := f.join(f.ticket(nil), agentTone, f.over(cable))
	f.eventually("agent.joined")
	customer := f.call("CA1", 60, customerTone)
	hears(t, &customer.ear, agentTone)

	cable.cut.Store(true)
	pulled := time.Now()
	f.eventually("agent.joined", "contact.joined", "agent.left lost", "contact.parked")
	assert.InDelta(t, 5, time.Since(pulled).Seconds(), 2)

	cable.cut.Store(false)
	f.eventually("agent.joined", "contact.joined", "agent.left lost", "contact.parked", "agent.joined", "contact.joined")
	assert.Equal(t, f.event(0).SessionID, f.event(4).SessionID, "the same session")
	hears(t, &customer.ear, agentTone)
	hears(t, &agent.ear, customerTone)
}

func TestSeveralNodesInOneProcess(t *testing.T) {
	t.Parallel()
	a, b := start(t), start(t)
	agentA, agentB := a.join(a.ticket(nil), agentTone), b.join(b.ticket(nil), 600)
	callA, callB := a.call("CA1", 30, customerTone), b.call("CA1", 30, 1300)
	hears(t, &callA.ear, agentTone)
	hears(t, &callB.ear, 600)
	hears(t, &agentA.ear, customerTone)
	hears(t, &agentB.ear, 1300)
}

// TestBehindTLS: a connection that the event loop cannot take over itself works as well.
func TestBehindTLS(t *testing.T) {
	t.Parallel()
	f := start(t)
	f.server.Close()
	f.server = httptest.NewTLSServer(f.node.Handler())
	f.client = f.server.Client()
	agent := f.join(f.ticket(nil), agentTone)
	f.eventually("agent.joined")
	customer := f.call("CA1", 30, customerTone)
	hears(t, &agent.ear, customerTone)
	hears(t, &customer.ear, agentTone)
	customer.hangUp()
	f.eventually("agent.joined", "contact.joined", "contact.left stopped")
	assert.Equal(t, websocket.StatusNormalClosure, customer.closeStatus())
}
