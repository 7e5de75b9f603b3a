package privacy_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/privacy"
	"guichet/shared/store"
)

// stops has a customer say STOP in the chat of a customer's text messages.
func (w *centre) stops(c customer) {
	w.t.Helper()
	chat, err := w.store.Chat(w.t.Context(), c.textChat(), true)
	require.NoError(w.t, err)
	before := *chat
	chat.OptedOut, chat.ConsentAt = true, noon
	require.NoError(w.t, w.store.CommitChat(w.t.Context(), store.ChatChange{Before: &before, After: chat}))
}

// Who has said STOP and is erased gets no messages, and of them there is nothing else.
func TestErasingForgetsNobodysStop(t *testing.T) {
	t.Parallel()
	w := open(t)
	w.know(zoe)
	w.know(leo)
	w.stops(zoe)
	require.NoError(t, w.erase(zoe.number))
	require.NoError(t, w.erase("messenger:"+zoe.psid))
	at, err := w.store.OptedOut(t.Context(), zoe.textChat())
	require.NoError(t, err)
	assert.Equal(t, noon, at)
	left := zoe.about(w.items())
	require.Len(t, left, 1)
	for _, own := range []string{zoe.number, strings.TrimPrefix(zoe.number, "+"), zoe.tag, zoe.psid, zoe.email} {
		assert.NotContains(t, left[0], own, "it is known to those alone who know the number")
	}
	for _, c := range []customer{zoe, leo} {
		assert.Equal(t, c == zoe, len(w.find(c.number).OptOuts) == 1, c.tag)
		assert.Equal(t, c == zoe, len(w.find("sms:"+c.number).OptOuts) == 1, c.tag)
		assert.Empty(t, w.find(c.email).OptOuts)
	}
	items := w.items()
	require.NoError(t, w.erase(zoe.number), "again")
	assert.Equal(t, items, w.items())
}

// Who asks what the centre has of them is told that, too, whatever has been erased.
func TestAnExportTellsOfTheirWish(t *testing.T) {
	t.Parallel()
	w := open(t)
	w.know(zoe)
	w.stops(zoe)
	require.NoError(t, w.erase(zoe.number))
	found := w.find(zoe.number)
	assert.True(t, found.None(), "there is nothing to erase")
	assert.False(t, found.Unknown())
	assert.Contains(t, found.String(), "no more messages from sms +33199001000")
	_, _, d := w.export(found)
	assert.Equal(t, []privacy.OptOut{{Channel: "sms", Inbox: "+33199001000", At: noon}}, d.OptOuts)
	assert.True(t, w.find(leo.number).Unknown())
}
