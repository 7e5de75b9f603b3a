package center

import "time"

// WrapUp is the time after a queue call in which the agent is offered nothing.
type WrapUp struct {
	ContactID string
	QueueID   string
	Since     time.Time
	Until     time.Time

	AcceptedAt time.Time // of the contact, by this agent
	EnteredAt  time.Time // of the contact into the queue
}

// EndWrapUp ends the wrap-up of the named contact; it tells whether there was one to end.
func (a *Agent) EndWrapUp(contactID string, now time.Time) bool {
	if a.WrapUp == nil || a.WrapUp.ContactID != contactID {
		return false
	}
	a.WrapUp, a.WrappedUpAt = nil, now
	a.idleFrom(now)
	return true
}
