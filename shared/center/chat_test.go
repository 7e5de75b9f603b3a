package center_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/center"
)

// said is a message of the thread at so many minutes past noon.
func said(from center.Author, minute int) *center.Message {
	return &center.Message{
		ID: fmt.Sprintf("ms_%02d_%s", minute, from), Kind: center.KindText, From: from, At: noon.Add(time.Duration(minute) * time.Minute),
		Text: fmt.Sprintf("%s at %d", from, minute),
	}
}

// thread spells messages: c is the customer's, a an agent's, e one from elsewhere, n a note; each a minute after the one
// before, and with ' at the same time.
func thread(spelled string) []*center.Message {
	authors := map[rune]center.Author{'c': center.FromCustomer, 'a': center.FromAgent, 'e': center.FromElse, 'n': center.FromAgent}
	var messages []*center.Message
	minute := 0
	for _, r := range spelled {
		if r == '\'' {
			minute--
			continue
		}
		m := said(authors[r], minute)
		if r == 'n' {
			m.Kind = center.KindNote
		}
		messages = append(messages, m)
		minute++
	}
	return messages
}

func orders(messages []*center.Message) [][]*center.Message {
	if len(messages) < 2 {
		return [][]*center.Message{messages}
	}
	var all [][]*center.Message
	for i, m := range messages {
		rest := slices.Concat(messages[:i], messages[i+1:])
		for _, order := range orders(rest) {
			all = append(all, append([]*center.Message{m}, order...))
		}
	}
	return all
}

// words is what a chat says of its messages.
func words(c *center.Chat) string {
	waiting := "-"
	if !c.WaitingSince.IsZero() {
		waiting = fmt.Sprint(c.WaitingSince.Sub(noon).Minutes())
	}
	return fmt.Sprintf("unread %d, waits %s, last %s %q %s, in %s %s, out %s", c.Unread, waiting, c.LastKey, c.Preview, c.PreviewFrom,
		c.LastInKey, c.LastInAt.Format("15:04"), c.LastOutAt.Format("15:04"))
}

func TestApplyInEveryOrder(t *testing.T) {
	t.Parallel()
	for spelled, want := range map[string]string{ // unread, and the minute since when the customer waits
		"c": "1 0", "cc": "2 0", "ca": "1 -", "cac": "2 2", "cacc": "3 2", "ccacc": "4 3", "caca": "2 -", "a": "0 -", "e": "0 -",
		"ce": "1 -", "cec": "2 2", "cn": "1 0", "n": "0 -", "c'a": "1 -", "a'c": "1 -", "cc'ac": "3 2", "cacac": "3 4",
	} {
		messages := thread(spelled)
		first := ""
		for _, order := range orders(messages) {
			c := &center.Chat{State: center.ChatAssigned}
			sure := true
			for _, m := range order {
				sure = c.Apply(m) && sure
			}
			if !sure {
				c.Recount(messages)
			}
			got := words(c)
			if first == "" {
				first = got
			}
			assert.Equal(t, first, got, "%s in the order %v", spelled, keys(order))
			c.Recount(messages)
			assert.Equal(t, first, words(c), "%s counted again", spelled)
		}
		unread, waits, _ := strings.Cut(want, " ")
		assert.Contains(t, first, fmt.Sprintf("unread %s, waits %s,", unread, waits), spelled)
	}
}

func keys(messages []*center.Message) []string {
	var all []string
	for _, m := range messages {
		all = append(all, m.Key())
	}
	return all
}

func TestALateReplyAsksForARecount(t *testing.T) {
	t.Parallel()
	c := &center.Chat{State: center.ChatAssigned}
	messages := thread("cac")
	assert.True(t, c.Apply(messages[0]))
	assert.True(t, c.Apply(messages[2]))
	assert.False(t, c.Apply(messages[1]), "what waits now is not known without the messages")
	c.Recount(messages)
	assert.Equal(t, messages[2].At, c.WaitingSince)
}

// TestRecountFromWhereItCounts checks that the messages after CountFrom are enough, whatever has happened before.
func TestRecountFromWhereItCounts(t *testing.T) {
	t.Parallel()
	for spelled, changes := range map[string]map[int]func(*center.Chat, []*center.Message){
		"cacc":   {},
		"cacccc": {3: func(c *center.Chat, m []*center.Message) { c.Read(m[3].Key()) }},
		"ccccac": {2: resolveAndReopen},
		"cccacc": {1: func(c *center.Chat, m []*center.Message) { c.Read(m[1].Key()) }, 4: resolveAndReopen},
		"aacac":  {4: func(c *center.Chat, m []*center.Message) { c.Read(m[3].Key()) }},
	} {
		messages := thread(spelled)
		c := &center.Chat{State: center.ChatAssigned}
		for i, m := range messages {
			c.Apply(m)
			if change := changes[i]; change != nil {
				change(c, messages)
			}
			c.Recount(after(messages[:i+1], c.CountFrom()))
		}
		counted := words(c)
		c.Recount(after(messages, min(c.ReadTo, c.DoneTo)))
		assert.Equal(t, counted, words(c), "%s, from %q", spelled, c.CountFrom())
	}
}

func resolveAndReopen(c *center.Chat, _ []*center.Message) {
	c.Resolve(noon.Add(time.Hour))
	c.Reopen(noon.Add(time.Hour))
}

func after(messages []*center.Message, key string) []*center.Message {
	return slices.DeleteFunc(slices.Clone(messages), func(m *center.Message) bool { return m.Key() <= key })
}

func TestRead(t *testing.T) {
	t.Parallel()
	c, messages := &center.Chat{State: center.ChatAssigned}, thread("ccc")
	for _, m := range messages {
		c.Apply(m)
	}
	require.True(t, c.Read(messages[1].Key()))
	c.Recount(after(messages, c.CountFrom()))
	assert.Equal(t, 1, c.Unread)
	assert.Equal(t, noon, c.WaitingSince, "what is read waits for an answer still")
	assert.False(t, c.Read(messages[1].Key()), "no news")
	assert.False(t, c.Read(messages[0].Key()), "reading goes forwards")
}

func TestALateMessageIsUnread(t *testing.T) {
	t.Parallel()
	messages := thread("cccc")
	c := &center.Chat{State: center.ChatAssigned}
	for _, m := range []*center.Message{messages[0], messages[2], messages[3]} {
		c.Apply(m)
	}
	c.Read(messages[3].Key())
	c.Recount(nil)
	c.UnreadFrom(messages[1])
	assert.Less(t, c.ReadTo, messages[1].Key())
	assert.Greater(t, c.ReadTo, messages[0].Key(), "what comes before stays read")
	c.Recount(after(messages, c.CountFrom()))
	assert.Equal(t, 3, c.Unread, "it, and all after it")

	last := c.ReadTo
	c.UnreadFrom(said(center.FromCustomer, 9))
	assert.Equal(t, last, c.ReadTo, "what comes after changes nothing")
}

func TestResolveAndReopen(t *testing.T) {
	t.Parallel()
	messages := thread("ccacc")
	c := &center.Chat{State: center.ChatAssigned, AgentID: "ada", QueueID: "q1"}
	for _, m := range messages[:4] {
		c.Apply(m)
	}
	require.True(t, c.Resolve(noon.Add(time.Hour)))
	assert.False(t, c.Resolve(noon.Add(time.Hour)), "once only")
	assert.Equal(t, []any{false, "", 0, true, false}, []any{c.Open(), c.HeldBy(), c.Unread, c.WaitingSince.IsZero(), c.AwaitsAgent()})
	assert.Equal(t, "chat-resolved", center.SlugOf(c.Assign("bob", noon)))
	assert.Equal(t, "chat-resolved", center.SlugOf(c.Unassign("q2", noon)))

	back := noon.Add(2 * time.Hour)
	require.True(t, c.Reopen(back))
	assert.False(t, c.Reopen(back))
	assert.Equal(t, []any{center.ChatUnassigned, back, back, true}, []any{c.State, c.OpenedAt, c.EnteredAt, c.ResolvedAt.IsZero()})
	c.Recount(after(messages[:4], c.CountFrom()))
	assert.False(t, c.AwaitsAgent(), "what was resolved does not wait any more")
	c.Apply(messages[4])
	assert.Equal(t, messages[4].At, c.WaitingSince)
	assert.Equal(t, 1, c.Unread)
}

func TestAssignAndUnassign(t *testing.T) {
	t.Parallel()
	c := &center.Chat{State: center.ChatUnassigned, QueueID: "q1"}
	require.NoError(t, c.Assign("ada", noon))
	assert.Equal(t, []any{"ada", noon}, []any{c.HeldBy(), c.AssignedAt})
	require.NoError(t, c.Assign("ada", noon.Add(time.Minute)))
	assert.Equal(t, noon, c.AssignedAt, "giving it to its holder changes nothing")
	require.NoError(t, c.Unassign("q2", noon.Add(time.Hour)))
	assert.Equal(t, []any{"", "q2", noon.Add(time.Hour), "ada"}, []any{c.HeldBy(), c.QueueID, c.EnteredAt, c.AgentID})
	c.Apply(said(center.FromCustomer, 5))
	require.NoError(t, c.Unassign("q2", noon.Add(time.Hour)))
	assert.Equal(t, noon.Add(5*time.Minute), c.EnteredAt, "the place of the oldest unanswered message")
}

func TestTagsAreSortedAndOnce(t *testing.T) {
	t.Parallel()
	c, tags := &center.Chat{}, []string{"b", "a", "b"}
	c.SetTags(tags)
	assert.Equal(t, []string{"a", "b"}, c.Tags)
	assert.Equal(t, []string{"b", "a", "b"}, tags, "the caller's own stay")
}

func TestAgentsAndChats(t *testing.T) {
	t.Parallel()
	q := center.Queue{ID: "q1", Kind: center.QueueChat, Assignment: center.AssignAutomatic, Capacity: 2}
	for _, test := range agents {
		assert.Equal(t, test.free, test.agent.TakesChatOf(q), test.name)
	}
	a := agentWho(nil)
	assert.True(t, a.TakeChat("c1", noon))
	assert.False(t, a.TakeChat("c1", noon.Add(time.Minute)), "no news")
	assert.True(t, a.TakesChatOf(q))
	before := *a
	assert.True(t, a.TakeChat("c2", noon))
	assert.False(t, a.TakesChatOf(q), "full")
	assert.True(t, a.DropChat("c1"))
	assert.False(t, a.DropChat("c1"))
	assert.Equal(t, []string{"c2"}, a.Chats)
	assert.Equal(t, []string{"c1"}, before.Chats, "copies stay as they were")
}

func TestChatIDs(t *testing.T) {
	t.Parallel()
	id := center.ChatIDOf("sms", "+33199001000", "+33612345678")
	assert.Equal(t, id, center.ChatIDOf("sms", "+33199001000", "+33612345678"))
	assert.NotEqual(t, id, center.ChatIDOf("sms", "+33199001001", "+33612345678"))
	assert.NotEqual(t, id, center.ChatIDOf("webchat", "+33199001000", "+33612345678"))
	assert.Len(t, id, len("ch_")+26)
}
