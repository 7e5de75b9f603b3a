package dispatch_test

import (
	"context"
	"fmt"
	"slices"
	"time"

	"pgregory.net/rapid"

	"guichet/shared/center"
	"guichet/shared/dispatch"
	"guichet/shared/store/storetest/schedule"
)

// operation is something that may happen next. It is possible when its list of variants is not empty.
type operation struct {
	name string
	odds int
	// variants lists what it could be done to.
	variants func(*world) []func()
}

const maxCalls = 6

// operations is everything that callers, agents, the provider and time can do.
var operations = []operation{
	{"a caller calls", 6, (*world).callers},
	{"a message is delivered", 14, (*world).deliveries},
	{"an agent accepts", 8, (*world).accepts},
	{"an agent chooses a status", 7, (*world).statuses},
	{"an agent chooses what comes next", 2, (*world).nextStatuses},
	{"a caller hangs up", 4, (*world).hangUpsByCallers},
	{"an agent declines", 3, (*world).declines},
	{"an agent hangs up", 2, (*world).hangUps},
	{"an agent dials", 2, (*world).dials},
	{"an agent calls the visitor", 2, (*world).visits},
	{"a caller asks to be called back", 4, (*world).asks},
	{"a machine answers", 1, (*world).machines},
	{"an agent invites", 3, (*world).invites},
	{"an agent dismisses the guest", 1, (*world).dismissals},
	{"an agent hands over", 3, (*world).handOvers},
	{"an agent sends a call to a queue", 1, (*world).moves},
	{"a customer answers", 6, (*world).pickUps},
	{"an agent plays a message", 2, (*world).plays},
	{"an agent stops a message", 1, (*world).stops},
	{"an agent holds", 2, (*world).holds},
	{"an agent ends wrap-up", 3, (*world).wrapUps},
	{"a desk connects", 4, (*world).connects},
	{"a desk leaves", 3, (*world).disconnects},
	{"a desk vanishes", 1, (*world).vanishes},
	{"a desk gives a sign of life", 1, (*world).heartbeats},
	{"an agent's audio changes", 1, (*world).audio},
	{"a stream is lost", 2, (*world).streamLosses},
	{"the centre's file changes", 2, (*world).profiles},
	{"the maximum wait is over", 1, (*world).longWaits},
	{"time passes", 6, (*world).pauses},
	{"the sweeper runs", 1, (*world).sweeps},
}

func (w *world) callers() []func() {
	if len(w.provider.legs) >= maxCalls {
		return nil
	}
	var all []func()
	for _, to := range []leg{{queueID: "sales"}, {queueID: "sales"}, {queueID: "repairs"}, {queueID: "repairs"}, {lineOf: "ada"}} {
		all = append(all, func() {
			l := &leg{sid: fmt.Sprintf("call%d", len(w.provider.legs)+1), queueID: to.queueID, lineOf: to.lineOf}
			w.provider.legs = append(w.provider.legs, l)
			w.deliver(arrivalMessage(l))
		})
	}
	return all
}

// deliveries takes a message out of the mail, or delivers it and leaves it there to come again. In a history with faults
// it may also be lost. A timer may fire early; the verb must bear it.
func (w *world) deliveries() []func() {
	var all []func()
	for i, m := range w.mail {
		if w.once && dispatch.Clock().Before(m.dueAt) {
			continue
		}
		all = append(all, func() {
			fate := 0
			if !w.once {
				fate = rapid.IntRange(0, 9).Draw(w.R, "fate")
			}
			switch {
			case fate == 9 && slices.Contains(w.Faults, schedule.CrashBefore):
				w.T.Logf("%s lost: %s", schedule.At(), m.what)
				w.Orderly = false
				w.mail = slices.Delete(w.mail, i, i+1)
				return
			case fate < 6:
				w.mail = slices.Delete(w.mail, i, i+1)
			}
			w.deliver(m)
		})
	}
	return all
}

func (w *world) deliver(m message) *process {
	w.delivered = append(w.delivered, m)
	p := &process{what: m.what, awayOf: m.awayOf, awaySince: m.awayAt, timer: !m.dueAt.IsZero()}
	return w.start(p, func(ctx context.Context) error { return m.deliver(ctx, w.dispatcher) })
}

// accepts offers the agents every offer that they ever saw, the latest first.
func (w *world) accepts() []func() {
	return w.answers("%s accepts %s", func(ctx context.Context, o offered) error {
		_, err := w.dispatcher.Accept(ctx, o.agentID, o.contactID, o.offerID)
		return err
	})
}

func (w *world) declines() []func() {
	return w.answers("%s declines %s", func(ctx context.Context, o offered) error {
		return w.dispatcher.Decline(ctx, o.agentID, o.contactID, o.offerID)
	})
}

func (w *world) answers(format string, answer func(context.Context, offered) error) []func() {
	var all []func()
	for _, o := range slices.Backward(w.offers) {
		if o.agentID == "" {
			continue
		}
		current := w.Ledger.Contact(o.contactID)
		weight := 1
		if current.State == center.StateOffered && current.Offer.ID == o.offerID || current.Guest != nil && current.Guest.ID == o.offerID {
			weight = 6
		}
		for range weight {
			all = append(all, func() {
				w.LetOutsideThrough()
				p := &process{what: fmt.Sprintf(format, o.agentID, w.name(o.contactID)), offerID: o.offerID}
				w.start(p, func(ctx context.Context) error { return answer(ctx, o) })
			})
		}
	}
	return all
}

func (w *world) statuses() []func() {
	var all []func()
	choices := []center.Status{center.StatusReady, center.StatusReady, center.StatusPaused, center.StatusOut}
	for _, id := range agentIDs {
		for _, queues := range [][]string{agentQueues[id], agentQueues[id][:1], nil} {
			for _, s := range choices {
				all = append(all, func() { w.setStatus(id, queues, s) })
			}
		}
	}
	return all
}

func (w *world) nextStatuses() []func() {
	var all []func()
	for _, id := range agentIDs {
		for _, s := range []center.Status{center.StatusReady, center.StatusPaused, center.StatusOut} {
			all = append(all, func() {
				p := &process{what: fmt.Sprintf("%s will be %s", id, s), statusOf: id}
				w.start(p, func(ctx context.Context) error {
					_, err := w.dispatcher.SetNextStatus(ctx, "", id, s, "lunch")
					return err
				})
			})
		}
	}
	return all
}

func (w *world) setStatus(agentID string, queues []string, s center.Status) {
	p := &process{what: fmt.Sprintf("%s is %s in %v", agentID, s, queues), statusOf: agentID}
	w.start(p, func(ctx context.Context) error {
		_, err := w.dispatcher.SetStatus(ctx, agentID, queues, s, "lunch")
		return err
	})
}

func (w *world) hangUpsByCallers() []func() {
	var all []func()
	for _, l := range w.provider.legs {
		if !l.over {
			all = append(all, func() {
				w.T.Logf("%s %s hangs up", schedule.At(), w.callOf(l))
				if l.widget {
					w.post(visitorEnds(w, l))
				}
				w.provider.end(l)
			})
		}
	}
	return all
}

func (w *world) hangUps() []func() {
	return w.eachAgentWith(func(a *center.Agent) string { return a.ContactID }, "%s hangs up %s", w.hangUp)
}

func (w *world) hangUp(ctx context.Context, agentID, contactID string) error {
	_, err := w.dispatcher.HangUp(ctx, agentID, contactID)
	return err
}

func (w *world) wrapUps() []func() {
	return w.eachAgentWith(func(a *center.Agent) string {
		if a.WrapUp == nil {
			return ""
		}
		return a.WrapUp.ContactID
	}, "wrap-up of %s after %s is ended", func(ctx context.Context, agentID, contactID string) error {
		_, err := w.dispatcher.EndWrapUp(ctx, agentID, contactID)
		return err
	})
}

func (w *world) eachAgentWith(contact func(*center.Agent) string, format string, verb func(context.Context, string, string) error) []func() {
	var all []func()
	for _, a := range w.Ledger.Agents() {
		if id := contact(a); id != "" {
			all = append(all, func() {
				p := &process{what: fmt.Sprintf(format, a.ID, w.name(id))}
				w.start(p, func(ctx context.Context) error { return verb(ctx, a.ID, id) })
			})
		}
	}
	return all
}

// streamLosses ends a media stream without ending its call: the stream broke, or nobody came back to it in time.
func (w *world) streamLosses() []func() {
	var all []func()
	for _, l := range w.provider.legs {
		if l.agentID == "" {
			continue
		}
		for _, away := range []bool{false, true} {
			if l.widget && !away {
				continue // that is its end
			}
			if away && dispatch.Clock().Before(l.joinedAt.Add(parkGrace)) {
				continue
			}
			all = append(all, func() {
				m := lostMessage(l, away, dispatch.Clock())
				l.agentID = ""
				w.T.Logf("%s %s", schedule.At(), m.what)
				w.post(m)
			})
		}
	}
	return all
}

func (w *world) longWaits() []func() {
	var all []func()
	for _, c := range w.Ledger.Contacts() {
		if !c.Ended() && !c.ToDial() && dispatch.Clock().After(c.InLineSince().Add(w.maxWait(c))) {
			all = append(all, func() {
				p := &process{what: w.name(c.ID) + " has waited too long"}
				w.start(p, func(ctx context.Context) error {
					_, err := w.dispatcher.WaitedTooLong(ctx, c.ID)
					return err
				})
			})
		}
	}
	return all
}

// pauses lets time pass: little while something runs, for no function lives longer than half a minute.
func (w *world) pauses() []func() {
	lengths := []time.Duration{time.Millisecond, time.Second}
	if len(w.InFlight) == 0 {
		lengths = append(lengths, 5*time.Second, 20*time.Second, 30*time.Second, 2*time.Minute)
	}
	var all []func()
	for _, length := range lengths {
		all = append(all, func() {
			w.T.Logf("%s %s pass", schedule.At(), length)
			time.Sleep(length)
		})
	}
	return all
}

func (w *world) sweeps() []func() {
	return []func(){func() { w.startSweep() }}
}

func (w *world) startSweep() *process { return w.start(&process{what: "sweep"}, w.dispatcher.Sweep) }
