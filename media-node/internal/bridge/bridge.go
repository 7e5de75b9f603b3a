// Package bridge joins a customer's line, a provider's stream or a visitor's browser, to an agent's voice, and to that of a
// guest, and keeps the customer company while nobody is there. It knows no wire format. All of it runs on the event loop's
// goroutine.
package bridge

import (
	"crypto/rand"
	"log/slog"
	"time"

	"guichet/media-node/internal/peer"
	"guichet/media-node/internal/tone"
	"guichet/shared/mediaapi"
)

// Config is what a Bridge needs.
type Config struct {
	NodeID  string
	Report  func(mediaapi.Event)
	Metrics *Metrics
	// Now is the wall clock, for events.
	Now func() time.Time
	Log *slog.Logger
	// Messages and Alarm are for recorded messages alone: where they come from, and what the loop has for their beat.
	Messages Messages
	Alarm    func(at time.Time, f func())
	// Summon tells the other nodes, without waiting, that a contact's line has been here since then, and for which agents its
	// call waits. Nil where there are none.
	Summon func(contactID string, since time.Time, agents []string)
}

// Bridge holds the agents and the calls of one node.
type Bridge struct {
	cfg    Config
	mux    *peer.Mux
	clock  func() time.Time // the loop's
	origin time.Time
	music  []byte
	digits map[byte][]byte // their tones

	agents   map[string]*agent
	sessions map[string]*agentSession   // by ID
	visitors map[string]*visitorSession // by ID
	arriving map[string]*visitorSession // by contact: those of the visitors who are not up yet
	calls    map[string]*Call           // by contact
	beat     beat
}

// New returns a bridge whose browsers come over mux. clock is the event loop's time.
func New(cfg Config, mux *peer.Mux, clock func() time.Time) *Bridge {
	b := &Bridge{
		cfg: cfg, mux: mux, clock: clock, origin: clock(), music: tone.HoldMusic(), digits: tone.Digits(),
		agents: map[string]*agent{}, sessions: map[string]*agentSession{}, visitors: map[string]*visitorSession{}, arriving: map[string]*visitorSession{}, calls: map[string]*Call{},
	}
	b.beat = newBeat(b)
	return b
}

// Calls is the number of customers on this node, also of visitors whose audio is being set up.
func (b *Bridge) Calls() int { return len(b.calls) + len(b.arriving) }

// Call returns the call of a contact, or nil.
func (b *Bridge) Call(contactID string) *Call { return b.calls[contactID] }

// HasContact tells whether the contact has a line here or a visitor's that is being set up.
func (b *Bridge) HasContact(id string) bool { return b.calls[id] != nil || b.arriving[id] != nil }

// Sessions is the number of agents' sessions, also of those that are being set up.
func (b *Bridge) Sessions() int { return len(b.sessions) }

// HasCall tells whether a call is here that the agent has or is a guest of.
func (b *Bridge) HasCall(agentID string) bool {
	a := b.agents[agentID]
	return a != nil && (a.call != nil || a.guest != nil)
}

// Tick plays music, ends parking and updates the gauges. Call it a few times a second.
func (b *Bridge) Tick(now time.Time) {
	parked := 0
	for _, c := range b.calls {
		if c.session == nil {
			parked++
			if c.expire(now) {
				continue
			}
		}
		c.keepCompany(now)
		c.line.tick(now)
		if l := c.guestLine(); l != nil {
			l.ask()
		}
		c.finishMessage(now)
		c.summon(now)
	}
	m := b.cfg.Metrics
	m.Calls.Set(float64(len(b.calls)))
	m.Parked.Set(float64(parked))
	m.Sessions.Set(float64(len(b.sessions)))
	m.depth(b.depths())
}

// depths is how much audio waits at the providers: on average and at most.
func (b *Bridge) depths() (mean, most time.Duration) {
	streams := 0
	count := func(waiting time.Duration) {
		streams, mean, most = streams+1, mean+waiting, max(most, waiting)
	}
	for _, c := range b.calls {
		if s, ok := c.line.(*Stream); ok && c.talking() {
			count(s.waiting())
		}
		if l := c.guestLine(); l != nil {
			count(l.waiting())
		}
	}
	return mean / time.Duration(max(streams, 1)), most
}

// Stop ends every call and session: the node is shutting down.
func (b *Bridge) Stop() {
	for _, c := range b.calls {
		c.line.hangup(Drained)
		c.endGuest(Drained)
		c.Left(mediaapi.LeftDrained)
	}
	for _, v := range b.arriving {
		v.close()
	}
	for _, s := range b.sessions {
		s.leave(mediaapi.LeftDrained)
		s.close()
	}
}

func (b *Bridge) local() time.Duration { return b.clock().Sub(b.origin) }

func (b *Bridge) report(e mediaapi.Event) {
	e.ID = "evt_" + rand.Text()
	e.At = b.cfg.Now().UTC()
	e.NodeID = b.cfg.NodeID
	b.cfg.Report(e)
}
