package bridge

import (
	"time"

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
	came    bool      // it has been fetched
	sent    bool      // to everybody, all of it
	heardBy time.Time // by the customer, if nothing has told so before; not known before its end is sent to them
}

// mark is the message's name at the provider, unlike any of a pacer.Probe.
func (m *message) mark() string { return "message-" + m.id }

// Play plays the recorded message behind a link to everybody, mixed with what they say; one that played before stops. Asked again
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
		m.came = true
		c.mix()
		for _, t := range c.tracks() {
			if t != nil {
				t.Play(audio)
			}
		}
	}
}

// Heard tells that the customer has heard what was played before line.expect was called with the name.
func (c *Call) Heard(name string) {
	if m := c.message; m != nil && m.mark() == name && !m.heardBy.IsZero() {
		m.heardBy = c.bridge.clock()
		c.finishMessage(m.heardBy)
	}
}

// finishMessage reports a message that everybody has heard.
func (c *Call) finishMessage(now time.Time) {
	if m := c.message; m != nil && m.sent && !now.Before(m.heardBy) {
		c.endMessage(mediaapi.PlayedFinished)
	}
}

// endMessage reports the message as over, and if it still plays, ends it at once. Digits go on.
func (c *Call) endMessage(reason string) {
	m := c.message
	if m == nil {
		return
	}
	m.cancel()
	c.message = nil
	if t := c.toCustomer; t != nil {
		if t.Stop(); t.Over() {
			c.leaveCustomer(func() { c.line.cut(t) })
		}
	}
	if t := c.toAgent; t != nil {
		if t.Stop(); t.Over() {
			c.leaveAgent()
		}
	}
	if t := c.toGuest; t != nil {
		if t.Stop(); t.Over() {
			c.leaveGuest(func() { c.guest.ear.cut(t) })
		}
	}
	c.leaveBeat()
	c.bridge.cfg.Metrics.played(reason)
	c.reportAll(mediaapi.Event{Type: mediaapi.ContactPlayed, Reason: reason, PlaybackID: m.id})
}

// messageSent notes how far the message has been sent, when what is mixed is over for anybody.
func (c *Call) messageSent() {
	m := c.message
	if m == nil || !m.came {
		return
	}
	if c.toCustomer == nil && m.heardBy.IsZero() {
		m.heardBy = c.bridge.clock().Add(c.line.expect(m.mark()))
	}
	m.sent = m.sent || !c.sounding()
}
