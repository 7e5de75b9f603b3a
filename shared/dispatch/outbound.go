package dispatch

import (
	"context"
	"errors"
	"time"

	"guichet/shared/center"
	"guichet/shared/store"
)

// Dialling is a call that an agent makes.
type Dialling struct {
	ID         string // of the contact, made by the desk: asked twice, it is one call; empty: made here
	Customer   string // E.164; empty in the widget
	Line       string // our number, E.164; empty in the widget
	CallerName string
	ChatID     string // where it comes from; empty when from nowhere
	InWidget   bool   // the customer of the chat is rung in the webchat's widget
}

// dialPatience is how long a call may be unknown to the provider after it was written.
const dialPatience = time.Minute

// DialOut makes a call on the agent's behalf. The contact comes first, with the agent: should we die before the provider
// knows of the call, the sweeper ends it.
func (d *Dispatcher) DialOut(ctx context.Context, agentID string, call Dialling) (*center.Contact, error) {
	now := d.Now()
	if call.ID == "" {
		call.ID = center.NewID(center.PrefixContact, now)
	}
	c := &center.Contact{
		ID: call.ID, Kind: center.KindOutbound, State: center.StateConnecting,
		From: call.Customer, To: call.Line, CallerName: call.CallerName, ChatID: call.ChatID, InWidget: call.InWidget,
		EnteredAt: now, AcceptedAt: now, AgentID: agentID, Asked: []string{agentID},
	}
	var a *center.Agent
	repeated := false
	err := store.Retry(func(consistent bool) (err error) {
		if a, err = d.Store.Agent(ctx, agentID, consistent); err != nil {
			return err
		}
		if repeated = a.ContactID == c.ID; repeated {
			return store.ErrUnchanged
		}
		if err := a.Dial(c); err != nil {
			return err
		}
		return d.commit(ctx, store.Change{Contact: c, Agent: a})
	})
	if err != nil {
		return nil, err
	}
	if repeated {
		return d.Store.Contact(ctx, c.ID, true)
	}
	d.tell(ctx, a, c)
	callSID, err := d.Phone.Dial(ctx, c)
	if err != nil {
		_, endErr := d.Fail(ctx, c.ID)
		return nil, errors.Join(err, endErr)
	}
	c, err = d.DialAnswered(ctx, c.ID, 0, callSID)
	if err == nil && c.Ended() { // the agent hung up while we dialled
		err = d.hangUp(ctx, c)
	}
	return c, err
}

// DialAnswered notes the provider's id of a call that we made, and returns its contact. attempt is that of the contact for
// which it was made.
func (d *Dispatcher) DialAnswered(ctx context.Context, contactID string, attempt int, callSID string) (*center.Contact, error) {
	_, c, err := d.updateContact(ctx, contactID, func(c *center.Contact) (bool, error) {
		return c.Dialled(attempt, callSID), nil
	})
	return c, err
}

// DialOver is the end of a call that we made in an attempt, as the provider reports it. A customer who was not reached is called
// again later if somebody waits for them.
func (d *Dispatcher) DialOver(ctx context.Context, contactID string, attempt int, failed bool) error {
	_, err := d.callerLeft(ctx, contactID, func(c *center.Contact) center.Outcome {
		switch {
		case c.Attempt != attempt, c.ToDial() && !c.Live(), c.Scheduled():
			return goesOn // a late report of an attempt that is over
		case failed && c.ConnectedAt.IsZero():
			return center.OutcomeFailed
		}
		return c.OutcomeWhenCallerLeaves()
	})
	return err
}

// outboundLost ends a call that we made and whose media path or agent was gone at the given time: it has no line to go
// back to. It does nothing when the contact has moved on.
func (d *Dispatcher) outboundLost(ctx context.Context, c *center.Contact, agentID string, at time.Time) error {
	probe := *c
	if err := probe.Requeue(agentID, at); err != nil {
		return nil // a report about what is over
	}
	if err := d.hangUp(ctx, c); err != nil {
		return err
	}
	_, err := d.CallerLeft(ctx, c.ID)
	return err
}

// hangUp ends a call at the provider, if it still goes on.
func (d *Dispatcher) hangUp(ctx context.Context, c *center.Contact) error {
	if c.CallSID == "" {
		return nil // the provider does not know of it yet: who dials will see that it is over
	}
	if err := d.Phone.HangUp(ctx, c); err != nil && !errors.Is(err, ErrCallGone) {
		return err
	}
	return nil
}

// sweepDialled ends a call that we made, or its attempt, if the provider does not know of it, or knows it as over.
func (d *Dispatcher) sweepDialled(ctx context.Context, c *center.Contact) error {
	if c.CallSID == "" {
		if d.Now().Sub(c.AcceptedAt) < dialPatience {
			return nil
		}
		if c.Kind.Returns() {
			return d.DialOver(ctx, c.ID, c.Attempt, true)
		}
		_, err := d.Fail(ctx, c.ID)
		return err
	}
	_, err := d.callGone(ctx, c)
	return err
}
