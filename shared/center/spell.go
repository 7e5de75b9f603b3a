package center

import (
	"slices"
	"time"
)

// Spell is a time, on one day, in which an agent was ready in some queue and had a desk open. What calls and wrap-ups took of it
// is in neither sum, nor is the ringing of offers.
type Spell struct {
	From, Until time.Time
	Idle        time.Duration // free for a call, and without a chat
	Chatting    time.Duration // free for a call, with a chat
	Doing       Doing         // since Until, if the spell goes on
}

// Doing is what an agent does who is ready.
type Doing string

// What an agent does who is ready.
const (
	DoingOther Doing = "" // a call or its wrap-up; or one rings
	DoingChats Doing = "chats"
	DoingIdle  Doing = "idle"
)

// Account brings the agent's spell up to a moment, after whatever has changed then: one begins, goes on, or ends and is put with
// those that are over. One that lasts over midnight, by the given clock, is cut there. Clocks may differ: time does not run backwards.
func (a *Agent) Account(now time.Time, zone *time.Location) {
	var over []Spell
	if a.Spell != nil {
		s := *a.Spell
		if now.Before(s.Until) {
			now = s.Until
		}
		for end := DayEnd(s.Until, zone); !now.Before(end); end = DayEnd(end, zone) {
			over = append(over, s.upTo(end))
			s = Spell{From: end, Until: end, Doing: s.Doing}
		}
		s = s.upTo(now)
		a.Spell = &s
	}
	switch ready := a.Online() && len(a.ReadyQueues()) > 0; {
	case !ready && a.Spell != nil:
		over = append(over, *a.Spell)
		a.Spell = nil
	case ready && a.Spell == nil:
		a.Spell = &Spell{From: now, Until: now}
		fallthrough
	case ready:
		a.Spell.Doing = a.doing()
	}
	over = slices.DeleteFunc(over, func(s Spell) bool { return s.Idle == 0 && s.Chatting == 0 })
	if len(over) == 0 {
		return
	}
	for i := range over {
		over[i].Doing = DoingOther
	}
	a.Over = over
}

func (a *Agent) doing() Doing {
	switch {
	case !a.Available():
		return DoingOther
	case len(a.Chats) > 0:
		return DoingChats
	}
	return DoingIdle
}

func (s Spell) upTo(t time.Time) Spell {
	switch s.Doing {
	case DoingOther:
	case DoingChats:
		s.Chatting += t.Sub(s.Until)
	case DoingIdle:
		s.Idle += t.Sub(s.Until)
	}
	s.Until = t
	return s
}

// DayEnd is when the day of a moment ends, by a zone's clock, in UTC.
func DayEnd(t time.Time, zone *time.Location) time.Time {
	y, m, d := t.In(zone).Date()
	end := time.Date(y, m, d+1, 0, 0, 0, 0, zone)
	for !end.After(t) { // where midnight does not exist, since clocks go forward at it
		end = end.Add(time.Hour)
	}
	return end.UTC()
}
