package center_test

import (
	"testing"
	"time"

	"github.com/oklog/ulid/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/center"
)

func TestVoicemailIDOf(t *testing.T) {
	t.Parallel()
	id := center.VoicemailIDOf("twilio", "RE1", noon)
	parsed, err := ulid.ParseStrict(id[len(center.PrefixVoicemail):])
	require.NoError(t, err)
	assert.Equal(t, noon.UnixMilli(), ulid.Time(parsed.Time()).UnixMilli())
	assert.Equal(t, id, center.VoicemailIDOf("twilio", "RE1", noon))
	assert.NotEqual(t, id, center.VoicemailIDOf("twilio", "RE2", noon))
	assert.NotEqual(t, id, center.VoicemailIDOf("other", "RE1", noon))
	assert.Less(t, id, center.VoicemailIDOf("twilio", "RE0", noon.Add(time.Millisecond)), "they sort by time")
}

func TestAMessageIsDoneOnce(t *testing.T) {
	t.Parallel()
	for sound, open := range map[center.Sound]center.VoicemailState{
		center.SoundFetching: center.VoicemailFetching, center.SoundKept: center.VoicemailNew, center.SoundLost: center.VoicemailFailed,
	} {
		v := &center.Voicemail{Sound: sound}
		assert.Equal(t, open, v.State())
		assert.False(t, v.Reopen(), "it is open")
		assert.True(t, v.Done("ada", noon))
		assert.False(t, v.Done("bob", noon.Add(1)), "the first counts")
		assert.Equal(t, center.VoicemailDone, v.State())
		assert.Equal(t, "ada", v.DoneBy)
		assert.Equal(t, noon, v.DoneAt)
		assert.True(t, v.Reopen())
		assert.Equal(t, &center.Voicemail{Sound: sound}, v, "as it was")
	}
}

func TestAMessageExpires(t *testing.T) {
	t.Parallel()
	assert.False(t, (&center.Voicemail{}).Expired(noon), "never")
	v := &center.Voicemail{ExpiresAt: noon}
	assert.False(t, v.Expired(noon.Add(-1)))
	assert.True(t, v.Expired(noon))
}

func TestWhoHearsAndDeletesMessages(t *testing.T) {
	t.Parallel()
	ada := &center.Agent{ID: "ada", Role: center.RoleAgent, Queues: []string{"q1"}}
	sue := &center.Agent{ID: "sue", Role: center.RoleSupervisor}
	for _, tc := range []struct {
		agent          *center.Agent
		line           string
		hears, deletes bool
	}{
		{ada, "q1", true, false},
		{ada, "q2", false, false},
		{ada, center.OwnLine("ada"), true, true},
		{ada, center.OwnLine("sue"), false, false},
		{sue, "q1", true, true},
		{sue, center.OwnLine("sue"), true, true},
		{sue, center.OwnLine("ada"), false, false},
	} {
		assert.Equal(t, tc.hears, tc.agent.Hears(tc.line), "%s %s", tc.agent.ID, tc.line)
		assert.Equal(t, tc.deletes, tc.agent.Deletes(tc.line), "%s %s", tc.agent.ID, tc.line)
	}
}
