package conversation_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/center"
	"guichet/shared/channel"
	"guichet/shared/conversation"
	"guichet/shared/store"
)

func TestWhoMayWrite(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	ctx := t.Context()
	c := b.writes("kim", "page")
	draft := func(kind center.MessageKind) conversation.Draft {
		return conversation.Draft{ID: center.NewID(center.PrefixMessage, b.now), Kind: kind, Text: "Hello"}
	}
	send := func(agentID string, kind center.MessageKind) string {
		_, err := b.Send(ctx, b.agent(agentID), c.ID, draft(kind))
		return center.SlugOf(err)
	}
	assert.Equal(t, "chat-unknown", send("dan", center.KindText), "of another queue")
	assert.Equal(t, "chat-unknown", send("dan", center.KindNote))
	assert.Equal(t, "chat-not-yours", send("ada", center.KindText), "nobody's")
	assert.Empty(t, send("ada", center.KindNote), "notes are everybody's who sees the chat")
	assert.Empty(t, send("eve", center.KindText), "supervisors may")
	_, err := b.Assign(ctx, b.agent("ada"), c.ID, "ada")
	require.NoError(t, err)
	assert.Equal(t, "chat-not-yours", send("bob", center.KindText))
	assert.Empty(t, send("ada", center.KindText))

	b.channel.until = b.now.Add(-time.Hour)
	assert.Equal(t, "window-closed", send("ada", center.KindText))
	assert.Empty(t, send("ada", center.KindNote))
	b.channel.until = b.now.Add(time.Hour)
	require.NoError(t, b.Receive(ctx, channel.Event{
		Channel: "told", Inbox: "page", Customer: center.Customer{ID: "kim"}, At: b.now, Consent: &channel.Consent{OptedOut: true},
	}))
	assert.Equal(t, "opted-out", send("ada", center.KindText))
	_, err = b.Resolve(ctx, b.agent("ada"), c.ID)
	require.NoError(t, err)
	assert.Equal(t, "chat-resolved", send("ada", center.KindText))

	tomorrow := draft(center.KindText)
	tomorrow.ID = center.NewID(center.PrefixMessage, b.now.Add(time.Hour))
	_, err = b.Send(ctx, b.agent("ada"), c.ID, tomorrow)
	assert.Equal(t, "message-id-ahead", center.SlugOf(err))
	assert.Len(t, b.channel.sent, 2)
}

func TestSendingTwiceIsSendingOnce(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	c := b.writes("kim", "page")
	m, err := b.sends("ada", c)
	require.NoError(t, err)
	assert.Equal(t, center.DeliverySent, m.Delivery)
	again := func(d *conversation.Draft) { d.ID = m.ID }
	same, err := b.sends("ada", c, again)
	require.NoError(t, err)
	assert.Equal(t, m, same)
	_, err = b.sends("bob", c, again)
	assert.Equal(t, "message-id-taken", center.SlugOf(err))
	_, err = b.Resolve(t.Context(), b.agent("bob"), c.ID)
	require.NoError(t, err)
	same, err = b.Send(t.Context(), b.agent("ada"), c.ID, conversation.Draft{ID: m.ID, Kind: center.KindText})
	require.NoError(t, err, "whatever has happened since")
	assert.Equal(t, m.Key(), same.Key())
	assert.Len(t, b.channel.sent, 1)
	assert.Equal(t, "https://centre.example/channels/told/status?chat="+c.ID+"&message="+m.ID, b.channel.sent[0].StatusURL)
}

func TestWhatIsRefusedForNowIsTriedAgain(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	ctx := t.Context()
	c := b.writes("kim", "page")
	b.channel.fails = errors.New("timeout")
	m, err := b.sends("ada", c)
	require.NoError(t, err)
	assert.Equal(t, []any{center.DeliveryRetrying, "unreachable", 1}, []any{m.Delivery, m.Failure, m.Attempts})
	require.ErrorIs(t, b.Resend(ctx, c.ID, m.Key()), conversation.ErrNotYet)
	b.channel.fails = nil
	require.NoError(t, b.Resend(ctx, c.ID, m.Key()))
	require.NoError(t, b.Resend(ctx, c.ID, m.Key()), "a repeat of the timer")
	require.NoError(t, b.GiveUp(ctx, c.ID, m.Key()))
	m, err = b.Store.Message(ctx, c.ID, m.Key(), true)
	require.NoError(t, err)
	assert.Equal(t, []any{center.DeliverySent, "", 3, "out3"}, []any{m.Delivery, m.Failure, m.Attempts, m.ProviderID})
	assert.Len(t, b.channel.sent, 3)
}

func TestWhatFailsIsTheAgentsToTryAgain(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	ctx := t.Context()
	c := b.writes("kim", "page")
	b.channel.fails = channel.ErrContent
	m, err := b.sends("ada", c)
	require.NoError(t, err)
	assert.Equal(t, []any{center.DeliveryFailed, "content"}, []any{m.Delivery, m.Failure})
	require.NoError(t, b.Resend(ctx, c.ID, m.Key()), "no timer does")
	_, err = b.Retry(ctx, b.agent("bob"), c.ID, m.Key())
	assert.Equal(t, "chat-not-yours", center.SlugOf(err))
	b.channel.fails = nil
	m, err = b.Retry(ctx, b.agent("ada"), c.ID, m.Key())
	require.NoError(t, err)
	assert.Equal(t, []any{center.DeliverySent, ""}, []any{m.Delivery, m.Failure})
	_, err = b.Retry(ctx, b.agent("ada"), c.ID, m.Key())
	require.NoError(t, err)
	assert.Len(t, b.channel.sent, 2, "what is sent is not sent again")

	b.channel.fails = channel.ErrThrottled
	m, err = b.sends("ada", c)
	require.NoError(t, err)
	require.NoError(t, b.GiveUp(ctx, c.ID, m.Key()))
	m, err = b.Store.Message(ctx, c.ID, m.Key(), true)
	require.NoError(t, err)
	assert.Equal(t, []any{center.DeliveryFailed, "throttled"}, []any{m.Delivery, m.Failure})
}

// Deliberate mutations that it caught: an attempt without a claim; a second attempt while the first may be under way.
func TestAnAttemptThatNobodyConfirmed(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	ctx := t.Context()
	c := b.writes("kim", "page")
	m, err := b.sends("ada", c)
	require.NoError(t, err)
	lost := func(delivery center.Delivery) { // as its sender left it who died
		b.now = b.now.Add(time.Second)
		m, err = b.Store.Message(ctx, c.ID, m.Key(), true)
		require.NoError(t, err)
		m.Delivery, m.TriedAt = delivery, b.now
		require.NoError(t, b.Store.UpdateMessage(ctx, m))
	}
	delivery := func() center.Delivery {
		m, err = b.Store.Message(ctx, c.ID, m.Key(), true)
		require.NoError(t, err)
		return m.Delivery
	}
	lost(center.DeliveryRetrying)
	require.ErrorIs(t, b.Resend(ctx, c.ID, m.Key()), conversation.ErrNotYet, "it may still be under way")
	b.now = b.now.Add(2 * time.Minute)
	require.NoError(t, b.Resend(ctx, c.ID, m.Key()))
	assert.Equal(t, center.DeliverySending, delivery(), "the agent decides")
	lost(center.DeliverySending)
	_, err = b.Retry(ctx, b.agent("ada"), c.ID, m.Key())
	require.NoError(t, err)
	assert.Len(t, b.channel.sent, 1, "too early")
	b.now = b.now.Add(2 * time.Minute)
	_, err = b.Retry(ctx, b.agent("ada"), c.ID, m.Key())
	require.NoError(t, err)
	assert.Len(t, b.channel.sent, 2)
	assert.Equal(t, center.DeliverySent, delivery())
}

func TestAnEchoOfOurOwnMessageIsNoSecondOne(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	c := b.writes("kim", "page")
	m, err := b.sends("ada", c)
	require.NoError(t, err)
	echo := func(providerID, text string) int {
		require.NoError(t, b.Receive(t.Context(), channel.Event{
			Channel: "told", Inbox: "page", Customer: center.Customer{ID: "kim"}, At: b.now.Add(time.Second),
			Echo: &channel.Incoming{ProviderID: providerID, Kind: center.KindText, Text: text},
		}))
		thread, _, err := b.Messages(t.Context(), c.ID, store.Page{})
		require.NoError(t, err)
		return len(thread)
	}
	thread, _, err := b.Messages(t.Context(), c.ID, store.Page{})
	require.NoError(t, err)
	assert.Equal(t, len(thread), echo(m.ProviderID, m.Text), "by the provider's id")
	assert.Equal(t, len(thread)+1, echo("elsewhere-1", "From the page's own inbox"))
}
