package bridge

import (
	"guichet/media-node/internal/mix"
)

// mix begins to mix what everybody hears, where that is not done already. Only what may be a machine hears digits alone.
func (c *Call) mix() {
	if c.toCustomer == nil {
		c.stopMusic()
		c.toCustomer = mix.NewTrack(true)
	}
	if c.toAgent == nil {
		c.toAgent = mix.NewTrack(false)
	}
	if c.toGuest == nil && c.conference != nil {
		c.toGuest = mix.NewTrack(c.guestLine() != nil)
	}
	c.bridge.beat.join(c)
}

// tracks is what sounds for anybody; nil where nothing does.
func (c *Call) tracks() [mix.Parties]*mix.Track {
	return [...]*mix.Track{mix.Customer: c.toCustomer, mix.Agent: c.toAgent, mix.Guest: c.toGuest}
}

// sounding tells whether a recorded message or digits sound for anybody.
func (c *Call) sounding() bool { return c.tracks() != [mix.Parties]*mix.Track{} }

// mixedIn is what the customer's words are mixed into, or nil where they pass through as they are.
func (c *Call) mixedIn() *mix.Voice {
	switch {
	case c.conference != nil:
		return c.conference.Voice(mix.Customer)
	case c.toAgent != nil:
		return &c.toAgent.Voice
	}
	return nil
}

// playOn sends what is due after so many beats. Each party leaves the mixed audio for itself: their lines are not played to
// equally far ahead, and a direction without a message has nothing to wait for.
func (c *Call) playOn(beats int) {
	if t := c.toCustomer; t != nil {
		for n := c.line.due(beats); n > 0 && !t.Over(); n-- {
			c.line.play(t.Next())
		}
		if t.Over() {
			c.leaveCustomer(func() { c.line.resume(t.Rest()) })
		}
	}
	if t := c.toAgent; t != nil {
		for n := beats; n > 0 && !t.Over(); n-- {
			frame := t.Next() // also while the agent is away, who hears the rest after coming back
			if c.session != nil {
				c.session.ear.play(frame)
			}
		}
		if t.Over() {
			c.leaveAgent()
		}
	}
	if t := c.toGuest; t != nil {
		e := c.guest.ear
		for n := e.due(beats); n > 0 && !t.Over(); n-- {
			e.play(t.Next())
		}
		if t.Over() {
			c.leaveGuest(func() { e.resume(t.Rest()) })
		}
	}
	c.messageSent()
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
		c.session.ear.resume(t.Rest())
	}
}

func (c *Call) leaveGuest(resume func()) {
	c.bridge.cfg.Metrics.mixed(c.toGuest.Stats())
	c.toGuest = nil
	resume()
}

// leaveBeat stands still if nothing is mixed any more.
func (c *Call) leaveBeat() {
	if c.conference == nil && !c.sounding() {
		c.bridge.beat.leave(c)
	}
}

// endMix gives up what still sounds on a line that is gone.
func (c *Call) endMix() {
	if c.toCustomer != nil {
		c.leaveCustomer(func() {})
	}
	if c.toAgent != nil {
		c.leaveAgent()
	}
	c.leaveBeat()
}

// takeOver goes on where the line was that this one takes the place of. On that of another agent nothing does: they have
// not put the customer on hold, do not know what plays, and have no guest.
func (c *Call) takeOver(old *Call) {
	c.holdVersion, c.partyVersion = old.holdVersion, old.partyVersion
	if old.ticket.AgentID != c.ticket.AgentID {
		return
	}
	c.held, c.dialed, c.lastMessage = old.held, old.dialed, old.lastMessage
	c.message, c.toCustomer, c.toAgent, c.toGuest = old.message, old.toCustomer, old.toAgent, old.toGuest
	c.guest, c.conference = old.guest, old.conference
	old.message, old.toCustomer, old.toAgent, old.toGuest, old.guest, old.conference = nil, nil, nil, nil, nil, nil
	if c.guest != nil {
		c.guest.call = c
	}
	if c.conference != nil {
		c.conference.Voice(mix.Customer).Restart()
	}
	if c.message != nil {
		c.message.call = c
	}
	if c.toAgent != nil {
		c.toAgent.Restart()
	}
	if c.bridge.beat.leave(old) {
		c.bridge.beat.join(c)
	}
}
