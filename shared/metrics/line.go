package metrics

import (
	"time"

	"guichet/shared/center"
)

// Outcomes of an agent's part in a call, beside those of calls.
const (
	PassedOn center.Outcome = "passedOn" // to a colleague or a queue
	Lost     center.Outcome = "lost"     // the call went back in line
	// MovedOn is how a stay in a queue ends without an agent: the call goes to the next queue.
	MovedOn center.Outcome = "overflowed"
)

// KindChat is the kind of a line about a chat.
const KindChat center.ContactKind = "chat"

// KindReady is the kind of a line about a spell in which an agent was ready, from AcceptedAt to LeftAt.
const KindReady center.ContactKind = "ready"

// Line is an entry of the contact log: an agent's part in a call, what became of a stay in a queue without one, or something that
// happened to a chat. All counts follow from the lines.
type Line struct {
	AgentID   string // empty: nobody's part
	ContactID string
	Kind      center.ContactKind
	QueueID   string
	LineOf    string // of a direct call: whose own line it was to
	Number    string // the customer's
	Name      string

	EnteredAt   time.Time // into the queue
	AcceptedAt  time.Time // by the agent
	ConnectedAt time.Time // zero: they never heard each other
	LeftAt      time.Time // by the agent; without one when the stay ended
	Wait        time.Duration
	Talk        time.Duration
	Hold        time.Duration
	WrapUp      time.Duration
	Idle        time.Duration // of a spell, as the next
	Chatting    time.Duration
	Attempt     int // that the part began with, from 1; 0: the customer was on the line

	Outcome center.Outcome // of the part
	Closes  center.Outcome // of the stay in the queue, when it is over with this line; else empty
	Asked   bool           // the caller asked to be called back at LeftAt; the stay goes on
	Begins  bool           // a campaign takes a missed call on; the stay goes on

	Event   Figure // of a chat, at LeftAt: Opened, Assigned, Responses (the first one, after Wait) or Resolved
	Channel string // of a chat

	Answered, AnsweredWithin, RemovedWithin, Short bool // of the stay, as the settings were then
}

// At orders the lines of a partition of the log: when the part began, else when the stay did, or when it happened to the chat.
func (l Line) At() time.Time {
	switch {
	case l.Kind == KindChat:
		return l.LeftAt
	case l.AcceptedAt.IsZero():
		return l.EnteredAt
	}
	return l.AcceptedAt
}

// Handling is how long the part took its agent.
func (l Line) Handling() time.Duration { return l.Talk + l.Hold + l.WrapUp }

// deltas are what a line counts, but for the beginning of its stay and for its attempt, which others may tell of too.
func (r Rules) deltas(l Line) []Delta {
	switch {
	case l.QueueID == "":
		return nil
	case l.Kind == KindChat:
		return []Delta{r.ofChat(l)}
	}
	c := Counts{}
	if !l.AcceptedAt.IsZero() {
		c.put(Talk, l.Talk.Milliseconds())
		c.put(Hold, l.Hold.Milliseconds())
		c.put(WrapUp, l.WrapUp.Milliseconds())
	}
	if l.Asked {
		c[Callbacks] = 1
	}
	if l.RemovedWithin {
		c[RemovedWithin] = 1
	}
	if f, ok := closings[l.Closes]; ok {
		c[f] = 1
		c.put(LongestWait, l.Wait.Milliseconds())
		if l.Answered {
			c[Answered] = 1
			c.put(Wait, l.Wait.Milliseconds())
		}
		if l.AnsweredWithin {
			c[AnsweredWithin] = 1
		}
		if l.Short {
			c[ShortAbandoned] = 1
		}
	}
	if len(c) == 0 {
		return nil
	}
	return []Delta{{r.LineSlot(l), c}}
}

// LineSlot is where a line counts.
func (r Rules) LineSlot(l Line) Slot {
	happened := l.AcceptedAt
	if happened.IsZero() {
		happened = l.LeftAt
	}
	return r.slot(l.QueueID, l.EnteredAt, happened)
}

// LogDay is the day under which the log has a line: of an agent's part that of the acceptance; of a stay without an agent, that on
// which it counts; of a chat, that on which it happened.
func (r Rules) LogDay(l Line) string {
	switch {
	case l.Kind == KindChat, l.AgentID == "" && l.QueueID == "":
		return r.Day(l.LeftAt)
	case l.AgentID != "":
		return r.Day(l.AcceptedAt)
	}
	return r.Day(r.LineSlot(l).Hour)
}

var closings = map[center.Outcome]Figure{
	center.OutcomeHandled: Handled, center.OutcomeAbandoned: Abandoned, center.OutcomeTimedOut: TimedOut,
	center.OutcomeFailed: Failed, center.OutcomeIncomplete: Incomplete, MovedOn: Overflowed,
}

// put leaves zeros out.
func (c Counts) put(f Figure, n int64) {
	if n != 0 {
		c[f] = n
	}
}
