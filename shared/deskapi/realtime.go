package deskapi

// Messages on the realtime connection are JSON objects told apart by "type".
const (
	TypePatch = "patch" // server → desk: Patch
	TypePing  = "ping"  // desk → server: Ping, every HeartbeatSeconds; renews the presence lease
	TypePong  = "pong"  // server → desk: Pong
	// TypeTyping is sent both ways: Typing. A desk says that its agent is typing, and learns that a customer or a colleague is.
	TypeTyping = "typing"
)

const (
	// HeartbeatSeconds keeps the connection under API Gateway's idle limit of 10 minutes and the presence lease alive.
	HeartbeatSeconds = 60
	// LeaseSeconds is how long a connection counts without a heartbeat.
	LeaseSeconds = 150
	// SettleSeconds is when a desk that has connected takes a second snapshot: the first may have come before the
	// fan-out knew of its connection.
	SettleSeconds = 5
	// ReconnectSeconds is when a desk opens its next connection, before API Gateway's limit of 2 hours ends this one.
	ReconnectSeconds = 110 * 60
)

// Patch carries whole objects, never differences: a desk keeps, for each id, the one with the highest version.
// So a patch may arrive twice, late or not at all, and the next snapshot or patch puts everything right.
type Patch struct {
	Type     string    `json:"type"`
	Agents   []Agent   `json:"agents,omitempty"`
	Contacts []Contact `json:"contacts,omitempty"`
	Chats    []Chat    `json:"chats,omitempty"`
	Messages []Message `json:"messages,omitempty"`

	Voicemails []Voicemail `json:"voicemails,omitempty"`
}

// Empty tells whether the patch changes nothing.
func (p Patch) Empty() bool {
	return len(p.Agents)+len(p.Contacts)+len(p.Chats)+len(p.Messages)+len(p.Voicemails) == 0
}

// Typing tells that somebody is writing in a chat. It is repeated every TypingSeconds while it lasts, and holds for
// twice as long.
type Typing struct {
	Type   string `json:"type"`
	ChatID string `json:"chatId"`
	// AgentID is the colleague who types; empty for the customer. A desk leaves it out.
	AgentID string `json:"agentId,omitempty"`
}

// TypingSeconds is how often a desk repeats that its agent is typing.
const TypingSeconds = 3

// NewPatch returns a patch with its type set.
func NewPatch() Patch { return Patch{Type: TypePatch} }

// Ping renews the lease.
type Ping struct {
	Type string `json:"type"`
}

// Pong answers a ping with the version of the agent's own record: a desk that has an older one asks for a snapshot.
type Pong struct {
	Type         string `json:"type"`
	AgentVersion int64  `json:"agentVersion"`
	ContactID    string `json:"contactId,omitempty"`
	// ContactVersion is zero when there is no contact.
	ContactVersion int64 `json:"contactVersion,omitempty"`
}
