package conversation_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/center"
	"guichet/shared/channel"
)

// says has a customer say that they want no more messages, or want them again.
func (b *bench) says(customerID, inbox string, optedOut bool) {
	b.t.Helper()
	b.now = b.now.Add(time.Second)
	require.NoError(b.t, b.Receive(b.t.Context(), channel.Event{
		Channel: "told", Inbox: inbox, Customer: center.Customer{ID: customerID}, At: b.now, Consent: &channel.Consent{OptedOut: optedOut},
	}))
}

// goes has a chat go as an erasure lets it go, or its time to live.
func (b *bench) goes(c *center.Chat) {
	b.t.Helper()
	require.NoError(b.t, b.Store.EmptyChat(b.t.Context(), c.ID, func(*center.Message) error { return nil }))
	require.NoError(b.t, b.Store.RemoveChat(b.t.Context(), b.chat(c.ID)))
}

// Who has said STOP is not written to until they say otherwise, whatever has become of the conversation in which they said so.
func TestStopOutlivesTheConversation(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	c := b.writes("kim", "page")
	b.says("kim", "page", true)
	said := b.chat(c.ID).ConsentAt
	b.goes(c)

	c = b.writes("kim", "page")
	assert.True(t, c.OptedOut)
	assert.Equal(t, said, c.ConsentAt, "an older word of theirs that comes late changes nothing")
	_, err := b.sends("ada", c)
	assert.Equal(t, "opted-out", center.SlugOf(err))
	assert.Empty(t, b.channel.sent)
	b.goes(c)

	c = b.writes("kim", "page")
	b.says("kim", "page", false)
	_, err = b.sends("ada", c)
	require.NoError(t, err)
	b.goes(c)
	assert.False(t, b.writes("kim", "page").OptedOut, "what they have taken back is not remembered")
	assert.False(t, b.writes("lou", "page").OptedOut, "nor is it anybody else's")
}
