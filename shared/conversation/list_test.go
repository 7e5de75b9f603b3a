package conversation_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/center"
	"guichet/shared/channel"
	"guichet/shared/conversation"
	"guichet/shared/deskapi"
	"guichet/shared/dispatch"
	"guichet/shared/store"
)

func customersOf(chats []*center.Chat) []string {
	ids := []string{}
	for _, c := range chats {
		ids = append(ids, c.Customer.ID)
	}
	return ids
}

func TestWhoSeesWhichChats(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	ctx := t.Context()
	b.writes("kim", "page")
	adas := b.writes("lou", "page")
	_, err := b.Assign(ctx, b.agent("ada"), adas.ID, "ada")
	require.NoError(t, err)
	given := b.writes("max", "other")
	_, err = b.Assign(ctx, b.agent("eve"), given.ID, "bob")
	require.NoError(t, err)
	done := b.writes("noa", "page")
	_, err = b.Resolve(ctx, b.agent("ada"), done.ID)
	require.NoError(t, err)
	for agentID, want := range map[string][]string{
		"ada": {"kim", "lou"}, "bob": {"kim", "max"}, "dan": {}, "eve": {"kim", "lou", "max"},
	} {
		chats, err := b.OpenChats(ctx, b.agent(agentID))
		require.NoError(t, err)
		assert.ElementsMatch(t, want, customersOf(chats), agentID)
	}
	_, err = b.Visible(ctx, b.agent("dan"), adas.ID)
	assert.Equal(t, center.NotFound, center.CodeOf(err))
	_, err = b.Visible(ctx, b.agent("bob"), given.ID)
	require.NoError(t, err, "of another queue, but bob's")
	for verb, err := range map[string]error{
		"assign":   second(b.Assign(ctx, b.agent("dan"), adas.ID, "dan")),
		"transfer": second(b.Transfer(ctx, b.agent("dan"), adas.ID, "shop")),
		"resolve":  second(b.Resolve(ctx, b.agent("dan"), adas.ID)),
		"reopen":   second(b.Reopen(ctx, b.agent("dan"), done.ID)),
		"tag":      second(b.SetTags(ctx, b.agent("dan"), adas.ID, []string{"x"})),
		"read":     second(b.MarkRead(ctx, b.agent("dan"), adas.ID, adas.LastKey)),
		"retry":    second(b.Retry(ctx, b.agent("dan"), adas.ID, adas.LastKey)),
	} {
		assert.Equal(t, center.NotFound, center.CodeOf(err), verb)
	}
}

func second[T any](_ T, err error) error { return err }

func TestTransfersGoToQueuesOfChats(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	c := b.writes("kim", "page")
	_, err := b.Transfer(t.Context(), b.agent("ada"), c.ID, "none")
	assert.Equal(t, "queue-unknown", center.SlugOf(err))
	_, err = b.Assign(t.Context(), b.agent("ada"), c.ID, "nobody")
	assert.Equal(t, "agent-unknown", center.SlugOf(err))
	c, err = b.Transfer(t.Context(), b.agent("ada"), c.ID, "shop")
	require.NoError(t, err)
	assert.Equal(t, []any{"shop", center.ChatUnassigned}, []any{c.QueueID, c.State})
	_, err = b.Visible(t.Context(), b.agent("dan"), c.ID)
	require.NoError(t, err)
}

func TestResolvedChatsOfAllQueuesLatestFirst(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	ctx := t.Context()
	eve := b.agent("eve")
	var want []string
	for i := range 60 { // in turns in both queues
		c := b.writes(fmt.Sprintf("customer%02d", i), []string{"page", "other"}[i%2])
		if i%20 == 0 {
			_, err := b.SetTags(ctx, eve, c.ID, []string{"rare"})
			require.NoError(t, err)
		}
		_, err := b.Resolve(ctx, eve, c.ID)
		require.NoError(t, err)
		want = append([]string{c.Customer.ID}, want...)
	}
	first, cursor, err := b.Resolved(ctx, eve, conversation.ResolvedFilter{})
	require.NoError(t, err)
	assert.Equal(t, want[:50], customersOf(first))
	rest, cursor, err := b.Resolved(ctx, eve, conversation.ResolvedFilter{Cursor: cursor})
	require.NoError(t, err)
	assert.Equal(t, want[50:], customersOf(rest))
	assert.Empty(t, cursor, "the end")

	for name, test := range map[string]struct {
		filter conversation.ResolvedFilter
		agent  string
		want   []string
	}{
		"a tag":            {conversation.ResolvedFilter{Tag: "rare"}, "eve", []string{"customer40", "customer20", "customer00"}},
		"a search":         {conversation.ResolvedFilter{Search: "CUSTOMER4"}, "dan", []string{"customer49", "customer47", "customer45", "customer43", "customer41"}},
		"another channel":  {conversation.ResolvedFilter{Channel: "sms"}, "eve", []string{}},
		"a queue":          {conversation.ResolvedFilter{QueueID: "shop", Search: "from customer5"}, "eve", []string{"customer59", "customer57", "customer55", "customer53", "customer51"}},
		"another's queue":  {conversation.ResolvedFilter{QueueID: "shop"}, "ada", []string{}},
		"all of one queue": {conversation.ResolvedFilter{Tag: "rare"}, "dan", []string{}},
	} {
		chats, _, err := b.Resolved(ctx, b.agent(test.agent), test.filter)
		require.NoError(t, err, name)
		assert.Equal(t, test.want, customersOf(chats), name)
	}
}

func TestProfilesAreLookedUpOnce(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.channel.profile = center.Customer{Name: "Kim", Language: "fr"}
	assert.Equal(t, center.Customer{ID: "kim", Name: "Kim", Language: "fr"}, b.writes("kim", "page").Customer)
	b.channel.profile.Name = "Another"
	assert.Equal(t, "Kim", b.writes("kim", "page").Customer.Name)
	b.channel.fails = channel.ErrUnreachable
	assert.Empty(t, b.writes("lou", "page").Customer.Name, "a chat does without as well")
}

func TestReading(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	ctx := t.Context()
	b.writes("kim", "page")
	c := b.writes("kim", "page")
	assert.Equal(t, 2, c.Unread)
	c, err := b.MarkRead(ctx, b.agent("bob"), c.ID, c.LastInKey)
	require.NoError(t, err)
	assert.Zero(t, c.Unread, "nobody has it: who reads it counts")
	assert.Empty(t, b.channel.shown, "but the customer is not told")
	_, err = b.Assign(ctx, b.agent("ada"), c.ID, "ada")
	require.NoError(t, err)
	c = b.writes("kim", "page")
	c, err = b.MarkRead(ctx, b.agent("bob"), c.ID, c.LastInKey)
	require.NoError(t, err)
	assert.Equal(t, 1, c.Unread, "ada has it and has not read it")
	c, err = b.MarkRead(ctx, b.agent("ada"), c.ID, c.LastInKey)
	require.NoError(t, err)
	assert.Zero(t, c.Unread)
	assert.Equal(t, []string{"read"}, b.channel.shown)
	_, err = b.MarkRead(ctx, b.agent("ada"), c.ID, c.LastInKey)
	require.NoError(t, err)
	assert.Equal(t, []string{"read"}, b.channel.shown, "no news")

	messages, more, err := b.Messages(ctx, c.ID, store.Page{Limit: 2})
	require.NoError(t, err)
	assert.True(t, more)
	assert.Equal(t, c.LastKey, messages[1].Key())
}

func TestTypingIsShownToWhomItConcerns(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	ctx := t.Context()
	c := b.writes("kim", "page")
	typing := channel.Event{Channel: "told", Inbox: "page", Customer: center.Customer{ID: "kim"}, Typing: &channel.Typing{On: true}}
	require.NoError(t, b.Receive(ctx, typing))
	assert.Empty(t, b.pushed, "nobody has the chat")
	require.NoError(t, b.VisitorConnected(ctx, c.ID, "tab"))
	_, err := b.Assign(ctx, b.agent("ada"), c.ID, "ada")
	require.NoError(t, err)
	require.NoError(t, b.Receive(ctx, typing))
	typing.Typing = &channel.Typing{}
	require.NoError(t, b.Receive(ctx, typing))
	typing.Customer.ID = "stranger"
	require.NoError(t, b.Receive(ctx, typing))
	assert.Equal(t, map[string][]any{"desk-ada": {deskapi.Typing{Type: deskapi.TypeTyping, ChatID: c.ID}}}, b.pushed)

	b.pushed = map[string][]any{}
	require.NoError(t, b.AgentTypes(ctx, "ada", c.ID))
	seen := []any{deskapi.Typing{Type: deskapi.TypeTyping, ChatID: c.ID, AgentID: "ada"}}
	assert.Equal(t, map[string][]any{"desk-bob": seen, "desk-eve": seen, "tab": {"typing"}}, b.pushed)
	assert.Equal(t, []string{"typing"}, b.channel.shown)
	require.NoError(t, b.AgentTypes(ctx, "bob", c.ID))
	assert.Equal(t, []string{"typing"}, b.channel.shown, "it is not bob whom the customer talks with")
	assert.Equal(t, center.NotFound, center.CodeOf(b.AgentTypes(ctx, "dan", c.ID)))
}

func TestVisitorsComeAndGo(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	ctx := t.Context()
	unknown := center.ChatIDOf("told", "page", "kim")
	assert.Equal(t, center.NotFound, center.CodeOf(b.VisitorConnected(ctx, unknown, "tab0")))
	require.NoError(t, b.VisitorGone(ctx, unknown, "tab0"))
	c := b.writes("kim", "page")
	for i := range 6 {
		require.NoError(t, b.VisitorConnected(ctx, c.ID, fmt.Sprint("tab", i)))
	}
	require.NoError(t, b.VisitorConnected(ctx, c.ID, "tab5"))
	require.NoError(t, b.VisitorGone(ctx, c.ID, "tab3"))
	require.NoError(t, b.VisitorGone(ctx, c.ID, "tab3"))
	c = b.chat(c.ID)
	assert.Equal(t, []string{"tab2", "tab4", "tab5"}, c.Visitors, "the oldest have given way")
	b.TellVisitors(ctx, c, make([]*center.Message, 2))
	assert.Equal(t, map[string][]any{"tab2": {2}, "tab4": {2}, "tab5": {2}}, b.pushed)
}

func TestS22WhoHasNoNumberIsCalledWhereTheyAre(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	ctx := t.Context()
	c := b.writes("kim", "page")
	_, err := b.Assign(ctx, b.agent("ada"), c.ID, "ada")
	require.NoError(t, err)
	_, err = b.Dialling(ctx, b.agent("ada"), c.ID)
	assert.Equal(t, "visitor-away", center.SlugOf(err))
	require.NoError(t, b.VisitorConnected(ctx, c.ID, "tab1"))
	call, err := b.Dialling(ctx, b.agent("ada"), c.ID)
	require.NoError(t, err)
	assert.Equal(t, dispatch.Dialling{CallerName: c.Customer.Name, ChatID: c.ID, InWidget: true}, call)

	clear(b.pushed)
	rings := &center.Contact{ID: "ct_1", ChatID: c.ID, InWidget: true, State: center.StateConnecting}
	require.NoError(t, b.TellVisitorsOfCall(ctx, rings))
	assert.Equal(t, map[string][]any{"tab1": {center.StateConnecting}}, b.pushed)
}

func TestWhatIsNotUnderstoodIsSetAside(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	ctx := t.Context()
	require.NoError(t, b.SetAside(ctx, "told", []byte("?"), center.Errorf(center.Invalid, "form", "no form")))
	aside, err := b.Store.SetAsides(ctx)
	require.NoError(t, err)
	require.Len(t, aside, 1)
	assert.Equal(t, "no form", aside[0].Reason)
	assert.Equal(t, "event-empty", center.SlugOf(b.Receive(ctx, channel.Event{Channel: "told"})))
	err = b.Receive(ctx, channel.Event{Channel: "told", Inbox: "unknown", At: noon, Message: &channel.Incoming{ProviderID: "x"}})
	assert.Equal(t, "inbox-unknown", center.SlugOf(err))
}

func TestReportsAboutWhatIsUnknown(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.writes("kim", "page")
	e := channel.Event{Channel: "told", Inbox: "page", Customer: center.Customer{ID: "kim"}, Unsent: &channel.Unsent{ProviderID: "unknown"}, At: b.now}
	require.ErrorIs(t, b.Receive(t.Context(), e), conversation.ErrOvertaken, "it may still come")
	b.now = b.now.Add(2 * time.Minute)
	require.NoError(t, b.Receive(t.Context(), e), "it was before our time")
	e.Unsent, e.Status = nil, &channel.Status{MessageID: "ms_unknown", Delivery: center.DeliveryRead}
	require.NoError(t, b.Receive(t.Context(), e))
	e.Customer.ID, e.Status, e.Watermark = "stranger", nil, &channel.Watermark{Seen: b.now}
	require.NoError(t, b.Receive(t.Context(), e))
}
