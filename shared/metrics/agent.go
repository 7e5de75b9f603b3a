package metrics

import (
	"slices"
	"time"

	"guichet/shared/center"
)

// WrappedUp is a wrap-up that is over: what it counts, and the part in the log that it belongs to.
type WrappedUp struct {
	Line
	Deltas []Delta
}

// OfAgent is the wrap-up that a change of an agent ended; false if it ended none.
func (r Rules) OfAgent(before, after *center.Agent) (WrappedUp, bool) {
	if before == nil || after == nil || before.WrapUp == nil || before.WrapUp.AcceptedAt.IsZero() {
		return WrappedUp{}, false
	}
	w, until := before.WrapUp, after.WrappedUpAt
	if next := after.WrapUp; next != nil {
		if next.ContactID == w.ContactID && next.Since.Equal(w.Since) {
			return WrappedUp{}, false
		}
		until = next.Since
	}
	l := Line{
		AgentID: before.ID, ContactID: w.ContactID, QueueID: w.QueueID, EnteredAt: w.EnteredAt, AcceptedAt: w.AcceptedAt,
		WrapUp: max(0, until.Sub(w.Since)),
	}
	return WrappedUp{l, r.deltas(l)}, true
}

// LetGo is the contact that a change of an agent ended for them without a wrap-up; empty when there is none.
func LetGo(before, after *center.Agent) string {
	if before == nil || after == nil || before.ContactID == "" || before.ContactID == after.ContactID {
		return ""
	}
	if w := after.WrapUp; w != nil && w.ContactID == before.ContactID {
		return ""
	}
	return before.ContactID
}

// SpellsOver are the lines of the spells that a change of an agent ended.
func SpellsOver(before, after *center.Agent) []Line {
	if after == nil {
		return nil
	}
	var lines []Line
	for _, s := range after.Over {
		if before == nil || !slices.Contains(before.Over, s) {
			lines = append(lines, Line{AgentID: after.ID, Kind: KindReady, AcceptedAt: s.From, LeftAt: s.Until, Idle: s.Idle, Chatting: s.Chatting})
		}
	}
	return lines
}

// AddSpell counts what the agent's spell, which goes on, has on a day so far.
func (r Rules) AddSpell(c Counts, a *center.Agent, now time.Time, day string) {
	so := *a
	so.Account(now, r.zone)
	if so.Spell != nil && r.Day(so.Spell.From) == day {
		c.addReady(so.Spell.Idle, so.Spell.Chatting)
	}
}

func (c Counts) addReady(idle, chatting time.Duration) {
	c.put(Idle, c[Idle]+idle.Milliseconds())
	c.put(Chatting, c[Chatting]+chatting.Milliseconds())
}
