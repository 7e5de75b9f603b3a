package dispatch

import (
	"context"
	"errors"

	"guichet/shared/center"
	"guichet/shared/store"
)

// offer makes the pair in one transaction on both sides and rings. It leaves c and a as they were when it fails.
func (d *Dispatcher) offer(ctx context.Context, c *center.Contact, a *center.Agent) error {
	dir, err := d.Directories.Directory(ctx)
	if err != nil {
		return err
	}
	queue, err := dir.Line(c)
	if err != nil {
		return err
	}
	now := d.Now()
	if c.ToDial() {
		if at := queue.CallableFrom(c.From, now, dir.Settings); !at.Equal(now) {
			if err := d.postpone(ctx, c, at); err != nil {
				return err
			}
			return errNotNow
		}
	}
	contact, agent := *c, *a
	offer := center.Offer{ID: center.NewID(center.PrefixOffer, now), AgentID: a.ID, At: now, ExpiresAt: now.Add(queue.Ring)}
	if err := errors.Join(contact.OfferTo(offer), agent.Reserve(&contact)); err != nil {
		return err
	}
	change := store.Change{Contact: &contact, Agent: &agent}
	if c.Version > 0 { // one that is written for the first time never took a place in line
		change.Leave = c
	}
	if err := d.commitOffer(ctx, change); err != nil {
		return err
	}
	*c, *a = contact, agent
	gone := d.tell(ctx, a, c)
	if len(gone) < len(a.Connections) {
		return nil
	}
	return d.unreachable(ctx, a, c)
}

// commitOffer writes a pair. A call that we are to make takes the customer's number with it, so that nobody else calls it.
func (d *Dispatcher) commitOffer(ctx context.Context, pair store.Change) error {
	if !pair.Contact.ToDial() {
		return d.commit(ctx, pair)
	}
	err := d.claim(ctx, pair, "number "+pair.Contact.From, needsNumber)
	if errors.Is(err, store.ErrClaimed) {
		return errNotNow // who is called now, is not called twice
	}
	return err
}

// needsNumber tells whether a call that returns another is under way, or its customer still on the line.
func needsNumber(c *center.Contact) bool {
	return c.HeldBy() != "" || !c.Ended() && !c.Scheduled() && !c.ToDial()
}

// claim commits a change whose contact wants something for itself: what another contact has, it gets if that one does not need
// it any more. It fails with store.ErrClaimed.
func (d *Dispatcher) claim(ctx context.Context, ch store.Change, what string, needed func(*center.Contact) bool) error {
	ch.Claim = &store.Claim{What: what, ContactID: ch.Contact.ID}
	err := d.commit(ctx, ch)
	if !errors.Is(err, store.ErrClaimed) {
		return err
	}
	taken, err := d.Store.Claimed(ctx, what)
	if err != nil {
		return err
	}
	if taken.ContactID != ch.Contact.ID {
		other, err := d.Store.Contact(ctx, taken.ContactID, true)
		switch {
		case center.CodeOf(err) == center.NotFound: // long expired
		case err != nil:
			return err
		case needed(other):
			return store.ErrClaimed
		}
	}
	ch.Claim = taken.TakenOver(ch.Contact)
	return d.commit(ctx, ch)
}

// unreachable takes back an offer that no desk of the agent can hear, and looks on.
func (d *Dispatcher) unreachable(ctx context.Context, a *center.Agent, c *center.Contact) error {
	offerID := c.Offer.ID
	if err := d.disconnect(ctx, a.ID, a.Connections...); err != nil {
		return err
	}
	err := d.giveBack(ctx, c.ID, notMissed, func(c *center.Contact) error {
		return c.Decline(a.ID, offerID, 0, d.Now())
	})
	if center.CodeOf(err) == center.Conflict {
		return nil // answered or withdrawn meanwhile
	}
	return err
}
