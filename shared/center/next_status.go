package center

import "time"

// NextStatus is what was chosen, during an agent's contact, for the time after it.
type NextStatus struct {
	Status Status
	Reason string // of a pause
	By     string // the supervisor who chose it; empty when the agent did
}

// Occupied tells whether the agent has a call or is in wrap-up.
func (a *Agent) Occupied() bool { return a.ContactID != "" || a.WrapUp != nil }

// SetNext chooses the status that every joined queue gets when the agent is no longer occupied. by is the supervisor who
// chooses; empty when the agent does.
func (a *Agent) SetNext(by string, s Status, reason string) {
	if s != StatusPaused {
		reason = ""
	}
	a.Next = &NextStatus{Status: s, Reason: reason, By: by}
}

// applyNext gives the joined queues the status that was chosen for now.
func (a *Agent) applyNext(now time.Time) {
	next := a.Next
	if next == nil || a.Occupied() {
		return
	}
	a.Next = nil
	for _, id := range a.Joined() {
		if old := a.StatusIn(id); old.Status != next.Status || old.Reason != next.Reason {
			a.Memberships[id] = Membership{Status: next.Status, Reason: next.Reason, Since: now, By: next.By}
		}
	}
}
