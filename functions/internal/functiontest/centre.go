// Package functiontest gives the functions' tests a small centre: the real store and dispatcher, with a telephone
// provider and connections that only take notes.
package functiontest

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"guichet/infra/local/dynamo/dynamotest"
	"guichet/shared/center"
	"guichet/shared/channel"
	"guichet/shared/conversation"
	"guichet/shared/dispatch"
	"guichet/shared/mediaapi"
	"guichet/shared/store"
	"guichet/shared/store/storetest"
)

// The centre's people, queue and number.
const (
	QueueID    = "que_support"
	Number     = "+33199001000"
	Ana        = "ana" // agents
	Ben        = "ben"
	Sue        = "sue" // a supervisor
	RingTime   = 20 * time.Second
	WrapUpTime = 30 * time.Second
	MaxWait    = 10 * time.Minute
)

// Key signs tickets and reports.
var Key = mediaapi.Key("0123456789abcdef0123456789abcdef")

// Log goes nowhere.
var Log = slog.New(slog.DiscardHandler)

// Centre is a dispatcher over a table of its own, and what moves chats there.
type Centre struct {
	*dispatch.Dispatcher
	Conversations *conversation.Service
	Channel       *Channel
	Files         *Files
	Phone         *Phone
	Node          *Node
	Pushes        *Pushes
	Table         string

	mu  sync.Mutex
	now time.Time
}

// New returns a centre whose clock stands still until Pass. Its agents take calls and no chats.
func New(t *testing.T) *Centre {
	t.Helper()
	return open(t, QueueID)
}

// WithChats returns a centre whose agents are assigned to the queues of chats, too.
func WithChats(t *testing.T) *Centre {
	t.Helper()
	return open(t, QueueID, AutomaticID, PickedID)
}

func open(t *testing.T, queues ...string) *Centre {
	t.Helper()
	table := dynamotest.Table(t)
	s := storetest.Open(t, dynamotest.Endpoint(t), table)
	queue := center.Queue{
		ID: QueueID, Name: "Support", Kind: center.QueueVoice, Priority: 1, Ring: RingTime, WrapUp: WrapUpTime, MaxWait: MaxWait, Language: "en",
	}
	require.NoError(t, s.SaveDirectory(t.Context(), &store.Directory{
		Settings: center.Settings{
			Name: "Test", PauseReasons: []string{"break"}, ParkGrace: 30 * time.Second, DeclineRest: 30 * time.Second, ChatGrace: ChatGrace,
		},
		Queues: map[string]center.Queue{
			QueueID:     queue,
			AutomaticID: {ID: AutomaticID, Name: "Messages", Kind: center.QueueChat, Assignment: center.AssignAutomatic, Capacity: Capacity},
			PickedID:    {ID: PickedID, Name: "Letters", Kind: center.QueueChat, Assignment: center.AssignPicked},
		},
		Numbers: map[string]string{Number: QueueID},
		Inboxes: map[string]string{store.InboxKey(ChannelName, Inbox): AutomaticID, store.InboxKey(ChannelName, PickedInbox): PickedID},
	}))
	for id, role := range map[string]center.Role{Ana: center.RoleAgent, Ben: center.RoleAgent, Sue: center.RoleSupervisor} {
		require.NoError(t, s.EnsureAgent(t.Context(), &center.Agent{ID: id, Name: id, Role: role, Language: "en", Queues: queues}))
	}
	c := &Centre{Channel: &Channel{}, Files: &Files{}, Phone: &Phone{}, Node: &Node{}, Pushes: &Pushes{}, Table: table, now: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)}
	c.Dispatcher = &dispatch.Dispatcher{
		Store: s, Directories: store.NewDirectories(s), Phone: c.Phone, Media: c.Node, Pusher: c.Pushes, MediaKey: Key, Log: Log, Now: c.time,
	}
	c.Conversations = &conversation.Service{
		Matcher:  conversation.Matcher{Store: s, Directories: c.Directories, Log: Log, Now: c.time},
		Channels: channel.NewSet(c.Channel), Objects: c.Files, Pusher: c.Pushes, PublicURL: "https://centre.example",
		Fetcher: http.DefaultClient,
	}
	c.Chats = c.Conversations
	return c
}

// Configure changes the centre's configuration.
func (c *Centre) Configure(t *testing.T, change func(*store.Directory)) {
	t.Helper()
	dir, err := store.NewDirectories(c.Store).Directory(t.Context())
	require.NoError(t, err)
	change(dir)
	require.NoError(t, c.Store.SaveDirectory(t.Context(), dir))
	c.Directories = store.NewDirectories(c.Store)
	c.Conversations.Directories = c.Directories
}

func (c *Centre) time() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Pass lets time pass.
func (c *Centre) Pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// Ready connects an agent's desk, named like the agent, and logs the agent in to the queue.
func (c *Centre) Ready(t *testing.T, agentID string) {
	t.Helper()
	require.NoError(t, c.Connect(t.Context(), agentID, "desk-"+agentID))
	_, err := c.SetStatus(t.Context(), agentID, []string{QueueID}, center.StatusReady, "")
	require.NoError(t, err)
}

// Call admits a call and returns its contact.
func (c *Centre) Call(t *testing.T, callSID string) *center.Contact {
	t.Helper()
	contact, err := c.Admit(t.Context(), dispatch.Arrival{
		Provider: "twilio", CallSID: callSID, From: "+33612345678", To: Number, QueueID: QueueID,
	})
	require.NoError(t, err)
	return contact
}

// Talk admits a call and connects it with the agent, who must be ready.
func (c *Centre) Talk(t *testing.T, callSID, agentID string) *center.Contact {
	t.Helper()
	contact := c.Call(t, callSID)
	require.Equal(t, agentID, contact.HeldBy())
	_, err := c.Accept(t.Context(), agentID, contact.ID, contact.Offer.ID)
	require.NoError(t, err)
	require.NoError(t, c.Joined(t.Context(), contact.ID, agentID, c.Now()))
	return c.Contact(t, contact.ID)
}

// Contact reads a contact.
func (c *Centre) Contact(t *testing.T, id string) *center.Contact {
	t.Helper()
	contact, err := c.Store.Contact(t.Context(), id, true)
	require.NoError(t, err)
	return contact
}

// Agent reads an agent.
func (c *Centre) Agent(t *testing.T, id string) *center.Agent {
	t.Helper()
	agent, err := c.Store.Agent(t.Context(), id, true)
	require.NoError(t, err)
	return agent
}

// Pushes notes what was pushed to whom.
type Pushes struct {
	mu     sync.Mutex
	sent   map[string][]any
	closed []string
	Gone   map[string]bool // connections that no longer exist
}

// Push implements dispatch.Pusher.
func (p *Pushes) Push(_ context.Context, connectionID string, message any) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.Gone[connectionID] {
		return dispatch.ErrConnectionGone
	}
	if p.sent == nil {
		p.sent = map[string][]any{}
	}
	p.sent[connectionID] = append(p.sent[connectionID], message)
	return nil
}

// Close notes a connection that was cut off.
func (p *Pushes) Close(_ context.Context, connectionID string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = append(p.closed, connectionID)
	return nil
}

// Closed lists the connections that were cut off.
func (p *Pushes) Closed() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string{}, p.closed...)
}

// Take returns what a connection was sent since the last time.
func (p *Pushes) Take(connectionID string) []any {
	p.mu.Lock()
	defer p.mu.Unlock()
	sent := p.sent[connectionID]
	delete(p.sent, connectionID)
	return sent
}
