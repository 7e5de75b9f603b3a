package dispatch_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"guichet/shared/center"
	"guichet/shared/dispatch"
	"guichet/shared/store/storetest/schedule"
)

const parkGrace = 10 * time.Second

// Deliberate mutations, each tried alone with 100 to 150 histories of each kind, and the first that caught it.
// By TestHistories/undisturbed:
//   - the version condition dropped, or the agent's or the contact's side of a pair's: a version that does not go up
//   - the place kept when an offer is made: a place of a contact that does not wait
//   - the contact admitted before its place; the place not taken again by a return to the line: I4, waits and is not in line
//   - no search after the agent is freed, after a return to the line for either side, after an admission, after getting
//     ready: I4, waits while somebody is free
//   - Available ignores the contact that the agent has: I2
//   - FreeFor ignores the status in the queue; shortest idle first; lines merged without priority: I5
//   - a hang-up counts as missed; the ring timer ignores the time: I9
//   - the end does not free the agent: I6, has a contact that has ended
//   - Accept without holdsOffer: I3, from waiting to connecting
//   - desks are not told of a withdrawn offer: I9, a desk shows what its agent does not have
//   - no place on the schedule for a call that is to be tried again; no search when it is due: I4
//   - an agent's own line left out of searches: I4; a guest not freed at the end of the call: I6
//   - the contact of a lost stream stays with its agent: an error without a reason
//
// By TestHistories/disturbed:
//   - refusals rest on eventually consistent reads; a write whose answer got lost passes for a lost race: I6
//
// By TestHistories/broken:
//   - the condition of a first write dropped: I3, admitted twice
//   - the sweeper lets a recorded message play on that nobody reported as over: I6
//   - a connection removed before its agent knows: I6, a connection that does not exist
//   - the sweeper skips the schedule, or invitations that ran out: I6
//   - the sweeper skips expired offers, expired wrap-ups, leases, lines, or the question to the provider: I3, I6
//
// By TestRepeatsHaveNoEffect:
//   - the ring timer ignores the offer's id: I8
//
// By the tests in races_test.go and verbs_test.go, since random histories meet them too seldom:
//   - Forget unconditional; a search that believes a stale read that refuses; the sweeper frees an agent who has moved on; the maximum wait ends what no longer waits
//   - late reports touch a later acceptance; holdsOffer ignores the offer's id; the wrap-up timer ignores the time; no
//     search after wrap-up
//   - the sweeper does not say again who is on hold; a call that goes back in line keeps hold and message
//   - calls to one number at once; a guest who stays when the call goes; an acceptance of an invitation that is over; retries
//     without limit; a report of an attempt that is over; a place kept in the line
//     that a call overflows from, or on the schedule when it is due; the end of the call in which a callback was asked for ends it
//   - the desks that nobody can hear stay connected: offers go in circles, and the test never ends

// TestHistories drives random histories of a small centre against the real store, one request at a time, and checks
// the invariants after each. RAPID_CHECKS sets how many there are of each kind.
func TestHistories(t *testing.T) {
	t.Parallel()
	kinds := map[string][]schedule.Verdict{
		// Nothing fails, and yet everything happens at once: no sweeper may be needed.
		"undisturbed": nil,
		// The database throttles, forgets to confirm, and answers from the past: the SDK and the verbs must cope.
		"disturbed": {schedule.Stale, schedule.Unconfirmed, schedule.Throttled},
		// Processes die, requests fail, messages are lost: the sweeper must put everything right.
		"broken": {schedule.Stale, schedule.Unconfirmed, schedule.Throttled, schedule.CrashBefore, schedule.CrashAfter, schedule.Refused, schedule.AnswerLost},
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
	w.prelude()
	w.open()
	w.conversation()
	for range rapid.IntRange(5, 45).Draw(w.R, "steps") {
		w.step()
	}
	w.FinishAll()
	time.Sleep(rapid.SampledFrom([]time.Duration{0, time.Minute, 4 * time.Minute}).Draw(w.R, "end"))
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

// prelude is what may have happened before: long chains of events are rare when each is drawn by itself.
func (w *world) prelude() {
	what := rapid.SampledFrom([]string{"nothing", "a callback waits", "a missed call is to be returned", "both"}).Draw(w.R, "before")
	if what == "a callback waits" || what == "both" {
		l := w.arrives("sales")
		w.start(&process{what: l.sid + " asks to be called back"}, func(ctx context.Context) error {
			_, err := w.dispatcher.AskForCallback(ctx, center.ContactIDOf("phone", l.sid))
			return err
		})
		w.FinishAll()
		w.provider.end(l)
		w.deliverAll()
	}
	if what == "a missed call is to be returned" || what == "both" {
		w.provider.end(w.arrives("sales"))
		w.deliverAll()
		w.deliverAll()
	}
}

func (w *world) arrives(queueID string) *leg {
	l := &leg{sid: fmt.Sprintf("call%d", len(w.provider.legs)+1), queueID: queueID}
	w.provider.legs = append(w.provider.legs, l)
	w.deliver(arrivalMessage(l))
	w.FinishAll()
	return l
}

// deliverAll delivers once what is in the mail and due.
func (w *world) deliverAll() {
	mail := w.mail
	w.mail = nil
	for _, m := range mail {
		if dispatch.Clock().Before(m.dueAt) {
			w.mail = append(w.mail, m)
			continue
		}
		w.deliver(m)
		w.FinishAll()
	}
}

// conversation may let somebody who is rung accept, and be connected.
func (w *world) conversation() {
	if len(w.offers) == 0 || !rapid.Bool().Draw(w.R, "somebody speaks") {
		return
	}
	o := w.offers[len(w.offers)-1]
	w.start(&process{what: o.agentID + " accepts", offerID: o.offerID}, func(ctx context.Context) error {
		_, err := w.dispatcher.Accept(ctx, o.agentID, o.contactID, o.offerID)
		return err
	})
	w.FinishAll()
	w.putThrough()
	if c := w.Ledger.Contact(o.contactID); c != nil && c.State == center.StateConnected {
		w.withGuest(c)
	}
}

// putThrough lets every customer who is called answer, and tells what follows.
func (w *world) putThrough() {
	for _, pickUp := range w.pickUps() {
		pickUp()
	}
	w.deliverAll()
	w.deliverAll()
}

// withGuest may bring a third party into a call.
func (w *world) withGuest(c *center.Contact) {
	whom := rapid.SampledFrom([]dispatch.Invitation{
		{}, {AgentID: "cleo"}, {AgentID: "dan"}, {AgentID: "dan", Blind: true}, {Number: "+33170000009"}, {Number: "+33170000009", Blind: true},
	}).Draw(w.R, "guest")
	if whom == (dispatch.Invitation{}) {
		return
	}
	w.invited++
	whom.ID = fmt.Sprint("gu_", w.invited)
	w.start(&process{what: c.AgentID + " invites " + whom.AgentID + whom.Number}, func(ctx context.Context) error {
		_, err := w.dispatcher.Invite(ctx, c.AgentID, c.ID, whom)
		return err
	})
	w.FinishAll()
	if !rapid.Bool().Draw(w.R, "the guest answers") {
		return
	}
	if whom.AgentID != "" {
		w.start(&process{what: whom.AgentID + " accepts"}, func(ctx context.Context) error {
			_, err := w.dispatcher.Accept(ctx, whom.AgentID, c.ID, whom.ID)
			return err
		})
		w.FinishAll()
	}
	w.putThrough()
}

// open brings some agents to their desks, without wasting steps on it.
func (w *world) open() {
	for _, id := range agentIDs {
		if rapid.Bool().Draw(w.R, id+" is there") {
			w.connect(id)
			w.FinishAll()
			w.setStatus(id, agentQueues[id], center.StatusReady)
			w.FinishAll()
			if rapid.Bool().Draw(w.R, id+" is heard") {
				w.start(&process{what: "audio of " + id + " is up"}, func(ctx context.Context) error {
					return w.dispatcher.AudioUp(ctx, id, "session")
				})
				w.FinishAll()
			}
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
	var possible []func()
	for _, op := range operations {
		if variants := op.variants(w); len(variants) > 0 {
			for range op.odds {
				possible = append(possible, func() {
					variants[rapid.IntRange(0, len(variants)-1).Draw(w.R, op.name)]()
				})
			}
		}
	}
	w.desks.failing = slices.Contains(w.Faults, schedule.Refused) && rapid.IntRange(0, 9).Draw(w.R, "pushes") == 9
	before := w.Started
	possible[rapid.IntRange(0, len(possible)-1).Draw(w.R, "operation")]()
	if n := len(w.InFlight); w.Started > before && n > 0 && rapid.Bool().Draw(w.R, "to its end") {
		w.Finish(w.InFlight[n-1]) // while the others stand still
	}
	w.check()
}

// putRight runs the sweeper, alone and undisturbed, twice at most.
func (w *world) putRight() {
	w.desks.failing = false
	for range 2 {
		w.startSweep()
		w.FinishAll()
		if len(w.stuck()) == 0 {
			break
		}
	}
	w.Orderly = true
	w.violateAll(w.stuck())
	w.check()
}

// closed checks the end: every call's contact has ended, and no agent has anything.
func (w *world) closed() {
	for _, c := range w.Ledger.Contacts() {
		if !c.Ended() && !unserved(c) {
			w.Violate("I3: %s never ends: it is %s", w.name(c.ID), c.State)
		}
	}
	for _, a := range w.Ledger.Agents() {
		if a.ContactID != "" {
			w.Violate("I6: %s is stuck with %s", a.ID, w.name(a.ContactID))
		}
	}
	w.check()
}
