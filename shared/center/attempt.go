package center

import "time"

// Returns tells whether calls of the kind return an earlier one: we make them, over and over, until the customer is reached.
func (k ContactKind) Returns() bool { return k == KindCallback || k == KindCampaign }

// Arrives tells whether calls of the kind are made by the customer.
func (k ContactKind) Arrives() bool { return k == KindInbound || k == KindDirect }

// Scheduled tells whether the contact is a call that we are to make later.
func (c *Contact) Scheduled() bool { return c.State == StateScheduled }

// ToDial tells whether the customer is still to be called: nobody is on the line.
func (c *Contact) ToDial() bool { return c.Kind.Returns() && c.CallSID == "" }

// InLineSince is when the contact came into the line in which it waits.
func (c *Contact) InLineSince() time.Time {
	if c.QueuedAt.IsZero() {
		return c.EnteredAt
	}
	return c.QueuedAt
}

// QueueEnteredAt is when the contact came to its present queue, whatever it has been through there since.
func (c *Contact) QueueEnteredAt() time.Time {
	if c.MovedAt.IsZero() {
		return c.EnteredAt
	}
	return c.MovedAt
}

// AskForCallback lets a waiting caller hang up and keep their place: they are called back when their turn comes, from due on.
// Repeating it is harmless.
func (c *Contact) AskForCallback(now, due time.Time) (news bool, err error) {
	switch {
	case c.Kind == KindCallback && !c.Ended():
		return false, nil
	case c.Kind != KindInbound || !c.Waiting():
		return false, Errorf(Conflict, "not-waiting", "contact %s is %s, not waiting", c.ID, c.State)
	case c.From == "":
		return false, Errorf(Conflict, "no-number", "the caller's number is not known")
	}
	c.Kind, c.State, c.DueAt, c.CallbackAt = KindCallback, StateScheduled, due, now
	return true, nil
}

// Due puts a call that we are to make into its line. token is that of the workflow that waits for the outcome, if any. Too
// early is a conflict.
func (c *Contact) Due(token string, now time.Time) error {
	switch {
	case !c.Scheduled():
		return Errorf(Conflict, "not-scheduled", "contact %s is %s, not scheduled", c.ID, c.State)
	case now.Before(c.DueAt):
		return Errorf(Conflict, "not-due", "contact %s is due at %s", c.ID, c.DueAt)
	}
	c.State, c.DueAt, c.Token, c.CallSID = StateWaiting, time.Time{}, token, ""
	c.QueuedAt = now
	return nil
}

// Again schedules another attempt: the customer was not reached, or may not be called now.
func (c *Contact) Again(due time.Time) {
	c.State, c.DueAt, c.Token, c.CallSID = StateScheduled, due, "", ""
	c.AgentID, c.Offer, c.AcceptedAt, c.ConnectedAt, c.Playback, c.Guest = "", nil, time.Time{}, time.Time{}, nil, nil
	c.AnsweredAt, c.Machine = time.Time{}, false
	c.offHold(due)
}

// TakenByMachine notes that an answering machine took the attempt, if it is under way. Repeating it is no news.
func (c *Contact) TakenByMachine(attempt int) (news bool) {
	news = c.Kind.Returns() && c.Live() && c.Attempt == attempt && !c.Machine
	c.Machine = c.Machine || news
	return news
}

// NotReached tells whether the contact's attempt of this number is under way and nobody has spoken with the customer: they have
// not answered, a machine has, or they lost their agent before and are in line.
func (c *Contact) NotReached(attempt int) bool {
	return c.Kind.Returns() && c.Attempt == attempt && (c.ConnectedAt.IsZero() || c.Machine) && !c.Ended() && !c.Scheduled() &&
		(c.State == StateConnecting || !c.ToDial())
}

// Dialled records the provider's id of a call that we made. Whoever comes second finds it there; what comes from an earlier
// attempt is no news.
func (c *Contact) Dialled(attempt int, callSID string) (news bool) {
	news = c.CallSID == "" && callSID != "" && c.Attempt == attempt && !c.Scheduled() && !c.Waiting()
	if news {
		c.CallSID = callSID
	}
	return news
}
