package dispatch

import (
	"context"
	"errors"

	"guichet/shared/center"
)

// countStaff notes how many agents serve each queue, for the wait that callers are told.
func (d *Dispatcher) countStaff(ctx context.Context, agents []*center.Agent) error {
	dir, err := d.Directories.Directory(ctx)
	if err != nil {
		return err
	}
	for id, q := range dir.Queues {
		if q.Kind != center.QueueVoice {
			continue
		}
		staff := 0
		for _, a := range agents {
			if a.Online() && a.StatusIn(id).Status == center.StatusReady {
				staff++
			}
		}
		err = errors.Join(err, d.setStaff(ctx, id, staff))
	}
	return err
}

// setStaff writes only what is news: nothing is to be paid for while nothing happens.
func (d *Dispatcher) setStaff(ctx context.Context, queueID string, staff int) error {
	pace, err := d.Store.Pace(ctx, queueID)
	if err != nil || pace.Staff == staff {
		return err
	}
	return d.Store.SetStaff(ctx, queueID, staff)
}

// Handled counts a call that has ended in what the calls of its queue take lately.
func (d *Dispatcher) Handled(ctx context.Context, c *center.Contact) error {
	if c.Outcome != center.OutcomeHandled || c.QueueID == "" || c.AcceptedAt.IsZero() {
		return nil
	}
	dir, err := d.Directories.Directory(ctx)
	if err != nil {
		return err
	}
	pace, err := d.Store.Pace(ctx, c.QueueID)
	if err != nil {
		return err
	}
	took := c.EndedAt.Sub(c.AcceptedAt) + dir.Queues[c.QueueID].WrapUp
	return d.Store.SetHandle(ctx, c.QueueID, pace.With(took).Handle)
}
