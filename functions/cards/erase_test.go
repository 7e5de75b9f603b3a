package cards_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/internal/functiontest"
	"guichet/shared/center"
	"guichet/shared/metrics"
	"guichet/shared/objects/objectstest"
	"guichet/shared/privacy"
	"guichet/shared/store"
)

// figures are a day's, of the queues and of the agents.
func (o *office) figures(t *testing.T, day string) map[string]metrics.Counts {
	t.Helper()
	all := map[string]metrics.Counts{}
	for _, id := range []string{functiontest.QueueID, functiontest.AutomaticID, functiontest.PickedID} {
		hours, err := o.Store.CountsOf(t.Context(), id, day)
		require.NoError(t, err)
		all[id] = metrics.Counts{}
		for _, h := range hours {
			all[id].Add(h.Counts)
		}
	}
	for _, id := range []string{functiontest.Ana, functiontest.Ben} {
		lines, err := o.Store.AgentLog(t.Context(), id, day)
		require.NoError(t, err)
		all[id] = metrics.OfAgentDay(lines)
	}
	return all
}

// TestErasingChangesNoFigure erases a customer who has called and written: counters stay, and a recount from what is left of the log
// comes to the same.
func TestErasingChangesNoFigure(t *testing.T) {
	t.Parallel()
	o := opened(t, functiontest.WithChats(t))
	day := o.Now().Format(time.DateOnly)
	o.Ready(t, functiontest.Ana)
	o.handled(t, "CA1", functiontest.Ana)
	_, err := o.SetStatus(t.Context(), functiontest.Ana, []string{functiontest.QueueID}, center.StatusOut, "")
	require.NoError(t, err)
	gone := o.Call(t, "CA2")
	o.Pass(10 * time.Second)
	_, err = o.CallerLeft(t.Context(), gone.ID)
	require.NoError(t, err)
	back := o.Call(t, "CA3")
	_, err = o.AskForCallback(t.Context(), back.ID)
	require.NoError(t, err)
	o.writes(t)
	o.count(t)
	before := o.figures(t, day)
	require.Equal(t, int64(3), before[functiontest.QueueID][metrics.Queued])
	require.Equal(t, int64(1), before[functiontest.PickedID][metrics.Resolved])

	found, err := privacy.Find(t.Context(), o.Store, privacy.Person{Number: gone.From})
	require.NoError(t, err)
	require.Len(t, found.Contacts, 3)
	require.Len(t, found.Chats, 1)
	require.NoError(t, privacy.Erase(t.Context(), o.Store, objectstest.Open(t), found, o.Now))
	o.count(t)
	before[functiontest.QueueID][metrics.Incomplete] = 1 // the call back that is no longer made
	assert.Equal(t, before, o.figures(t, day))

	o.Pass(25 * time.Hour)
	require.NoError(t, o.handler.Recount(t.Context(), day))
	assert.Equal(t, before, o.figures(t, day), "counted anew")
	again, err := privacy.Find(t.Context(), o.Store, privacy.Person{Number: gone.From})
	require.NoError(t, err)
	assert.True(t, again.None(), again)
}

// writes is a conversation of the caller's, which is answered and resolved.
func (o *office) writes(t *testing.T) {
	t.Helper()
	e := functiontest.Text("in-1", "Hello", o.Now())
	e.Inbox, e.Customer.Phone = functiontest.PickedInbox, "+33612345678"
	require.NoError(t, o.Conversations.Receive(t.Context(), e))
	chat, err := o.Store.Chat(t.Context(), center.ChatIDOf(e.Channel, e.Inbox, e.Customer.ID), true)
	require.NoError(t, err)
	for _, change := range []func(){
		func() { require.NoError(t, chat.Assign(functiontest.Ana, o.Now())) },
		func() {
			chat.Apply(&center.Message{ID: "m2", From: center.FromAgent, Kind: center.KindText, At: o.Now()})
		},
		func() { chat.Resolve(o.Now()) },
	} {
		before := *chat
		o.Pass(time.Minute)
		change()
		require.NoError(t, o.Store.CommitChat(t.Context(), store.ChatChange{Before: &before, After: chat}))
	}
}
