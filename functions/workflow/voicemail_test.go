package workflow_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/internal/functiontest"
	"guichet/functions/workflow"
	"guichet/shared/center"
	"guichet/shared/timers"
)

// messages notes what is asked for.
type messages struct {
	asked []string
	fail  error
}

func (m *messages) Fetch(_ context.Context, lineID, id, recordingSID string) error {
	m.asked = append(m.asked, "fetch "+lineID+" "+id+" "+recordingSID)
	return m.fail
}

func (m *messages) Abandon(_ context.Context, lineID, id string) error {
	m.asked = append(m.asked, "abandon "+lineID+" "+id)
	return m.fail
}

func TestP6CallersMessagesAreFetched(t *testing.T) {
	t.Parallel()
	o := functiontest.New(t)
	m := &messages{}
	h := workflow.New(o.Dispatcher, o.Conversations, &workflows{}, m)
	fetch := timers.Task{Action: timers.FetchVoicemail, LineID: "q1", VoicemailID: "vm_1", RecordingSID: "RE1"}
	abandon := timers.Task{Action: timers.AbandonVoicemail, LineID: "q1", VoicemailID: "vm_1"}
	for _, task := range []timers.Task{fetch, abandon} {
		require.NoError(t, h.Handle(t.Context(), task))
	}
	assert.Equal(t, []string{"fetch q1 vm_1 RE1", "abandon q1 vm_1"}, m.asked)
	m.fail = errors.New("not there yet")
	require.ErrorIs(t, h.Handle(t.Context(), fetch), m.fail, "Step Functions is to try again")
	m.fail = center.Errorf(center.NotFound, "voicemail-unknown", "deleted meanwhile")
	require.NoError(t, h.Handle(t.Context(), abandon), "nothing is left to do")
}
