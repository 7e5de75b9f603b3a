package conversation_test

import (
	"context"
	"errors"
	"time"

	"guichet/shared/center"
	"guichet/shared/conversation"
	"guichet/shared/store/storetest/schedule"
)

// onWrite judges every acknowledged write, whatever process made it and however it was timed.
func (w *world) onWrite(p *schedule.Process, changes []schedule.Change) {
	if w.observe != nil {
		w.observe(changes)
	}
	for _, ch := range changes {
		before, after := ch.Before, ch.After
		switch {
		case after.Chat != nil:
			w.nextVersion(ch.Key, before.Chat != nil, before.Chat, after.Chat)
		case after.Agent != nil:
			w.agentWritten(before.Agent, after.Agent)
		case after.Message != nil:
			w.messageWritten(before.Message, after.Message)
			if e := after.Message.Event; e != nil && e.Kind == center.EventAssigned && e.By == "" {
				w.assignedByItself(p, e.AgentID, after.Message.ChatID, changes)
			}
		}
	}
}

func (w *world) nextVersion(key string, known bool, before, after *center.Chat) {
	last := int64(0)
	if known {
		last = before.Version
	}
	if after.Version != last+1 {
		w.Violate("%s goes from version %d to %d", key, last, after.Version)
	}
}

func (w *world) agentWritten(before, after *center.Agent) {
	if before != nil && after.Version != before.Version+1 {
		w.Violate("agent %s goes from version %d to %d", after.ID, before.Version, after.Version)
	}
}

// messageWritten checks that no write of a message is lost under another, and starts what its stream record starts.
func (w *world) messageWritten(before, after *center.Message) {
	last := int64(0)
	if before != nil {
		last = before.Version
	}
	if after.Version != last+1 {
		w.Violate("message %s goes from version %d to %d", after.Text, last, after.Version)
	}
	if before == nil || before.Preview() != after.Preview() {
		w.toSettle = append(w.toSettle, after)
	}
	if before != nil && before.Deleted && (!after.Deleted || after.Text != "") {
		w.Violate("I8: a message that was taken back says %q", after.Text)
	}
	if after.Delivery != center.DeliveryRetrying || before.Delivery == center.DeliveryRetrying {
		return
	}
	chatID, key := after.ChatID, after.Key()
	again := message{what: after.Text + " is sent again", dueAt: time.Now().Add(5 * time.Second), deliver: func(ctx context.Context) error {
		err := w.service.Resend(ctx, chatID, key)
		if errors.Is(err, conversation.ErrNotYet) {
			return nil // the timer comes back
		}
		return err
	}}
	w.mail = append(w.mail, again, again, message{
		what: after.Text + " is given up", dueAt: time.Now().Add(2 * time.Minute),
		deliver: func(ctx context.Context) error { return w.service.GiveUp(ctx, chatID, key) },
	})
}

// assignedByItself checks that nobody gets more by itself than they take, and I5 of an assignment that nothing else can have
// disturbed: no chat that the agent could have been given has waited longer.
func (w *world) assignedByItself(p *schedule.Process, agentID, chatID string, changes []schedule.Change) {
	var c *center.Chat
	var a *center.Agent
	for _, ch := range changes {
		switch {
		case ch.After.Chat != nil:
			c = ch.Before.Chat
		case ch.After.Agent != nil:
			a = ch.Before.Agent
		}
	}
	if c == nil || a == nil || a.ID != agentID || c.ID != chatID {
		w.Violate("I1: %s is told to have got a chat and was not written with it", agentID)
		return
	}
	if q := w.queues[c.QueueID]; q.Assignment != center.AssignAutomatic || !a.TakesChatOf(q) {
		w.Violate("capacity: %s gets the chat of %s and takes none of %s", a.ID, w.name(c.ID), q.ID)
	}
	if p == nil || !p.Alone || p.Faulty || p.Repeats > 0 {
		return
	}
	for _, other := range w.Ledger.Chats() {
		q := w.queues[other.QueueID]
		if other.State == center.ChatUnassigned && q.Assignment == center.AssignAutomatic && a.TakesChatOf(q) && earlier(other, c) {
			w.Violate("I5: %s gets the chat of %s before that of %s", a.ID, w.name(c.ID), w.name(other.ID))
		}
	}
}

// earlier is the order of chats in line.
func earlier(c, d *center.Chat) bool {
	if !c.EnteredAt.Equal(d.EnteredAt) {
		return c.EnteredAt.Before(d.EnteredAt)
	}
	return c.ID < d.ID
}
