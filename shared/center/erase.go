package center

import "time"

// CallOff ends a call that we are to make and have not begun. It tells whether it was one.
func (c *Contact) CallOff(now time.Time) bool {
	return c.Scheduled() && c.End(OutcomeIncomplete, now)
}

// Erase takes out of a contact that has ended whom it was with, but for its chat; what was counted of it stays. It tells whether there was
// anything.
func (c *Contact) Erase() (news bool, err error) {
	if !c.Ended() {
		return false, Errorf(Conflict, "not-ended", "contact %s is %s", c.ID, c.State)
	}
	news = c.From != "" || c.CallerName != "" || c.CallSID != ""
	c.From, c.CallerName, c.CallSID = "", "", ""
	return news, nil
}
