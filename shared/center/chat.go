package center

import (
	"slices"
	"time"
)

// QueueChat is a queue of conversations.
const QueueChat QueueKind = "chat"

// Assignment says how the chats of a queue get their agents.
type Assignment string

// Ways of assignment.
const (
	AssignPicked    Assignment = "picked"    // agents take the chats that they choose
	AssignAutomatic Assignment = "automatic" // to the least loaded agent with room, then the longest idle
)

// ChatState is where a conversation stands: unassigned → assigned → resolved, and unassigned again by a new message.
type ChatState string

// States of a chat.
const (
	ChatUnassigned ChatState = "unassigned"
	ChatAssigned   ChatState = "assigned"
	ChatResolved   ChatState = "resolved"
)

// Customer is who writes to us, as the channel knows them.
type Customer struct {
	ID       string // on the channel: E.164, a page-scoped id, a visitor's id
	Name     string
	Email    string
	Phone    string // E.164
	Language string // BCP 47
}

// Chat is the conversation with one customer on one channel, for as long as we keep it: resolved and reopened, it stays
// the same chat. Version counts its writes. What it says of its messages follows from them by Apply alone.
type Chat struct {
	ID       string
	Channel  string // name of the channel: sms, messenger, instagram, webchat
	Inbox    string // our side of it: a number, a page's id, a widget's key
	Customer Customer
	QueueID  string
	State    ChatState
	AgentID  string // who holds it while assigned; who held it last, after

	OpenedAt   time.Time // the message that opened it, or opened it again
	EnteredAt  time.Time // its place in line while unassigned
	AssignedAt time.Time
	ResolvedAt time.Time

	WaitingSince time.Time // the oldest message that waits for an agent's reply; zero when the customer has the word
	LastInAt     time.Time // the customer's latest message: Meta's window counts from it
	LastOutAt    time.Time // our latest
	LastAt       time.Time // the latest of both
	LastKey      string    // key of that one
	Preview      string    // the beginning of that one
	PreviewFrom  Author
	LastInKey    string // key of the customer's latest message
	Unread       int    // the customer's messages after ReadTo
	ReadTo       string // key of the last message that an agent has seen
	DoneTo       string // key of the customer's last message when the chat was resolved: none until then waits any more

	DeliveredTo time.Time // the customer's device has what we sent until then
	SeenTo      time.Time // the customer has read what we sent until then
	Tags        []string  // sorted
	OptedOut    bool      // the customer said STOP: nothing may be sent
	ConsentAt   time.Time // when the customer said so, or took it back
	CallID      string    // the last call that was made from the chat
	RoomID      string    // the meeting room that goes with the chat, until it is closed
	Visitors    []string  // realtime connections of the webchat's visitor, oldest first
	Version     int64
}

// PreviewLength is how many characters of the last message a list shows.
const PreviewLength = 120

// Open tells whether the chat is not resolved.
func (c *Chat) Open() bool { return c.State != ChatResolved }

// HeldBy is the agent whose chat it is; empty when nobody's.
func (c *Chat) HeldBy() string {
	if c.State == ChatAssigned {
		return c.AgentID
	}
	return ""
}

// AwaitsAgent tells whether the customer has written and waits for a reply.
func (c *Chat) AwaitsAgent() bool { return c.Open() && !c.WaitingSince.IsZero() }

// Apply takes up what a message changes about the chat. Messages may come in any order. It tells whether the chat now says
// what a recount would: it does not when a reply comes late, behind a message that it did not answer. Unread counts how
// often a message is applied, and Recount puts that right.
func (c *Chat) Apply(m *Message) (sure bool) {
	if m.Kind == KindNote || m.Kind == KindEvent {
		return true
	}
	if m.Key() >= c.LastKey {
		c.LastAt, c.LastKey, c.Preview, c.PreviewFrom = m.At, m.Key(), m.Preview(), m.From
	}
	if m.From == FromCustomer {
		c.applyIn(m)
		return true
	}
	return c.applyOut(m)
}

func (c *Chat) applyIn(m *Message) {
	if m.Key() > c.LastInKey {
		c.LastInAt, c.LastInKey = m.At, m.Key()
	}
	if m.Key() > c.ReadTo {
		c.Unread++
	}
	unanswered := m.Key() > c.DoneTo && m.At.After(c.LastOutAt)
	if c.Open() && unanswered && (c.WaitingSince.IsZero() || m.At.Before(c.WaitingSince)) {
		c.WaitingSince = m.At
	}
}

func (c *Chat) applyOut(m *Message) (sure bool) {
	if m.At.After(c.LastOutAt) {
		c.LastOutAt = m.At
	}
	if !c.LastInAt.After(c.LastOutAt) {
		c.WaitingSince = time.Time{}
	}
	return c.WaitingSince.IsZero() || c.WaitingSince.After(c.LastOutAt)
}

// UnreadFrom marks a message that came late, behind what an agent has read or resolved already, and all after it as
// unread.
func (c *Chat) UnreadFrom(m *Message) {
	before := m.Key()[:len(m.Key())-1] // sorts before the key, and after every earlier one
	c.ReadTo, c.DoneTo = min(c.ReadTo, before), min(c.DoneTo, before)
}

// CountFrom is the key after which messages count for what the chat says of them.
func (c *Chat) CountFrom() string {
	answered := c.DoneTo
	if !c.LastOutAt.IsZero() {
		answered = max(answered, keyTime(c.LastOutAt))
	}
	return min(c.ReadTo, answered)
}

// Recount makes the chat say of its messages what they say themselves. later are all messages after CountFrom.
func (c *Chat) Recount(later []*Message) {
	c.Unread, c.WaitingSince = 0, time.Time{}
	for _, m := range later {
		if m.From != FromCustomer {
			c.Apply(m)
		}
	}
	for _, m := range later { // what they do not answer waits
		if m.From == FromCustomer {
			c.Apply(m)
		}
	}
}

// Read notes how far an agent has read; it tells whether that was news. A recount is due then.
func (c *Chat) Read(key string) bool {
	if key <= c.ReadTo {
		return false
	}
	c.ReadTo = key
	return true
}

// Assign gives the chat to an agent, from the line or from a colleague. Giving it to its holder is harmless.
func (c *Chat) Assign(agentID string, now time.Time) error {
	if c.State == ChatResolved {
		return Errorf(Conflict, "chat-resolved", "chat %s is resolved", c.ID)
	}
	if c.HeldBy() == agentID {
		return nil
	}
	c.State, c.AgentID, c.AssignedAt = ChatAssigned, agentID, now
	return nil
}

// Unassign puts the chat into a queue's line: at the place of its oldest unanswered message, else of its opening.
func (c *Chat) Unassign(queueID string, now time.Time) error {
	if c.State == ChatResolved {
		return Errorf(Conflict, "chat-resolved", "chat %s is resolved", c.ID)
	}
	c.State, c.QueueID, c.EnteredAt = ChatUnassigned, queueID, now
	if c.AwaitsAgent() {
		c.EnteredAt = c.WaitingSince
	}
	return nil
}

// Resolve ends the conversation until somebody writes again. It tells whether it was open.
func (c *Chat) Resolve(now time.Time) bool {
	if c.State == ChatResolved {
		return false
	}
	c.State, c.ResolvedAt, c.WaitingSince, c.Unread = ChatResolved, now, time.Time{}, 0
	c.ReadTo, c.DoneTo = max(c.ReadTo, c.LastInKey), max(c.DoneTo, c.LastInKey)
	return true
}

// Reopen puts a resolved chat back in line. It tells whether it was resolved.
func (c *Chat) Reopen(now time.Time) bool {
	if c.State != ChatResolved {
		return false
	}
	c.State, c.OpenedAt, c.EnteredAt, c.ResolvedAt = ChatUnassigned, now, now, time.Time{}
	return true
}

// SetTags replaces the tags; they are kept sorted and once each.
func (c *Chat) SetTags(tags []string) {
	tags = slices.Clone(tags)
	slices.Sort(tags)
	c.Tags = slices.Compact(tags)
}

// ChatIDOf names the one chat with a customer on an inbox of a channel.
func ChatIDOf(channel, inbox, customerID string) string {
	return derivedID(PrefixChat, channel+":"+inbox+":"+customerID)
}
