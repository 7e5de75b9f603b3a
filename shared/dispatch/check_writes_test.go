package dispatch_test

import (
	"cmp"
	"slices"
	"strings"

	"guichet/shared/center"
	"guichet/shared/dispatch"
)

// onWrite judges every acknowledged write, whatever process made it and however it was timed.
func (w *world) onWrite(p *process, changes []change) {
	if p == nil {
		p = &process{anyStatus: true}
	}
	var contact, agent change
	for _, ch := range changes {
		switch {
		case ch.after.contact != nil:
			contact = ch
			w.contactWritten(ch)
		case ch.after.agent != nil:
			agent = ch
		}
	}
	if o := contact.before.contact; p.offerID != "" && o != nil && o.Offer != nil && o.Offer.ID != p.offerID {
		w.violate("I8: %s by an offer that is over", p.what)
	}
	p.offerID = ""
	if agent.after.agent != nil {
		w.agentWritten(p, agent, contact)
	}
	if contact.after.contact != nil && contact.after.contact.State == center.StateOffered {
		w.offerWritten(p, contact.after.contact)
	}
}

// next lists the legal moves of a contact; the empty state is that of one that is not admitted yet.
var next = map[center.State][]center.State{
	"":                     {center.StateWaiting, center.StateOffered, center.StateConnecting, center.StateEnded},
	center.StateWaiting:    {center.StateOffered, center.StateEnded},
	center.StateOffered:    {center.StateWaiting, center.StateConnecting, center.StateEnded},
	center.StateConnecting: {center.StateWaiting, center.StateConnected, center.StateEnded},
	center.StateConnected:  {center.StateWaiting, center.StateEnded},
}

// contactWritten checks I3: moves are legal, the end is final, and no write is lost under another.
func (w *world) contactWritten(ch change) {
	before, after := ch.before.contact, ch.after.contact
	if before == nil {
		before = &center.Contact{}
	}
	dialled := before.State == after.State && before.CallSID == "" && after.CallSID != ""
	if !dialled && !slices.Contains(next[before.State], after.State) {
		w.violate("I3: %s goes from %q to %q", after.CallSID, before.State, after.State)
	}
	if made := after.Kind == center.KindOutbound; made && after.Waiting() || !made && before.State == "" && after.Live() {
		w.violate("I3: %s, an %s call, is %s", after.CallSID, after.Kind, after.State)
	}
	if after.Version != before.Version+1 {
		w.violate("I3: %s goes from version %d to %d", after.CallSID, before.Version, after.Version)
	}
	if after.Outcome == center.OutcomeTimedOut && before.State != center.StateWaiting {
		w.violate("I3: %s is timed out while it is %s", after.CallSID, before.State)
	}
	if after.Ended() != (after.Outcome != "") {
		w.violate("I3: %s is %s with outcome %q", after.CallSID, after.State, after.Outcome)
	}
	if after.State == center.StateOffered && before.State != center.StateOffered {
		w.offers = append(w.offers, offered{agentID: after.Offer.AgentID, contactID: after.ID, offerID: after.Offer.ID})
		w.post(ringTimer(after))
	}
}

// agentWritten checks I9, and that nobody but the agent changes the status they chose.
func (w *world) agentWritten(p *process, ch, with change) {
	before, after := ch.before.agent, ch.after.agent
	if before == nil {
		before = &center.Agent{}
	}
	if after.Version != before.Version+1 {
		w.violate("agent %s goes from version %d to %d", after.ID, before.Version, after.Version)
	}
	if after.WrapUp != nil && (before.WrapUp == nil || *before.WrapUp != *after.WrapUp) {
		w.post(wrapUpTimer(after))
	}
	if over := before.WrapUp; over != nil && after.WrapUp == nil && p.timer && dispatch.Clock().Before(over.Until) {
		w.violate("%s ends the wrap-up too early", p.what)
	}
	for _, q := range after.Queues {
		was, is := before.StatusIn(q), after.StatusIn(q)
		switch {
		case was == is, p.anyStatus, p.statusOf == after.ID:
		case is.Status == center.StatusPaused && is.Reason == center.ReasonMissed && was.Status == center.StatusReady:
			if !wasMissed(p, after.ID, with) {
				w.violate("I9: %s is paused as missed by process %d: %s", after.ID, p.id, p.what)
			}
		default:
			w.violate("%s overwrites the status of %s in %s with %s", p.what, after.ID, q, is.Status)
		}
	}
}

// wasMissed tells whether the write's contact went back in line from an agent who did not answer or stayed away.
func wasMissed(p *process, agentID string, contact change) bool {
	before, after := contact.before.contact, contact.after.contact
	if before == nil || !after.Waiting() || before.HeldBy() != agentID {
		return false
	}
	if before.State == center.StateOffered {
		return !dispatch.Clock().Before(before.Offer.ExpiresAt)
	}
	return p.awayOf == after.ID && !p.awaySince.Before(before.AcceptedAt.Add(-center.ClockSkew))
}

// offerWritten checks I5 of an offer that nothing else can have disturbed: no contact that the agent could have been
// offered stands before this one, and no agent who could have been offered it has been idle longer.
func (w *world) offerWritten(p *process, c *center.Contact) {
	a := w.ledger.agent(c.Offer.AgentID)
	if !p.alone || p.faulty || p.repeats > 0 || c.AgentID == a.ID {
		return
	}
	for _, other := range w.ledger.contacts() {
		_, declined := other.Declined[a.ID]
		if other.Waiting() && a.StatusIn(other.QueueID).Status == center.StatusReady && !declined && other.AgentID != a.ID && before(other, c) {
			w.violate("I5: %s is offered %s before %s", a.ID, c.CallSID, other.CallSID)
		}
	}
	for _, other := range w.ledger.agents() {
		_, declined := c.Declined[other.ID]
		if other.FreeFor(c.QueueID) && !declined && idler(other, a) {
			w.violate("I5: %s is offered to %s before %s", c.CallSID, a.ID, other.ID)
		}
	}
}

// before is the order of contacts in line.
func before(c, d *center.Contact) bool {
	return cmp.Or(cmp.Compare(c.Priority, d.Priority), c.EnteredAt.Compare(d.EnteredAt), strings.Compare(c.ID, d.ID)) < 0
}

// idler tells whether agent a has been idle longer than b.
func idler(a, b *center.Agent) bool {
	return cmp.Or(a.IdleSince.Compare(b.IdleSince), strings.Compare(a.ID, b.ID)) < 0
}
