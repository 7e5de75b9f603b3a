package dispatch_test

import (
	"context"
	"fmt"
	"slices"
	"time"

	"guichet/shared/center"
	"guichet/shared/dispatch"
	"guichet/shared/store/storetest/schedule"
)

// asks lets waiting callers ask to be called back. They hang up when they have heard that they will be.
func (w *world) asks() []func() {
	var all []func()
	for _, l := range w.provider.legs {
		if l.dials != "" || l.over || l.lineOf != "" || l.agentID != "" {
			continue
		}
		all = append(all, func() {
			w.start(&process{what: l.sid + " asks to be called back"}, func(ctx context.Context) error {
				promised, err := w.dispatcher.AskForCallback(ctx, center.ContactIDOf("phone", l.sid))
				if err == nil && promised && !l.over && !schedule.ProcessOf(ctx).Dead() {
					w.provider.end(l)
				}
				return ignoreUnknown(err)
			})
		})
	}
	return all
}

func ignoreUnknown(err error) error {
	if center.CodeOf(err) == center.NotFound {
		return nil
	}
	return err
}

// machines answer calls that return others.
func (w *world) machines() []func() {
	var all []func()
	for _, l := range w.provider.legs {
		if l.attempt > 0 && !l.over {
			all = append(all, func() {
				w.start(&process{what: l.sid + " is answered by a machine"}, func(ctx context.Context) error {
					return w.dispatcher.AnsweredByMachine(ctx, l.dials, l.attempt)
				})
			})
		}
	}
	return all
}

// turnMessage is the workflow of a call that we are to make: it takes its turn when it is due, and is told the outcome.
func turnMessage(w *world, c *center.Contact, at time.Time) message {
	contactID := c.ID
	w.turns++
	token := fmt.Sprint("token", w.turns)
	return message{
		what: w.name(contactID) + " takes its turn", dueAt: at,
		deliver: func(ctx context.Context, d *dispatch.Dispatcher) error {
			turn, err := d.TakeTurn(ctx, contactID, token)
			if err == nil && !turn.Again.IsZero() && !schedule.ProcessOf(ctx).Dead() {
				w.post(turnMessage(w, w.Ledger.Contact(contactID), turn.Again))
			}
			return err
		},
	}
}

// returnWritten checks what is special in calls that return others, and does what the stream function does for them.
func (w *world) returnWritten(before, after *center.Contact) {
	if after.Kind.Returns() {
		w.checkNumber(after)
	}
	switch q := w.queues[after.QueueID]; {
	case after.Machine && after.Outcome == center.OutcomeHandled:
		w.Violate("I3: %s was taken by a machine, and counts as handled", w.name(after.ID))
	case after.Attempt > max(1, q.Attempts.Most):
		w.Violate("I3: %s is tried for the %dth time", w.name(after.ID), after.Attempt)
	case after.Outcome == center.OutcomeIncomplete && after.Attempt < q.Attempts.Most:
		w.Violate("I3: %s is given up after %d attempts", w.name(after.ID), after.Attempt)
	case after.Scheduled() && (before.State == "" || !before.Kind.Returns()):
		w.post(turnMessage(w, after, after.DueAt))
	case before.Token != "" && after.Scheduled():
		w.post(turnMessage(w, after, after.DueAt))
	}
	if after.Ended() && !before.Ended() {
		missed := *after
		w.post(message{what: "campaigns look at " + w.name(after.ID), deliver: func(ctx context.Context, d *dispatch.Dispatcher) error {
			return d.ReturnMissed(ctx, &missed)
		}})
	}
}

// checkNumber checks that a customer is not called twice at once.
func (w *world) checkNumber(c *center.Contact) {
	if c.HeldBy() == "" {
		return
	}
	for _, other := range w.Ledger.Contacts() {
		if other.ID != c.ID && other.Kind.Returns() && other.From == c.From && other.HeldBy() != "" {
			w.Violate("I2: %s is called by %s and by %s", c.From, w.name(c.ID), w.name(other.ID))
		}
	}
}

// besides tells whether a write changes what does not move its contact: the line in which it waits, its guest, its token.
func besides(before, after *center.Contact) bool {
	if before.State != after.State {
		return false
	}
	guest := func(c *center.Contact) center.Guest {
		if c.Guest == nil {
			return center.Guest{}
		}
		return *c.Guest
	}
	return before.QueueID != after.QueueID && after.Waiting() || before.Token != after.Token || before.Machine != after.Machine || guest(before) != guest(after)
}

func (w *world) maxWait(c *center.Contact) time.Duration {
	if c.Kind == center.KindDirect {
		return time.Minute
	}
	return w.queues[c.QueueID].MaxWait
}

// unserved tells whether a contact may wait for ever: a call that we are to make, and for which nobody has come.
func unserved(c *center.Contact) bool {
	return c.ToDial() && slices.Contains([]center.State{center.StateScheduled, center.StateWaiting}, c.State) || c.Scheduled()
}
