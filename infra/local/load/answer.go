package load

import (
	"context"
	"net/http"
	"time"

	"guichet/infra/local/day"
	"guichet/infra/local/simulator"
	"guichet/shared/center"
	"guichet/shared/deskapi"
)

const (
	// joinPatience is within what an accepted call must be joined, or have moved on; dialPatience the same of one that is dialled.
	joinPatience, dialPatience = 20 * time.Second, 90 * time.Second
	// settlePatience is within what the end of a call must be known.
	settlePatience = 20 * time.Second
	// grace is for customers who hang up themselves.
	grace = 10 * time.Second
)

// stranger is how an agent serves whoever is in nobody's plan.
var stranger = day.Visit{Reaction: 3 * time.Second, Talk: 45 * time.Second, WrapUp: 10 * time.Second, Answers: 1}

// answers takes an offered call from its ring to the end of wrap-up.
func (a *agent) answers(ctx context.Context, c deskapi.Contact) {
	v, known := a.visit(c.From)
	if !known {
		if v = stranger; a.passes(ctx, c) {
			return
		}
	}
	rings := func(_ deskapi.Agent, now deskapi.Contact) bool {
		return now.State != "offered" || now.Offer.ID != c.Offer.ID
	}
	if _, gone := a.await(ctx, v.Reaction, c.ID, rings); gone || ctx.Err() != nil {
		return
	}
	returns := center.ContactKind(c.Kind).Returns()
	if returns {
		a.phone(ctx, v, c.Attempt+1)
		defer a.quiet(ctx, v)
	}
	var taken deskapi.Contact
	err := a.ask(ctx, http.MethodPost, "/api/contacts/"+c.ID+"/accept", map[string]string{"offerId": c.Offer.ID}, &taken)
	if a.notes.failed(ctx, "accept a call", err) {
		return
	}
	a.accepts(c.ID, a.desk.Person, taken.Attempt)
	a.take(deskapi.Patch{Contacts: []deskapi.Contact{taken}})
	if a.joined(ctx, taken, returns) {
		if returns {
			a.notes.count(calledBack)
			defer a.ends(v.Customer.Number)
		} else {
			a.notes.count(answered)
		}
		a.talks(ctx, taken, v)
	}
}

// passes lets a stranger's call pass once: perhaps somebody is trying their desk. Should it come again, nobody is.
func (a *agent) passes(ctx context.Context, c deskapi.Contact) bool {
	a.mu.Lock()
	before := a.strangers[c.ID]
	a.strangers[c.ID] = true
	a.mu.Unlock()
	if !before {
		a.notes.failed(ctx, "decline a call", a.ask(ctx, http.MethodPost, "/api/contacts/"+c.ID+"/decline", map[string]string{"offerId": c.Offer.ID}, nil))
	}
	return !before
}

// phone says what the customer's telephone does at an attempt.
func (a *agent) phone(ctx context.Context, v day.Visit, attempt int) {
	does := simulator.PhoneAnswers
	if !a.reached && (v.Answers == 0 || attempt < v.Answers) {
		does = simulator.PhoneBusy
	}
	if v.Customer.Number != "" {
		a.notes.failed(ctx, "set a telephone", a.phones.Set(ctx, v.Customer.Number, does))
	}
}

// quiet lets the customer's telephone ring again as others do.
func (a *agent) quiet(ctx context.Context, v day.Visit) {
	ctx, cancel := whole(ctx)
	defer cancel()
	if v.Customer.Number != "" {
		a.notes.failed(ctx, "set a telephone", a.phones.Set(ctx, v.Customer.Number, simulator.PhoneRings))
	}
}

// mine tells whether the agent has the call.
func (a *agent) mine(c deskapi.Contact) bool {
	return c.AgentID == a.desk.Person && (c.State == "connecting" || c.State == "connected")
}

// joined waits until customer and agent hear each other; false when the customer has gone, or was not reached.
func (a *agent) joined(ctx context.Context, c deskapi.Contact, dials bool) bool {
	patience := joinPatience
	if dials {
		patience = dialPatience
	}
	now, ok := a.await(ctx, patience, c.ID, func(_ deskapi.Agent, now deskapi.Contact) bool { return now.State == "connected" || !a.mine(now) })
	switch {
	case ctx.Err() != nil:
		a.hangUp(ctx, c, day.Visit{})
	case !ok:
		a.notes.problem("%s accepted call %s (%s), which is still %s", a.desk.Person, c.ID, c.Kind, now.State)
		a.hangUp(ctx, c, day.Visit{})
	case now.State == "connected" && a.mine(now):
		return true
	case dials:
		a.notes.count(unreached)
	default:
		a.wrapsUp(ctx, c, day.Visit{}) // the caller left in the moment of the acceptance
	}
	return false
}

// talks is a call from its first word to the end of wrap-up.
func (a *agent) talks(ctx context.Context, c deskapi.Contact, v day.Visit) {
	over := func(_ deskapi.Agent, now deskapi.Contact) bool { return !a.mine(now) }
	talk := v.Talk
	if v.Hold > 0 {
		if _, ended := a.await(ctx, talk/3, c.ID, over); !ended {
			a.hold(ctx, c, true)
			_, ended = a.await(ctx, v.Hold, c.ID, over)
			if !ended {
				a.hold(ctx, c, false)
			}
		}
		talk -= talk/3 + v.Hold
	}
	if v.Leaves {
		talk += grace
	}
	if now, ended := a.await(ctx, max(0, talk), c.ID, over); ended && now.State != "ended" {
		a.notes.problem("%s lost call %s, which is %s", a.desk.Person, c.ID, now.State)
		return
	}
	a.hangUp(ctx, c, v)
}

func (a *agent) hold(ctx context.Context, c deskapi.Contact, on bool) {
	a.notes.failed(ctx, "hold a call", a.ask(ctx, http.MethodPut, "/api/contacts/"+c.ID+"/hold", map[string]bool{"on": on}, nil))
}

// hangUp ends the call, if the customer has not, and the wrap-up after it; also when the load is over.
func (a *agent) hangUp(ctx context.Context, c deskapi.Contact, v day.Visit) {
	if ctx.Err() != nil {
		v.WrapUp = 0
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settlePatience+2*v.WrapUp)
	defer cancel()
	var ended deskapi.Contact
	if !a.notes.failed(ctx, "end a call", a.ask(ctx, http.MethodPost, "/api/contacts/"+c.ID+"/end", nil, &ended)) {
		a.take(deskapi.Patch{Contacts: []deskapi.Contact{ended}})
	}
	a.wrapsUp(ctx, c, v)
}

// wrapsUp waits until the agent is through with the call.
func (a *agent) wrapsUp(ctx context.Context, c deskapi.Contact, v day.Visit) {
	through := func(me deskapi.Agent, _ deskapi.Contact) bool { return me.ContactID != c.ID }
	if _, ok := a.await(ctx, settlePatience, c.ID, through); !ok {
		if ctx.Err() == nil {
			a.notes.problem("%s is not freed of call %s", a.desk.Person, c.ID)
		}
		return
	}
	a.mu.Lock()
	wrapUp := a.me.WrapUp
	a.mu.Unlock()
	if wrapUp == nil || wrapUp.ContactID != c.ID {
		return
	}
	over := func(me deskapi.Agent, _ deskapi.Contact) bool { return me.WrapUp == nil || me.WrapUp.ContactID != c.ID }
	if _, ended := a.await(ctx, v.WrapUp, c.ID, over); ended {
		return // its own time was shorter
	}
	var me deskapi.Agent
	if !a.notes.failed(ctx, "end wrap-up", a.ask(ctx, http.MethodPost, "/api/desk/wrap-up/end", map[string]string{"contactId": c.ID}, &me)) {
		a.take(deskapi.Patch{Agents: []deskapi.Agent{me}})
	}
}
