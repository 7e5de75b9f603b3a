package dispatch

import (
	"context"
	"errors"
	"time"

	"guichet/shared/center"
	"guichet/shared/mediaapi"
	"guichet/shared/store"
)

// guestRing is how long an invitation rings, at a colleague's desk or at a number.
const guestRing = 30 * time.Second

// Invitation is whom an agent wants in their call.
type Invitation struct {
	ID      string // made by the desk: asked twice, it rings once
	AgentID string // a colleague; or
	Number  string // E.164
	Blind   bool   // the call is theirs as soon as they answer
}

// Invite rings a third party for the agent's call and puts the customer on hold. Whoever is busy or away is a conflict, and the
// call stays as it was.
func (d *Dispatcher) Invite(ctx context.Context, agentID, contactID string, whom Invitation) (*center.Contact, error) {
	now := d.Now()
	g := center.Guest{
		ID: whom.ID, AgentID: whom.AgentID, Number: whom.Number, Blind: whom.Blind, At: now, ExpiresAt: now.Add(guestRing),
	}
	var c *center.Contact
	var colleague *center.Agent
	repeated := false
	err := store.Retry(func(consistent bool) (err error) {
		if c, err = d.Store.Contact(ctx, contactID, consistent); err != nil {
			return err
		}
		if repeated = c.Guest != nil && c.Guest.ID == g.ID; repeated {
			return store.ErrUnchanged
		}
		if c.InWidget && whom.Number != "" && whom.Blind {
			return center.Errorf(center.Conflict, "widget-no-line", "a visitor of the webchat cannot be connected with a number")
		}
		if err := c.Invite(agentID, g); err != nil {
			return err
		}
		colleague = nil
		if whom.AgentID != "" {
			if colleague, err = d.Store.Agent(ctx, whom.AgentID, consistent); err != nil {
				return err
			}
			if err := colleague.Consult(c); err != nil {
				return err
			}
		}
		return d.commit(ctx, store.Change{Contact: c, Agent: colleague})
	})
	if err != nil || repeated {
		return c, err
	}
	return d.ring(ctx, c, colleague)
}

// InviteFrom rings the best of the agents who are free in a queue; it is a conflict when there is none.
func (d *Dispatcher) InviteFrom(ctx context.Context, agentID, contactID, queueID string, whom Invitation) (*center.Contact, error) {
	free, err := d.candidates(ctx, &center.Contact{Kind: center.KindInbound, QueueID: queueID}, true)
	if err != nil {
		return nil, err
	}
	for _, a := range free {
		if a.ID == agentID {
			continue
		}
		whom.AgentID = a.ID
		c, err := d.Invite(ctx, agentID, contactID, whom)
		if slug := center.SlugOf(err); slug != "agent-busy" && slug != "agent-away" {
			return c, err
		}
	}
	return nil, center.Errorf(center.Conflict, "queue-nobody", "nobody is free in that queue")
}

// ring lets an invitation be heard, and the customer hear music.
func (d *Dispatcher) ring(ctx context.Context, c *center.Contact, colleague *center.Agent) (*center.Contact, error) {
	guestID := c.Guest.ID
	err := d.tellHold(ctx, c)
	switch {
	case err != nil:
	case colleague != nil:
		if gone := d.tell(ctx, colleague, c); len(gone) == len(colleague.Connections) {
			err = center.Errorf(center.Conflict, "agent-away", "%s is away", colleague.Name)
		}
	default:
		err = d.dialGuest(ctx, c)
	}
	if err == nil {
		return d.invited(ctx, c, guestID)
	}
	_, gone := d.dismissGuest(ctx, c.ID, guestID)
	return nil, errors.Join(err, gone)
}

// invited is the contact after an invitation. Whoever refused it while it was being made is a conflict.
func (d *Dispatcher) invited(ctx context.Context, before *center.Contact, guestID string) (*center.Contact, error) {
	c, err := d.Store.Contact(ctx, before.ID, true)
	if err != nil {
		return nil, err
	}
	if c.Guest == nil && c.State == center.StateConnected && c.AgentID == before.AgentID {
		return nil, center.Errorf(center.Conflict, "guest-refused", "invitation %s was refused at once", guestID)
	}
	return c, nil
}

// dialGuest calls an invited number. The node is told first whose line will come.
func (d *Dispatcher) dialGuest(ctx context.Context, c *center.Contact) error {
	if err := d.tellGuest(ctx, c); err != nil {
		return err
	}
	callSID, err := d.Phone.DialGuest(ctx, c)
	if err != nil {
		return err
	}
	guestID := c.Guest.ID
	c, err = d.guestDialled(ctx, c.ID, guestID, callSID)
	if err == nil && (c.Guest == nil || c.Guest.ID != guestID) { // dismissed while we dialled
		err = d.hangUpGuest(ctx, c, &center.Guest{CallSID: callSID})
	}
	return err
}

func (d *Dispatcher) guestDialled(ctx context.Context, contactID, guestID, callSID string) (*center.Contact, error) {
	_, c, err := d.updateContact(ctx, contactID, func(c *center.Contact) (bool, error) {
		return c.GuestDialled(guestID, callSID), nil
	})
	return c, err
}

// guestAnswers lets a colleague who accepts into the call, or gives it to them.
func (d *Dispatcher) guestAnswers(ctx context.Context, agentID, contactID, guestID string) (*center.Contact, error) {
	_, c, err := d.updateContact(ctx, contactID, func(c *center.Contact) (bool, error) {
		if !c.Invites(agentID) {
			return false, center.Errorf(center.Conflict, "offer-gone", "invitation %s into contact %s is over", guestID, c.ID)
		}
		return c.GuestAnswers(guestID)
	})
	if err != nil {
		return nil, err
	}
	if c.Guest.Blind {
		return d.handOver(ctx, c)
	}
	if err := d.tellGuest(ctx, c); err != nil {
		_, gone := d.dismissGuest(ctx, contactID, guestID)
		return nil, errors.Join(err, gone)
	}
	return c, nil
}

// GuestPickedUp is that an invited number has answered: they join the call, or are connected with the customer at once. It
// returns the ticket for their line; an error when nobody waits for them any more.
func (d *Dispatcher) GuestPickedUp(ctx context.Context, contactID, guestID, callSID string) (ticket string, c *center.Contact, err error) {
	if _, err = d.guestDialled(ctx, contactID, guestID, callSID); err != nil {
		return "", nil, err
	}
	_, c, err = d.updateContact(ctx, contactID, func(c *center.Contact) (bool, error) { return c.GuestAnswers(guestID) })
	if err != nil {
		return "", nil, err
	}
	ticket, err = d.guestTicket(c)
	return ticket, c, err
}

// GuestOver ends an invitation whose call is over at the provider.
func (d *Dispatcher) GuestOver(ctx context.Context, contactID, guestID string) error {
	_, err := d.guestGone(ctx, contactID, guestID)
	return err
}

// guestTimedOut takes back an invitation that nobody has answered; too early is a conflict, to be tried again.
func (d *Dispatcher) guestTimedOut(ctx context.Context, c *center.Contact) error {
	switch {
	case c.Guest.State != center.GuestRinging:
		return nil
	case d.Now().Before(c.Guest.ExpiresAt):
		return center.Errorf(center.Conflict, "offer-rings", "invitation %s rings until %s", c.Guest.ID, c.Guest.ExpiresAt)
	}
	_, err := d.dismissGuest(ctx, c.ID, c.Guest.ID)
	return err
}

// DismissGuest takes the third party out of the agent's call, or takes the invitation back.
func (d *Dispatcher) DismissGuest(ctx context.Context, agentID, contactID string) (*center.Contact, error) {
	c, err := d.Store.Contact(ctx, contactID, true)
	if err != nil {
		return nil, err
	}
	if err := c.ConnectedWith(agentID); err != nil || c.Guest == nil {
		return c, err
	}
	return d.dismissGuest(ctx, contactID, c.Guest.ID)
}

// dismissGuest takes a third party out of a call, whoever wants it, and hangs up a number.
func (d *Dispatcher) dismissGuest(ctx context.Context, contactID, guestID string) (*center.Contact, error) {
	c, err := d.Store.Contact(ctx, contactID, true)
	if err != nil || c.Guest == nil || c.Guest.ID != guestID {
		return c, err
	}
	if err := d.hangUpGuest(ctx, c, c.Guest); err != nil {
		return nil, err
	}
	return d.guestGone(ctx, contactID, guestID)
}

// guestGone writes that a third party is no longer there, and frees the colleague who it was.
func (d *Dispatcher) guestGone(ctx context.Context, contactID, guestID string) (*center.Contact, error) {
	var c *center.Contact
	var colleague *center.Agent
	gone := false
	err := store.Retry(func(consistent bool) (err error) {
		colleague, gone = nil, false
		if c, err = d.Store.Contact(ctx, contactID, consistent); err != nil {
			return err
		}
		if c.Guest == nil || c.Guest.ID != guestID {
			return store.ErrUnchanged
		}
		if id := c.Guest.AgentID; id != "" {
			if colleague, err = d.Store.Agent(ctx, id, consistent); err != nil {
				return err
			}
			colleague.Release(c, false, d.Now())
		}
		gone = c.GuestGone(guestID)
		return d.commit(ctx, store.Change{Contact: c, Agent: colleague})
	})
	if err != nil || !gone {
		return c, err
	}
	if err := d.tellGuest(ctx, c); err != nil && center.CodeOf(err) == "" {
		return nil, err
	}
	if colleague == nil {
		return c, nil
	}
	d.tell(ctx, colleague, c)
	return c, d.matchAgent(ctx, colleague)
}

// freeGuest frees the colleague and the line of a guest whose contact has gone on without them.
func (d *Dispatcher) freeGuest(ctx context.Context, g *center.Guest, c *center.Contact) error {
	if g == nil {
		return nil
	}
	if g.AgentID == "" {
		return d.hangUpGuest(ctx, c, g)
	}
	a, err := d.updateAgent(ctx, g.AgentID, func(a *center.Agent) (bool, error) {
		if a.ContactID != c.ID || c.HeldBy() == a.ID {
			return false, nil
		}
		a.Release(c, false, d.Now())
		return true, nil
	})
	if err != nil {
		return err
	}
	d.tell(ctx, a, c)
	return d.matchAgent(ctx, a)
}

func (d *Dispatcher) hangUpGuest(ctx context.Context, c *center.Contact, g *center.Guest) error {
	if g.CallSID == "" {
		return nil
	}
	leg := *c
	leg.CallSID, leg.InWidget = g.CallSID, false
	return d.hangUp(ctx, &leg)
}

// tellGuest makes the node let in who the contact says is in the call.
func (d *Dispatcher) tellGuest(ctx context.Context, c *center.Contact) error {
	cmd := mediaapi.Command{ContactID: c.ID, Action: mediaapi.ActionGuest, Version: c.Version}
	if g := c.Guest; g != nil && (g.State == center.GuestJoined || g.Number != "") {
		cmd.GuestID, cmd.GuestAgentID = g.ID, g.AgentID
	}
	return d.command(ctx, cmd)
}
