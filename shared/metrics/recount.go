package metrics

import (
	"maps"
	"time"
)

// stay is one contact's stay in one queue.
type stay struct {
	contactID, queueID string
	entered            time.Time
}

// Recount counts what lines of the log tell. Lines that come twice must be left out before.
func (r Rules) Recount(lines []Line) map[Slot]Counts {
	counted := map[Slot]Counts{}
	add := func(deltas ...Delta) {
		for _, d := range deltas {
			if counted[d.Slot] == nil {
				counted[d.Slot] = Counts{}
			}
			counted[d.Slot].Add(d.Counts)
		}
	}
	stays := map[stay]bool{}
	for _, l := range lines {
		if l.QueueID == "" {
			continue
		}
		add(r.deltas(l)...)
		if l.Kind == KindChat {
			continue
		}
		stays[stay{l.ContactID, l.QueueID, l.EnteredAt.UTC()}] = true
		if l.Attempt > 0 {
			add(r.attempt(l.QueueID, l.Attempt, l.AcceptedAt))
		}
	}
	for s := range maps.Keys(stays) {
		f := Queued
		if r.campaign(s.queueID) {
			f = Taken
		}
		add(Delta{Slot{s.queueID, r.Hour(s.entered)}, Counts{f: 1}})
	}
	return counted
}

// OfAgentDay sums up the lines of an agent, for reports.
func OfAgentDay(lines []Line) Counts {
	c := Counts{}
	for _, l := range lines {
		switch l.Kind {
		case KindChat:
			c[Resolved]++
			continue
		case KindReady:
			c.addReady(l.Idle, l.Chatting)
			continue
		}
		if l.ConnectedAt.IsZero() && l.Attempt > 0 {
			c[Attempts]++
			continue
		}
		c[Calls]++
		c.put(Talk, c[Talk]+l.Talk.Milliseconds())
		c.put(Hold, c[Hold]+l.Hold.Milliseconds())
		c.put(WrapUp, c[WrapUp]+l.WrapUp.Milliseconds())
		if !l.ConnectedAt.IsZero() {
			c[Handled]++
		}
	}
	return c
}
