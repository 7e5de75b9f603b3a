// Package bridge joins a customer's line to an agent's voice and keeps the customer company while the agent is away. It
// knows no wire format: lines and voices are handed to it. All of it runs on the event loop's goroutine.
package bridge

import (
	"crypto/rand"
	"log/slog"
	"time"

	"guichet/media-node/internal/peer"
	"guichet/media-node/internal/tone"
	"guichet/shared/mediaapi"
)

// Line is the customer's connection.
type Line interface {
	// Play sends μ-law after what was sent before; false when it had to be dropped.
	Play(audio []byte) bool
	// Clear discards what was sent and has not been played.
	Clear()
	// Mark asks to be told, by Call.Marked, when what was sent before has been played.
	Mark(name string)
	// Hangup closes the connection. Call.Left is not called.
	Hangup(why Hangup)
}

// Hangup is why the node closes a line.
type Hangup uint8

// Reasons to close a line.
const (
	ParkExpired Hangup = iota
	Replaced
	Drained
)

// Config is what a Bridge needs.
type Config struct {
	NodeID  string
	Report  func(mediaapi.Event)
	Metrics *Metrics
	// Now is the wall clock, for events.
	Now func() time.Time
	Log *slog.Logger
}

// Bridge holds the agents and the calls of one node.
type Bridge struct {
	cfg    Config
	mux    *peer.Mux
	clock  func() time.Time // the loop's
	origin time.Time
	music  []byte

	agents   map[string]*agent
	sessions map[string]*Session
	calls    map[*Call]struct{}
}

// agent is one person's side: at most one session that carries audio, one that is being set up, and one call.
type agent struct {
	id      string
	session *Session // last one that was up; its audio may be gone
	pending *Session // not up yet
	call    *Call
}

// New returns a bridge whose agents come over mux. clock is the event loop's time.
func New(cfg Config, mux *peer.Mux, clock func() time.Time) *Bridge {
	return &Bridge{
		cfg: cfg, mux: mux, clock: clock, origin: clock(), music: tone.HoldMusic(),
		agents: map[string]*agent{}, sessions: map[string]*Session{}, calls: map[*Call]struct{}{},
	}
}

// Calls is the number of customers on this node.
func (b *Bridge) Calls() int { return len(b.calls) }

// Sessions is the number of agents' sessions, also of those that are being set up.
func (b *Bridge) Sessions() int { return len(b.sessions) }

// HasCall tells whether a customer is here for the agent.
func (b *Bridge) HasCall(agentID string) bool {
	a := b.agents[agentID]
	return a != nil && a.call != nil
}

// Tick plays music, ends parking and updates the gauges. Call it a few times a second.
func (b *Bridge) Tick(now time.Time) {
	parked := 0
	for c := range b.calls {
		if c.session == nil {
			parked++
			c.keepCompany(now)
		} else {
			c.measure()
		}
	}
	m := b.cfg.Metrics
	m.Calls.Set(float64(len(b.calls)))
	m.Parked.Set(float64(parked))
	m.Sessions.Set(float64(len(b.sessions)))
	m.depth(b.depths(now))
}

// depths is how much audio waits at the providers: on average and at most.
func (b *Bridge) depths(now time.Time) (mean, most time.Duration) {
	bridged := 0
	for c := range b.calls {
		if c.session != nil {
			waiting := c.inbound.Waiting(now.Sub(b.origin))
			bridged, mean, most = bridged+1, mean+waiting, max(most, waiting)
		}
	}
	return mean / time.Duration(max(bridged, 1)), most
}

// Stop ends every call and session: the node is shutting down.
func (b *Bridge) Stop() {
	for c := range b.calls {
		c.line.Hangup(Drained)
		c.Left(mediaapi.LeftDrained)
	}
	for _, s := range b.sessions {
		s.leave(mediaapi.LeftDrained)
		s.close()
	}
}

func (b *Bridge) agent(id string) *agent {
	a := b.agents[id]
	if a == nil {
		a = &agent{id: id}
		b.agents[id] = a
	}
	return a
}

// release forgets an agent who has nothing left here.
func (b *Bridge) release(a *agent) {
	if a.session == nil && a.pending == nil && a.call == nil {
		delete(b.agents, a.id)
	}
}

func (b *Bridge) report(e mediaapi.Event) {
	e.ID = "evt_" + rand.Text()
	e.At = b.cfg.Now().UTC()
	e.NodeID = b.cfg.NodeID
	b.cfg.Report(e)
}
