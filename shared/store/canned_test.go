package store_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/center"
	"guichet/shared/store"
)

func canned(id, owner, shortcut string, public bool) *center.CannedMessage {
	return &center.CannedMessage{ID: id, OwnerID: owner, Title: "Title " + id, Text: "Bonjour,\nmerci", Shortcut: shortcut, Public: public}
}

func saveCanned(t *testing.T, s *store.Store, messages ...*center.CannedMessage) {
	t.Helper()
	for _, m := range messages {
		require.NoError(t, s.SaveCannedMessage(t.Context(), nil, m))
		assert.EqualValues(t, 1, m.Version)
	}
}

func cannedIDs(t *testing.T, s *store.Store, agentID string) []string {
	t.Helper()
	list, err := s.CannedMessages(t.Context(), agentID)
	require.NoError(t, err)
	ids := []string{}
	for _, m := range list {
		ids = append(ids, m.ID)
	}
	return ids
}

func TestCannedMessagesKeepEveryField(t *testing.T) {
	t.Parallel()
	s := open(t)
	want := canned("cn_1", "ada", "hello", true)
	want.Categories = []string{"greetings", "polite"}
	saveCanned(t, s, want)
	got, err := s.CannedMessage(t.Context(), "bob", "cn_1")
	require.NoError(t, err)
	assert.Equal(t, want, got)
}

func TestEverybodySeesTheirOwnCannedMessagesAndThePublicOnes(t *testing.T) {
	t.Parallel()
	s := open(t)
	saveCanned(t, s, canned("cn_2", "ada", "hello", false), canned("cn_1", "sue", "hello", true), canned("cn_3", "bob", "hello", false))
	assert.Equal(t, []string{"cn_1", "cn_2"}, cannedIDs(t, s, "ada"), "by title")
	assert.Equal(t, []string{"cn_1", "cn_3"}, cannedIDs(t, s, "bob"))
	_, err := s.CannedMessage(t.Context(), "bob", "cn_2")
	assert.Equal(t, center.NotFound, center.CodeOf(err))
}

func TestAShortcutIsUniqueInItsScope(t *testing.T) {
	t.Parallel()
	s := open(t)
	saveCanned(t, s,
		canned("cn_1", "ada", "hello", false), canned("cn_2", "bob", "hello", false), canned("cn_3", "sue", "hello", true),
		canned("cn_4", "ada", "", false), canned("cn_5", "ada", "", false))
	require.ErrorIs(t, s.SaveCannedMessage(t.Context(), nil, canned("cn_6", "ada", "hello", false)), store.ErrShortcutTaken)
	require.ErrorIs(t, s.SaveCannedMessage(t.Context(), nil, canned("cn_7", "tom", "hello", true)), store.ErrShortcutTaken)
	assert.Equal(t, []string{"cn_1", "cn_3", "cn_4", "cn_5"}, cannedIDs(t, s, "ada"), "nothing of the refused is written")
}

func TestAShortcutIsFreeAgainWhenItsMessageHasAnother(t *testing.T) {
	t.Parallel()
	changes := map[string]func(*center.CannedMessage) *center.CannedMessage{
		"another shortcut": func(m *center.CannedMessage) *center.CannedMessage { m.Shortcut = "bye"; return m },
		"none any more":    func(m *center.CannedMessage) *center.CannedMessage { m.Shortcut = ""; return m },
		"another scope":    func(m *center.CannedMessage) *center.CannedMessage { m.Public = true; return m },
		"deleted":          func(*center.CannedMessage) *center.CannedMessage { return nil },
	}
	s := open(t)
	for name, change := range changes {
		owner := "owner of " + name
		before := canned("cn_1"+name, owner, "hello", false)
		saveCanned(t, s, before)
		after := *before
		require.NoError(t, s.SaveCannedMessage(t.Context(), before, change(&after)), name)
		require.NoError(t, s.SaveCannedMessage(t.Context(), nil, canned("cn_2"+name, owner, "hello", false)), name)
	}
}

func TestACannedMessageKeepsItsShortcut(t *testing.T) {
	t.Parallel()
	s := open(t)
	before := canned("cn_1", "ada", "hello", false)
	saveCanned(t, s, before)
	after := *before
	after.Text = "Bonsoir"
	require.NoError(t, s.SaveCannedMessage(t.Context(), before, &after))
	got, err := s.CannedMessage(t.Context(), "ada", "cn_1")
	require.NoError(t, err)
	assert.Equal(t, "Bonsoir", got.Text)
	assert.EqualValues(t, 2, got.Version)
	require.ErrorIs(t, s.SaveCannedMessage(t.Context(), nil, canned("cn_2", "ada", "hello", false)), store.ErrShortcutTaken)
}

func TestAnOldCannedMessageIsNotWritten(t *testing.T) {
	t.Parallel()
	s := open(t)
	old := canned("cn_1", "ada", "hello", false)
	saveCanned(t, s, old)
	newer := *old
	newer.Text = "newer"
	require.NoError(t, s.SaveCannedMessage(t.Context(), old, &newer))

	for name, change := range map[string]func(*center.CannedMessage){
		"text": func(m *center.CannedMessage) { m.Text = "lost" }, "shortcut": func(m *center.CannedMessage) { m.Shortcut = "bye" },
		"scope": func(m *center.CannedMessage) { m.Public = true },
	} {
		after := *old
		change(&after)
		require.ErrorIs(t, s.SaveCannedMessage(t.Context(), old, &after), store.ErrStale, name)
	}
	require.ErrorIs(t, s.SaveCannedMessage(t.Context(), old, nil), store.ErrStale, "deleted")
	got, err := s.CannedMessage(t.Context(), "ada", "cn_1")
	require.NoError(t, err)
	assert.Equal(t, &newer, got)
}

func TestOneOfManyGetsTheShortcut(t *testing.T) {
	t.Parallel()
	s := open(t)
	var wg sync.WaitGroup
	failures := make([]error, 8)
	for i := range failures {
		wg.Go(func() {
			failures[i] = s.SaveCannedMessage(t.Context(), nil, canned(fmt.Sprintf("cn_%d", i), fmt.Sprintf("sue %d", i), "hello", true))
		})
	}
	wg.Wait()
	won := 0
	for _, err := range failures {
		if err == nil {
			won++
		} else {
			assert.True(t, errors.Is(err, store.ErrShortcutTaken) || errors.Is(err, store.ErrStale), err)
		}
	}
	assert.Equal(t, 1, won)
	assert.Len(t, cannedIDs(t, s, "ada"), 1)
}
