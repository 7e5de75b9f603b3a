package workflow_test

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/internal/functiontest"
	"guichet/functions/workflow"
	"guichet/shared/center"
	"guichet/shared/measure"
	"guichet/shared/store"
	"guichet/shared/timers"
)

// swept sweeps and returns the values of what the sweep measured.
func swept(t *testing.T, o *functiontest.Centre) map[string]float64 {
	t.Helper()
	var out bytes.Buffer
	h := workflow.New(o.Dispatcher, o.Conversations, &workflows{}, nil)
	h.Measures = measure.New(&out, "acme", o.Now)
	require.NoError(t, h.Handle(t.Context(), timers.Task{Action: timers.Sweep}))
	values := map[string]float64{}
	if out.Len() == 0 {
		return values
	}
	var line map[string]json.RawMessage
	require.NoError(t, json.Unmarshal(out.Bytes(), &line), out.String())
	for _, m := range measure.All() {
		var some []float64
		if line[m.Name] != nil {
			require.NoError(t, json.Unmarshal(line[m.Name], &some))
			values[m.Name] = some[0]
		}
	}
	return values
}

func TestSweepsMeasureNothingWhileNothingGoesOn(t *testing.T) {
	t.Parallel()
	o := functiontest.WithChats(t)
	assert.Empty(t, swept(t, o), "nothing to pay")
}

func TestSweepsMeasureWhoWaitsAndForWhom(t *testing.T) {
	t.Parallel()
	o := functiontest.New(t)
	for _, sid := range []string{"CA1", "CA2"} {
		o.Call(t, sid)
		o.Pass(20 * time.Second)
	}
	assert.Equal(t, map[string]float64{"CallsWaiting": 2, "CallsWaitingAlone": 2, "OldestCallWait": 40}, swept(t, o))

	o.Ready(t, functiontest.Ana) // who is rung by the first
	assert.Equal(t, map[string]float64{"AgentsReady": 1, "CallsWaiting": 1, "OldestCallWait": 20}, swept(t, o), "she will be free again")

	_, err := o.SetStatus(t.Context(), functiontest.Ana, []string{functiontest.QueueID}, center.StatusPaused, "break")
	require.NoError(t, err)
	assert.Equal(t, map[string]float64{"CallsWaiting": 2, "CallsWaitingAlone": 2, "OldestCallWait": 40}, swept(t, o), "it rings at nobody")
}

// Of a call that is yet to be dialled nobody is on the line.
func TestCallbacksInLineAreNoCallersWhoWait(t *testing.T) {
	t.Parallel()
	o := functiontest.New(t)
	o.Configure(t, func(d *store.Directory) {
		q := d.Queues[functiontest.QueueID]
		q.OfferCallback, q.Attempts = true, center.Attempts{Most: 2, Spacing: time.Minute}
		d.Queues[q.ID] = q
	})
	c := o.Call(t, "CA1")
	_, err := o.AskForCallback(t.Context(), c.ID)
	require.NoError(t, err)
	o.Pass(time.Minute)
	_, err = o.TakeTurn(t.Context(), c.ID, "t1")
	require.NoError(t, err)
	require.True(t, o.Contact(t, c.ID).Waiting())
	assert.Empty(t, swept(t, o))
}

func TestChatsThatWaitTooLongWhileSomebodyIsThere(t *testing.T) {
	t.Parallel()
	o := functiontest.WithChats(t)
	e := functiontest.Text("in-1", "Hello", o.Now())
	e.Inbox = functiontest.PickedInbox
	require.NoError(t, o.Conversations.Receive(t.Context(), e))
	o.Pass(16 * time.Minute)
	assert.Empty(t, swept(t, o), "nobody is there: it is night")
	require.NoError(t, o.Connect(t.Context(), functiontest.Ana, "desk-ana"))
	_, err := o.SetStatus(t.Context(), functiontest.Ana, []string{functiontest.PickedID}, center.StatusPaused, "break")
	require.NoError(t, err)
	assert.Equal(t, map[string]float64{"ChatsUnanswered": 1}, swept(t, o))
	late := functiontest.Text("in-2", "Hello", o.Now())
	late.Inbox, late.Customer.ID = functiontest.PickedInbox, "another"
	require.NoError(t, o.Conversations.Receive(t.Context(), late))
	assert.Equal(t, map[string]float64{"ChatsUnanswered": 1}, swept(t, o), "the other has only just come")
	chatID := center.ChatIDOf(e.Channel, e.Inbox, e.Customer.ID)
	by := o.Agent(t, functiontest.Ana)
	_, err = o.Conversations.Assign(t.Context(), by, chatID, by.ID)
	require.NoError(t, err)
	assert.Empty(t, swept(t, o))
}
