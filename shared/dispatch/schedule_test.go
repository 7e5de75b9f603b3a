package dispatch_test

import (
	"slices"

	"pgregory.net/rapid"
)

// maxRepeats keeps a process under the SDK's own limit of attempts.
const maxRepeats = 2

// possible lists the verdicts that a request may get, the harmless one first.
func (w *world) possible(r *request) []verdict {
	all := []verdict{proceed}
	for _, v := range w.faults {
		var can bool
		switch v {
		case throttled:
			can = r.kind != kindPhone && r.process.repeats < maxRepeats
		case unconfirmed:
			can = r.kind == kindWrite && r.process.repeats < maxRepeats
		case stale:
			can = len(r.past) > 0
		case crashBefore:
			can = true
		case crashAfter, answerLost:
			can = r.kind == kindWrite || r.kind == kindPhone
		case refused:
			can = r.kind == kindPhone || r.kind == kindWrite
		}
		if can {
			all = append(all, v)
		}
	}
	return all
}

// faultOdds is how many requests proceed for one that is drawn a fault, if it can have one.
const faultOdds = 8

// resume lets one request of a process go on, with the fate that is drawn.
func (w *world) resume(p *process) {
	at := w.gate.queue(p)
	if len(at) == 0 {
		return
	}
	r := at[0]
	if len(at) > 1 {
		r = at[rapid.IntRange(0, len(at)-1).Draw(w.r, "request")]
	}
	v := proceed
	if possible := w.possible(r); len(possible) > 1 && rapid.IntRange(0, faultOdds).Draw(w.r, "fault") == faultOdds {
		v = rapid.SampledFrom(possible[1:]).Draw(w.r, "kind of fault")
	}
	w.let(r, v)
}

// let opens the gate for a request.
func (w *world) let(r *request, v verdict) {
	p := r.process
	switch v {
	case throttled, unconfirmed:
		p.repeats++
	case stale:
		r.stale = r.past[0]
		if len(r.past) > 1 {
			r.stale = r.past[rapid.IntRange(0, len(r.past)-1).Draw(w.r, "version")]
		}
	case crashBefore, crashAfter, refused, answerLost:
		p.faulty, w.orderly, w.untroubled = true, false, false
	}
	w.t.Logf("%s   process %d %s: %s", w.at(), p.id, v, r.label)
	w.gate.open(r, v)
	w.settle()
	w.check()
}

// finish runs a process to its end, with faults as drawn.
func (w *world) finish(p *process) {
	for slices.Contains(w.inFlight, p) {
		w.resume(p)
	}
}

// letPhoneRequestsThrough comes before whatever takes a person a second or more: a function does not pause that long
// between its decision to put a call through and the request to do so.
func (w *world) letPhoneRequestsThrough() {
	for _, p := range slices.Clone(w.inFlight) {
		for _, r := range w.gate.queue(p) {
			if r.kind == kindPhone {
				w.let(r, proceed)
			}
		}
	}
}

// finishAll runs all processes to their ends without faults, in turns.
func (w *world) finishAll() {
	for len(w.inFlight) > 0 {
		for _, p := range slices.Clone(w.inFlight) {
			if at := w.gate.queue(p); len(at) > 0 {
				w.let(at[0], proceed)
			}
		}
	}
}
