package webchat

import (
	"context"
	"strings"
	"sync"
	"time"

	"guichet/shared/center"
	"guichet/shared/store"
)

// Messages on the realtime connection are JSON objects told apart by "type".
const (
	typeMessages = "messages" // server → page: news
	typeTyping   = "typing"   // server → page: typing
)

// news is whole objects, never differences: a page keeps, for each id, the one with the highest version.
type news struct {
	Type     string    `json:"type"`
	Thread   thread    `json:"thread"`
	Messages []message `json:"messages"`
}

// typing holds for a few seconds, or until the next message.
type typing struct {
	Type string `json:"type"`
}

// thread is what a visitor may know of the chat.
type thread struct {
	Open bool `json:"open"`
	// Held tells whether an agent has the chat, and Agent the first name.
	Held  bool   `json:"held"`
	Agent string `json:"agent,omitempty"`
	// ReadTo is the key of the last message that an agent has seen.
	ReadTo  string `json:"readTo,omitempty"`
	Version int64  `json:"version"`
}

// message is what a visitor may know of a message.
type message struct {
	ID      string    `json:"id"` // of the visitor's own: as the page called it
	Key     string    `json:"key"`
	From    string    `json:"from"`            // visitor, agent
	Agent   string    `json:"agent,omitempty"` // first name
	At      time.Time `json:"at"`
	Text    string    `json:"text,omitempty"`
	Files   []file    `json:"files,omitempty"`
	Deleted bool      `json:"deleted,omitempty"`
	Version int64     `json:"version"`
}

type file struct {
	ID    string `json:"id"`
	Name  string `json:"name,omitempty"`
	Type  string `json:"type,omitempty"`
	Bytes int64  `json:"bytes,omitempty"`
	State string `json:"state"` // fetching, stored, refused
}

// visible tells whether a visitor may see the message: nothing that agents write to each other, nothing that happened to
// the chat, and nothing that was not sent.
func visible(m *center.Message) bool {
	return m.Kind != center.KindNote && m.Kind != center.KindEvent && m.From != center.FromSystem &&
		m.Delivery != center.DeliveryFailed
}

// names shows visitors their chats: it remembers the agents' first names for a while.
type names struct {
	store *store.Store
	now   func() time.Time

	mu    sync.Mutex
	known map[string]knownName
}

type knownName struct {
	name  string
	until time.Time
}

// nameLifetime is how long an agent's old name may be seen after a change.
const nameLifetime = 10 * time.Minute

func newNames(s *store.Store, now func() time.Time) *names {
	return &names{store: s, now: now, known: map[string]knownName{}}
}

func (n *names) thread(ctx context.Context, c *center.Chat) thread {
	return thread{
		Open: c.Open(), Held: c.HeldBy() != "", Agent: n.firstName(ctx, c.HeldBy()), ReadTo: c.ReadTo, Version: c.Version,
	}
}

func (n *names) messages(ctx context.Context, all []*center.Message) []message {
	views := []message{}
	for _, m := range all {
		if visible(m) {
			views = append(views, n.message(ctx, m))
		}
	}
	return views
}

func (n *names) message(ctx context.Context, m *center.Message) message {
	view := message{
		ID: m.ID, Key: m.Key(), From: "agent", Agent: n.firstName(ctx, m.AgentID), At: m.At, Text: m.Text, Deleted: m.Deleted,
		Version: m.Version,
	}
	if m.From == center.FromCustomer {
		view.ID, view.From = m.ProviderID, "visitor"
	}
	for _, a := range m.Attachments {
		view.Files = append(view.Files, file{ID: a.ID, Name: a.Name, Type: a.Type, Bytes: a.Bytes, State: string(a.State)})
	}
	return view
}

// firstName is the agent's, or nothing when it can't be told: the widget then says "agent".
func (n *names) firstName(ctx context.Context, agentID string) string {
	if agentID == "" {
		return ""
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if known := n.known[agentID]; n.now().Before(known.until) {
		return known.name
	}
	a, err := n.store.Agent(ctx, agentID, false)
	if err != nil {
		return n.known[agentID].name
	}
	name, _, _ := strings.Cut(strings.TrimSpace(a.Name), " ")
	n.known[agentID] = knownName{name, n.now().Add(nameLifetime)}
	return name
}
