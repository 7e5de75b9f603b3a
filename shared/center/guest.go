package center

import (
	"slices"
	"time"
)

// PrefixGuest names invitations into a call.
const PrefixGuest = "gu_"

// GuestState is where an invitation stands.
type GuestState string

// States of a guest.
const (
	GuestRinging GuestState = "ringing"
	GuestJoined  GuestState = "joined" // they are in the call
)

// Guest is a third party in a call, whom its agent has invited: a colleague, or somebody at an outside number. The customer
// is on hold until the agent takes them off it; then all three hear each other.
type Guest struct {
	ID        string
	AgentID   string // the colleague; empty at a number
	Number    string // E.164; empty with a colleague
	CallSID   string // the provider's id of the call to the number
	State     GuestState
	Blind     bool // the call is handed over as soon as they answer
	At        time.Time
	ExpiresAt time.Time // of the ringing
}

// Invites tells whether the contact is offered to the agent by the one who has it.
func (c *Contact) Invites(agentID string) bool {
	return agentID != "" && c.Guest != nil && c.Guest.AgentID == agentID
}

// Invite asks a third party into a call that is connected with the agent, and puts the customer on hold.
func (c *Contact) Invite(agentID string, g Guest) error {
	if err := c.ConnectedWith(agentID); err != nil {
		return err
	}
	switch {
	case c.Guest != nil:
		return Errorf(Conflict, "guest-there", "somebody is invited into contact %s already", c.ID)
	case g.AgentID == agentID:
		return Errorf(Invalid, "guest-self", "agents cannot invite themselves")
	}
	g.State = GuestRinging
	c.Guest = &g
	if g.AgentID != "" && !slices.Contains(c.Asked, g.AgentID) {
		c.Asked = append(slices.Clone(c.Asked), g.AgentID)
	}
	if !c.OnHold() {
		c.HeldAt = g.At
	}
	c.Playback = nil
	return nil
}

// GuestAnswers lets the invited one into the call. Repeating it is harmless; an invitation that is over is a conflict.
func (c *Contact) GuestAnswers(guestID string) (news bool, err error) {
	switch {
	case c.Guest == nil || c.Guest.ID != guestID:
		return false, Errorf(Conflict, "offer-gone", "invitation %s into contact %s is over", guestID, c.ID)
	case c.Guest.State == GuestJoined:
		return false, nil
	}
	g := *c.Guest
	g.State = GuestJoined
	c.Guest = &g
	return true, nil
}

// GuestDialled notes the provider's id of the call to an invited number.
func (c *Contact) GuestDialled(guestID, callSID string) (news bool) {
	if c.Guest == nil || c.Guest.ID != guestID || c.Guest.CallSID != "" {
		return false
	}
	g := *c.Guest
	g.CallSID = callSID
	c.Guest = &g
	return true
}

// GuestGone ends an invitation, answered or not; it tells whether there was one of that name. The customer stays on hold.
func (c *Contact) GuestGone(guestID string) bool {
	if c.Guest == nil || c.Guest.ID != guestID {
		return false
	}
	c.Guest = nil
	return true
}

// HandOver makes the colleague who is the guest the contact's agent.
func (c *Contact) HandOver(guestID string, now time.Time) error {
	if c.State != StateConnected || c.Guest == nil || c.Guest.ID != guestID || c.Guest.AgentID == "" || c.Guest.State != GuestJoined {
		return Errorf(Conflict, "no-guest", "nobody is there to take contact %s over", c.ID)
	}
	c.State, c.AgentID, c.AcceptedAt = StateConnecting, c.Guest.AgentID, now
	c.Guest, c.Playback, c.LeftAt = nil, nil, now
	c.offHold(now)
	c.HoldBefore = c.HoldTime
	return nil
}

// ToQueue sends a contact that is connected with the agent into the line of another queue, where it keeps its age.
func (c *Contact) ToQueue(agentID string, q Queue, now time.Time) error {
	if err := c.ConnectedWith(agentID); err != nil {
		return err
	}
	c.State, c.AgentID, c.AcceptedAt, c.Playback, c.Guest, c.LeftAt = StateWaiting, "", time.Time{}, nil, nil, now
	c.offHold(now)
	c.enterQueue(q, now)
	return nil
}

// Overflow sends a waiting contact into the line of another queue, where it keeps its age.
func (c *Contact) Overflow(q Queue, now time.Time) error {
	if !c.Waiting() {
		return Errorf(Conflict, "not-waiting", "contact %s is %s, not waiting", c.ID, c.State)
	}
	c.enterQueue(q, now)
	return nil
}

func (c *Contact) enterQueue(q Queue, now time.Time) {
	c.QueueID, c.Priority, c.QueuedAt, c.MovedAt, c.Declined, c.LineOf = q.ID, q.Priority, now, now, nil, ""
	c.AnsweredAt = time.Time{}
	if c.Kind == KindDirect || c.Kind == KindOutbound {
		c.Kind = KindInbound
	}
}
