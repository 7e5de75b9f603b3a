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
	c := &center.Contact{
		ID: center.NewID(center.PrefixContact, now), Kind: center.KindOutbound, State: center.StateConnecting,
		From: call.Customer, To: call.Line, CallerName: call.CallerName, ChatID: call.ChatID, InWidget: call.InWidget,
		EnteredAt: now, AcceptedAt: now, AgentID: agentID, Asked: []string{agentID},
	}
	var a *center.Agent
	err := store.Retry(func(consistent bool) (err error) {
		if a, err = d.Store.Agent(ctx, agentID, consistent); err != nil {
			return err
		}
		if a.ContactID == c.ID {
			return store.ErrUnchanged // an earlier try got through
		}
		if err := a.Dial(c); err != nil {
			return err
		}
		return d.Store.Commit(ctx, store.Change{Contact: c, Agent: a})
	})
	if err != nil {
		return nil, err
	}
	d.tell(ctx, a, c)
	callSID, err := d.Phone.Dial(ctx, c)
	if err != nil {
		_, endErr := d.Fail(ctx, c.ID)
		return nil, errors.Join(err, endErr)
	}
	c, err = d.DialAnswered(ctx, c.ID, callSID)
	if err == nil && c.Ended() { // the agent hung up while we dialled
		err = d.hangUp(ctx, c)
	}
	return c, err
}

// DialAnswered notes the provider's id of a call that we made, and returns its contact.
func (d *Dispatcher) DialAnswered(ctx context.Context, contactID, callSID string) (*center.Contact, error) {
	_, c, err := d.updateContact(ctx, contactID, func(c *center.Contact) (bool, error) {
		return c.Dialled(callSID), nil
	})
	return c, err
}

// DialOver ends the contact of a call that we made and that the provider reports as over.
func (d *Dispatcher) DialOver(ctx context.Context, contactID string, failed bool) error {
	_, err := d.end(ctx, contactID, func(c *center.Contact) center.Outcome {
		if failed && c.ConnectedAt.IsZero() {
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

// sweepOutbound ends a call that we made if the provider does not know of it, or knows it as over.
func (d *Dispatcher) sweepOutbound(ctx context.Context, c *center.Contact) error {
	if c.CallSID == "" {
		if d.Now().Sub(c.EnteredAt) < dialPatience {
			return nil
		}
		_, err := d.Fail(ctx, c.ID)
		return err
	}
	_, err := d.callGone(ctx, c)
	return err
}
