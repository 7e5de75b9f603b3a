package conversation_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"guichet/shared/center"
	"guichet/shared/store/storetest/schedule"
)

// Deliberate mutations, each tried alone with 40 to 60 histories of each kind, and what caught them.
// By TestHistories/undisturbed:
//   - the not-exists condition of a message, or the version condition of a chat dropped: a version that does not go up
//   - a list entry that does not come or does not go: lists
//   - nothing in a record tells its writers apart; a lost race for the chat is not settled; the preview ignores edits: I7
//   - a message to a resolved chat does not reopen it: I6; a late one stays behind what is read: I3
//
// By TestHistories/disturbed:
//   - the version condition of an agent dropped: a version that does not go up
//   - chats are given without a look at the capacity: capacity
//   - a repeat of a message without a time gets another time: I3, twice in the thread
//   - absent agents keep their chats: I6
//
// By TestHistories/broken:
//   - the stream function finds everything settled: I7
//
// By TestOrderAndRepeatsHaveNoEffect and the tests in verbs_test.go: see there. By those of center: a late reply that asks for
// no recount.

// TestHistories drives random histories of a small centre's chats against the real store, one request at a time, and
// checks the invariants after each. RAPID_CHECKS sets how many there are of each kind.
func TestHistories(t *testing.T) {
	t.Parallel()
	kinds := map[string][]schedule.Verdict{
		// Nothing fails, and yet everything happens at once: neither the stream function nor the sweeper may be needed.
		"undisturbed": nil,
		// The database throttles, forgets to confirm, and answers from the past: the SDK and the verbs must cope.
		"disturbed": {schedule.Stale, schedule.Unconfirmed, schedule.Throttled},
		// Processes die, requests fail, webhooks are lost: the stream function and the sweeper must put everything right.
		"broken": {
			schedule.Stale, schedule.Unconfirmed, schedule.Throttled,
			schedule.CrashBefore, schedule.CrashAfter, schedule.Refused, schedule.AnswerLost,
		},
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

// history is one random history, from the first desk to the last sweep.
func (w *world) history() {
	w.open()
	for range rapid.IntRange(5, 50).Draw(w.R, "steps") {
		w.step()
	}
	w.FinishAll()
	w.putRight()
	time.Sleep(rapid.SampledFrom([]time.Duration{time.Second, grace}).Draw(w.R, "end"))
	w.putRight()
}

// open brings some agents to their desks, without wasting steps on it.
func (w *world) open() {
	// With one customer everything happens to one chat.
	w.customers = rapid.SampledFrom([][]customer{customers, customers[:1], customers[:2], customers[2:3]}).Draw(w.R, "customers")
	w.provider.limits = rapid.Bool().Draw(w.R, "the provider refuses for now")
	for _, id := range agentIDs {
		if rapid.Bool().Draw(w.R, id+" is there") {
			w.connect(id)
			w.FinishAll()
			w.setStatus(id, agentQueues[id], center.StatusReady)
			w.FinishAll()
			time.Sleep(time.Millisecond)
		}
	}
}

// maxInFlight is how many verbs run at the same time.
const maxInFlight = 4

// step lets one thing happen: a process under way goes on for a while, or something new begins.
func (w *world) step() {
	if n := len(w.InFlight); n > 0 && (n == maxInFlight || rapid.Bool().Draw(w.R, "go on")) {
		p := w.InFlight[rapid.IntRange(0, n-1).Draw(w.R, "process")]
		for range rapid.IntRange(1, 4).Draw(w.R, "requests") {
			w.Resume(p)
		}
		return
	}
	var possible [][]func()
	for _, op := range operations {
		if variants := op.variants(w); len(variants) > 0 {
			for range op.odds {
				possible = append(possible, variants)
			}
		}
	}
	variants := possible[rapid.IntRange(0, len(possible)-1).Draw(w.R, "operation")]
	before := w.Started
	variants[rapid.IntRange(0, len(variants)-1).Draw(w.R, "variant")]()
	if n := len(w.InFlight); w.Started > before && n > 0 && rapid.Bool().Draw(w.R, "to its end") {
		w.Finish(w.InFlight[n-1]) // while the others stand still
	}
	w.check()
}

// putRight runs the stream function until it has seen everything, then the sweepers, alone and undisturbed.
func (w *world) putRight() {
	w.settleAll()
	w.begin("sweep of agents and calls", deed{}, w.dispatcher.Sweep)
	w.FinishAll()
	w.sweep()
	w.FinishAll()
	w.settleAll()
	w.Orderly = true
	w.checkAbsent()
	w.check()
}
