// Package center is the domain of a contact centre: agents, queues, contacts, offers and wrap-up as values whose
// methods are the only legal transitions. It imports the standard library alone and knows no storage and no clock.
package center

import (
	"slices"
	"time"
)

// Role is what a person may do. A supervisor is an agent too.
type Role string

// Roles, weakest first.
const (
	RoleAgent      Role = "agent"
	RoleSupervisor Role = "supervisor"
	RoleAdmin      Role = "admin"
)

// Supervises tells whether the role may see and act on other agents.
func (r Role) Supervises() bool { return r == RoleSupervisor || r == RoleAdmin }

// Status is what an agent chose for one queue.
type Status string

// Statuses of a membership. A queue without a membership counts as StatusOut.
const (
	StatusOut    Status = "out"
	StatusReady  Status = "ready"
	StatusPaused Status = "paused"
)

// ReasonMissed is the one pause reason that the system gives: an offer went unanswered.
const ReasonMissed = "missed"

// Membership is an agent's status in one queue.
type Membership struct {
	Status Status
	Reason string // of a pause; a key from Settings.PauseReasons, or ReasonMissed
	Since  time.Time
	By     string // the supervisor who gave it; empty when the agent chose it, or the system did
}

// Agent is a person who takes contacts, with the state that routing needs. Version counts its writes.
type Agent struct {
	ID       string
	Name     string
	Role     Role
	Language string         // BCP 47
	Queues   []string       // assigned queues and campaigns, by id: the only ones that may be joined
	Levels   map[string]int // by queue id: how well the agent serves it, 1 best; none counts as 1

	Memberships map[string]Membership // by queue id
	ContactID   string                // the one call offered or live (I2); empty when none
	WrapUp      *WrapUp               // nil when none
	Next        *NextStatus           // chosen for when they are over; nil when nothing was
	// IdleSince orders agents by idleness: when the last contact was over, or when the agent became ready if later.
	// An offer that comes to nothing does not change it. Zero while ready nowhere.
	IdleSince   time.Time
	Connections []string // realtime connections, oldest first; without one the agent is offered nothing
	AudioID     string   // the media session that carries the agent's audio; empty when none
	Line        string   // the number that the agent calls from; empty: the first of theirs
	Taken       Taken    // the queue calls of a day

	WrappedUpAt time.Time // when the last wrap-up was over

	Chats     []string  // the chats that the agent holds, oldest first
	ChattedAt time.Time // when the last of them was assigned
	AwaySince time.Time // since when no desk is connected; zero while one is

	Spell   *Spell  // in which the agent is ready; nil while they are not
	Over    []Spell // those that ended last, together; oldest first
	Version int64
}

// MaxConnections is how many tabs and devices one agent may keep open; the oldest gives way.
const MaxConnections = 8

// Assigned tells whether the agent may join the queue.
func (a *Agent) Assigned(queueID string) bool { return slices.Contains(a.Queues, queueID) }

// StatusIn returns the agent's membership of a queue.
func (a *Agent) StatusIn(queueID string) Membership {
	if m, ok := a.Memberships[queueID]; ok {
		return m
	}
	return Membership{Status: StatusOut}
}

// Joined lists the queues in which the agent is ready or paused, in the order of assignment.
func (a *Agent) Joined() []string {
	return a.queuesWhere(func(s Status) bool { return s != StatusOut })
}

// ReadyQueues lists the queues whose contacts the agent wants, in the order of assignment.
func (a *Agent) ReadyQueues() []string {
	return a.queuesWhere(func(s Status) bool { return s == StatusReady })
}

func (a *Agent) queuesWhere(want func(Status) bool) []string {
	var ids []string
	for _, id := range a.Queues {
		if want(a.StatusIn(id).Status) {
			ids = append(ids, id)
		}
	}
	return ids
}

// Online tells whether any desk of the agent is connected.
func (a *Agent) Online() bool { return len(a.Connections) > 0 }

// Reachable tells whether the agent can be rung at all, whatever their status.
func (a *Agent) Reachable() bool { return a.ContactID == "" && a.WrapUp == nil && a.Online() }

// Available tells whether the agent can be offered a contact of some queue.
func (a *Agent) Available() bool { return a.Reachable() && len(a.ReadyQueues()) > 0 }

// FreeFor tells whether a contact of the queue may be offered to the agent.
func (a *Agent) FreeFor(queueID string) bool {
	return a.Available() && a.StatusIn(queueID).Status == StatusReady
}

// Takes tells whether the contact may be offered to the agent now: one of a queue in which they are ready, or of their own
// line whatever their status.
func (a *Agent) Takes(c *Contact) bool {
	if c.Kind == KindDirect {
		return c.LineOf == a.ID && a.Reachable()
	}
	return a.FreeFor(c.QueueID)
}

// SetStatus applies a status that the agent chose to the given queues. A status that is already so keeps its Since.
func (a *Agent) SetStatus(queueIDs []string, s Status, reason string, now time.Time) error {
	return a.GiveStatus("", queueIDs, s, reason, now)
}

// GiveStatus does so in the name of a supervisor.
func (a *Agent) GiveStatus(by string, queueIDs []string, s Status, reason string, now time.Time) error {
	if s != StatusPaused {
		reason = ""
	}
	for _, id := range queueIDs {
		if !a.Assigned(id) {
			return Errorf(Invalid, "queue-not-assigned", "queue %s is not assigned to agent %s", id, a.ID)
		}
	}
	for _, id := range queueIDs {
		if old := a.StatusIn(id); old.Status == s && old.Reason == reason {
			continue
		}
		if a.Memberships == nil {
			a.Memberships = map[string]Membership{}
		}
		a.Memberships[id] = Membership{Status: s, Reason: reason, Since: now, By: by}
	}
	a.Next = nil // the latest choice counts
	a.settle(now)
	return nil
}

// Reserve gives the agent a contact to answer.
func (a *Agent) Reserve(c *Contact) error {
	if !a.Takes(c) {
		return Errorf(Conflict, "agent-busy", "agent %s is not free for contact %s", a.ID, c.ID)
	}
	a.ContactID = c.ID
	return nil
}

// Consult rings the agent for a call that a colleague has.
func (a *Agent) Consult(c *Contact) error {
	switch {
	case !a.Online():
		return Errorf(Conflict, "agent-away", "%s is away", a.Name)
	case !a.Reachable():
		return Errorf(Conflict, "agent-busy", "%s is busy", a.Name)
	}
	a.ContactID = c.ID
	return nil
}

// Dial gives the agent a call that they make themselves: from any status, but not beside another call, and not without
// audio.
func (a *Agent) Dial(c *Contact) error {
	switch {
	case a.ContactID != "":
		return Errorf(Conflict, "agent-busy", "agent %s has a call", a.ID)
	case a.AudioID == "":
		return Errorf(Conflict, "agent-without-audio", "the audio of agent %s is not open", a.ID)
	}
	a.ContactID = c.ID
	return nil
}

// Release takes back an offer that the agent did not answer or that was withdrawn. It does nothing if the agent has
// moved on. The agent keeps their place in line: it was not their call yet.
func (a *Agent) Release(c *Contact, missed bool, now time.Time) {
	if a.ContactID != c.ID {
		return
	}
	a.ContactID = ""
	if missed {
		a.Next = nil
		for _, id := range a.Joined() {
			if a.Memberships[id].Status == StatusReady {
				a.Memberships[id] = Membership{Status: StatusPaused, Reason: ReasonMissed, Since: now}
			}
		}
	}
	a.applyNext(now)
	a.settle(now)
}

// Finish ends the agent's part in a contact that was connected, with wrap-up when the queue has it.
func (a *Agent) Finish(c *Contact, wrapUp time.Duration, now time.Time) {
	if a.ContactID != c.ID {
		return
	}
	a.ContactID = ""
	if c.QueueID != "" {
		a.Taken = a.Taken.add(now)
	}
	if wrapUp > 0 {
		a.WrapUp = &WrapUp{
			ContactID: c.ID, QueueID: c.QueueID, Since: now, Until: now.Add(wrapUp), AcceptedAt: c.AcceptedAt, EnteredAt: c.QueueEnteredAt(),
		}
	}
	a.idleFrom(now)
}

// TakesChatOf tells whether a chat of the queue may be assigned to the agent by itself: not beside a call, in wrap-up, or
// beyond the queue's capacity.
func (a *Agent) TakesChatOf(q Queue) bool { return a.FreeFor(q.ID) && len(a.Chats) < q.Capacity }

// TakeChat notes a chat that was assigned to the agent; it tells whether that was news.
func (a *Agent) TakeChat(chatID string, now time.Time) bool {
	if slices.Contains(a.Chats, chatID) {
		return false
	}
	a.Chats, a.ChattedAt = append(slices.Clone(a.Chats), chatID), now
	return true
}

// DropChat notes that a chat is no longer the agent's; it tells whether it was.
func (a *Agent) DropChat(chatID string) bool {
	i := slices.Index(a.Chats, chatID)
	if i < 0 {
		return false
	}
	a.Chats = slices.Delete(slices.Clone(a.Chats), i, i+1)
	return true
}

// Connect records a realtime connection. It returns the connections that had to give way.
func (a *Agent) Connect(connectionID string) (dropped []string) {
	a.AwaySince = time.Time{}
	if !slices.Contains(a.Connections, connectionID) {
		a.Connections = append(slices.Clone(a.Connections), connectionID)
	}
	if n := len(a.Connections) - MaxConnections; n > 0 {
		dropped, a.Connections = a.Connections[:n], a.Connections[n:]
	}
	return dropped
}

// Disconnect forgets a realtime connection; it tells whether it was known.
func (a *Agent) Disconnect(connectionID string, now time.Time) bool {
	i := slices.Index(a.Connections, connectionID)
	if i < 0 {
		return false
	}
	a.Connections = slices.Delete(slices.Clone(a.Connections), i, i+1)
	if len(a.Connections) == 0 {
		a.AwaySince = now
	}
	return true
}

// settle keeps IdleSince true to its definition when memberships change.
func (a *Agent) settle(now time.Time) {
	switch {
	case len(a.ReadyQueues()) == 0:
		a.IdleSince = time.Time{}
	case a.IdleSince.IsZero():
		a.IdleSince = now
	}
}

func (a *Agent) idleFrom(now time.Time) {
	a.IdleSince = now
	a.applyNext(now)
	a.settle(now)
}
