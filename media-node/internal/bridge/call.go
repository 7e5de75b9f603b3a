package bridge

import (
	"time"

	"guichet/media-node/internal/pacer"
	"guichet/media-node/internal/ulaw"
	"guichet/shared/mediaapi"
)

// musicLead is how far ahead of its playing music is sent: more than a tick, little to throw away when the agent is back.
const musicLead = 250 * time.Millisecond

const frameLength = ulaw.FrameSamples * time.Second / ulaw.SampleRate

// Call is a customer on the line of one agent.
type Call struct {
	bridge  *Bridge
	line    Line
	ticket  mediaapi.Ticket
	agent   *agent
	session *Session // bridged with; nil while parked
	left    bool

	inbound  pacer.Inbound  // from the agent to the customer
	probe    pacer.Probe    // of what waits at the customer's provider
	outbound pacer.Outbound // from the customer to the agent
	counted  pacer.InboundStats
	play     func([]byte)

	expires    time.Time // of parking
	musicUntil time.Time // music is sent up to here
	musicAt    int       // next sample
}

// Join puts a customer through to the agent named in the ticket, or parks them until that agent is here. A line that was
// there for the same agent is closed: the ticket is the newest word of the control plane.
func (b *Bridge) Join(ticket mediaapi.Ticket, line Line) *Call {
	if a := b.agents[ticket.AgentID]; a != nil && a.call != nil {
		a.call.replaced(ticket)
	}
	c := &Call{bridge: b, line: line, ticket: ticket, agent: b.agent(ticket.AgentID)}
	c.play = c.toCustomer
	b.calls[c], c.agent.call = struct{}{}, c
	if s := c.agent.session; s != nil && s.audible {
		c.join(s)
	} else {
		c.park()
	}
	return c
}

// Left tells that the line is gone; reason is one of mediaapi's.
func (c *Call) Left(reason string) {
	if c.remove() {
		c.report(mediaapi.ContactLeft, reason)
	}
}

// FromCustomer takes audio of the line. timestamp is its place in the stream in milliseconds, negative if unknown.
func (c *Call) FromCustomer(audio []byte, timestamp int64) {
	m := c.bridge.cfg.Metrics
	m.FramesFromCustomer.Inc()
	now := c.local()
	if timestamp >= 0 {
		c.inbound.Clock.Observe(time.Duration(timestamp)*time.Millisecond, now)
	}
	if c.session == nil {
		return
	}
	for len(audio) > 0 {
		frame := audio[:min(len(audio), ulaw.FrameSamples)]
		audio = audio[len(frame):]
		if c.outbound.Admit(frame, now) {
			c.session.Peer.Send(frame)
		} else {
			m.dropped(dropBurst, 1)
		}
	}
}

// Marked tells that the audio before a mark has been played.
func (c *Call) Marked(name string) {
	if c.session != nil {
		c.inbound.Behind(c.probe.Returned(name, c.local()))
	}
}

// measure asks the provider now and then how much audio waits there.
func (c *Call) measure() {
	now := c.local()
	if name := c.probe.Due(now, c.inbound.Waiting(now)); name != "" {
		c.line.Mark(name)
	}
}

func (c *Call) fromAgent(timestamp uint32, audio []byte) {
	m := c.bridge.cfg.Metrics
	m.FramesFromAgent.Inc()
	c.inbound.Packet(timestamp, audio, c.local(), c.play)
	if s := c.inbound.Stats; s.Late != c.counted.Late || s.Trimmed != c.counted.Trimmed || s.Concealed != c.counted.Concealed {
		m.dropped(dropLate, s.Late-c.counted.Late)
		m.dropped(dropTrimmed, s.Trimmed-c.counted.Trimmed)
		m.Concealed.Add(float64(s.Concealed - c.counted.Concealed))
		c.counted = s
	}
}

func (c *Call) toCustomer(audio []byte) {
	if !c.line.Play(audio) {
		c.bridge.cfg.Metrics.dropped(dropStalled, 1)
	}
}

// join bridges the call with a session that is up.
func (c *Call) join(s *Session) {
	if c.session == nil && !c.musicUntil.IsZero() {
		c.line.Clear()
	}
	c.session, c.musicUntil = s, time.Time{}
	c.inbound.Reset()
	c.probe = pacer.Probe{}
	c.outbound = pacer.NewOutbound()
	c.report(mediaapi.ContactJoined, "")
}

// park plays music until the agent is back or the time is over.
func (c *Call) park() {
	now := c.bridge.clock()
	c.session, c.musicUntil = nil, now
	c.expires = now.Add(time.Duration(c.ticket.ParkSeconds) * time.Second)
	c.report(mediaapi.ContactParked, "")
}

func (c *Call) keepCompany(now time.Time) {
	if !now.Before(c.expires) {
		c.remove()
		c.line.Hangup(ParkExpired)
		c.report(mediaapi.ContactParkExpired, "")
		return
	}
	if now.Sub(c.musicUntil) > time.Second {
		c.musicUntil = now // the line was stalled: do not catch up
	}
	for c.musicUntil.Before(now.Add(musicLead)) {
		c.toCustomer(c.bridge.music[c.musicAt : c.musicAt+ulaw.FrameSamples])
		c.musicAt = (c.musicAt + ulaw.FrameSamples) % len(c.bridge.music)
		c.musicUntil = c.musicUntil.Add(frameLength)
	}
}

// replaced closes the line for a newer one. When both are of the same contact, that contact has not left.
func (c *Call) replaced(by mediaapi.Ticket) {
	if c.remove() && by.ContactID != c.ticket.ContactID {
		c.report(mediaapi.ContactLeft, mediaapi.LeftStopped)
	}
	c.line.Hangup(Replaced)
}

func (c *Call) remove() bool {
	if c.left {
		return false
	}
	c.left, c.session = true, nil
	delete(c.bridge.calls, c)
	if c.agent.call == c {
		c.agent.call = nil
	}
	c.bridge.release(c.agent)
	return true
}

func (c *Call) local() time.Duration { return c.bridge.clock().Sub(c.bridge.origin) }

func (c *Call) report(t mediaapi.EventType, reason string) {
	e := mediaapi.Event{Type: t, AgentID: c.agent.id, ContactID: c.ticket.ContactID, CallSID: c.ticket.CallSID, Reason: reason}
	if c.session != nil {
		e.SessionID = c.session.ID
	}
	c.bridge.report(e)
}
