package store_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/center"
	"guichet/shared/store"
)

// fullChat has a value in every field.
func fullChat() *center.Chat {
	in := &center.Message{ID: "ms_1", At: noon.Add(6e9)}
	out := &center.Message{ID: "ms_2", At: noon.Add(7e9)}
	return &center.Chat{
		ID: "ch_1", Channel: "sms", Inbox: "+33199001000", QueueID: "q1", State: center.ChatAssigned, AgentID: "ada",
		Customer: center.Customer{ID: "+33612345678", Name: "Zoé", Email: "zoe@example.org", Phone: "+33612345678", Language: "fr"},
		OpenedAt: noon, EnteredAt: noon.Add(1e9), AssignedAt: noon.Add(2e9), ResolvedAt: noon.Add(3e9), WaitingSince: noon.Add(4e9),
		LastInAt: in.At, LastInKey: in.Key(), LastOutAt: noon.Add(5e9), LastAt: out.At, LastKey: out.Key(), Preview: "Bonjour",
		PreviewFrom: center.FromAgent, Unread: 2, ReadTo: "r", DoneTo: "d", DeliveredTo: noon.Add(8e9), SeenTo: noon.Add(9e9),
		Tags: []string{"a", "b"}, OptedOut: true, ConsentAt: noon.Add(10e9), CallID: "ct_1", RoomID: "rm_1", Visitors: []string{"k1"},
	}
}

// fullMessage has a value in every field.
func fullMessage() *center.Message {
	return &center.Message{
		ID: "ms_1", ChatID: "ch_1", Kind: center.KindText, From: center.FromAgent, AgentID: "ada", At: noon, Text: "Bonjour",
		Attachments: []center.Attachment{{
			ID: "fl_1", Name: "a.png", Type: "image/png", Bytes: 3, State: center.AttachmentRefused, Reason: "size", Key: "files/fl_1", Source: "https://",
		}},
		Location: &center.Location{Latitude: 48.8, Longitude: -2.3, Label: "Paris"}, ReplyTo: "ms_0",
		Reactions: map[string]string{"us": "👍"}, ReactedAt: map[string]time.Time{"us": noon.Add(1e9)}, EditedAt: noon.Add(2e9), Deleted: true,
		Event:    &center.Event{Kind: center.EventAssigned, By: "ada", AgentID: "bob", QueueID: "q1"},
		Delivery: center.DeliveryFailed, Failure: "refused", Attempts: 2, TriedAt: noon.Add(3e9), ProviderID: "SM1",
	}
}

func TestChatsAndMessagesComeBackWhole(t *testing.T) {
	t.Parallel()
	ctx, s := context.Background(), open(t)
	c, m := fullChat(), fullMessage()
	for _, full := range []any{*c, *m} {
		for f, v := range reflect.ValueOf(full).Fields() {
			assert.True(t, f.Name == "Version" || !v.IsZero(), "%T.%s is to have a value here", full, f.Name)
		}
	}
	require.NoError(t, s.CommitChat(ctx, store.ChatChange{After: c, Messages: []*center.Message{m}}))
	chat, err := s.Chat(ctx, c.ID, false)
	require.NoError(t, err)
	assert.Equal(t, c, chat)
	message, err := s.Message(ctx, c.ID, m.Key(), false)
	require.NoError(t, err)
	assert.Equal(t, m, message)

	_, err = s.Chat(ctx, "ch_2", true)
	assert.Equal(t, center.NotFound, center.CodeOf(err))
	_, err = s.Message(ctx, c.ID, "x", true)
	assert.Equal(t, center.NotFound, center.CodeOf(err))
}

// unassigned is a chat of a queue that entered its line some seconds after noon.
func unassigned(id, queue string, seconds int) *center.Chat {
	at := noon.Add(time.Duration(seconds) * time.Second)
	return &center.Chat{ID: id, QueueID: queue, State: center.ChatUnassigned, OpenedAt: at, EnteredAt: at}
}

func text(chatID, id string, seconds int) *center.Message {
	return &center.Message{ID: id, ChatID: chatID, Kind: center.KindText, From: center.FromCustomer, At: noon.Add(time.Duration(seconds) * time.Second)}
}

func TestCommitChatIsConditional(t *testing.T) {
	t.Parallel()
	ctx, s := context.Background(), open(t)
	c, a, m := unassigned("ch_1", "q1", 0), available("ada", 0, "q1"), text("ch_1", "ms_1", 0)
	save(t, s, a)
	require.NoError(t, s.CommitChat(ctx, store.ChatChange{After: c, Messages: []*center.Message{m}}))
	staleChat, staleAgent, staleMessage := *c, *a, *m
	c.Unread = 1
	require.NoError(t, s.CommitChat(ctx, store.ChatChange{Before: c, After: c, Agents: []*center.Agent{a}}))
	m.Text = "x"
	require.NoError(t, s.UpdateMessage(ctx, m))
	assert.Equal(t, []int64{2, 2, 2}, []int64{c.Version, a.Version, m.Version})

	event := func() []*center.Message { return []*center.Message{text("ch_1", "ms_2", 1)} }
	given := *c
	require.NoError(t, given.Assign("ada", noon))
	for name, test := range map[string]struct {
		change store.ChatChange
		want   error
	}{
		"a chat":                       {store.ChatChange{Before: &staleChat, After: &staleChat}, store.ErrStaleContact},
		"a chat and its agent":         {store.ChatChange{Before: &staleChat, After: &staleChat, Agents: []*center.Agent{a}}, store.ErrStaleContact},
		"an agent and their chat":      {store.ChatChange{Before: c, After: &given, Agents: []*center.Agent{&staleAgent}, Messages: event()}, store.ErrStale},
		"a chat and its event":         {store.ChatChange{Before: &staleChat, After: &staleChat, Messages: event()}, store.ErrStaleContact},
		"a message":                    {store.ChatChange{Messages: []*center.Message{text("ch_1", "ms_1", 0)}}, store.ErrStaleMessage},
		"a message and its chat":       {store.ChatChange{Before: c, After: &given, Messages: []*center.Message{text("ch_1", "ms_1", 0)}}, store.ErrStaleMessage},
		"a chat that is there already": {store.ChatChange{After: unassigned("ch_1", "q2", 5)}, store.ErrStale},
	} {
		err := s.CommitChat(ctx, test.change)
		require.ErrorIs(t, err, test.want, name)
		assert.Equal(t, !errors.Is(test.want, store.ErrStaleMessage), errors.Is(err, store.ErrStale), "%s: to be read again", name)
	}
	assert.ErrorIs(t, s.UpdateMessage(ctx, &staleMessage), store.ErrStale)

	chat, err := s.Chat(ctx, c.ID, true)
	require.NoError(t, err)
	assert.Equal(t, c, chat, "nothing of a stale change was written")
	messages, _, err := s.Messages(ctx, c.ID, store.Page{})
	require.NoError(t, err)
	assert.Len(t, messages, 1)
	assert.Equal(t, []string{"ch_1"}, chatLine(t, s, "q1"))
	assert.Empty(t, chatLine(t, s, "q2"))
}

func TestOneOfTwoEqualWritersOfAMessageLoses(t *testing.T) {
	t.Parallel()
	ctx, s := context.Background(), open(t)
	one, other := text("ch_1", "ms_1", 0), text("ch_1", "ms_1", 0)
	require.NoError(t, s.AddMessage(ctx, one))
	require.ErrorIs(t, s.AddMessage(ctx, other), store.ErrStaleMessage, "although it wants to write the very same")
	*other = *one
	require.NoError(t, s.UpdateMessage(ctx, one))
	require.ErrorIs(t, s.UpdateMessage(ctx, other), store.ErrStale)
}

func chatLine(t *testing.T, s *store.Store, queue string) []string {
	t.Helper()
	line, err := s.ChatLine(context.Background(), queue)
	require.NoError(t, err)
	var ids []string
	for _, p := range line {
		assert.Equal(t, queue, p.QueueID)
		ids = append(ids, p.ChatID)
	}
	return ids
}

func TestChatsStandInTheListOfTheirState(t *testing.T) {
	t.Parallel()
	ctx, s := context.Background(), open(t)
	c := unassigned("ch_1", "q1", 9)
	move := func(change func(*center.Chat)) {
		t.Helper()
		before := *c
		change(c)
		require.NoError(t, s.CommitChat(ctx, store.ChatChange{Before: &before, After: c}))
	}
	stands := func(want ...any) {
		t.Helper()
		var got []any
		for _, q := range []string{"q1", "q2"} {
			done, err := s.ResolvedChats(ctx, q, "", 9)
			require.NoError(t, err)
			got = append(got, len(chatLine(t, s, q)), len(done))
		}
		assert.Equal(t, want, got, "in line and resolved, in q1 and q2")
	}
	require.NoError(t, s.CommitChat(ctx, store.ChatChange{After: c}))
	stands(1, 0, 0, 0)
	require.NoError(t, s.CommitChat(ctx, store.ChatChange{After: unassigned("ch_0", "q1", 5)}))
	assert.Equal(t, []string{"ch_0", "ch_1"}, chatLine(t, s, "q1"), "oldest first")
	move(func(c *center.Chat) { c.Unread = 1 })
	stands(2, 0, 0, 0)
	move(func(c *center.Chat) { require.NoError(t, c.Assign("ada", noon)) })
	stands(1, 0, 0, 0)
	move(func(c *center.Chat) { require.NoError(t, c.Unassign("q2", noon)) })
	stands(1, 0, 1, 0)
	move(func(c *center.Chat) { c.Resolve(noon) })
	stands(1, 0, 0, 1)
	move(func(c *center.Chat) { c.SetTags([]string{"x"}) })
	stands(1, 0, 0, 1)
	move(func(c *center.Chat) { c.Reopen(noon) })
	stands(1, 0, 1, 0)
}

func TestResolvedChatsComeInPages(t *testing.T) {
	t.Parallel()
	ctx, s := context.Background(), open(t)
	for i := range 7 {
		c := unassigned(fmt.Sprint("ch_", i), "q1", i)
		c.Resolve(noon.Add(time.Duration(i) * time.Second))
		require.NoError(t, s.CommitChat(ctx, store.ChatChange{After: c}))
	}
	var got []string
	cursor := ""
	for range 3 {
		page, err := s.ResolvedChats(ctx, "q1", cursor, 3)
		require.NoError(t, err)
		for _, p := range page {
			got = append(got, p.ChatID)
			cursor = p.Cursor
		}
	}
	assert.Equal(t, []string{"ch_6", "ch_5", "ch_4", "ch_3", "ch_2", "ch_1", "ch_0"}, got, "latest first, each once")
	page, err := s.ResolvedChats(ctx, "q1", cursor, 3)
	require.NoError(t, err)
	assert.Empty(t, page, "the end")
}

func TestChatsAreReadByTheHundred(t *testing.T) {
	t.Parallel()
	ctx, s := context.Background(), open(t)
	ids := []string{"ch_none"}
	for i := range 203 {
		c := unassigned(fmt.Sprint("ch_", i), "q1", i)
		require.NoError(t, s.CommitChat(ctx, store.ChatChange{After: c}))
		ids = append(ids, c.ID)
	}
	chats, err := s.Chats(ctx, ids)
	require.NoError(t, err)
	var got []string
	for _, c := range chats {
		got = append(got, c.ID)
	}
	assert.ElementsMatch(t, ids[1:], got)
	none, err := s.Chats(ctx, nil)
	require.NoError(t, err)
	assert.Empty(t, none)
}
