package load

import (
	"context"
	"net/http"
	"time"

	"guichet/infra/local/day"
	"guichet/shared/center"
	"guichet/shared/deskapi"
)

// makes has an agent call a customer: the one of the plan, or another who is free.
func (w *world) makes(ctx context.Context, agents []*agent, v day.Visit) {
	for _, turn := range [2]bool{true, false} {
		for _, a := range agents {
			if (a.desk.Person == v.Place.AgentID) == turn && a.reserve() {
				a.makes(ctx, v)
				return
			}
		}
	}
	w.notes.count(skipped)
}

// dialling is what an agent is at who is about to call.
const dialling = "dialling"

// reserve keeps an agent who is free for a call of their own.
func (a *agent) reserve() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.busy != "" || a.me.ContactID != "" || a.me.WrapUp != nil {
		return false
	}
	a.busy = dialling
	return true
}

// becomes changes what the agent is at, if they still are.
func (a *agent) becomes(before, after string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.busy == before {
		a.busy = after
	}
}

// makes calls a customer. The agent may be offered a call in the same moment: then the centre refuses this one.
func (a *agent) makes(ctx context.Context, v day.Visit) {
	defer a.becomes(dialling, "")
	if !a.begins(v.Customer.Number, v) {
		a.notes.count(skipped)
		return
	}
	defer a.ends(v.Customer.Number)
	a.phone(ctx, v, 1)
	defer a.quiet(ctx, v)
	var c deskapi.Contact
	ask := map[string]string{"id": center.NewID(center.PrefixContact, time.Now()), "to": v.Customer.Number}
	if a.notes.failed(ctx, "make a call", a.ask(ctx, http.MethodPost, "/api/calls", ask, &c)) {
		return
	}
	a.notes.count(made)
	a.becomes(dialling, c.ID)
	defer a.becomes(c.ID, "")
	a.take(deskapi.Patch{Contacts: []deskapi.Contact{c}})
	if a.joined(ctx, c, true) {
		v.Leaves = false // the agent has called, and hangs up
		a.talks(ctx, c, v)
	}
}
