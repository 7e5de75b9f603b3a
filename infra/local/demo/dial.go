package demo

import (
	"time"

	"guichet/infra/local/day"
	"guichet/shared/center"
)

// asks is a caller who has waited long enough and wants to be called back.
func (o *office) asks(x *call) {
	if !x.Waiting() || x.Kind != center.KindInbound || !o.queues[x.QueueID].OfferCallback {
		return
	}
	o.leavesLine(x)
	o.change(x, func(c *center.Contact) { _, err := c.AskForCallback(o.now, o.now.Add(settles)); o.must(err) })
	o.due(x)
}

// due puts a call that is to be made into its line when its time has come.
func (o *office) due(x *call) {
	o.next(x, x.DueAt.Sub(o.now), func() {
		o.change(x, func(c *center.Contact) { o.must(c.Due("", o.now)) })
		o.enters(x)
	})
}

// dials calls a customer whom an agent is to speak with.
func (o *office) dials(x *call, a *center.Agent) {
	o.change(x, func(c *center.Contact) { c.Dialled(c.Attempt, c.ID) })
	if n := x.visit.Answers; n > 0 && x.Attempt >= n {
		o.next(x, answers, func() { o.talks(x, a) })
		return
	}
	o.next(x, givesUp, func() {
		q := o.queues[x.QueueID]
		again := q.CallableFrom(x.From, o.now.Add(q.Attempts.Spacing), o.setting)
		if x.Attempt >= q.Attempts.Most || again.IsZero() {
			o.end(x, center.OutcomeIncomplete)
			return
		}
		before := *x.Contact
		o.change(x, func(c *center.Contact) { c.Again(again) })
		a.Release(&before, false, o.now)
		o.due(x)
		o.matchAgent(a)
	})
}

// missed has the campaigns return a call that nobody took.
func (o *office) missed(x *call) {
	if x.Kind == center.KindCampaign {
		delete(o.claimed, x.From)
	}
	for _, q := range o.queues {
		if q.Campaign == nil || !q.Campaign.Takes(x.Contact) || o.claimed[x.From] {
			continue
		}
		due := q.CallableFrom(x.From, o.now.Add(q.Campaign.Delay), o.setting)
		if due.IsZero() {
			continue
		}
		o.claimed[x.From] = true
		o.due(o.newCall(x.visit, q.MissedContact(x.Contact, o.now, due)))
	}
}

// makes is an agent who calls a customer, when they are free.
func (o *office) makes(v day.Visit) {
	a := o.agent(v.Place.AgentID)
	switch {
	case !a.Online():
		return
	case !a.Reachable():
		o.in(busyFor, func() { o.makes(v) })
		return
	}
	x := o.newCall(v, &center.Contact{
		Kind: center.KindOutbound, State: center.StateConnecting, From: v.Customer.Number, To: v.Place.Number, CallerName: v.Customer.Name,
		AcceptedAt: o.now, AgentID: a.ID, Asked: []string{a.ID},
	})
	o.must(a.Dial(x.Contact))
	if v.Answers == 0 {
		o.next(x, givesUp, func() { o.end(x, center.OutcomeUnanswered) })
		return
	}
	o.next(x, min(answers+v.Reaction, 20*time.Second), func() { o.talks(x, a) })
}
