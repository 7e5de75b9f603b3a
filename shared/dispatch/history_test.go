package dispatch_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"guichet/shared/center"
)

const parkGrace = 10 * time.Second

// TestHistories drives random histories of a small centre against the real store, one request at a time, and checks
// the invariants after each. RAPID_CHECKS sets how many there are of each kind.
func TestHistories(t *testing.T) {
	t.Parallel()
	kinds := map[string][]verdict{
		// Nothing fails, and yet everything happens at once: no sweeper may be needed.
		"undisturbed": nil,
		// The database throttles, forgets to confirm, and answers from the past: the SDK and the verbs must cope.
		"disturbed": {stale, unconfirmed, throttled},
		// Processes die, requests fail, messages are lost: the sweeper must put everything right.
		"broken": {stale, unconfirmed, throttled, crashBefore, crashAfter, refused, answerLost},
	}
	for name, faults := range kinds {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := newGround(t)
			rapid.Check(t, func(t *rapid.T) {
				rapid.SyncTest(t, func(t *rapid.T) { newWorld(t, g, faults).history() })
			})
		})
	}
}

// history is one random history, from the first desk to the last call's end.
func (w *world) history() {
	w.open()
	for range rapid.IntRange(5, 45).Draw(w.r, "steps") {
		w.step()
	}
	w.finishAll()
	time.Sleep(rapid.SampledFrom([]time.Duration{0, time.Minute, 4 * time.Minute}).Draw(w.r, "end"))
	w.putRight()
	for _, l := range w.provider.legs {
		if !l.over {
			w.provider.end(l)
		}
	}
	time.Sleep(4 * time.Minute)
	w.putRight()
	w.closed()
}

// open brings some agents to their desks, without wasting steps on it.
func (w *world) open() {
	for _, id := range agentIDs {
		if rapid.Bool().Draw(w.r, id+" is there") {
			w.connect(id)
			w.finishAll()
			w.setStatus(id, agentQueues[id], center.StatusReady)
			w.finishAll()
			time.Sleep(time.Millisecond)
		}
	}
}

// maxInFlight is how many verbs run at the same time.
const maxInFlight = 4

// step lets one thing happen: a process under way goes on for a while, or something new begins.
func (w *world) step() {
	if n := len(w.inFlight); n > 0 && (n == maxInFlight || rapid.Bool().Draw(w.r, "go on")) {
		p := w.inFlight[rapid.IntRange(0, n-1).Draw(w.r, "process")]
		for range rapid.IntRange(1, 4).Draw(w.r, "requests") {
			w.resume(p)
		}
		return
	}
	var possible []func()
	for _, op := range operations {
		if variants := op.variants(w); len(variants) > 0 {
			for range op.odds {
				possible = append(possible, func() {
					variants[rapid.IntRange(0, len(variants)-1).Draw(w.r, op.name)]()
				})
			}
		}
	}
	w.desks.failing = slices.Contains(w.faults, refused) && rapid.IntRange(0, 9).Draw(w.r, "pushes") == 9
	before := w.started
	possible[rapid.IntRange(0, len(possible)-1).Draw(w.r, "operation")]()
	if n := len(w.inFlight); w.started > before && n > 0 && rapid.Bool().Draw(w.r, "to its end") {
		w.finish(w.inFlight[n-1]) // while the others stand still
	}
	w.check()
}

// putRight runs the sweeper, alone and undisturbed, twice at most.
func (w *world) putRight() {
	w.desks.failing = false
	for range 2 {
		w.startSweep()
		w.finishAll()
		if len(w.stuck()) == 0 {
			break
		}
	}
	w.orderly = true
	w.violations = append(w.violations, w.stuck()...)
	w.check()
}

// closed checks the end: every call's contact has ended, and no agent has anything.
func (w *world) closed() {
	for _, c := range w.ledger.contacts() {
		if !c.Ended() {
			w.violate("I3: %s never ends: it is %s", c.CallSID, c.State)
		}
	}
	for _, a := range w.ledger.agents() {
		if a.ContactID != "" {
			w.violate("I6: %s is stuck with %s", a.ID, w.name(a.ContactID))
		}
	}
	w.check()
}
