package dispatch

import (
	"context"
	"errors"

	"guichet/shared/center"
	"guichet/shared/mediaapi"
	"guichet/shared/store"
)

// HandOver leaves the agent's call to the third party: a colleague takes it over, a number is connected with the customer
// without us.
func (d *Dispatcher) HandOver(ctx context.Context, agentID, contactID string) (*center.Contact, error) {
	c, err := d.Store.Contact(ctx, contactID, true)
	if err != nil {
		return nil, err
	}
	if err := c.ConnectedWith(agentID); err != nil {
		return nil, err
	}
	if c.Guest == nil || c.Guest.State != center.GuestJoined {
		return nil, center.Errorf(center.Conflict, "no-guest", "nobody is there to take contact %s over", c.ID)
	}
	if c.Guest.AgentID != "" {
		return d.handOver(ctx, c)
	}
	return d.forward(ctx, c)
}

// handOver gives the call to the colleague who is its guest. Whose it is changes together with the agent who gives it away.
func (d *Dispatcher) handOver(ctx context.Context, c *center.Contact) (*center.Contact, error) {
	dir, err := d.Directories.Directory(ctx)
	if err != nil {
		return nil, err
	}
	guestID, contactID := c.Guest.ID, c.ID
	var from, to *center.Agent
	err = store.Retry(func(consistent bool) (err error) {
		if c, err = d.Store.Contact(ctx, contactID, consistent); err != nil {
			return err
		}
		before := *c
		if err := c.HandOver(guestID, d.Now()); err != nil {
			return err
		}
		if from, err = d.Store.Agent(ctx, before.AgentID, consistent); err != nil {
			return err
		}
		from.Finish(&before, dir.Queues[c.QueueID].WrapUp, d.Now())
		return d.commit(ctx, store.Change{Contact: c, Agent: from})
	})
	if err != nil {
		return nil, err
	}
	d.tell(ctx, from, c)
	if to, err = d.Store.Agent(ctx, c.AgentID, true); err != nil {
		return nil, err
	}
	d.tell(ctx, to, c)
	return c, errors.Join(d.moveAudio(ctx, c), d.matchAgent(ctx, from))
}

// moveAudio brings the customer's line to the contact's new agent: within the node that has it, or through the provider.
func (d *Dispatcher) moveAudio(ctx context.Context, c *center.Contact) error {
	err := d.Media.Command(ctx, mediaapi.Command{
		ContactID: c.ID, Action: mediaapi.ActionTransfer, AgentID: c.AgentID, Version: c.Version,
	})
	if errors.Is(err, mediaapi.ErrNoCall) {
		return d.join(ctx, c)
	}
	return err
}

// forward connects the customer with the number that is the guest, and ends our part in the call. The provider comes first: if
// we die in between, its reports end the contact.
func (d *Dispatcher) forward(ctx context.Context, c *center.Contact) (*center.Contact, error) {
	if c.InWidget {
		return nil, center.Errorf(center.Conflict, "widget-no-line", "a visitor of the webchat cannot be connected with a number")
	}
	err := d.Phone.Forward(ctx, c)
	if errors.Is(err, ErrGuestGone) {
		_, err := d.guestGone(ctx, c.ID, c.Guest.ID)
		return nil, errors.Join(center.Errorf(center.Conflict, "no-guest", "the guest of contact %s has hung up", c.ID), err)
	}
	if err := d.goneWithCall(ctx, c, err); err != nil {
		return nil, err
	}
	return d.forwarded(ctx, c.ID)
}

// Forwarded ends our part in a call whose customer and guest are with each other; it is for guests who had the call handed over
// blindly, when they answer.
func (d *Dispatcher) Forwarded(ctx context.Context, c *center.Contact) error {
	_, err := d.forward(ctx, c)
	return err
}

func (d *Dispatcher) forwarded(ctx context.Context, contactID string) (*center.Contact, error) {
	_, before, err := d.updateContact(ctx, contactID, func(c *center.Contact) (bool, error) {
		if c.Guest == nil || c.Guest.Number == "" {
			return false, nil
		}
		g := *c.Guest
		g.CallSID = "" // theirs is no longer ours to end
		c.Guest = &g
		return true, nil
	})
	if err != nil || before.Ended() {
		return before, err
	}
	return d.end(ctx, contactID, func(*center.Contact) center.Outcome { return center.OutcomeHandled })
}

// goneWithCall ends a contact that the provider has no call of any more.
func (d *Dispatcher) goneWithCall(ctx context.Context, c *center.Contact, err error) error {
	if !errors.Is(err, ErrCallGone) {
		return err
	}
	if _, err := d.CallerLeft(ctx, c.ID); err != nil {
		return err
	}
	return center.Errorf(center.Conflict, "caller-left", "the caller hung up")
}
