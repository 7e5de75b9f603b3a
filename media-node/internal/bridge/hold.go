package bridge

import (
	"guichet/media-node/internal/mix"
	"guichet/shared/mediaapi"
)

// Hold lets the customer hear music, and neither them nor the others each other, until Resume. It is paced as music for a parked
// customer is, not by the beat: nothing that is said has to keep step with it, what is sent ahead is cleared, and a customer
// may be on hold for long. Of Hold and Resume the highest version counts; another one does nothing.
func (c *Call) Hold(version int64) {
	if !c.news(version) || c.held {
		return
	}
	c.endMessage(mediaapi.PlayedStopped)
	c.held = true
	if c.toCustomer != nil { // digits sound on, without what waits to be mixed into them or to follow them
		c.toCustomer.Forget()
	}
	if c.toAgent != nil {
		c.toAgent.Forget()
	}
	if c.conference != nil {
		c.conference.Voice(mix.Customer).Forget()
	}
	c.startMusic()
}

// Resume ends Hold. While nobody is there, it is the agent's coming back that ends the music.
func (c *Call) Resume(version int64) {
	if c.news(version) && c.held {
		c.held = false
		c.settle()
	}
}

// news tells whether a command is newer than those that came before it. Where it changes nothing it still outdates older ones.
func (c *Call) news(version int64) bool {
	if version <= c.holdVersion {
		return false
	}
	c.holdVersion = version
	return true
}
