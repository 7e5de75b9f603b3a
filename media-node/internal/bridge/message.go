package bridge

import (
	"time"

	"guichet/media-node/internal/mix"
	"guichet/media-node/internal/peer"
	"guichet/media-node/internal/ulaw"
	"guichet/shared/mediaapi"
)

// Messages fetches recorded messages.
type Messages interface {
	// Fetch calls done on the event loop with the μ-law behind a link, also after cancel.
	Fetch(link string, done func(message []byte, err error)) (cancel func())
}

// message is a recorded message in a call, from the command that wants it to the report that it is over.
type message struct {
	id      string
	call    *Call // changes when another line takes the place of the first
	cancel  func()
	sent    bool      // to both, all of it
	heardBy time.Time // by the customer, if nothing has told so before; not known before its end is sent to them
}

// mark is the message's name at the provider, unlike any of a pacer.Probe.
func (m *message) mark() string { return "message-" + m.id }

// Play plays the recorded message behind a link to both, mixed with what they say; one that played before stops. Asked again
// for the same one, playing or over, it does nothing.
func (c *Call) Play(id, link string) {
	if id == c.lastMessage {
		return
	}
	c.endMessage(mediaapi.PlayedStopped)
	m := &message{id: id, call: c}
	c.message, c.lastMessage = m, id
	m.cancel = c.bridge.cfg.Messages.Fetch(link, m.fetched)
}

// StopPlaying ends a recorded message at once, if it is the one that plays.
func (c *Call) StopPlaying(id string) {
	if c.message != nil && c.message.id == id {
		c.endMessage(mediaapi.PlayedStopped)
	}
}

func (m *message) fetched(audio []byte, err error) {
	c := m.call
	switch {
	case c.message != m: // stopped meanwhile
	case err != nil:
		c.bridge.cfg.Log.Warn("recorded message not played", "contact", c.ticket.ContactID, "playback", m.id, "error", err)
		c.endMessage(mediaapi.PlayedFailed)
	default:
		c.stopMusic()
		c.toCustomer, c.toAgent = mix.NewTrack(audio), mix.NewTrack(audio)
		c.bridge.beat.join(c)
	}
}

// playOn sends what is due of the message after so many beats. Each side leaves the mixed audio for itself: their lines are
// not played to equally far ahead, and a direction without a message has nothing to wait for.
func (c *Call) playOn(beats int) {
	if t := c.toCustomer; t != nil {
		for n := c.line.due(beats); n > 0 && !t.Over(); n-- {
			c.line.play(t.Next())
		}
		if t.Over() {
			c.leaveCustomer(func() { c.line.resume(t.Rest()) })
			c.message.heardBy = c.bridge.clock().Add(c.line.expect(c.message.mark()))
		}
	}
	if t := c.toAgent; t != nil {
		for ; beats > 0 && !t.Over(); beats-- {
			frame := t.Next() // also while the agent is away, who hears the rest after coming back
			if c.session != nil {
				c.session.Peer.Send(frame)
			}
		}
		if t.Over() {
			c.leaveAgent()
		}
	}
	c.message.sent = c.toCustomer == nil && c.toAgent == nil
}

func (c *Call) leaveCustomer(resume func()) {
	c.bridge.cfg.Metrics.mixed(c.toCustomer.Stats())
	c.toCustomer = nil
	if !c.left {
		resume()
		c.startMusic()
	}
}

func (c *Call) leaveAgent() {
	t := c.toAgent
	c.bridge.cfg.Metrics.mixed(t.Stats())
	c.toAgent = nil
	if c.session != nil {
		sendFrames(c.session.Peer, t.Rest())
	}
}

// Heard tells that the customer has heard what was played before line.expect was called with the name.
func (c *Call) Heard(name string) {
	if m := c.message; m != nil && m.mark() == name && !m.heardBy.IsZero() {
		m.heardBy = c.bridge.clock()
		c.finishMessage(m.heardBy)
	}
}

// finishMessage reports a message that both have heard.
func (c *Call) finishMessage(now time.Time) {
	if m := c.message; m != nil && m.sent && !now.Before(m.heardBy) {
		c.endMessage(mediaapi.PlayedFinished)
	}
}

// endMessage reports the message as over, and if it still plays, ends it at once.
func (c *Call) endMessage(reason string) {
	m := c.message
	if m == nil {
		return
	}
	m.cancel()
	c.message = nil
	c.bridge.beat.leave(c)
	if t := c.toCustomer; t != nil {
		c.leaveCustomer(func() { c.line.cut(t) })
	}
	if c.toAgent != nil {
		c.leaveAgent()
	}
	c.bridge.cfg.Metrics.played(reason)
	c.reportAll(mediaapi.Event{Type: mediaapi.ContactPlayed, Reason: reason, PlaybackID: m.id})
}

// takeOverMessage goes on, where it was, with the message of a line that this one takes the place of.
func (c *Call) takeOverMessage(old *Call) {
	c.lastMessage = old.lastMessage
	if old.message == nil {
		return
	}
	c.message, c.toCustomer, c.toAgent = old.message, old.toCustomer, old.toAgent
	c.message.call = c
	old.message, old.toCustomer, old.toAgent = nil, nil, nil
	if c.toAgent != nil {
		c.toAgent.Restart()
	}
	if c.bridge.beat.leave(old) {
		c.bridge.beat.join(c)
	}
}

// sendFrames sends what was said, in packets as browsers expect them.
func sendFrames(p *peer.Peer, audio []byte) {
	for len(audio) > 0 {
		n := min(len(audio), ulaw.FrameSamples)
		p.Send(audio[:n])
		audio = audio[n:]
	}
}
