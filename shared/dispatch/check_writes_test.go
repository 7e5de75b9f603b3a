package dispatch_test

import (
	"cmp"
	"slices"
	"strings"

	"guichet/shared/center"
	"guichet/shared/dispatch"
	"guichet/shared/store/storetest/schedule"
)

// onWrite judges every acknowledged write, whatever process made it and however it was timed.
func (w *world) onWrite(of *schedule.Process, changes []schedule.Change) {
	p := &process{Process: &schedule.Process{}, anyStatus: true}
	if of != nil {
		p, _ = of.Of.(*process)
	}
	var contact, agent schedule.Change
	for _, ch := range changes {
		switch {
		case ch.After.Contact != nil:
			contact = ch
			w.contactWritten(ch)
		case ch.After.Agent != nil:
			agent = ch
		}
	}
	if o := contact.Before.Contact; p.offerID != "" && o != nil && o.Offer != nil && o.Offer.ID != p.offerID {
		w.Violate("I8: %s by an offer that is over", p.what)
	}
	p.offerID = ""
	if agent.After.Agent != nil {
		w.agentWritten(p, agent, contact)
	}
	if c := contact.After.Contact; c != nil && c.Offer != nil && (contact.Before.Contact == nil || contact.Before.Contact.Offer == nil) {
		w.offerWritten(p, contact.After.Contact)
	}
}

// next lists the legal moves of a contact; the empty state is that of one that is not admitted yet.
var next = map[center.State][]center.State{
	"":                     {center.StateScheduled, center.StateWaiting, center.StateOffered, center.StateConnecting, center.StateEnded},
	center.StateScheduled:  {center.StateWaiting},
	center.StateWaiting:    {center.StateScheduled, center.StateOffered, center.StateEnded},
	center.StateOffered:    {center.StateWaiting, center.StateConnecting, center.StateEnded},
	center.StateConnecting: {center.StateScheduled, center.StateWaiting, center.StateConnected, center.StateEnded},
	center.StateConnected:  {center.StateScheduled, center.StateWaiting, center.StateConnecting, center.StateEnded},
}

// contactWritten checks I3: moves are legal, the end is final, and no write is lost under another.
func (w *world) contactWritten(ch schedule.Change) {
	before, after := ch.Before.Contact, ch.After.Contact
	if before == nil {
		before = &center.Contact{}
	}
	dialled := before.State == after.State && before.CallSID == "" && after.CallSID != ""
	if after.Playback != nil && after.State != center.StateConnected {
		w.Violate("I3: %s, %s, plays a message", w.name(after.ID), after.State)
	}
	if after.OnHold() && after.State != center.StateConnected {
		w.Violate("I3: %s, %s, is on hold", w.name(after.ID), after.State)
	}
	held := before.State == after.State && before.OnHold() != after.OnHold()
	played := before.State == after.State && (before.Playback == nil) != (after.Playback == nil) ||
		before.Playback != nil && after.Playback != nil && before.Playback.ID != after.Playback.ID
	if !dialled && !played && !held && !besides(before, after) && !slices.Contains(next[before.State], after.State) {
		w.Violate("I3: %s goes from %q to %q", w.name(after.ID), before.State, after.State)
	}
	w.returnWritten(before, after)
	if made := after.Kind == center.KindOutbound; made && after.Waiting() || !made && before.State == "" && after.Live() {
		w.Violate("I3: %s, an %s call, is %s", w.name(after.ID), after.Kind, after.State)
	}
	if after.Version != before.Version+1 {
		w.Violate("I3: %s goes from version %d to %d", w.name(after.ID), before.Version, after.Version)
	}
	if after.Outcome == center.OutcomeTimedOut && before.State != center.StateWaiting && after.Kind != center.KindDirect {
		w.Violate("I3: %s is timed out while it is %s", w.name(after.ID), before.State)
	}
	if after.Ended() != (after.Outcome != "") {
		w.Violate("I3: %s is %s with outcome %q", w.name(after.ID), after.State, after.Outcome)
	}
	if after.State == center.StateOffered && before.State != center.StateOffered {
		w.offers = append(w.offers, offered{agentID: after.Offer.AgentID, contactID: after.ID, offerID: after.Offer.ID})
		w.post(ringTimer(after))
	}
	if g := after.Guest; g != nil && (before.Guest == nil || before.Guest.ID != g.ID) {
		w.offers = append(w.offers, offered{agentID: g.AgentID, contactID: after.ID, offerID: g.ID})
		w.post(guestTimer(after))
	}
	if after.InWidget && before.State == "" {
		w.post(widgetTimer(w, after))
	}
}

// agentWritten checks I9, and that nobody but the agent changes the status they chose.
func (w *world) agentWritten(p *process, ch, with schedule.Change) {
	before, after := ch.Before.Agent, ch.After.Agent
	if before == nil {
		before = &center.Agent{}
	}
	if after.Version != before.Version+1 {
		w.Violate("agent %s goes from version %d to %d", after.ID, before.Version, after.Version)
	}
	w.spellWritten(after)
	if after.WrapUp != nil && (before.WrapUp == nil || *before.WrapUp != *after.WrapUp) {
		w.post(wrapUpTimer(after))
	}
	if over := before.WrapUp; over != nil && after.WrapUp == nil && p.timer && dispatch.Clock().Before(over.Until) {
		w.Violate("%s ends the wrap-up too early", p.what)
	}
	for _, q := range after.Queues {
		was, is := before.StatusIn(q), after.StatusIn(q)
		switch {
		case was == is, p.anyStatus, p.statusOf == after.ID:
		case before.Next != nil && after.Next == nil && !after.Occupied() && is.Status == before.Next.Status && is.Reason == before.Next.Reason:
			// chosen during the contact that is over
		case is.Status == center.StatusPaused && is.Reason == center.ReasonMissed && was.Status == center.StatusReady:
			if !wasMissed(p, after.ID, with) {
				w.Violate("I9: %s is paused as missed by process %d: %s", after.ID, p.ID, p.what)
			}
		default:
			w.Violate("%s overwrites the status of %s in %s with %s", p.what, after.ID, q, is.Status)
		}
	}
}

// spellWritten checks that the time in which an agent is ready is accounted for, whatever changes them.
func (w *world) spellWritten(a *center.Agent) {
	if ready := a.Online() && len(a.ReadyQueues()) > 0; ready != (a.Spell != nil) {
		w.Violate("I7: %s is ready: %t, in a spell: %t", a.ID, ready, a.Spell != nil)
		return
	}
	if a.Spell != nil && (a.Spell.Doing == center.DoingOther) == a.Available() {
		w.Violate("I7: %s, available: %t, is accounted as %q", a.ID, a.Available(), a.Spell.Doing)
	}
}

// wasMissed tells whether the write's contact went back in line from an agent who did not answer or stayed away.
func wasMissed(p *process, agentID string, contact schedule.Change) bool {
	before, after := contact.Before.Contact, contact.After.Contact
	gaveUp := after != nil && after.Kind == center.KindDirect && after.Ended()
	if before == nil || !after.Waiting() && !gaveUp || before.HeldBy() != agentID {
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
	a := w.Ledger.Agent(c.Offer.AgentID)
	if !p.Alone || p.Faulty || p.Repeats > 0 || c.AgentID == a.ID {
		return
	}
	for _, other := range w.Ledger.Contacts() {
		_, declined := other.Declined[a.ID]
		serves := a.StatusIn(other.QueueID).Status == center.StatusReady && other.Kind != center.KindDirect || other.LineOf == a.ID
		if other.Waiting() && serves && !declined && other.AgentID != a.ID && before(other, c) && !w.mayBeInAnotherCall(other) {
			w.Violate("I5: %s is offered %s before %s", a.ID, w.name(c.ID), w.name(other.ID))
		}
	}
	for _, other := range w.Ledger.Agents() {
		_, declined := c.Declined[other.ID]
		if other.Takes(c) && !declined && idler(other, a) {
			w.Violate("I5: %s is offered to %s before %s", w.name(c.ID), a.ID, other.ID)
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
