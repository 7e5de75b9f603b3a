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
	_, err := d.SweepAndSurvey(ctx)
	return err
}

// SweepAndSurvey is Sweep; it also tells how the calls stand, which it sees by the way.
func (d *Dispatcher) SweepAndSurvey(ctx context.Context) (Standing, error) {
	err := d.sweepConnections(ctx)
	agents, readErr := d.Store.Agents(ctx)
	if err = errors.Join(err, readErr); readErr != nil {
		return Standing{}, errors.Join(err, d.sweepLines(ctx, newSurvey(nil, d.Now())))
	}
	for _, a := range agents {
		if e := d.sweepAgent(ctx, a); e != nil {
			err = errors.Join(err, fmt.Errorf("sweep agent %s: %w", a.ID, e))
		}
	}
	s := newSurvey(agents, d.Now())
	err = errors.Join(err, d.sweepLines(ctx, s), d.countStaff(ctx, agents))
	return s.Standing, err
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
	case c.Invites(a.ID):
		return d.sweepGuest(ctx, c)
	case c.HeldBy() != a.ID:
		return d.freeLeftBehind(ctx, a, c)
	case c.State == center.StateOffered && !d.Now().Before(c.Offer.ExpiresAt):
		return d.OfferTimedOut(ctx, c.ID, c.Offer.ID)
	}
	if over, err := d.sweepPlayback(ctx, c); over || err != nil {
		return err
	}
	if err := d.remindNode(ctx, c); err != nil {
		return err
	}
	if c.Guest != nil {
		if err := d.sweepGuest(ctx, c); err != nil {
			return err
		}
	}
	if c.Kind == center.KindOutbound || c.ToDial() {
		return d.sweepDialled(ctx, c)
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

// remindNode says again what the node may not have heard.
func (d *Dispatcher) remindNode(ctx context.Context, c *center.Contact) error {
	var err error
	if c.OnHold() {
		err = d.tellHold(ctx, c)
	}
	if c.Guest != nil {
		err = errors.Join(err, d.tellGuest(ctx, c))
	}
	if center.CodeOf(err) != "" {
		return nil
	}
	return err
}

// sweepGuest ends an invitation whose time is over, and hands a call over that should have been.
func (d *Dispatcher) sweepGuest(ctx context.Context, c *center.Contact) error {
	g := c.Guest
	switch {
	case g.State == center.GuestRinging && !d.Now().Before(g.ExpiresAt):
		return d.guestTimedOut(ctx, c)
	case g.State == center.GuestJoined && g.Blind && g.AgentID != "":
		_, err := d.handOver(ctx, c)
		if center.CodeOf(err) == center.Conflict {
			return nil
		}
		return err
	}
	return nil
}

// freeLeftBehind frees an agent whose contact has gone on without them, if they are still as they were read before it: both
// sides of a pair change together, and what else moved on is not ours to undo.
func (d *Dispatcher) freeLeftBehind(ctx context.Context, seen *center.Agent, c *center.Contact) error {
	freed := false
	a, err := d.updateAgent(ctx, seen.ID, func(a *center.Agent) (bool, error) {
		if freed = a.Version == seen.Version; freed {
			a.Release(c, false, d.Now())
		}
		return freed, nil
	})
	if err != nil || !freed {
		return err
	}
	d.tell(ctx, a, c)
	return d.matchAgent(ctx, a)
}

// callGone ends a contact whose call the provider knows as over.
func (d *Dispatcher) callGone(ctx context.Context, c *center.Contact) (bool, error) {
	if c.ToDial() || d.Now().Sub(c.EnteredAt) < checkAge {
		return false, nil
	}
	ended, err := d.Phone.Ended(ctx, c)
	if err != nil || !ended {
		return false, err
	}
	_, err = d.CallerLeft(ctx, c.ID)
	return true, err
}

func (d *Dispatcher) sweepLines(ctx context.Context, s *survey) error {
	dir, err := d.Directories.Directory(ctx)
	if err != nil {
		return err
	}
	for _, id := range dir.QueueIDs() {
		if dir.Queues[id].Kind != center.QueueChat {
			err = errors.Join(err, d.sweepSchedule(ctx, id), d.sweepLine(ctx, dir, id, s))
		}
	}
	owners := map[string]bool{}
	for _, l := range dir.Lines {
		owners[l.AgentID] = true
	}
	for agentID := range owners {
		err = errors.Join(err, d.sweepLine(ctx, dir, center.OwnLine(agentID), s))
	}
	return err
}

func (d *Dispatcher) sweepLine(ctx context.Context, dir *store.Directory, lineID string, s *survey) error {
	line, err := d.Store.Waiting(ctx, lineID, wholeLine)
	for _, p := range line {
		if e := d.sweepPlace(ctx, dir, p, s); e != nil {
			err = errors.Join(err, fmt.Errorf("sweep contact %s: %w", p.ContactID, e))
		}
	}
	return err
}

// sweepSchedule puts calls into line whose workflow has not: they were due before a workflow can be late.
func (d *Dispatcher) sweepSchedule(ctx context.Context, queueID string) error {
	due, err := d.Store.Due(ctx, queueID, d.Now().Add(-checkAge))
	for _, p := range due {
		c, e := d.Store.Contact(ctx, p.ContactID, true)
		switch {
		case center.CodeOf(e) == center.NotFound:
			e = d.Store.Forget(ctx, p, nil)
		case e != nil:
		case !c.Scheduled():
			e = d.Store.Forget(ctx, p, c)
		default:
			_, e = d.TakeTurn(ctx, c.ID, "")
		}
		if e != nil {
			err = errors.Join(err, fmt.Errorf("sweep contact %s: %w", p.ContactID, e))
		}
	}
	return err
}

func (d *Dispatcher) sweepPlace(ctx context.Context, dir *store.Directory, p store.Place, s *survey) error {
	c, err := d.contactAt(ctx, p)
	if err != nil || c == nil || !c.Waiting() {
		return err
	}
	q, err := dir.Line(c)
	if err != nil {
		return err
	}
	if gone, err := d.callGone(ctx, c); gone || err != nil {
		return err
	}
	if !c.ToDial() && d.Now().Sub(c.InLineSince()) > q.MaxWait+checkAge {
		_, err := d.WaitedTooLong(ctx, c.ID)
		return err
	}
	s.sees(c)
	return d.matchContact(ctx, c)
}
