package bridge

import (
	"time"

	"guichet/media-node/internal/mix"
)

// confer begins what three hear of each other, or goes on with it when the guest has come anew. What passed through before is
// mixed from now on, at the node's beat. A recorded message or digits that sound are heard by the guest too.
func (c *Call) confer() {
	if c.conference == nil {
		c.conference = mix.NewConference()
		c.bridge.beat.join(c)
	} else {
		c.conference.Voice(mix.Guest).Restart()
	}
	if c.toAgent != nil && c.toGuest == nil {
		c.toGuest = c.toAgent.Alike(c.guest.line != nil)
	}
	c.settle()
}

// hearEachOther sends everybody what the others say, a frame a beat. What was said in beats that the node has missed is left
// out, or it would be late from then on.
func (c *Call) hearEachOther(missed, beats int) {
	t, now := c.conference, c.local()
	for n := range missed + beats {
		if t.Beat(); n < missed {
			continue
		}
		if c.talking() {
			tell(c.line, c.toCustomer, t, mix.Customer, now)
		}
		if c.session != nil {
			tell(c.session.ear, c.toAgent, t, mix.Agent, now)
		}
		tell(c.guest.ear, c.toGuest, t, mix.Guest, now)
	}
}

// tell sends a party what the others say, or has it mixed into what sounds for that party.
func tell(e ear, track *mix.Track, from *mix.Conference, p mix.Party, now time.Duration) {
	if said := from.Hears(p); track != nil {
		track.Says(from.Time(), said, now)
	} else {
		e.converse(from.Time(), said)
	}
}

// disperse ends it: the guest is gone. Between the other two audio passes through again, after what they have said.
func (c *Call) disperse() {
	t := c.conference
	c.conference = nil
	for p := range mix.Parties {
		c.bridge.cfg.Metrics.mixed(t.Voice(p).Stats())
	}
	if c.toGuest != nil {
		c.bridge.cfg.Metrics.mixed(c.toGuest.Stats())
		c.toGuest = nil
	}
	c.leaveBeat()
	if c.left {
		return
	}
	c.settle()
	if c.talking() {
		if c.toCustomer == nil {
			c.line.resume(t.Voice(mix.Agent).Rest())
		}
		if c.toAgent == nil {
			c.session.ear.resume(t.Voice(mix.Customer).Rest())
		}
	}
}
