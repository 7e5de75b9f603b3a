package conversation_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/center"
	"guichet/shared/dispatch"
	"guichet/shared/store"
)

// newLine is a bench with a queue whose chats are assigned by themselves, two to an agent. Nobody is ready.
func newLine(t *testing.T) *bench {
	t.Helper()
	b := newBench(t)
	require.NoError(t, b.Store.SaveDirectory(t.Context(), &store.Directory{
		Settings: center.Settings{ChatGrace: grace},
		Queues: map[string]center.Queue{
			"line": {ID: "line", Name: "Line", Kind: center.QueueChat, Assignment: center.AssignAutomatic, Capacity: 2},
			"help": {ID: "help", Name: "Help", Kind: center.QueueChat, Assignment: center.AssignPicked},
		},
		Inboxes: map[string]string{store.InboxKey("told", "line"): "line"},
	}))
	for _, id := range []string{"ada", "bob"} {
		a := b.agent(id)
		a.Queues = []string{"line", "help"}
		require.NoError(t, b.Store.Commit(t.Context(), store.Change{Agent: a}))
	}
	return b
}

// ready logs an agent in to the line, as dispatch does, which brings calls first and chats then.
func (b *bench) ready(agentID string) {
	b.t.Helper()
	b.now = b.now.Add(time.Second)
	d := &dispatch.Dispatcher{
		Store: b.Store, Directories: b.Directories, Phone: silent{}, Pusher: silent{}, Log: b.Log, Now: b.Now, Chats: b.Service,
	}
	_, err := d.SetStatus(b.t.Context(), agentID, []string{"line"}, center.StatusReady, "")
	require.NoError(b.t, err)
}

func TestI5WhoGetsReadyIsGivenTheOldestChatsUpToTheCapacity(t *testing.T) {
	t.Parallel()
	b := newLine(t)
	first, second, third := b.writes("kim", "line"), b.writes("lee", "line"), b.writes("mia", "line")
	b.ready("ada")
	assert.Equal(t, []string{first.ID, second.ID}, b.agent("ada").Chats)
	assert.Equal(t, center.ChatUnassigned, b.chat(third.ID).State, "no room")
	b.ready("bob")
	assert.Equal(t, "bob", b.chat(third.ID).HeldBy())
}

func TestI5ANewChatGoesToTheLeastLoadedThenTheLongestIdle(t *testing.T) {
	t.Parallel()
	b := newLine(t)
	b.ready("bob")
	b.ready("ada")
	for i, want := range []string{"bob", "ada", "bob", "ada"} {
		c := b.writes(string(rune('k'+i)), "line")
		assert.Equal(t, want, c.HeldBy(), i)
	}
	assert.Equal(t, center.ChatUnassigned, b.writes("zoe", "line").State)
}

// TestI4WhoeverIsFreedIsGivenTheNextChat goes through every way in which an agent gets room.
func TestI4WhoeverIsFreedIsGivenTheNextChat(t *testing.T) {
	t.Parallel()
	for name, free := range map[string]func(b *bench, held *center.Chat) error{
		"resolved": func(b *bench, held *center.Chat) error {
			_, err := b.Resolve(b.t.Context(), b.agent("ada"), held.ID)
			return err
		},
		"given to a colleague": func(b *bench, held *center.Chat) error {
			_, err := b.Assign(b.t.Context(), b.agent("ada"), held.ID, "bob")
			return err
		},
		"moved to another queue": func(b *bench, held *center.Chat) error {
			_, err := b.Transfer(b.t.Context(), b.agent("ada"), held.ID, "help")
			return err
		},
	} {
		b := newLine(t)
		held := b.writes("kim", "line")
		b.writes("lee", "line")
		b.ready("ada")
		waiting := b.writes("mia", "line")
		require.Equal(t, center.ChatUnassigned, waiting.State, name)
		require.NoError(t, free(b, held), name)
		assert.Equal(t, "ada", b.chat(waiting.ID).HeldBy(), name)
		assert.Len(t, b.agent("ada").Chats, 2, name)
	}
}

func TestI6ChatsOfAnAbsentAgentGoBackOldestFirstAfterTheGracePeriod(t *testing.T) {
	t.Parallel()
	b := newLine(t)
	first, answered := b.writes("kim", "line"), b.writes("lee", "line")
	b.ready("ada")
	_, err := b.sends("ada", answered)
	require.NoError(t, err)
	a := b.agent("ada")
	a.Disconnect("desk-ada", b.now)
	require.NoError(t, b.Store.Commit(t.Context(), store.Change{Agent: a}))
	b.now = b.now.Add(grace - time.Second)
	require.NoError(t, b.Sweep(t.Context()))
	assert.Equal(t, "ada", b.chat(first.ID).HeldBy(), "a reload takes a moment")
	b.now = b.now.Add(2 * time.Second)
	newer := b.writes("mia", "line")
	require.NoError(t, b.Sweep(t.Context()))
	assert.Equal(t, center.ChatUnassigned, b.chat(first.ID).State)
	assert.Equal(t, "ada", b.chat(answered.ID).HeldBy(), "the customer has the word")
	b.ready("bob")
	assert.Equal(t, []string{first.ID, newer.ID}, b.agent("bob").Chats, "the place in line is that of the oldest message")
}

func TestI4TheSweeperGivesWhatADeadProcessLeftWaiting(t *testing.T) {
	t.Parallel()
	b := newLine(t)
	waiting := b.writes("kim", "line")
	a := b.agent("ada")
	require.NoError(t, a.SetStatus([]string{"line"}, center.StatusReady, "", b.now))
	require.NoError(t, b.Store.Commit(t.Context(), store.Change{Agent: a})) // and dies before it looks for a chat
	require.NoError(t, b.Sweep(t.Context()))
	assert.Equal(t, "ada", b.chat(waiting.ID).HeldBy())
}

// TestAMessageThatMeetsAResolutionReopens is the race in which the chat is resolved between the message's writing and its
// chat's.
func TestAMessageThatMeetsAResolutionReopens(t *testing.T) {
	t.Parallel()
	b := newLine(t)
	c := b.writes("kim", "line")
	_, err := b.Resolve(t.Context(), b.agent("ada"), c.ID)
	require.NoError(t, err)
	b.now = b.now.Add(time.Second)
	m := &center.Message{
		ID: center.NewID(center.PrefixMessage, b.now), ChatID: c.ID, Kind: center.KindText, From: center.FromCustomer, At: b.now, Text: "Still there?",
	}
	require.NoError(t, b.Store.AddMessage(t.Context(), m))
	require.NoError(t, b.Settle(t.Context(), m))
	after := b.chat(c.ID)
	assert.Equal(t, center.ChatUnassigned, after.State)
	assert.Equal(t, 1, after.Unread)
	assert.Equal(t, "Still there?", after.Preview)
	require.NoError(t, b.Settle(t.Context(), m))
	assert.Equal(t, after.Version, b.chat(c.ID).Version, "settled is settled")
}

// A customer comes back after the queue of their last conversation was taken out of the centre's file, and its inbox given to another.
func TestAChatReopensInTheQueueOfItsInboxWhenItsOwnIsGone(t *testing.T) {
	t.Parallel()
	b := newLine(t)
	b.ready("ada")
	kim, lee := b.writes("kim", "line"), b.writes("lee", "line")
	for _, c := range []*center.Chat{kim, lee} {
		_, err := b.Resolve(t.Context(), b.agent("ada"), c.ID)
		require.NoError(t, err)
	}
	dir := func(inboxes map[string]string) {
		require.NoError(t, b.Store.SaveDirectory(t.Context(), &store.Directory{
			Settings: center.Settings{ChatGrace: grace},
			Queues:   map[string]center.Queue{"help": {ID: "help", Name: "Help", Kind: center.QueueChat, Assignment: center.AssignPicked}},
			Inboxes:  inboxes,
		}))
		b.Directories = store.NewDirectories(b.Store)
	}
	dir(map[string]string{store.InboxKey("told", "line"): "help"})
	assert.Equal(t, "help", b.writes("kim", "line").QueueID)
	line, err := b.Store.ChatLine(t.Context(), "help")
	require.NoError(t, err)
	assert.Len(t, line, 1)
	eve := b.agent("eve")
	c, err := b.Reopen(t.Context(), eve, lee.ID)
	require.NoError(t, err)
	assert.Equal(t, []string{"help", "eve"}, []string{c.QueueID, c.HeldBy()})

	_, err = b.Resolve(t.Context(), eve, lee.ID)
	require.NoError(t, err)
	b.Directories = store.NewDirectories(b.Store)
	require.NoError(t, b.Store.SaveDirectory(t.Context(), &store.Directory{Settings: center.Settings{ChatGrace: grace}}))
	_, err = b.Reopen(t.Context(), eve, lee.ID)
	assert.Equal(t, "inbox-unknown", center.SlugOf(err), "neither is there")
}
