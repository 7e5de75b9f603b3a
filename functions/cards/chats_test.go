package cards_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/internal/functiontest"
	"guichet/shared/center"
	"guichet/shared/metrics"
	"guichet/shared/store"
)

func chatOf(id string, version int64) *center.Chat {
	return &center.Chat{ID: id, State: center.ChatUnassigned, Version: version}
}

func TestChats(t *testing.T) {
	t.Parallel()
	o := opened(t, functiontest.WithChats(t))
	e := functiontest.Text("in-1", "Hello", o.Now())
	e.Inbox = functiontest.PickedInbox
	require.NoError(t, o.Conversations.Receive(t.Context(), e))
	id := center.ChatIDOf(e.Channel, e.Inbox, e.Customer.ID)
	asked := o.Now()
	o.count(t)
	card := o.card(t, functiontest.PickedID).Chat
	assert.Equal(t, []int{1, 0, 0, 1, 1}, []int{card.Unassigned, card.AwaitingAgent, card.AwaitingCustomer, card.AwaitingReply, card.Opened})
	assert.True(t, asked.Equal(*card.UnassignedSince))

	o.Pass(time.Minute)
	chat, err := o.Store.Chat(t.Context(), id, true)
	require.NoError(t, err)
	before := *chat
	require.NoError(t, chat.Assign(functiontest.Ana, o.Now()))
	o.changed(t, &before, chat)
	card = o.card(t, functiontest.PickedID).Chat
	assert.Equal(t, []int{0, 1, 0}, []int{card.Unassigned, card.AwaitingAgent, card.AwaitingCustomer})
	assert.True(t, asked.Equal(*card.AssignedSince))
	assert.Nil(t, card.UnassignedSince)

	o.Pass(time.Minute)
	before = *chat
	chat.Apply(&center.Message{ID: "m2", From: center.FromAgent, Kind: center.KindText, At: o.Now()})
	o.changed(t, &before, chat)
	card = o.card(t, functiontest.PickedID).Chat
	assert.Equal(t, []int{0, 0, 1, 0}, []int{card.Unassigned, card.AwaitingAgent, card.AwaitingCustomer, card.AwaitingReply})
	assert.InDelta(t, 120, *card.FirstResponseSeconds, 0)

	before = *chat
	chat.Resolve(o.Now())
	o.changed(t, &before, chat)
	card = o.card(t, functiontest.PickedID).Chat
	assert.Equal(t, []int{0, 0, 0, 1}, []int{card.Unassigned, card.AwaitingAgent, card.AwaitingCustomer, card.Resolved})
	want := metrics.Counts{
		metrics.Opened: 1, metrics.Assigned: 1, metrics.Responses: 1, metrics.Response: 120000, metrics.LongestAnswer: 120000, metrics.Resolved: 1,
	}
	got := o.counts(t, functiontest.PickedID)
	assert.Equal(t, map[string]metrics.Counts{functiontest.ChannelName: want}, got.Channels())
	for f, n := range want {
		assert.Equal(t, n, got[f], f)
	}
	lines := o.log(t, functiontest.Ana)
	require.Len(t, lines, 1)
	assert.Equal(t, metrics.KindChat, lines[0].Kind)
}

// changed writes a chat and counts the change.
func (o *office) changed(t *testing.T, before, after *center.Chat) {
	t.Helper()
	require.NoError(t, o.Store.CommitChat(t.Context(), store.ChatChange{Before: before, After: after}))
	o.count(t)
}
