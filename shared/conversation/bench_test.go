package conversation_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"guichet/infra/local/dynamo/dynamotest"
	"guichet/shared/center"
	"guichet/shared/channel"
	"guichet/shared/conversation"
	"guichet/shared/store"
	"guichet/shared/store/storetest"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// bench is a service over a table of its own, with a channel that does as it is told.
type bench struct {
	*conversation.Service
	t       *testing.T
	now     time.Time
	channel *told
	pushed  map[string][]any // by connection
	files   map[string][]byte
}

func newBench(t *testing.T) *bench {
	t.Helper()
	s := storetest.Open(t, dynamotest.Endpoint(t), dynamotest.Table(t))
	b := &bench{t: t, now: noon, channel: &told{until: noon.Add(24 * time.Hour)}, pushed: map[string][]any{}, files: map[string][]byte{}}
	b.Service = &conversation.Service{
		Matcher: conversation.Matcher{
			Store: s, Directories: store.NewDirectories(s), Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Now: func() time.Time { return b.now },
		},
		Channels: channel.NewSet(b.channel), Pusher: b, Objects: b, PublicURL: "https://centre.example", Fetcher: http.DefaultClient,
	}
	require.NoError(t, s.SaveDirectory(t.Context(), &store.Directory{
		Settings: center.Settings{ChatGrace: grace, AttachmentBytes: 1000},
		Queues: map[string]center.Queue{
			"help": {ID: "help", Name: "Help", Kind: center.QueueChat, Assignment: center.AssignPicked},
			"shop": {ID: "shop", Name: "Shop", Kind: center.QueueChat, Assignment: center.AssignPicked},
		},
		Inboxes: map[string]string{store.InboxKey("told", "page"): "help", store.InboxKey("told", "other"): "shop"},
	}))
	for id, queues := range map[string][]string{"ada": {"help"}, "bob": {"help"}, "dan": {"shop"}, "eve": {}} {
		a := &center.Agent{ID: id, Name: id, Role: center.RoleAgent, Queues: queues}
		if id == "eve" {
			a.Role = center.RoleSupervisor
		}
		a.Connect("desk-" + id)
		require.NoError(t, s.Commit(t.Context(), store.Change{Agent: a}))
		require.NoError(t, s.AddConnection(t.Context(), store.Connection{
			ID: "desk-" + id, AgentID: id, Role: a.Role, Queues: queues, LeaseUntil: noon.Add(time.Hour),
		}))
	}
	return b
}

// told is a channel that knows its customers, limits how long one may answer, and shows what agents do.
type told struct {
	fails   error
	sent    []channel.Outgoing
	until   time.Time
	shown   []string
	profile center.Customer
}

func (c *told) Name() string                            { return "told" }
func (c *told) Routes(channel.Router, channel.Receiver) {}
func (c *told) Send(_ context.Context, out channel.Outgoing) (string, error) {
	c.sent = append(c.sent, out)
	return fmt.Sprint("out", len(c.sent)), c.fails
}

func (c *told) Window(*center.Chat) (standard, human time.Time) {
	return c.until, c.until.Add(time.Hour)
}

func (c *told) Typing(context.Context, *center.Chat, bool) error {
	c.shown = append(c.shown, "typing")
	return c.fails
}

func (c *told) MarkRead(context.Context, *center.Chat) error {
	c.shown = append(c.shown, "read")
	return c.fails
}

func (c *told) Profile(context.Context, string, string) (center.Customer, error) {
	return c.profile, c.fails
}
func (c *told) Authorize(r *http.Request) { r.Header.Set("Authorization", "secret") }

func (c *told) Patch(_ *center.Chat, messages []*center.Message) any { return len(messages) }
func (c *told) CallPatch(call *center.Contact) any                   { return call.State }
func (c *told) TypingPatch() any                                     { return "typing" }

func (b *bench) Push(_ context.Context, connectionID string, message any) error {
	b.pushed[connectionID] = append(b.pushed[connectionID], message)
	return nil
}

func (b *bench) Put(_ context.Context, key, _ string, body io.Reader, _ int64) error {
	content, err := io.ReadAll(body)
	b.files[key] = content
	return err
}

func (b *bench) Read(_ context.Context, key string, limit int64) (head []byte, size int64, err error) {
	content, ok := b.files[key]
	if !ok {
		return nil, 0, center.Errorf(center.NotFound, "file-unknown", "no file %s", key)
	}
	return content[:min(int64(len(content)), limit)], int64(len(content)), nil
}

func (b *bench) PresignGet(_ context.Context, key, _, _ string, _ bool, _ time.Duration) (string, error) {
	return "https://files.example/" + key, nil
}

func (b *bench) Sniff(head []byte) string {
	if bytes.HasPrefix(head, []byte("\x89PNG")) {
		return "image/png"
	}
	return "text/html"
}

func (b *bench) agent(id string) *center.Agent {
	a, err := b.Store.Agent(b.t.Context(), id, true)
	require.NoError(b.t, err)
	return a
}

// writes lets a customer write to an inbox, and returns the chat.
func (b *bench) writes(customerID, inbox string, change ...func(*channel.Incoming)) *center.Chat {
	b.t.Helper()
	b.now = b.now.Add(time.Second)
	in := &channel.Incoming{ProviderID: "in-" + customerID + b.now.Format("150405"), Kind: center.KindText, Text: "Hello from " + customerID}
	for _, c := range change {
		c(in)
	}
	e := channel.Event{Channel: "told", Inbox: inbox, Customer: center.Customer{ID: customerID}, At: b.now, Message: in}
	require.NoError(b.t, b.Receive(b.t.Context(), e))
	return b.chat(center.ChatIDOf("told", inbox, customerID))
}

func (b *bench) chat(id string) *center.Chat {
	b.t.Helper()
	c, err := b.Store.Chat(b.t.Context(), id, true)
	require.NoError(b.t, err)
	return c
}

// sends lets an agent who takes the chat write.
func (b *bench) sends(agentID string, c *center.Chat, change ...func(*conversation.Draft)) (*center.Message, error) {
	b.t.Helper()
	_, err := b.Assign(b.t.Context(), b.agent(agentID), c.ID, agentID)
	require.NoError(b.t, err)
	b.now = b.now.Add(time.Second)
	d := conversation.Draft{ID: center.NewID(center.PrefixMessage, b.now), Kind: center.KindText, Text: "Hello"}
	for _, c := range change {
		c(&d)
	}
	return b.Send(b.t.Context(), b.agent(agentID), c.ID, d)
}
