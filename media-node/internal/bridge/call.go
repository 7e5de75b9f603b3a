package bridge

import (
	"time"

	"guichet/media-node/internal/mix"
	"guichet/media-node/internal/peer"
	"guichet/media-node/internal/ulaw"
	"guichet/shared/mediaapi"
)

const frameLength = ulaw.FrameSamples * time.Second / ulaw.SampleRate

// Call is a customer on the line of one agent.
type Call struct {
	bridge  *Bridge
	line    line
	ticket  mediaapi.Ticket
	agent   *agent
	session *agentSession // bridged with; nil while parked
	left    bool

	expires    time.Time // of parking
	musicUntil time.Time // music is sent up to here
	musicAt    int       // next sample

	message     *message // fetched, played or not heard to the end yet; else nil
	lastMessage string   // the ID of the last one
	// What the two hear while a recorded message plays; nil where audio passes through as it is.
	toCustomer, toAgent *mix.Track
}

// newCall makes the call of a line that is here. What was there for the same contact or the same agent goes.
func (b *Bridge) newCall(ticket mediaapi.Ticket, l line) *Call {
	c := &Call{bridge: b, line: l, ticket: ticket}
	if old := b.calls[ticket.ContactID]; old != nil {
		if old.ticket.AgentID == ticket.AgentID {
			c.takeOverMessage(old)
		}
		old.replaced(ticket)
	}
	if a := b.agents[ticket.AgentID]; a != nil && a.call != nil {
		a.call.replaced(ticket)
	}
	c.agent = b.agent(ticket.AgentID)
	b.calls[ticket.ContactID], c.agent.call = c, c
	return c
}

// begin puts a new call through, or parks it.
func (c *Call) begin() {
	if s := c.agent.session; s != nil && s.audible {
		c.join(s)
	} else {
		c.park()
	}
}

// Left tells that the line is gone; reason is one of mediaapi's.
func (c *Call) Left(reason string) {
	if c.remove() {
		c.report(mediaapi.ContactLeft, reason)
	}
}

// End closes the line because the control plane wants it.
func (c *Call) End() {
	c.line.hangup(Ended)
	c.Left(mediaapi.LeftEnded)
}

func (c *Call) fromAgent(p peer.Packet) {
	c.bridge.cfg.Metrics.FramesFromAgent.Inc()
	if t := c.toCustomer; t != nil {
		t.Says(p.Timestamp, p.Audio, c.local())
		return
	}
	c.line.fromAgent(p)
}

// join bridges the call with a session that is up.
func (c *Call) join(s *agentSession) {
	c.stopMusic()
	c.line.bridged()
	c.session = s
	if c.toCustomer != nil {
		c.toCustomer.Restart()
	}
	c.report(mediaapi.ContactJoined, "")
}

// park plays music until the agent is back or the time is over.
func (c *Call) park() {
	c.session = nil
	c.startMusic()
	c.expires = c.bridge.clock().Add(time.Duration(c.ticket.ParkSeconds) * time.Second)
	c.report(mediaapi.ContactParked, "")
}

// startMusic lets a parked customer hear music, unless it is a recorded message that keeps them company.
func (c *Call) startMusic() {
	if c.session == nil && c.toCustomer == nil {
		c.musicUntil = c.bridge.clock()
	}
}

func (c *Call) stopMusic() {
	if !c.musicUntil.IsZero() {
		c.musicUntil = time.Time{}
		c.line.hush()
	}
}

// keepCompany sends the music that is due, until parking is over.
func (c *Call) keepCompany(now time.Time) {
	if !now.Before(c.expires) {
		c.remove()
		c.line.hangup(ParkExpired)
		c.report(mediaapi.ContactParkExpired, "")
		return
	}
	if c.musicUntil.IsZero() {
		return
	}
	if now.Sub(c.musicUntil) > time.Second {
		c.musicUntil = now // the line was stalled: do not catch up
	}
	for ahead := now.Add(c.line.lead()); c.musicUntil.Before(ahead); c.musicUntil = c.musicUntil.Add(frameLength) {
		c.line.play(c.bridge.music[c.musicAt : c.musicAt+ulaw.FrameSamples])
		c.musicAt = (c.musicAt + ulaw.FrameSamples) % len(c.bridge.music)
	}
}

// replaced closes the line for a newer one. When both are of the same contact, that contact has not left.
func (c *Call) replaced(by mediaapi.Ticket) {
	if c.remove() && by.ContactID != c.ticket.ContactID {
		c.report(mediaapi.ContactLeft, mediaapi.LeftStopped)
	}
	c.line.hangup(Replaced)
}

func (c *Call) remove() bool {
	if c.left {
		return false
	}
	c.left = true
	c.endMessage(mediaapi.PlayedStopped)
	c.session = nil
	delete(c.bridge.calls, c.ticket.ContactID)
	if c.agent.call == c {
		c.agent.call = nil
	}
	c.bridge.release(c.agent)
	return true
}

func (c *Call) local() time.Duration { return c.bridge.clock().Sub(c.bridge.origin) }

func (c *Call) report(t mediaapi.EventType, reason string) {
	c.reportAll(mediaapi.Event{Type: t, Reason: reason})
}

// reportAll reports an event with what is known of the call.
func (c *Call) reportAll(e mediaapi.Event) {
	e.AgentID, e.ContactID, e.CallSID = c.agent.id, c.ticket.ContactID, c.ticket.CallSID
	if c.session != nil {
		e.SessionID = c.session.ID
	}
	c.bridge.report(e)
}
