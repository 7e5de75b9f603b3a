package bridge

import (
	"time"

	"guichet/media-node/internal/mix"
	"guichet/media-node/internal/peer"
	"guichet/media-node/internal/ulaw"
	"guichet/shared/mediaapi"
)

const frameLength = ulaw.FrameSamples * time.Second / ulaw.SampleRate

// Call is a customer on the line of one agent, and perhaps a guest.
type Call struct {
	bridge  *Bridge
	line    line
	ticket  mediaapi.Ticket
	agent   *agent
	session *agentSession // bridged with; nil while parked
	left    bool

	held        bool  // the customer hears nobody and is not heard
	holdVersion int64 // of the newest command about that

	guest        *guest          // who is expected, or nil
	partyVersion int64           // of the newest command about who is in the call
	conference   *mix.Conference // while the guest is there

	since    time.Time // when the line came, by the wall clock
	told     bool      // the other nodes know of it
	summonAt time.Time // when they may be asked for somebody

	expires    time.Time // of parking
	musicUntil time.Time // music is sent up to here
	musicAt    int       // next sample

	message     *message // fetched, played or not heard to the end yet; else nil
	lastMessage string   // the ID of the last one
	dialed      []string // the IDs of the last digits
	// What they hear while a recorded message or digits sound; nil where nothing does.
	toCustomer, toAgent, toGuest *mix.Track
}

// newCall makes the call of a line that is here. What was there for the same contact or the same agent goes.
func (b *Bridge) newCall(ticket mediaapi.Ticket, l line) *Call {
	c := &Call{bridge: b, line: l, ticket: ticket, since: b.cfg.Now()}
	if old := b.calls[ticket.ContactID]; old != nil {
		c.takeOver(old)
		old.replaced(ticket.ContactID)
	}
	b.free(ticket.AgentID, ticket.ContactID)
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

// talking tells whether the customer and somebody hear each other.
func (c *Call) talking() bool { return !c.held && (c.session != nil || c.conference != nil) }

func (c *Call) fromAgent(p peer.Packet) {
	c.bridge.cfg.Metrics.FramesFromAgent.Inc()
	switch {
	case c.conference != nil:
		c.conference.Voice(mix.Agent).Says(p.Timestamp, p.Audio, c.local())
	case c.held:
	case c.toCustomer != nil:
		c.toCustomer.Says(p.Timestamp, p.Audio, c.local())
	default:
		c.line.fromAgent(p)
	}
}

// join takes the call to a session that is up.
func (c *Call) join(s *agentSession) {
	c.session = s
	if c.conference != nil {
		c.conference.Voice(mix.Agent).Restart()
	}
	c.settle()
	c.report(mediaapi.ContactJoined, "")
}

// settle lets the customer hear who is there, or music.
func (c *Call) settle() {
	if !c.talking() {
		c.startMusic()
		return
	}
	c.stopMusic()
	c.line.bridged()
	if c.session != nil {
		c.session.Peer.EndRelay()
	}
	if c.toCustomer != nil {
		c.toCustomer.Restart()
	}
	if c.toAgent != nil {
		c.toAgent.Restart()
	}
}

// park plays music, if there is no guest to talk to, until the agent is back or the time is over.
func (c *Call) park() {
	c.session = nil
	c.settle()
	c.expires = c.bridge.clock().Add(time.Duration(c.ticket.ParkSeconds) * time.Second)
	c.report(mediaapi.ContactParked, "")
}

// startMusic lets a customer who hears nobody hear music, unless they do already or a recorded message keeps them company.
func (c *Call) startMusic() {
	if !c.talking() && c.toCustomer == nil && c.musicUntil.IsZero() {
		c.musicUntil = c.bridge.clock()
	}
}

func (c *Call) stopMusic() {
	if !c.musicUntil.IsZero() {
		c.musicUntil = time.Time{}
		c.line.hush()
	}
}

// expire ends a parked call that has waited long enough, and tells whether it has.
func (c *Call) expire(now time.Time) bool {
	if now.Before(c.expires) {
		return false
	}
	c.remove()
	c.line.hangup(ParkExpired)
	c.report(mediaapi.ContactParkExpired, "")
	return true
}

// keepCompany sends the music that is due, if any.
func (c *Call) keepCompany(now time.Time) {
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

// replaced closes the line for another contact's, or for a newer one of the same: that contact has not left.
func (c *Call) replaced(contactID string) {
	if c.remove() && contactID != c.ticket.ContactID {
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
	c.endMix()
	c.endGuest(Ended)
	c.session = nil
	delete(c.bridge.calls, c.ticket.ContactID)
	if c.agent.call == c {
		c.agent.call = nil
	}
	c.bridge.release(c.agent)
	return true
}

func (c *Call) local() time.Duration { return c.bridge.local() }

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
