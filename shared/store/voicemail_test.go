package store_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/center"
	"guichet/shared/store"
)

func voicemail(n int) *center.Voicemail {
	at := noon.Add(time.Duration(n) * time.Second)
	return &center.Voicemail{
		ID: center.VoicemailIDOf("twilio", fmt.Sprint(n), at), LineID: "q1", RecordingSID: fmt.Sprint(n), At: at, Sound: center.SoundFetching,
	}
}

func TestAMessageIsKeptWhole(t *testing.T) {
	t.Parallel()
	s := open(t)
	want := &center.Voicemail{
		ID: "vm_1", LineID: "line:ada", RecordingSID: "RE1", CallSID: "CA1", From: "+33612345678", CallerName: "Zoé", At: noon,
		Length: 7 * time.Second, Sound: center.SoundKept, DoneBy: "ada", DoneAt: noon.Add(time.Minute),
		ExpiresAt: noon.AddDate(0, 0, 30).Truncate(time.Second),
	}
	require.NoError(t, s.SaveVoicemail(t.Context(), want))
	got, err := s.Voicemail(t.Context(), "line:ada", "vm_1", noon)
	require.NoError(t, err)
	assert.Equal(t, want, got)
	assert.EqualValues(t, 1, got.Version)
	_, err = s.Voicemail(t.Context(), "line:bob", "vm_1", noon)
	assert.Equal(t, "voicemail-unknown", center.SlugOf(err))
}

func TestAMessageIsAddedOnce(t *testing.T) {
	t.Parallel()
	s := open(t)
	require.NoError(t, s.AddVoicemail(t.Context(), voicemail(1)))
	first, err := s.Voicemail(t.Context(), "q1", voicemail(1).ID, noon)
	require.NoError(t, err)
	stale := *first
	first.Done("ada", noon)
	require.NoError(t, s.SaveVoicemail(t.Context(), first))
	require.NoError(t, s.AddVoicemail(t.Context(), voicemail(1)), "a repeat is harmless")
	list, err := s.Voicemails(t.Context(), "q1", noon)
	require.NoError(t, err)
	assert.Equal(t, []*center.Voicemail{first}, list, "and changes nothing")
	require.ErrorIs(t, s.SaveVoicemail(t.Context(), &stale), store.ErrStale)
}

func TestMessagesOfALine(t *testing.T) {
	t.Parallel()
	s := open(t)
	for n := range store.DoneVoicemailLimit + 3 {
		v := voicemail(n)
		v.Done("ada", noon)
		if n == 0 {
			v.Reopen()
		}
		require.NoError(t, s.AddVoicemail(t.Context(), v))
	}
	gone := voicemail(1000)
	gone.ExpiresAt = noon.AddDate(0, 0, 1).Truncate(time.Second)
	require.NoError(t, s.AddVoicemail(t.Context(), gone))

	list, err := s.Voicemails(t.Context(), "q1", gone.ExpiresAt.Add(-1))
	require.NoError(t, err)
	assert.Equal(t, gone, list[0], "the newest first")
	list, err = s.Voicemails(t.Context(), "q1", gone.ExpiresAt)
	require.NoError(t, err)
	require.Len(t, list, store.DoneVoicemailLimit+1)
	assert.Equal(t, voicemail(0).ID, list[store.DoneVoicemailLimit].ID, "what is to be done is never left out")
	_, err = s.Voicemail(t.Context(), "q1", gone.ID, gone.ExpiresAt)
	assert.Equal(t, center.NotFound, center.CodeOf(err), "expired, though its record is there")

	for range 2 {
		require.NoError(t, s.RemoveVoicemail(t.Context(), "q1", voicemail(0).ID))
	}
	list, err = s.Voicemails(t.Context(), "q1", gone.ExpiresAt)
	require.NoError(t, err)
	assert.Len(t, list, store.DoneVoicemailLimit)
}
