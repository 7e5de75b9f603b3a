package bridge

import (
	"time"

	"guichet/media-node/internal/pacer"
	"guichet/media-node/internal/peer"
	"guichet/media-node/internal/ulaw"
	"guichet/shared/mediaapi"
)

const (
	// visitorPatience is how long nothing may come from a visitor's browser, which may be changing networks, before the
	// visitor counts as gone. An agent who hears nothing would not wait longer.
	visitorPatience = 20 * time.Second
	// Browsers put 10 to 60 ms of G.711 into a packet. Others are not passed on, so that a page which is not ours cannot
	// make an agent's browser take thousands of them a second.
	shortestPacket = ulaw.FrameSamples / 2
	longestPacket  = 3 * ulaw.FrameSamples
	// browserHolds is what a browser's jitter buffer plays with a delay at most, on a network that is not broken.
	browserHolds = 300 * time.Millisecond
)

// visitorSession is a session of a webchat's visitor and, once it is up, the line of that contact. Both browsers have
// jitter buffers for what comes late, twice or not at all: their packets are passed on as they are, each with its time.
type visitorSession struct {
	Session
	headset
	ticket mediaapi.Ticket
	call   *Call // once it is up

	toAgent, toVisitor pacer.Outbound
}

// OpenVisitor creates a session for the visitor of a ticket. It becomes the line of its contact when it is up, and only
// then replaces another.
func (b *Bridge) OpenVisitor(ticket mediaapi.Ticket, bearer string, remote peer.Remote) *Session {
	if other := b.arriving[ticket.ContactID]; other != nil {
		other.close()
	}
	v := &visitorSession{ticket: ticket}
	v.Session = b.open(v, bearer, remote)
	v.headset = headset{v.Peer}
	b.visitors[v.ID], b.arriving[ticket.ContactID] = v, v
	return &v.Session
}

// Up implements peer.Listener. When it comes again, after a silence, the visitor never was away for the control plane.
func (v *visitorSession) Up() {
	if v.call == nil {
		v.arrived()
		v.call = v.bridge.newCall(v.ticket, v)
		v.call.begin()
	}
}

// Down implements peer.Listener. A silent visitor may come back until tick gives them up.
func (v *visitorSession) Down(final bool) {
	switch {
	case !final:
	case v.call == nil:
		v.neverUp("contact", v.ticket.ContactID)
		v.close()
	case v.silence(v.bridge.clock()) >= visitorPatience:
		v.leave(mediaapi.LeftLost)
	default:
		v.end()
	}
}

// Audio implements peer.Listener.
func (v *visitorSession) Audio(p peer.Packet) {
	m, c := v.bridge.cfg.Metrics, v.call
	m.FramesFromCustomer.Inc()
	switch {
	case !c.talking():
		c.keepCompany(v.bridge.clock()) // steadier than ticks, which would come in bursts of five frames
	case !passable(p.Audio):
	case c.mixedIn() != nil:
		c.mixedIn().Says(p.Timestamp, p.Audio, c.local())
	case v.toAgent.Admit(p.Audio, c.local()):
		c.session.Peer.Relay(p)
	default:
		m.dropped(dropBurst, 1)
	}
}

func (v *visitorSession) bridged() {
	v.toAgent, v.toVisitor = pacer.NewOutbound(), pacer.NewOutbound()
}

func (v *visitorSession) fromAgent(p peer.Packet) {
	switch {
	case !passable(p.Audio):
	case v.toVisitor.Admit(p.Audio, v.call.local()):
		v.Peer.Relay(p)
	default:
		v.bridge.cfg.Metrics.dropped(dropBurst, 1)
	}
}

// lead is nothing: what a browser gets early it keeps as delay, and nobody can take it back.
func (*visitorSession) lead() time.Duration { return 0 }

// hush can do nothing: see lead.
func (*visitorSession) hush() {}

// expect counts on the browser's jitter buffer: nothing tells what it holds.
func (*visitorSession) expect(string) time.Duration { return browserHolds }

func (v *visitorSession) tick(now time.Time) {
	if v.silence(now) >= visitorPatience {
		v.leave(mediaapi.LeftLost)
	}
}

func (v *visitorSession) silence(now time.Time) time.Duration { return now.Sub(v.Peer.Heard()) }

func (v *visitorSession) hangup(Hangup) { v.close() }

func (v *visitorSession) end() { v.leave(mediaapi.LeftStopped) }

func (v *visitorSession) leave(reason string) {
	v.close()
	if v.call != nil {
		v.call.Left(reason)
	}
}

func (v *visitorSession) close() {
	v.Peer.Close()
	delete(v.bridge.visitors, v.ID)
	v.arrived()
}

func (v *visitorSession) arrived() {
	if v.bridge.arriving[v.ticket.ContactID] == v {
		delete(v.bridge.arriving, v.ticket.ContactID)
	}
}

func passable(audio []byte) bool {
	return len(audio) >= shortestPacket && len(audio) <= longestPacket
}
