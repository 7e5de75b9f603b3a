package dispatch

import (
	"context"

	"guichet/shared/center"
	"guichet/shared/store"
)

// WaitedTooLong moves a contact that has waited for its line's maximum on to the queue that takes what overflows, once in its
// life, or ends it; one that rings or is live goes on.
func (d *Dispatcher) WaitedTooLong(ctx context.Context, contactID string) (*center.Contact, error) {
	moved, c, err := d.overflow(ctx, contactID)
	if moved || err != nil {
		return c, err
	}
	return d.end(ctx, contactID, func(c *center.Contact) center.Outcome {
		if !c.Waiting() {
			return goesOn
		}
		return center.OutcomeTimedOut
	})
}

// overflow moves a waiting contact to the queue that takes what overflows from its own, if there is one and it is open.
func (d *Dispatcher) overflow(ctx context.Context, contactID string) (moved bool, c *center.Contact, err error) {
	dir, err := d.Directories.Directory(ctx)
	if err != nil {
		return false, nil, err
	}
	err = store.Retry(func(consistent bool) (err error) {
		moved = false
		if c, err = d.Store.Contact(ctx, contactID, consistent); err != nil {
			return err
		}
		to, known := dir.Queues[dir.Queues[c.QueueID].Overflow]
		if !known || !c.Waiting() || c.Kind != center.KindInbound || !c.QueuedAt.IsZero() || !to.Hours.Open(d.Now(), dir.Settings.Home()) {
			return store.ErrUnchanged
		}
		was := *c
		if err := c.Overflow(to, d.Now()); err != nil {
			return err
		}
		moved = true
		return d.commit(ctx, store.Change{Contact: c, Leave: &was, Enter: true})
	})
	if err != nil || !moved {
		return false, c, err
	}
	return true, c, d.matchContact(ctx, c)
}

// ToQueue sends the agent's call into the line of another queue. The agent is free for the next one.
func (d *Dispatcher) ToQueue(ctx context.Context, agentID, contactID, queueID string) (*center.Contact, error) {
	dir, err := d.Directories.Directory(ctx)
	if err != nil {
		return nil, err
	}
	to, err := dir.Queue(queueID)
	if err != nil {
		return nil, err
	}
	if to.Kind != center.QueueVoice {
		return nil, center.Errorf(center.Invalid, "queue-not-voice", "queue %s takes no calls", queueID)
	}
	var ch store.Change
	var before center.Contact
	err = store.Retry(func(consistent bool) (err error) {
		c, err := d.Store.Contact(ctx, contactID, consistent)
		if err != nil {
			return err
		}
		if c.InWidget {
			return center.Errorf(center.Conflict, "widget-cannot-wait", "a visitor of the webchat cannot wait in line")
		}
		before, ch = *c, store.Change{Contact: c, Enter: true}
		if err := c.ToQueue(agentID, to, d.Now()); err != nil {
			return err
		}
		if ch.Agent, err = d.Store.Agent(ctx, agentID, consistent); err != nil {
			return err
		}
		ch.Agent.Finish(&before, dir.Queues[before.QueueID].WrapUp, d.Now())
		return d.release(ctx, &before, &ch, consistent)
	})
	if err != nil {
		return nil, err
	}
	c := ch.Contact
	d.tell(ctx, ch.Agent, c)
	if err := d.askAnew(ctx, c); err != nil {
		return nil, err
	}
	if err := d.matchContact(ctx, c); err != nil {
		return nil, err
	}
	return c, d.released(ctx, &before, ch)
}

// askAnew has the provider ask what to do with a contact's call; one that is over ends its contact.
func (d *Dispatcher) askAnew(ctx context.Context, c *center.Contact) error {
	err := d.Phone.AskAnew(ctx, c)
	return d.goneWithCall(ctx, c, err)
}
