package dispatch

import (
	"context"
	"errors"
	"time"

	"guichet/shared/center"
	"guichet/shared/store"
)

// callbackSettle is how long a caller who asked to be called back has to hang up, if the provider does not tell that they did.
const callbackSettle = 15 * time.Second

// AskForCallback lets a waiting caller hang up and keep their place in line. It tells whether they will be called back: not if
// an agent is about to answer. Repeating it is harmless.
func (d *Dispatcher) AskForCallback(ctx context.Context, contactID string) (bool, error) {
	err := store.Retry(func(consistent bool) error {
		c, err := d.Store.Contact(ctx, contactID, consistent)
		if err != nil {
			return err
		}
		was := *c
		news, err := c.AskForCallback(d.Now(), d.Now().Add(callbackSettle))
		if err != nil {
			return err
		}
		if !news {
			return store.ErrUnchanged
		}
		return d.commit(ctx, store.Change{Contact: c, Leave: &was, Enter: true})
	})
	if center.CodeOf(err) == center.Conflict {
		return false, nil
	}
	return err == nil, err
}

// hasten makes a callback due whose caller has hung up.
func (d *Dispatcher) hasten(ctx context.Context, c *center.Contact) error {
	_, err := d.enterLine(ctx, c.ID, "", func(c *center.Contact) bool { return c.Attempt == 0 })
	return err
}

// Turn is what has become of a call that we are to make, for the workflow that makes it again.
type Turn struct {
	Waits bool      // it is in line, or under way: the outcome will be told by the token
	Again time.Time // it is to be tried at this time; zero: it is over
}

// TakeTurn puts a call that we are to make into its line when it is due, and notes the workflow's token, to which the outcome
// of the attempt will be told. It may be repeated, by other workflows too: the last token counts.
func (d *Dispatcher) TakeTurn(ctx context.Context, contactID, token string) (Turn, error) {
	c, err := d.enterLine(ctx, contactID, token, func(c *center.Contact) bool { return !d.Now().Before(c.DueAt) })
	switch {
	case err != nil:
		return Turn{}, err
	case c.Ended():
		return Turn{}, nil
	case c.Scheduled():
		return Turn{Again: c.DueAt}, nil
	case c.Token == token:
		return Turn{Waits: true}, nil
	}
	_, c, err = d.updateContact(ctx, contactID, func(c *center.Contact) (bool, error) {
		if c.Scheduled() || c.Ended() || c.Token == token {
			return false, nil
		}
		c.Token = token
		return true, nil
	})
	if err != nil || c.Ended() {
		return Turn{}, err
	}
	return Turn{Waits: !c.Scheduled(), Again: c.DueAt}, nil
}

// enterLine puts a scheduled call into its line if it is its turn, and looks for an agent. It returns the contact as it is then.
func (d *Dispatcher) enterLine(ctx context.Context, contactID, token string, turn func(*center.Contact) bool) (*center.Contact, error) {
	var c *center.Contact
	entered := false
	err := store.Retry(func(consistent bool) (err error) {
		entered = false
		if c, err = d.Store.Contact(ctx, contactID, consistent); err != nil {
			return err
		}
		if !c.Scheduled() || !turn(c) {
			return store.ErrUnchanged
		}
		was := *c
		if err := c.Due(token, later(d.Now(), c.DueAt)); err != nil {
			return err
		}
		entered = true
		return d.commit(ctx, store.Change{Contact: c, Leave: &was, Enter: true})
	})
	if err != nil || !entered {
		return c, err
	}
	return c, d.matchContact(ctx, c)
}

func later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

// postpone takes a waiting call out of its line until its customer may be called.
func (d *Dispatcher) postpone(ctx context.Context, c *center.Contact, until time.Time) error {
	later := *c
	if until.IsZero() {
		later.End(center.OutcomeIncomplete, d.Now())
		if err := d.commit(ctx, store.Change{Contact: &later}); err != nil {
			return err
		}
		return d.Store.LeaveLine(ctx, c)
	}
	later.Again(until)
	err := d.commit(ctx, store.Change{Contact: &later, Leave: c, Enter: true})
	if errors.Is(err, store.ErrStale) {
		return store.ErrStaleContact
	}
	return err
}

// dialBack calls the customer of a call that an agent has accepted. Should we die before the provider knows of the call, the
// sweeper takes the attempt for one that failed.
func (d *Dispatcher) dialBack(ctx context.Context, c *center.Contact) (*center.Contact, error) {
	callSID, err := d.Phone.Dial(ctx, c)
	if err != nil {
		_, e := d.attemptFailed(ctx, c.ID, c.Attempt)
		return nil, errors.Join(err, e)
	}
	attempt := c.Attempt
	c, err = d.DialAnswered(ctx, c.ID, attempt, callSID)
	if err == nil && (c.CallSID != callSID || !c.Live()) { // the agent hung up while we dialled
		over := *c
		over.CallSID = callSID
		err = d.hangUp(ctx, &over)
	}
	return c, err
}

// AnsweredByMachine ends an attempt that a voicemail has answered; the customer is called again later. It is noted first: the
// call's end may be told before we go on, and must not be taken for that of a conversation.
func (d *Dispatcher) AnsweredByMachine(ctx context.Context, contactID string, attempt int) error {
	_, c, err := d.updateContact(ctx, contactID, func(c *center.Contact) (bool, error) { return c.TakenByMachine(attempt), nil })
	if err != nil || !c.Machine || !c.NotReached(attempt) {
		return err
	}
	if err := d.hangUp(ctx, c); err != nil {
		return err
	}
	_, err = d.attemptFailed(ctx, contactID, attempt)
	return err
}

// attemptFailed ends an attempt that has not reached the customer, if it is still under way.
func (d *Dispatcher) attemptFailed(ctx context.Context, contactID string, attempt int) (*center.Contact, error) {
	return d.notReached(ctx, contactID, func(now *center.Contact) bool { return now.NotReached(attempt) })
}

// notReached ends an attempt, if it is still the one that is meant: the customer is called again later, as often as the queue
// or campaign wants. The agent is free for the next call at once, and keeps their place among the idle.
func (d *Dispatcher) notReached(ctx context.Context, contactID string, meant func(*center.Contact) bool) (*center.Contact, error) {
	dir, err := d.Directories.Directory(ctx)
	if err != nil {
		return nil, err
	}
	var ch store.Change
	var before center.Contact
	err = store.Retry(func(consistent bool) (err error) {
		c, err := d.Store.Contact(ctx, contactID, consistent)
		if err != nil {
			return err
		}
		before, ch = *c, store.Change{Contact: c}
		if !meant(c) {
			return store.ErrUnchanged
		}
		d.tryAgain(c, dir)
		if before.Waiting() {
			ch.Leave = &before
		}
		ch.Enter = c.Scheduled()
		return d.release(ctx, &before, &ch, consistent)
	})
	if err != nil || ch.Contact.State == before.State {
		return ch.Contact, err
	}
	return ch.Contact, d.released(ctx, &before, ch)
}

// release commits a change that takes a contact away from all who have it: its agent, who keeps their place among the idle, and
// its guest. before is the contact as it was.
func (d *Dispatcher) release(ctx context.Context, before *center.Contact, ch *store.Change, consistent bool) (err error) {
	if holder := before.HeldBy(); holder != "" && ch.Agent == nil {
		if ch.Agent, err = d.Store.Agent(ctx, holder, consistent); err != nil {
			return err
		}
		ch.Agent.Release(before, false, d.Now())
	}
	if g := before.Guest; g != nil && g.AgentID != "" {
		if ch.Guest, err = d.Store.Agent(ctx, g.AgentID, consistent); err != nil {
			return err
		}
		ch.Guest.Release(before, false, d.Now())
	}
	return d.commit(ctx, *ch)
}

// released tells the agents of a change that they are free, hangs up an invited number, and looks for what the agents could do.
func (d *Dispatcher) released(ctx context.Context, before *center.Contact, ch store.Change) error {
	var err error
	if g := before.Guest; g != nil {
		err = d.hangUpGuest(ctx, before, g)
	}
	for _, a := range []*center.Agent{ch.Agent, ch.Guest} {
		if a != nil {
			d.tell(ctx, a, ch.Contact)
			err = errors.Join(err, d.matchAgent(ctx, a))
		}
	}
	return err
}

// tryAgain schedules the next attempt, or ends the contact after the last.
func (d *Dispatcher) tryAgain(c *center.Contact, dir *store.Directory) {
	q := dir.Queues[c.QueueID]
	at := q.CallableFrom(c.From, d.Now().Add(q.Attempts.Spacing), dir.Settings)
	if c.Attempt >= q.Attempts.Most || at.IsZero() {
		c.End(center.OutcomeIncomplete, d.Now())
		return
	}
	c.Again(at)
}

// ReturnMissed has the campaigns that want it return a call that was missed. Repeating it makes no second contact, and a number
// that a campaign is about to call is not called for another missed call as well.
func (d *Dispatcher) ReturnMissed(ctx context.Context, missed *center.Contact) error {
	dir, err := d.Directories.Directory(ctx)
	if err != nil {
		return err
	}
	var failed error
	for _, q := range dir.Queues {
		if q.Campaign == nil || !q.Campaign.Takes(missed) {
			continue
		}
		now := d.Now()
		due := q.CallableFrom(missed.From, now.Add(q.Campaign.Delay), dir.Settings)
		if due.IsZero() {
			continue
		}
		c := q.MissedContact(missed, now, due)
		err := d.claim(ctx, store.Change{Contact: c, Enter: true}, "campaign "+q.ID+" "+c.From, func(other *center.Contact) bool { return !other.Ended() })
		if !errors.Is(err, store.ErrStale) && !errors.Is(err, store.ErrClaimed) {
			failed = errors.Join(failed, err)
		}
	}
	return failed
}
