package metrics

import (
	"time"

	"guichet/shared/center"
)

// OfContact is what a change of a contact counts, and the lines that are due with it. The line of a part that ended together with
// its call is not among them: it is written when its agent is through with it (Final).
func (r Rules) OfContact(before, after *center.Contact) (deltas []Delta, lines []Line) {
	if after == nil || before != nil && before.Ended() {
		return nil, nil
	}
	if after.QueueID != "" && (before == nil || moved(before, after)) {
		deltas = append(deltas, r.begun(after))
		if after.Kind == center.KindCampaign && before == nil {
			lines = append(lines, Line{
				ContactID: after.ID, Kind: after.Kind, QueueID: after.QueueID, EnteredAt: after.EnteredAt, LeftAt: after.EnteredAt, Begins: true,
			})
		}
	}
	if before != nil && after.Attempt > before.Attempt {
		deltas = append(deltas, r.attempt(after.QueueID, after.Attempt, after.AcceptedAt))
	}
	for _, l := range r.over(before, after) {
		deltas = append(deltas, r.deltas(l)...)
		if !l.final(after) {
			lines = append(lines, l)
		}
	}
	return deltas, lines
}

// over lists what is over by the change: an agent's part, a stay in a queue, or both together.
func (r Rules) over(before, after *center.Contact) []Line {
	switch {
	case after.Ended() && !after.AcceptedAt.IsZero():
		if l, ok := r.Final(after); ok {
			return []Line{l}
		}
	case after.Ended() && (before == nil || !moved(before, after)):
		return []Line{r.closed(after, outcomeOf(after), after.EndedAt)}
	case before == nil:
	case before.Live() && !sameHold(before, after):
		return []Line{r.left(before, after)}
	case moved(before, after):
		return []Line{r.closed(before, MovedOn, after.MovedAt)}
	case before.CallbackAt.IsZero() && !after.CallbackAt.IsZero():
		return []Line{r.asked(after)}
	}
	return nil
}

// Final is the part of the agent who had a contact when it ended; false if nobody had.
func (r Rules) Final(c *center.Contact) (Line, bool) {
	if !c.Ended() || c.AcceptedAt.IsZero() {
		return Line{}, false
	}
	l := r.part(c, c.EndedAt, c.HoldTime)
	l.Outcome = c.Outcome
	if c.QueueID != "" {
		r.close(&l, c, c.Outcome, c.EndedAt)
	}
	return l, true
}

func (l Line) final(c *center.Contact) bool {
	return c.Ended() && !c.AcceptedAt.IsZero() && l.AgentID != ""
}

// left is the part of an agent whose contact goes on without them: with a colleague, in a queue, or in another attempt.
func (r Rules) left(before, after *center.Contact) Line {
	at := after.LeftAt
	switch {
	case after.Scheduled(): // the customer was not reached
		l := r.part(before, before.AcceptedAt, before.HoldTime)
		l.Outcome = center.OutcomeUnanswered
		return l
	case at.Before(before.AcceptedAt):
		at = before.AcceptedAt // a media node's clock is behind ours
	}
	l := r.part(before, at, after.HoldTime)
	switch {
	case moved(before, after):
		l.Outcome = PassedOn
		if before.QueueID != "" {
			r.close(&l, before, center.OutcomeHandled, at)
		}
	case after.AgentID != before.AgentID:
		l.Outcome = PassedOn
	default:
		l.Outcome = Lost
	}
	return l
}

// part is an agent's part in a contact, up to the given time.
func (r Rules) part(c *center.Contact, until time.Time, held time.Duration) Line {
	l := lineOf(c)
	l.AgentID, l.AcceptedAt, l.LeftAt = c.AgentID, c.AcceptedAt, until
	if c.LeftAt.IsZero() {
		l.Attempt = c.Attempt
	}
	if c.ConnectedAt.IsZero() {
		return l
	}
	l.ConnectedAt = c.AcceptedAt
	if c.ConnectedAt.After(c.AcceptedAt) {
		l.ConnectedAt = c.ConnectedAt
	}
	l.Hold = max(0, held-c.HoldBefore)
	l.Talk = max(0, until.Sub(l.ConnectedAt)-l.Hold)
	return l
}

func lineOf(c *center.Contact) Line {
	return Line{
		ContactID: c.ID, Kind: c.Kind, QueueID: c.QueueID, LineOf: c.LineOf, Number: c.From, Name: c.CallerName, EnteredAt: c.QueueEnteredAt(),
	}
}

// closed is the end of a stay in a queue, or on an agent's own line, without an agent.
func (r Rules) closed(c *center.Contact, o center.Outcome, at time.Time) Line {
	l := lineOf(c)
	l.LeftAt, l.Outcome = at, o
	r.close(&l, c, o, at)
	return l
}

// close makes a line the one that ends the stay. Who asked to be called back does not wait: only their asking counts in time.
func (r Rules) close(l *Line, c *center.Contact, o center.Outcome, at time.Time) {
	l.Closes = o
	if c.Kind.Returns() {
		return
	}
	within := r.queues[c.QueueID].AnswerTime()
	l.Answered = !c.AnsweredAt.IsZero()
	if l.Answered {
		at = c.AnsweredAt
	}
	l.Wait = max(0, at.Sub(l.EnteredAt))
	l.RemovedWithin = l.Wait <= within
	l.AnsweredWithin = l.Answered && l.RemovedWithin
	l.Short = o == center.OutcomeAbandoned && l.Wait < r.short
}

func (r Rules) asked(c *center.Contact) Line {
	l := lineOf(c)
	l.LeftAt, l.Asked, l.Wait = c.CallbackAt, true, c.CallbackAt.Sub(c.QueueEnteredAt())
	l.RemovedWithin = l.Wait <= r.queues[c.QueueID].AnswerTime()
	return l
}

func (r Rules) begun(c *center.Contact) Delta {
	f := Queued
	if r.campaign(c.QueueID) {
		f = Taken
	}
	return Delta{Slot{c.QueueID, r.Hour(c.QueueEnteredAt())}, Counts{f: 1}}
}

func (r Rules) attempt(queueID string, attempt int, at time.Time) Delta {
	c := Counts{Attempts: 1}
	if attempt == 1 {
		c[Dialled] = 1
	}
	return Delta{Slot{queueID, r.Hour(at)}, c}
}

// moved tells whether a contact has come into another queue.
func moved(before, after *center.Contact) bool { return !before.MovedAt.Equal(after.MovedAt) }

// sameHold tells whether the agent still has the contact by the same acceptance.
func sameHold(before, after *center.Contact) bool {
	return after.Live() && after.AgentID == before.AgentID && after.AcceptedAt.Equal(before.AcceptedAt)
}

// outcomeOf is how the stay in the last queue ended: a call that was handled in an earlier one may be abandoned in this.
func outcomeOf(c *center.Contact) center.Outcome {
	if c.Outcome == center.OutcomeHandled && c.AnsweredAt.IsZero() && c.QueueID != "" && !c.Kind.Returns() {
		return center.OutcomeAbandoned
	}
	return c.Outcome
}
