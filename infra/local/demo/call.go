package demo

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"guichet/infra/local/day"
	"guichet/shared/center"
	"guichet/shared/routing"
)

// What telephones and the provider take.
const (
	joins   = 300 * time.Millisecond // from an acceptance to the first word
	answers = 6 * time.Second        // from dialling to the customer's answer
	givesUp = 25 * time.Second       // from dialling to the end of an attempt that nobody answers
	settles = 15 * time.Second       // from asking to be called back to being in line again
	busyFor = 3 * time.Minute        // after which an agent who was busy makes a call
)

// call is one call and what becomes of it.
type call struct {
	*center.Contact
	*record
	visit day.Visit
	stage int // goes up with each change, so that what was planned before is dropped
}

func (o *office) newCall(v day.Visit, c *center.Contact) *call {
	o.numbers++
	if c.ID == "" {
		c.ID = center.ContactIDOf("past", fmt.Sprint(v.At.UnixMilli(), "-", o.numbers))
	}
	c.CallSID, c.EnteredAt = c.ID, o.now
	x := &call{Contact: c, record: &record{goesOn: true}, visit: v}
	o.told = append(o.told, x.record)
	x.add(o.rules.OfContact(nil, c))
	return x
}

// change changes a call and notes what that counts.
func (o *office) change(x *call, change func(*center.Contact)) {
	x.stage++
	before := *x.Contact
	change(x.Contact)
	x.add(o.rules.OfContact(&before, x.Contact))
}

// next does something with a call after a while, unless something else has become of it.
func (o *office) next(x *call, d time.Duration, do func()) {
	stage := x.stage
	o.in(d, func() {
		if x.stage == stage {
			do()
		}
	})
}

// calls is a customer who calls a queue or an agent's own number.
func (o *office) calls(v day.Visit) {
	c := &center.Contact{Kind: center.KindInbound, State: center.StateWaiting, QueueID: v.Place.QueueID, From: v.Customer.Number, To: v.Place.Number, CallerName: v.Customer.Name}
	longest := o.setting.DirectWait
	if v.Kind == day.Direct {
		c.Kind, c.LineOf = center.KindDirect, v.Place.AgentID
	} else {
		c.Priority, longest = o.queues[c.QueueID].Priority, o.queues[c.QueueID].MaxWait
	}
	x := o.newCall(v, c)
	o.at(o.now.Add(min(v.Patience, longest)), func() {
		switch held := x.HeldBy(); {
		case x.Kind.Returns(), x.Live(), x.Ended(), held != "" && v.Patience > longest:
		case v.Patience > longest:
			o.end(x, center.OutcomeTimedOut)
		default:
			o.end(x, center.OutcomeAbandoned)
		}
	})
	if v.AsksAfter > 0 && v.Kind == day.Call {
		o.in(v.AsksAfter, func() { o.asks(x) })
	}
	o.enters(x)
}

// enters puts a call in line, and looks for an agent.
func (o *office) enters(x *call) {
	line := append(o.lines[x.LineID()], x)
	slices.SortStableFunc(line, func(a, b *call) int { return a.EnteredAt.Compare(b.EnteredAt) })
	o.lines[x.LineID()] = line
	if fit := routing.Rank(o.agents, x.Contact, o.queues[x.QueueID], o.now); len(fit) > 0 {
		o.rings(x, fit[0])
	}
}

func (o *office) leavesLine(x *call) {
	o.lines[x.LineID()] = slices.DeleteFunc(o.lines[x.LineID()], func(other *call) bool { return other == x })
}

// matchAgent looks for what an agent who is free could do: calls to their own number first, then by priority and age.
func (o *office) matchAgent(a *center.Agent) {
	first := slices.Clone(o.lines[center.OwnLine(a.ID)])
	var waiting []*call
	for _, id := range a.ReadyQueues() {
		waiting = append(waiting, o.lines[id]...)
	}
	slices.SortStableFunc(waiting, func(x, y *call) int {
		return cmp.Or(cmp.Compare(x.Priority, y.Priority), x.EnteredAt.Compare(y.EnteredAt))
	})
	for _, x := range append(first, waiting...) {
		if a.Takes(x.Contact) {
			o.rings(x, a)
			return
		}
	}
}

func (o *office) rings(x *call, a *center.Agent) {
	o.leavesLine(x)
	o.must(a.Reserve(x.Contact))
	offer := center.Offer{ID: x.ID, AgentID: a.ID, At: o.now, ExpiresAt: o.now.Add(time.Minute)}
	o.change(x, func(c *center.Contact) { o.must(c.OfferTo(offer)) })
	o.next(x, x.visit.Reaction, func() {
		dials := x.ToDial()
		o.change(x, func(c *center.Contact) { o.must(c.Accept(a.ID, offer.ID, o.now)) })
		switch {
		case dials:
			o.dials(x, a)
		default:
			o.next(x, joins, func() { o.talks(x, a) })
		}
	})
}

// talks lets customer and agent speak, and whoever does so hang up.
func (o *office) talks(x *call, a *center.Agent) {
	v := x.visit
	o.change(x, func(c *center.Contact) { o.must(c.Connect(a.ID, o.now)) })
	hangUp := func() { o.end(x, center.OutcomeHandled) }
	if v.Hold == 0 {
		o.next(x, v.Talk, hangUp)
		return
	}
	before := (v.Talk / 3).Truncate(time.Millisecond)
	o.next(x, before, func() {
		o.change(x, func(c *center.Contact) { _, err := c.Hold(a.ID, o.now); o.must(err) })
		o.next(x, v.Hold, func() {
			o.change(x, func(c *center.Contact) { _, err := c.Resume(a.ID, o.now); o.must(err) })
			o.next(x, v.Talk-before, hangUp)
		})
	})
}

// end ends a call and frees its agent, with wrap-up when the queue has it.
func (o *office) end(x *call, outcome center.Outcome) {
	o.leavesLine(x)
	holder, wasLive := x.HeldBy(), x.Live()
	o.change(x, func(c *center.Contact) { c.End(outcome, o.now) })
	x.goesOn = false
	if holder == "" {
		o.missed(x)
		return
	}
	a := o.agent(holder)
	if !wasLive || x.ConnectedAt.IsZero() && !x.Kind.Arrives() && x.Kind != center.KindOutbound {
		a.Release(x.Contact, false, o.now)
	} else {
		a.Finish(x.Contact, o.queues[x.QueueID].WrapUp, o.now)
	}
	if line, ok := o.rules.Final(x.Contact); ok {
		x.lines = append(x.lines, line)
	}
	o.missed(x)
	if a.WrapUp != nil {
		o.wrapsUp(x, a)
		return
	}
	o.matchAgent(a)
}

func (o *office) wrapsUp(x *call, a *center.Agent) {
	x.goesOn = true
	o.in(min(x.visit.WrapUp, o.queues[x.QueueID].WrapUp), func() {
		before := *a
		a.EndWrapUp(x.ID, o.now)
		wrapped, _ := o.rules.OfAgent(&before, a)
		x.deltas = append(x.deltas, wrapped.Deltas...)
		x.lines[len(x.lines)-1].WrapUp = wrapped.WrapUp
		x.goesOn = false
		o.matchAgent(a)
	})
}
