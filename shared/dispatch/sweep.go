package dispatch

import (
	"context"
	"errors"
	"fmt"
	"time"

	"guichet/shared/center"
	"guichet/shared/store"
)

const (
	// joinPatience is how long an accepted call may take to reach the agent's audio before it is redirected again.
	joinPatience = 10 * time.Second
	// checkAge is from when on a call is checked against the provider's own record, in case its report of the end was lost.
	checkAge = time.Minute
)

// Sweep repairs what a process that died left undone: it runs every minute, and finding nothing is its normal result.
// It goes on past failures and returns them together.
func (d *Dispatcher) Sweep(ctx context.Context) error {
	err := d.sweepConnections(ctx)
	agents, readErr := d.Store.Agents(ctx)
	err = errors.Join(err, readErr)
	for _, a := range agents {
		if e := d.sweepAgent(ctx, a); e != nil {
			err = errors.Join(err, fmt.Errorf("sweep agent %s: %w", a.ID, e))
		}
	}
	return errors.Join(err, d.sweepLines(ctx))
}

func (d *Dispatcher) sweepConnections(ctx context.Context) error {
	connections, err := d.Store.Connections(ctx)
	for _, c := range connections {
		if d.Now().After(c.LeaseUntil) {
			err = errors.Join(err, d.Disconnect(ctx, c.ID))
		}
	}
	return err
}

// sweepAgent ends what has run out, settles what an agent holds, and looks for a call for one who has nothing.
func (d *Dispatcher) sweepAgent(ctx context.Context, a *center.Agent) error {
	var err error
	if w := a.WrapUp; w != nil && !d.Now().Before(w.Until) { // also beside a call that the agent made meanwhile
		err = d.WrapUpTimedOut(ctx, a.ID, w.ContactID)
	}
	switch {
	case a.ContactID != "":
		return errors.Join(err, d.sweepHeld(ctx, a))
	case a.WrapUp != nil:
		return err
	}
	return d.matchAgent(ctx, a)
}

func (d *Dispatcher) sweepHeld(ctx context.Context, a *center.Agent) error {
	c, err := d.Store.Contact(ctx, a.ContactID, true)
	switch {
	case err != nil:
		return err
	case c.Ended():
		return d.free(ctx, a.ID, c.WasLiveWith(a.ID), c)
	case c.HeldBy() != a.ID:
		return nil // it moved on between the two reads: both sides of a pair change together
	case c.State == center.StateOffered && !d.Now().Before(c.Offer.ExpiresAt):
		return d.OfferTimedOut(ctx, c.ID, c.Offer.ID)
	}
	if over, err := d.sweepPlayback(ctx, c); over || err != nil {
		return err
	}
	if c.OnHold() {
		if err := d.tellHold(ctx, c); center.CodeOf(err) == "" && err != nil {
			return err
		}
	}
	if c.Kind == center.KindOutbound {
		return d.sweepOutbound(ctx, c)
	}
	if gone, err := d.callGone(ctx, c); gone || err != nil {
		return err
	}
	if c.State == center.StateConnecting && d.Now().Sub(c.AcceptedAt) > joinPatience {
		err := d.join(ctx, c)
		if center.CodeOf(err) == center.Conflict {
			return nil
		}
		return err
	}
	return nil
}

// callGone ends a contact whose call the provider knows as over.
func (d *Dispatcher) callGone(ctx context.Context, c *center.Contact) (bool, error) {
	if d.Now().Sub(c.EnteredAt) < checkAge {
		return false, nil
	}
	ended, err := d.Phone.Ended(ctx, c)
	if err != nil || !ended {
		return false, err
	}
	_, err = d.CallerLeft(ctx, c.ID)
	return true, err
}

func (d *Dispatcher) sweepLines(ctx context.Context) error {
	dir, err := d.Directories.Directory(ctx)
	if err != nil {
		return err
	}
	for _, id := range dir.QueueIDs() {
		if dir.Queues[id].Kind == center.QueueChat {
			continue
		}
		line, e := d.Store.Waiting(ctx, id, wholeLine)
		err = errors.Join(err, e)
		for _, p := range line {
			if e := d.sweepPlace(ctx, dir.Queues[id], p); e != nil {
				err = errors.Join(err, fmt.Errorf("sweep contact %s: %w", p.ContactID, e))
			}
		}
	}
	return err
}

func (d *Dispatcher) sweepPlace(ctx context.Context, q center.Queue, p store.Place) error {
	c, err := d.contactAt(ctx, p)
	if err != nil || c == nil || !c.Waiting() {
		return err
	}
	if gone, err := d.callGone(ctx, c); gone || err != nil {
		return err
	}
	if d.Now().Sub(c.EnteredAt) > q.MaxWait+checkAge {
		_, err := d.WaitedTooLong(ctx, c.ID)
		return err
	}
	return d.matchContact(ctx, c)
}
