package bridge

import (
	"guichet/media-node/internal/mix"
	"guichet/media-node/internal/peer"
	"guichet/media-node/internal/ulaw"
)

// mix begins to mix what the two hear, where that is not done already. Only what may be a machine hears digits alone.
func (c *Call) mix() {
	if c.toCustomer == nil {
		c.stopMusic()
		c.toCustomer = mix.NewTrack(true)
	}
	if c.toAgent == nil {
		c.toAgent = mix.NewTrack(false)
	}
	c.bridge.beat.join(c)
}

// mixed tells whether what one of the two hears is mixed.
func (c *Call) mixed() bool { return c.toCustomer != nil || c.toAgent != nil }

// playOn sends what is due after so many beats. Each side leaves the mixed audio for itself: their lines are not played to
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
		sendFrames(c.session.Peer, t.Rest())
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
	c.bridge.beat.leave(c)
}

// takeOver goes on where the line was that this one takes the place of. On that of another agent nothing does: they have
// not put the customer on hold, and do not know what plays.
func (c *Call) takeOver(old *Call) {
	c.holdVersion = old.holdVersion
	if old.ticket.AgentID != c.ticket.AgentID {
		return
	}
	c.held, c.dialed, c.lastMessage = old.held, old.dialed, old.lastMessage
	c.message, c.toCustomer, c.toAgent = old.message, old.toCustomer, old.toAgent
	old.message, old.toCustomer, old.toAgent = nil, nil, nil
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

// sendFrames sends what was said, in packets as browsers expect them.
func sendFrames(p *peer.Peer, audio []byte) {
	for len(audio) > 0 {
		n := min(len(audio), ulaw.FrameSamples)
		p.Send(audio[:n])
		audio = audio[n:]
	}
}
