package dispatch

import (
	"context"
	"errors"
	"time"

	"guichet/shared/center"
	"guichet/shared/store"
)

// missed says whether an agent who loses a contact is paused for not having answered.
type missed bool

const (
	notMissed missed = false
	asMissed  missed = true
)

// Decline sends an offered contact back to the front of its line, on to the next agent.
func (d *Dispatcher) Decline(ctx context.Context, agentID, contactID, offerID string) error {
	dir, err := d.Directories.Directory(ctx)
	if err != nil {
		return err
	}
	invited := false
	err = d.giveBack(ctx, contactID, notMissed, func(c *center.Contact) error {
		if invited = c.Invites(agentID) && c.Guest.ID == offerID; invited {
			return center.Errorf(center.Conflict, "invited", "contact %s is a colleague's", c.ID)
		}
		return d.giveUpLine(c, c.Decline(agentID, offerID, dir.Settings.DeclineRest, d.Now()))
	})
	if invited {
		_, err = d.dismissGuest(ctx, contactID, offerID)
	}
	return err
}

// OfferTimedOut sends an unanswered contact back to the front of its line and pauses the agent. It does nothing when
// the offer is over.
func (d *Dispatcher) OfferTimedOut(ctx context.Context, contactID, offerID string) error {
	c, err := d.Store.Contact(ctx, contactID, false)
	if err != nil {
		return err
	}
	if g := c.Guest; g != nil && g.ID == offerID {
		return d.guestTimedOut(ctx, c)
	}
	if c.State != center.StateOffered || c.Offer.ID != offerID {
		return nil // answered long before: the offer is older than any read is stale
	}
	err = d.giveBack(ctx, contactID, asMissed, func(c *center.Contact) error {
		return d.giveUpLine(c, c.Miss(offerID, d.Now()))
	})
	if center.SlugOf(err) == "offer-gone" {
		return nil
	}
	return err
}

// giveUpLine ends a call to an agent's own line that they have declined or not answered: nobody else will answer it.
func (d *Dispatcher) giveUpLine(c *center.Contact, refused error) error {
	if refused == nil && c.Kind == center.KindDirect {
		c.End(center.OutcomeTimedOut, d.Now())
	}
	return refused
}

// MediaLost puts a live contact whose media path or agent was gone at the given time back in line. The agent who was
// away from the microphone for the whole grace period counts as one who did not answer. It does nothing when the
// contact has moved on.
func (d *Dispatcher) MediaLost(ctx context.Context, contactID, agentID string, agentAway bool, at time.Time) error {
	c, err := d.Store.Contact(ctx, contactID, true)
	if err != nil {
		return err
	}
	if c.Kind == center.KindOutbound {
		return d.outboundLost(ctx, c, agentID, at)
	}
	err = d.giveBack(ctx, contactID, missed(agentAway), func(c *center.Contact) error {
		return c.Requeue(agentID, at)
	})
	if center.CodeOf(err) == center.Conflict {
		return nil
	}
	return err
}

// giveBack takes a contact from the agent who holds it and puts it back in line, together, then looks for an agent for
// the one and a contact for the other.
func (d *Dispatcher) giveBack(ctx context.Context, contactID string, m missed, change func(*center.Contact) error) error {
	var ch store.Change
	var before center.Contact
	err := store.Retry(func(consistent bool) (err error) {
		c, err := d.Store.Contact(ctx, contactID, consistent)
		if err != nil {
			return err
		}
		before, ch = *c, store.Change{Contact: c}
		if err = change(c); err != nil {
			return err
		}
		if ch.Agent, err = d.Store.Agent(ctx, before.HeldBy(), consistent); err != nil {
			return err
		}
		ch.Agent.Release(c, bool(m), d.Now())
		ch.Enter = !c.Ended()
		return d.release(ctx, &before, &ch, consistent)
	})
	if err != nil {
		return err
	}
	d.tell(ctx, ch.Agent, ch.Contact)
	if ch.Contact.Ended() {
		return errors.Join(d.askWhatNext(ctx, ch.Contact), d.released(ctx, &before, ch))
	}
	if err := d.matchContact(ctx, ch.Contact); err != nil {
		return err
	}
	return d.released(ctx, &before, ch)
}

// askWhatNext has the provider ask what to do with a call whose contact has ended.
func (d *Dispatcher) askWhatNext(ctx context.Context, c *center.Contact) error {
	err := d.Phone.AskAnew(ctx, c)
	if errors.Is(err, ErrCallGone) {
		return nil
	}
	return err
}
