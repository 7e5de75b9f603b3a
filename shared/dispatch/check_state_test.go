package dispatch_test

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"guichet/shared/center"
	"guichet/shared/dispatch"
)

// check fails the history at the first violation.
func (w *world) check() {
	w.checkPairs()
	w.checkPlaces()
	if len(w.InFlight) == 0 && w.Orderly {
		w.violateAll(w.disorder())
	}
	w.Judge()
}

func (w *world) violateAll(found []string) {
	for _, v := range found {
		w.Violate("%s", v)
	}
}

// checkPairs checks I1 and I2: who holds a contact has it as their one contact, and nobody else has.
func (w *world) checkPairs() {
	for _, c := range w.Ledger.Contacts() {
		for _, a := range w.Ledger.Agents() {
			if holds, has := c.HeldBy() == a.ID || c.Invites(a.ID), a.ContactID == c.ID; holds && !has {
				w.Violate("I2: %s is %s with %s, who has %q", w.name(c.ID), c.State, a.ID, w.name(a.ContactID))
			} else if has && !holds && !c.Ended() {
				w.Violate("I1: %s is %s, and yet %s has it", w.name(c.ID), c.State, a.ID)
			}
		}
	}
}

// checkPlaces checks that every waiting contact can be found in its line, at any time.
func (w *world) checkPlaces() {
	for _, c := range w.Ledger.Contacts() {
		if (c.Waiting() || c.Scheduled()) && !w.inLine(c) {
			w.Violate("I4: %s is %s and has no place", w.name(c.ID), c.State)
		}
	}
}

func (w *world) inLine(c *center.Contact) bool {
	place := " WAIT#"
	if c.Scheduled() {
		place = " LATER#"
	}
	return slices.ContainsFunc(w.Ledger.Keys("QUEUE#"+c.LineID()+place), func(k string) bool { return strings.HasSuffix(k, "#"+c.ID) })
}

// disorder lists what must not be when nothing is under way: neither after a history in which nothing died and nothing
// was lost, nor after the sweeper.
func (w *world) disorder() []string {
	var found []string
	for _, c := range w.Ledger.Contacts() {
		if !c.Waiting() || w.mayBeInAnotherCall(c) {
			continue
		}
		for _, a := range w.Ledger.Agents() {
			// An agent's rest from a contact that they declined ends by the sweeper, or by anything that happens to either.
			if _, declined := c.Declined[a.ID]; a.Takes(c) && !declined {
				found = append(found, "I4: "+w.name(c.ID)+" waits while "+a.ID+" is free")
			}
		}
	}
	for _, k := range w.places() {
		id := k[strings.LastIndex(k, "#")+1:]
		if c := w.Ledger.Contact(id); c != nil && !c.Waiting() && !c.Scheduled() {
			found = append(found, "I6: "+w.name(c.ID)+" has a place in line and is "+string(c.State))
		}
	}
	connections := w.Ledger.Keys("CONNECTION ")
	for _, a := range w.Ledger.Agents() {
		if c := w.Ledger.Contact(a.ContactID); c != nil && c.Ended() {
			found = append(found, "I6: "+a.ID+" has "+c.CallSID+", which has ended")
		}
		for _, id := range a.Connections {
			if !slices.Contains(connections, "CONNECTION "+id) {
				found = append(found, "I6: "+a.ID+" has a connection that does not exist")
			}
		}
	}
	if w.Untroubled {
		found = append(found, w.misledDesks()...)
	}
	return found
}

// misledDesks checks that desks ring exactly for what their agent has, by what was pushed to them (I9: at once). What a
// dead process did not push reaches them by the stream, which is not part of this test.
func (w *world) misledDesks() []string {
	var found []string
	for _, k := range w.desks.all {
		a := w.Ledger.Agent(k.agentID)
		if !k.gone && !k.opening && !k.lossy && slices.Contains(a.Connections, k.connectionID) && k.contactID != a.ContactID {
			found = append(found, "I9: "+k.connectionID+" shows "+w.name(k.contactID)+", its agent "+a.ID+" has "+w.name(a.ContactID))
		}
	}
	return found
}

// checkAge is from when on the sweeper asks the provider whether a call goes on.
const checkAge = time.Minute

// playPatience is from when on a recorded message is taken for over.
const playPatience = 15 * time.Second

// orphanAge is from when on a place without a contact is no admission under way.
const orphanAge = time.Minute

// stuck lists what the sweeper should have put right: whatever ran out, and calls whose end nobody reported (I6).
func (w *world) stuck() []string {
	found := w.disorder()
	now := dispatch.Clock()
	for _, c := range w.Ledger.Contacts() {
		switch {
		case c.State == center.StateOffered && !now.Before(c.Offer.ExpiresAt):
			found = append(found, "I6: "+w.name(c.ID)+" still rings at "+c.Offer.AgentID)
		case c.OnHold() && w.provider.hears(c):
			found = append(found, "I6: "+w.name(c.ID)+" is on hold and hears its agent")
		case c.Playback != nil && now.Sub(c.Playback.Until) >= playPatience:
			found = append(found, "I6: a message plays to "+w.name(c.ID)+" for ever")
		case c.Scheduled() && now.Sub(c.DueAt) > checkAge:
			found = append(found, "I6: "+w.name(c.ID)+" was due long ago")
		case c.Guest != nil && c.Guest.State == center.GuestRinging && !now.Before(c.Guest.ExpiresAt):
			found = append(found, "I6: "+w.name(c.ID)+" still rings for a guest")
		case c.ToDial() && !c.Live():
		case !c.Ended() && !c.Scheduled() && w.provider.isOver(c) && now.Sub(later(c.EnteredAt, c.AcceptedAt)) >= checkAge:
			found = append(found, "I3: "+w.name(c.ID)+" is over and its contact is "+string(c.State))
		}
	}
	for _, k := range w.places() { // QUEUE#queue WAIT#priority#entered#contact
		if strings.Contains(k, " LATER#") {
			continue
		}
		parts := strings.Split(k, "#")
		entered, err := time.Parse(time.RFC3339, parts[3])
		w.Must(err)
		if w.Ledger.Contact(parts[4]) == nil && now.Sub(entered) >= orphanAge {
			found = append(found, "I6: a place in line without a contact, since "+parts[3])
		}
	}
	for _, k := range w.Ledger.Keys("CONNECTION ") {
		var connection struct{ Lease struct{ S time.Time } }
		w.Must(json.Unmarshal(w.Ledger.Last(k).Raw, &connection))
		if now.After(connection.Lease.S) {
			found = append(found, "I6: "+k+" outlives its lease")
		}
	}
	for _, a := range w.Ledger.Agents() {
		if a.Next != nil && !a.Occupied() {
			found = append(found, "I6: "+a.ID+" never gets the status chosen for after the contact")
		}
		if a.WrapUp != nil && !now.Before(a.WrapUp.Until) {
			found = append(found, "I6: wrap-up of "+a.ID+" goes on")
		}
	}
	return found
}

// places are the keys of all places, in line or on a schedule.
func (w *world) places() []string {
	return slices.DeleteFunc(w.Ledger.Keys("QUEUE#"), func(k string) bool {
		return !strings.Contains(k, " WAIT#") && !strings.Contains(k, " LATER#")
	})
}

// mayBeInAnotherCall tells whether a call that we are to make may have to wait because its customer is being called already.
func (w *world) mayBeInAnotherCall(c *center.Contact) bool {
	return c.ToDial() && slices.ContainsFunc(w.Ledger.Contacts(), func(other *center.Contact) bool {
		return other.ID != c.ID && other.Kind.Returns() && other.From == c.From
	})
}

func later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

// name is a contact's name for people: its first call.
func (w *world) name(contactID string) string {
	for _, l := range w.provider.legs {
		if l.dials == contactID && l.attempt == 0 || l.dials == "" && center.ContactIDOf("phone", l.sid) == contactID {
			return w.callOf(l)
		}
	}
	switch c := w.Ledger.Contact(contactID); {
	case contactID == "":
		return "nothing"
	case c != nil && c.Missed != "":
		return "the return of " + w.name(c.Missed)
	case c != nil:
		return c.CallSID
	}
	return "an unknown contact"
}
