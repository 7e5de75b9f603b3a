package cards_test

import (
	"fmt"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/internal/functiontest"
	"guichet/shared/center"
	"guichet/shared/channel"
	"guichet/shared/conversation"
	"guichet/shared/metrics"
)

var chatQueues = []string{functiontest.AutomaticID, functiontest.PickedID}

// customers write to one of the queues each.
const customers = 3

// ofChats are what may happen to chats: to that of any of a few customers.
func (h *history) ofChats() []deed {
	ctx := h.t.Context()
	text := h.texts(h.dice.IntN(customers))
	by := func(agentID string, do func(by *center.Agent, chatID string) error) error {
		return do(h.Agent(h.t, agentID), h.chatOf(text))
	}
	return []deed{
		{6, "writes", func(i int, _, _ string) error {
			text.Message.ProviderID = fmt.Sprint("in-", i)
			return h.Conversations.Receive(ctx, text)
		}},
		{4, "takes a chat", func(_ int, a, _ string) error {
			return by(a, func(by *center.Agent, id string) error {
				_, err := h.Conversations.Assign(ctx, by, id, a)
				return err
			})
		}},
		{6, "answers", func(_ int, a, _ string) error {
			return by(a, func(by *center.Agent, id string) error {
				_, err := h.Conversations.Send(ctx, by, id, conversation.Draft{
					ID: center.NewID(center.PrefixMessage, h.Now()), Kind: center.KindText, Text: "Hello",
				})
				return err
			})
		}},
		{2, "sends a chat to a queue", func(_ int, a, _ string) error {
			return by(a, func(by *center.Agent, id string) error {
				_, err := h.Conversations.Transfer(ctx, by, id, chatQueues[h.dice.IntN(2)])
				return err
			})
		}},
		{4, "resolves", func(_ int, a, _ string) error {
			return by(a, func(by *center.Agent, id string) error {
				_, err := h.Conversations.Resolve(ctx, by, id)
				return err
			})
		}},
		{1, "opens a chat again", func(_ int, a, _ string) error {
			return by(a, func(by *center.Agent, id string) error {
				_, err := h.Conversations.Reopen(ctx, by, id)
				return err
			})
		}},
		{1, "chats are swept", func(int, string, string) error { return h.Conversations.Sweep(ctx) }},
	}
}

// texts is a message of the nth customer: half of them write to the queue that is shared out.
func (h *history) texts(n int) channel.Event {
	e := functiontest.Text("", "Hello", h.Now())
	e.Customer.ID = fmt.Sprint("customer-", n)
	if n%2 == 1 {
		e.Inbox = functiontest.PickedInbox
	}
	return e
}

func (h *history) chatOf(e channel.Event) string {
	return center.ChatIDOf(e.Channel, e.Inbox, e.Customer.ID)
}

// checkChats holds what was counted of chats to the chats themselves: what was opened is resolved or still open.
func (h *history) checkChats(counted metrics.Counts) {
	open := 0
	for n := range customers {
		c, err := h.Store.Chat(h.t.Context(), h.chatOf(h.texts(n)), true)
		if center.CodeOf(err) == center.NotFound {
			continue
		}
		require.NoError(h.t, err)
		if c.Open() {
			open++
		}
	}
	assert.Equal(h.t, counted[metrics.Opened], counted[metrics.Resolved]+int64(open), "chats: %v", counted)
	assert.LessOrEqual(h.t, counted[metrics.Responses], counted[metrics.Opened])
}
