package simulator

import "time"

// This file is a call of the product's to one of its own numbers: on the network it arrives there as any call does.

// reach calls one of the product's own numbers, whose voice URL is asked what to do, with the caller id that the product has
// chosen. What one call hears, the other says. It says who has answered; when nobody has, the call is over.
func (c *Call) reach(number Number) answer {
	far := newCall(c.sim, inbound, c.from, c.to)
	far.number = number
	far.bridge(c)
	c.bridge(far)
	c.ring()
	if err := c.sim.start(far, far.runInbound); err != nil {
		c.finish(Failed, "error")
		return nobody
	}
	c.sim.spawn(func() { far.followEnd(c) })
	timeout := time.NewTimer(c.outgoing.ringTime)
	defer timeout.Stop()
	for {
		far.mu.Lock()
		status, changed := far.status, far.changed
		far.mu.Unlock()
		if status == InProgress || status == Completed { // a short conversation may be over already
			c.pickUp()
			c.sim.spawn(func() { c.followEnd(far) })
			return otherCall
		}
		if status.Final() {
			c.finish(status, "phone")
			return nobody
		}
		select {
		case <-changed:
		case by := <-c.answered:
			if by == declinesCall {
				c.finish(Busy, "caller")
			}
		case <-timeout.C:
			c.finish(NoAnswer, "caller")
		case <-c.ctx.Done():
			c.finish(NoAnswer, "product")
			return nobody
		}
	}
}

// bridge makes another call the far end of this one: it says what the other hears. Both are still silent.
func (c *Call) bridge(other *Call) {
	mouth := &Microphone{}
	other.line.tap = mouth.Write
	c.SetSource(mouth)
	c.touch(func() { c.voice, c.far = voice{kind: sourceCall}, other })
}

// followEnd hangs up when the other call has ended.
func (c *Call) followEnd(other *Call) {
	select {
	case <-other.ctx.Done():
		c.finish(c.endStatus(), "caller")
	case <-c.ctx.Done():
	}
}
