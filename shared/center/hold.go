package center

import "time"

// Hold puts the customer of a connected call on hold; it tells whether that is news.
func (c *Contact) Hold(agentID string, now time.Time) (news bool, err error) {
	if err := c.ConnectedWith(agentID); err != nil || c.OnHold() {
		return false, err
	}
	c.HeldAt = now
	return true, nil
}

// Resume takes the customer off hold; it tells whether that is news.
func (c *Contact) Resume(agentID string, now time.Time) (news bool, err error) {
	if err := c.ConnectedWith(agentID); err != nil || !c.OnHold() {
		return false, err
	}
	c.offHold(now)
	return true, nil
}

// OnHold tells whether the customer hears music while the agent is there.
func (c *Contact) OnHold() bool { return !c.HeldAt.IsZero() }

// offHold counts the time on hold, if it was.
func (c *Contact) offHold(now time.Time) {
	if c.OnHold() {
		c.HoldTime += max(0, now.Sub(c.HeldAt))
		c.HeldAt = time.Time{}
	}
}

// ConnectedWith is no error if customer and agent hear each other.
func (c *Contact) ConnectedWith(agentID string) error {
	switch {
	case !c.Live() || c.AgentID != agentID:
		return Errorf(NotFound, "contact-unknown", "no contact %s", c.ID)
	case c.State != StateConnected:
		return Errorf(Conflict, "not-connected", "contact %s is %s", c.ID, c.State)
	}
	return nil
}
