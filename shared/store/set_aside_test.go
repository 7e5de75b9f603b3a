package store_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/center"
	"guichet/shared/store"
)

func TestWhatIsSetAsideIsListedNewestFirst(t *testing.T) {
	t.Parallel()
	s := open(t)
	for i := range store.SetAsideLimit + 3 {
		at := noon.Add(time.Duration(i) * time.Second)
		require.NoError(t, s.SetAside(t.Context(), "messenger", fmt.Appendf(nil, `{"n":%d}`, i), "no such field", at))
	}
	list, err := s.SetAsides(t.Context())
	require.NoError(t, err)
	require.Len(t, list, store.SetAsideLimit)
	newest := list[0]
	assert.Equal(t, &center.SetAside{
		ID: newest.ID, Channel: "messenger", At: noon.Add((store.SetAsideLimit + 2) * time.Second), Reason: "no such field",
		Payload: fmt.Sprintf(`{"n":%d}`, store.SetAsideLimit+2),
	}, newest)
	assert.True(t, newest.At.After(list[1].At))

	require.NoError(t, s.RemoveSetAside(t.Context(), newest.ID))
	require.NoError(t, s.RemoveSetAside(t.Context(), newest.ID), "twice is harmless")
	again, err := s.SetAsides(t.Context())
	require.NoError(t, err)
	assert.Equal(t, list[1].ID, again[0].ID)
}

func TestAnyPayloadCanBeSetAside(t *testing.T) {
	t.Parallel()
	s := open(t)
	for name, payload := range map[string]string{
		"empty": "", "no text": "\xff\xfe\x00binary", "very large": strings.Repeat("é", 500<<10), "a reason as long": "x",
	} {
		reason := errors.New(strings.Repeat(name, 30<<10))
		require.NoError(t, s.SetAside(t.Context(), "sms", []byte(payload), reason.Error(), noon), name)
	}
	list, err := s.SetAsides(t.Context())
	require.NoError(t, err)
	require.Len(t, list, 4)
	for _, p := range list {
		assert.True(t, utf8.ValidString(p.Payload))
		assert.LessOrEqual(t, len(p.Payload), 65<<10)
	}
}

func TestTagsAreKnownOnceAndSorted(t *testing.T) {
	t.Parallel()
	s := open(t)
	none, err := s.Tags(t.Context())
	require.NoError(t, err)
	assert.Equal(t, []string{}, none)
	require.NoError(t, s.AddTags(t.Context(), []string{"refund", "CHAT"}, noon))
	require.NoError(t, s.AddTags(t.Context(), []string{"refund", "MESSAGE#1", "billing"}, noon.Add(time.Hour)))
	tags, err := s.Tags(t.Context())
	require.NoError(t, err)
	assert.Equal(t, []string{"CHAT", "MESSAGE#1", "billing", "refund"}, tags)
}

func TestAnAnnouncedFileIsFound(t *testing.T) {
	t.Parallel()
	s := open(t)
	want := &center.File{ID: "fl_1", AgentID: "ada", Name: "été.pdf", Type: "application/pdf", Bytes: 12, At: noon}
	require.NoError(t, s.AddFile(t.Context(), want))
	got, err := s.File(t.Context(), "fl_1")
	require.NoError(t, err)
	assert.Equal(t, want, got)
	assert.Equal(t, "files/fl_1", got.Key())
	_, err = s.File(t.Context(), "fl_2")
	assert.Equal(t, center.NotFound, center.CodeOf(err))
}
