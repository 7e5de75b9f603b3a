package schedule

import (
	"context"
	"errors"
	"slices"
	"strings"

	"pgregory.net/rapid"
)

// maxRepeats keeps a process under the SDK's own limit of attempts.
const maxRepeats = 2

// possible lists the verdicts that a request may get, the harmless one first.
func (s *Scheduler) possible(r *Request) []Verdict {
	all := []Verdict{Proceed}
	for _, v := range s.Faults {
		var can bool
		switch v {
		case Throttled:
			can = r.Kind != KindOutside && r.Process.Repeats < maxRepeats
		case Unconfirmed:
			can = r.Kind == KindWrite && r.Process.Repeats < maxRepeats
		case Stale:
			can = len(r.past) > 0
		case CrashBefore:
			can = true
		case CrashAfter, AnswerLost, Refused:
			can = r.Kind == KindWrite || r.Kind == KindOutside
		}
		if can {
			all = append(all, v)
		}
	}
	return all
}

// faultOdds is how many requests proceed for one that is drawn a fault, if it can have one.
const faultOdds = 8

// Resume lets one request of a process go on, with the fate that is drawn.
func (s *Scheduler) Resume(p *Process) {
	at := s.gate.queue(p)
	if len(at) == 0 {
		return
	}
	r := at[0]
	if len(at) > 1 {
		r = at[rapid.IntRange(0, len(at)-1).Draw(s.R, "request")]
	}
	v := Proceed
	if possible := s.possible(r); len(possible) > 1 && rapid.IntRange(0, faultOdds).Draw(s.R, "fault") == faultOdds {
		v = rapid.SampledFrom(possible[1:]).Draw(s.R, "kind of fault")
	}
	s.let(r, v)
}

// let opens the gate for a request.
func (s *Scheduler) let(r *Request, v Verdict) {
	p := r.Process
	switch v {
	case Throttled, Unconfirmed:
		p.Repeats++
	case Stale:
		r.stale = r.past[0]
		if len(r.past) > 1 && s.R != nil {
			r.stale = r.past[rapid.IntRange(0, len(r.past)-1).Draw(s.R, "version")]
		}
	case CrashBefore, CrashAfter, Refused, AnswerLost:
		p.Faulty, s.Orderly, s.Untroubled = true, false, false
	case Proceed:
	}
	s.T.Logf("%s   process %d %s: %s", At(), p.ID, v, r.Label)
	s.gate.open(r, v)
	s.settle()
	s.Check()
}

// Finish runs a process to its end, with faults as drawn.
func (s *Scheduler) Finish(p *Process) {
	for slices.Contains(s.InFlight, p) {
		s.Resume(p)
	}
}

// Until lets a process go on until its next request begins so, and holds it there.
func (s *Scheduler) Until(p *Process, label string) {
	for range 20 {
		at := s.gate.queue(p)
		if len(at) == 0 {
			break
		}
		if strings.HasPrefix(at[0].Label, label) {
			return
		}
		s.let(at[0], Proceed)
	}
	s.T.Fatalf("%s never comes to %s", p.What, label)
}

// Next lets one request of a process through.
func (s *Scheduler) Next(p *Process) { s.let(s.gate.queue(p)[0], Proceed) }

// NextStale answers one eventually consistent read of a process with the version before the newest.
func (s *Scheduler) NextStale(p *Process) { s.let(s.gate.queue(p)[0], Stale) }

// LetOutsideThrough lets go on what waits to reach a provider. It comes before whatever takes a person a second or more: a
// function does not pause that long between its decision and the request.
func (s *Scheduler) LetOutsideThrough() {
	for _, p := range slices.Clone(s.InFlight) {
		for _, r := range s.gate.queue(p) {
			if r.Kind == KindOutside {
				s.let(r, Proceed)
			}
		}
	}
}

// FinishAll runs all processes to their ends without faults, in turns.
func (s *Scheduler) FinishAll() {
	for len(s.InFlight) > 0 {
		for _, p := range slices.Clone(s.InFlight) {
			if at := s.gate.queue(p); len(at) > 0 {
				s.let(at[0], Proceed)
			}
		}
	}
}

// InRounds runs all processes to their ends without faults, all requests at once that wait. It returns how many times it
// had to wait for the database, and calls each after each.
func (s *Scheduler) InRounds(each func(rounds int)) (rounds int) {
	for len(s.InFlight) > 0 {
		toDatabase := 0
		for _, p := range s.InFlight {
			for _, r := range s.gate.queue(p) {
				if r.Kind != KindOutside {
					toDatabase = 1
				}
				s.gate.open(r, Proceed)
			}
		}
		s.settle()
		rounds += toDatabase
		each(rounds)
	}
	return rounds
}

// ErrTransient is what a process is told of a request to a provider that failed.
var ErrTransient = errors.New("the provider does not answer")

// Outside lets the scheduler decide what becomes of a request to a provider.
func (s *Scheduler) Outside(ctx context.Context, label string, carryOut func() error) error {
	p := ProcessOf(ctx)
	if p == nil {
		return carryOut()
	}
	if p.dead.Load() {
		return ErrCrashed
	}
	switch v := s.gate.pass(&Request{Process: p, Label: label, Kind: KindOutside}); v {
	case CrashBefore:
		p.dead.Store(true)
		return ErrCrashed
	case Refused:
		return ErrTransient
	case CrashAfter:
		p.dead.Store(true)
		return errors.Join(carryOut(), ErrCrashed)
	case AnswerLost:
		return errors.Join(carryOut(), ErrTransient)
	case Proceed, Throttled, Unconfirmed, Stale:
	}
	return carryOut()
}
