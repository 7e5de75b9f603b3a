package dispatch

import (
	"context"
	"errors"
	"time"

	"golang.org/x/sync/errgroup"

	"guichet/shared/center"
	"guichet/shared/store"
)

// Arrival is a call that the provider announces.
type Arrival struct {
	Provider   string
	CallSID    string
	From, To   string // E.164; From is empty when withheld
	CallerName string
	QueueID    string // empty for a call to an agent's own line
	LineOf     string // the agent whose line it is; else empty
}

// Admit takes an arriving call into its queue and rings the best agent if one is available. Repeating it returns the
// contact of the first time.
func (d *Dispatcher) Admit(ctx context.Context, call Arrival) (*center.Contact, error) {
	dir, err := d.Directories.Directory(ctx)
	if err != nil {
		return nil, err
	}
	c := newContact(call, d.Now())
	line, err := dir.Line(c)
	if err != nil {
		return nil, err
	}
	c.Priority = line.Priority
	done, err := d.admitToAgent(ctx, c)
	if !done && err == nil {
		if err = d.Store.Admit(ctx, c); err == nil {
			err = d.matchContact(ctx, c)
		}
	}
	if errors.Is(err, store.ErrStale) {
		return d.admitted(ctx, c.ID)
	}
	return c, err
}

// admitted is a repeated admission: it finishes what the first, which may have died, left undone.
func (d *Dispatcher) admitted(ctx context.Context, contactID string) (*center.Contact, error) {
	c, err := d.Store.Contact(ctx, contactID, true)
	if err != nil || !c.Waiting() {
		return c, err
	}
	return c, d.matchContact(ctx, c)
}

func newContact(call Arrival, now time.Time) *center.Contact {
	c := &center.Contact{
		ID: center.ContactIDOf(call.Provider, call.CallSID), Kind: center.KindInbound, State: center.StateWaiting,
		QueueID: call.QueueID, From: call.From, To: call.To, CallerName: call.CallerName, CallSID: call.CallSID, EnteredAt: now,
	}
	if call.LineOf != "" {
		c.Kind, c.LineOf = center.KindDirect, call.LineOf
	}
	return c
}

// admitToAgent is the short way: when nobody waits and somebody is available, the contact is written as offered at
// once, which saves its place in line and a round trip. What it reads may be some milliseconds old: a pair that is no longer
// possible is not made, and an agent who was missed is found by the search that follows.
func (d *Dispatcher) admitToAgent(ctx context.Context, c *center.Contact) (bool, error) {
	var someoneWaits bool
	var agents []*center.Agent
	group, both := errgroup.WithContext(ctx)
	group.Go(func() (err error) {
		someoneWaits, err = d.Store.AnyoneWaiting(both, c.LineID())
		return err
	})
	group.Go(func() (err error) {
		agents, err = d.candidates(both, c, false)
		return err
	})
	if err := group.Wait(); err != nil || someoneWaits || len(agents) == 0 {
		return false, err
	}
	for _, a := range agents {
		err := d.offer(ctx, c, a)
		if !errors.Is(err, store.ErrStale) || errors.Is(err, store.ErrStaleContact) {
			return true, err
		}
		// Somebody else rang that agent first.
	}
	return false, nil
}

// Accept connects the offer's contact with the agent who accepts it, or returns the conflict that says who is too late. It also
// answers a colleague's invitation into a call.
func (d *Dispatcher) Accept(ctx context.Context, agentID, contactID, offerID string) (*center.Contact, error) {
	invited, toDial, repeated := false, false, false
	_, c, err := d.updateContact(ctx, contactID, func(c *center.Contact) (bool, error) {
		if invited = c.Invites(agentID); invited {
			return false, nil
		}
		repeated = c.Live() && c.AgentID == agentID
		toDial = !repeated && c.ToDial()
		return !repeated, c.Accept(agentID, offerID, d.Now())
	})
	switch {
	case err != nil:
		return nil, err
	case invited:
		return d.guestAnswers(ctx, agentID, contactID, offerID)
	case toDial:
		return d.dialBack(ctx, c)
	case c.State == center.StateConnected, c.ToDial(), repeated && d.Now().Sub(c.AcceptedAt) < joining:
		return c, nil
	}
	return c, d.join(ctx, c)
}

// joining is how long an acceptance is left alone: one that comes again so soon is another tab's or a second click, and would only
// interrupt the caller's way to the agent. Later it is tried anew, by whoever accepts again or by the sweeper.
const joining = time.Second

// join redirects the caller to the agent's audio. It may be repeated until the contact is connected.
func (d *Dispatcher) join(ctx context.Context, c *center.Contact) error {
	ticket, err := d.StreamTicket(ctx, c)
	if err != nil {
		return err
	}
	err = d.Phone.Join(ctx, c, ticket)
	if errors.Is(err, ErrCallEarly) {
		return nil // the agent was faster than the provider, who is about to ask what the caller hears meanwhile
	}
	return d.goneWithCall(ctx, c, err)
}

// Joined records that customer and agent hear each other. A visitor who comes to a call that is over is sent away: nobody
// else would.
func (d *Dispatcher) Joined(ctx context.Context, contactID, agentID string, at time.Time) error {
	_, c, err := d.updateContact(ctx, contactID, func(c *center.Contact) (bool, error) {
		already := c.State == center.StateConnected
		return !already, c.Connect(agentID, at)
	})
	if center.CodeOf(err) == center.Conflict && c.InWidget && c.Ended() {
		return d.hangUp(ctx, c)
	}
	return err
}

// HangUp ends a live call on the agent's behalf. The provider is told first: if we die in between, its own report of
// the end completes the work. Repeating it is harmless.
func (d *Dispatcher) HangUp(ctx context.Context, agentID, contactID string) (*center.Contact, error) {
	c, err := d.Store.Contact(ctx, contactID, true)
	if err != nil {
		return nil, err
	}
	if c.Invites(agentID) {
		return d.dismissGuest(ctx, contactID, c.Guest.ID)
	}
	if c.AgentID != agentID || !c.Live() && !c.Ended() {
		return nil, center.Errorf(center.NotFound, "contact-unknown", "no contact %s", contactID)
	}
	if c.Ended() {
		return c, nil
	}
	if err := d.hangUp(ctx, c); err != nil {
		return nil, err
	}
	return d.callerLeft(ctx, contactID, func(c *center.Contact) center.Outcome {
		if c.ConnectedAt.IsZero() && c.Kind.Arrives() {
			return center.OutcomeFailed
		}
		return c.OutcomeWhenCallerLeaves()
	})
}

// CallOver ends the contact of a call that the provider reports as over. If the report overtakes the call's arrival, the
// contact is written as ended, so that the arrival rings nobody.
func (d *Dispatcher) CallOver(ctx context.Context, call Arrival, failed bool) error {
	id := center.ContactIDOf(call.Provider, call.CallSID)
	c, err := d.end(ctx, id, func(c *center.Contact) center.Outcome {
		switch {
		case c.Kind.Returns():
			return goesOn // it is the call in which they asked to be called back
		case failed && c.ConnectedAt.IsZero():
			return center.OutcomeFailed
		}
		return c.OutcomeWhenCallerLeaves()
	})
	if err == nil && c.Scheduled() && c.Attempt == 0 {
		return d.hasten(ctx, c)
	}
	if center.CodeOf(err) != center.NotFound || call.QueueID == "" && call.LineOf == "" {
		return err
	}
	c = newContact(call, d.Now())
	c.End(center.OutcomeAbandoned, d.Now())
	if err = d.commit(ctx, store.Change{Contact: c}); errors.Is(err, store.ErrStale) {
		_, err = d.CallerLeft(ctx, id)
	}
	return err
}

// CallerLeft ends a contact whose call is over at the provider.
func (d *Dispatcher) CallerLeft(ctx context.Context, contactID string) (*center.Contact, error) {
	return d.callerLeft(ctx, contactID, (*center.Contact).OutcomeWhenCallerLeaves)
}

// callerLeft ends a contact whose call is over, unless it returns another and has not reached its customer yet: then it is tried
// again.
func (d *Dispatcher) callerLeft(ctx context.Context, contactID string, outcome func(*center.Contact) center.Outcome) (*center.Contact, error) {
	unreached, attempt := false, 0
	c, err := d.end(ctx, contactID, func(c *center.Contact) center.Outcome {
		o := outcome(c)
		if unreached, attempt = o != goesOn && c.NotReached(c.Attempt), c.Attempt; unreached {
			return goesOn
		}
		return o
	})
	if err != nil || !unreached {
		return c, err
	}
	return d.attemptFailed(ctx, contactID, attempt)
}

// Fail ends a contact that the provider or we cannot go on with.
func (d *Dispatcher) Fail(ctx context.Context, contactID string) (*center.Contact, error) {
	return d.end(ctx, contactID, func(c *center.Contact) center.Outcome {
		if c.ConnectedAt.IsZero() {
			return center.OutcomeFailed
		}
		return center.OutcomeHandled
	})
}

// goesOn is the outcome of a contact that is not to end.
const goesOn center.Outcome = ""

// end makes the contact final, unless its outcome is goesOn, then frees whatever hung on it. The contact comes first, alone: it is the truth, and
// what a crash leaves of the rest the sweeper takes away. Two plain writes cost half a transaction.
func (d *Dispatcher) end(ctx context.Context, contactID string, outcome func(*center.Contact) center.Outcome) (*center.Contact, error) {
	before, c, err := d.updateContact(ctx, contactID, func(c *center.Contact) (bool, error) {
		o := outcome(c)
		return o != goesOn && c.End(o, d.Now()), nil
	})
	if err != nil || before.Ended() || !c.Ended() {
		return c, err
	}
	if before.Waiting() || before.Scheduled() {
		return c, d.Store.LeaveLine(ctx, &before)
	}
	err = d.free(ctx, before.HeldBy(), before.Live(), c)
	return c, errors.Join(err, d.freeGuest(ctx, before.Guest, c))
}

// free takes a contact off an agent who no longer has it: with wrap-up if it was live, without a trace if it only rang.
func (d *Dispatcher) free(ctx context.Context, agentID string, wasLive bool, c *center.Contact) error {
	dir, err := d.Directories.Directory(ctx)
	if err != nil {
		return err
	}
	a, err := d.updateAgent(ctx, agentID, func(a *center.Agent) (bool, error) {
		if a.ContactID != c.ID {
			return false, nil
		}
		if wasLive && (c.Kind.Arrives() || !c.ConnectedAt.IsZero() || c.Kind == center.KindOutbound) {
			a.Finish(c, dir.Queues[c.QueueID].WrapUp, d.Now())
		} else {
			a.Release(c, false, d.Now())
		}
		return true, nil
	})
	if err != nil {
		return err
	}
	d.tell(ctx, a, c)
	return d.matchAgent(ctx, a)
}
