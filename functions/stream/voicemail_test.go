package stream_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/internal/functiontest"
	"guichet/shared/center"
	"guichet/shared/deskapi"
)

func (n *timers) FetchVoicemail(_ context.Context, lineID, voicemailID, recordingSID string) error {
	return n.note("voicemail "+lineID+" "+voicemailID+" "+recordingSID, time.Time{})
}

// told is what a desk was told of callers' messages.
func (o *office) told(t *testing.T, person string) []string {
	t.Helper()
	var states []string
	for _, pushed := range o.Pushes.Take("desk-" + person) {
		for _, v := range pushed.(deskapi.Patch).Voicemails {
			states = append(states, v.LineID+" "+v.State)
		}
	}
	return states
}

func TestP6CallersMessagesAreFetchedOnceAndToldToThoseWhoHearThem(t *testing.T) {
	t.Parallel()
	o := open(t)
	require.NoError(t, o.Store.EnsureAgent(t.Context(), &center.Agent{ID: "zoe", Role: center.RoleAgent}))
	people := []string{functiontest.Ana, functiontest.Sue, "zoe"}
	for _, person := range people {
		require.NoError(t, o.Connect(t.Context(), person, "desk-"+person))
	}
	own := center.OwnLine("zoe")
	of := map[string]*center.Voicemail{}
	for _, line := range []string{functiontest.QueueID, own} {
		of[line] = &center.Voicemail{ID: "vm_" + line, LineID: line, RecordingSID: "RE1", At: o.Now(), Sound: center.SoundFetching}
	}
	hear := func(queue, zoes []string) {
		t.Helper()
		want := map[string][]string{functiontest.Ana: queue, functiontest.Sue: queue, "zoe": zoes}
		for _, person := range people {
			assert.Equal(t, want[person], o.told(t, person), person)
		}
	}
	handle := func(change func(*center.Voicemail) error) {
		t.Helper()
		e := o.since(t, func() {
			for _, v := range of {
				require.NoError(t, change(v))
			}
		})
		for _, person := range people {
			o.Pushes.Take("desk-" + person)
		}
		assert.Empty(t, o.handle(t, e).BatchItemFailures)
	}
	handle(func(v *center.Voicemail) error { return o.Store.AddVoicemail(t.Context(), v) })
	hear([]string{functiontest.QueueID + " fetching"}, []string{own + " fetching"})
	handle(func(v *center.Voicemail) error {
		v.Sound = center.SoundKept
		return o.Store.SaveVoicemail(t.Context(), v)
	})
	hear([]string{functiontest.QueueID + " new"}, []string{own + " new"})
	handle(func(v *center.Voicemail) error { return o.Store.RemoveVoicemail(t.Context(), v.LineID, v.ID) })
	hear([]string{functiontest.QueueID + " deleted"}, []string{own + " deleted"})
	assert.ElementsMatch(t, []string{
		"voicemail que_support vm_que_support RE1 00:00:00", "voicemail line:zoe vm_line:zoe RE1 00:00:00",
	}, o.timers.Started(), "once each, whatever else changes")
}
