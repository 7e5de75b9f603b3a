package workflow_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/internal/functiontest"
	"guichet/functions/workflow"
	"guichet/shared/center"
	"guichet/shared/dispatch"
	"guichet/shared/timers"
)

func TestRingTimer(t *testing.T) {
	t.Parallel()
	o := functiontest.New(t)
	o.Ready(t, functiontest.Ana)
	c := o.Call(t, "CA1")
	h := workflow.New(o.Dispatcher, o.Conversations, &workflows{}, nil)
	task := timers.Task{Action: timers.OfferTimedOut, ContactID: c.ID, OfferID: c.Offer.ID}
	require.Error(t, h.Handle(t.Context(), task), "too early: Step Functions is to try again")
	o.Pass(functiontest.RingTime)
	require.NoError(t, h.Handle(t.Context(), task))
	require.NoError(t, h.Handle(t.Context(), task), "a repeat has nothing to do")
	assert.True(t, o.Contact(t, c.ID).Waiting())
	assert.Equal(t, center.ReasonMissed, o.Agent(t, functiontest.Ana).StatusIn(functiontest.QueueID).Reason)
}

func TestWrapUpTimer(t *testing.T) {
	t.Parallel()
	o := functiontest.New(t)
	o.Ready(t, functiontest.Ana)
	c := o.Talk(t, "CA1", functiontest.Ana)
	_, err := o.CallerLeft(t.Context(), c.ID)
	require.NoError(t, err)
	h := workflow.New(o.Dispatcher, o.Conversations, &workflows{}, nil)
	task := timers.Task{Action: timers.WrapUpTimedOut, ContactID: c.ID, AgentID: functiontest.Ana}
	require.Error(t, h.Handle(t.Context(), task), "too early")
	o.Pass(functiontest.WrapUpTime)
	require.NoError(t, h.Handle(t.Context(), task))
	require.NoError(t, h.Handle(t.Context(), task))
	assert.True(t, o.Agent(t, functiontest.Ana).Available())
}

func TestWidgetTimer(t *testing.T) {
	t.Parallel()
	o := functiontest.New(t)
	require.NoError(t, o.AudioUp(t.Context(), functiontest.Ana, "session"))
	dial := func() *center.Contact {
		c, err := o.DialOut(t.Context(), functiontest.Ana, dispatch.Dialling{ChatID: "ch_1", InWidget: true})
		require.NoError(t, err)
		return c
	}
	h := workflow.New(o.Dispatcher, o.Conversations, &workflows{}, nil)
	c := dial()
	task := timers.Task{Action: timers.WidgetRangOut, ContactID: c.ID}
	require.Error(t, h.Handle(t.Context(), task), "too early")
	o.Pass(dispatch.WidgetRing)
	require.NoError(t, h.Handle(t.Context(), task))
	require.NoError(t, h.Handle(t.Context(), task))
	assert.Equal(t, center.OutcomeUnanswered, o.Contact(t, c.ID).Outcome)
	assert.Len(t, o.Phone.HungUp(), 1)

	c = dial()
	require.NoError(t, o.Joined(t.Context(), c.ID, functiontest.Ana, o.Now()))
	o.Pass(dispatch.WidgetRing)
	require.NoError(t, h.Handle(t.Context(), timers.Task{Action: timers.WidgetRangOut, ContactID: c.ID}))
	assert.Equal(t, center.StateConnected, o.Contact(t, c.ID).State, "it was answered")
}

// A workflow is told at once what nobody else would tell it.
func TestCallbacksTakeTheirTurn(t *testing.T) {
	t.Parallel()
	o := functiontest.New(t)
	told := &workflows{}
	h := workflow.New(o.Dispatcher, o.Conversations, told, nil)
	c := o.Call(t, "CA1")
	_, err := o.AskForCallback(t.Context(), c.ID)
	require.NoError(t, err)
	task := timers.Task{Action: timers.TakeTurn, ContactID: c.ID, Token: "t1"}
	require.NoError(t, h.Handle(t.Context(), task))
	assert.Equal(t, []string{"t1 2026-11-22T09:00:15Z"}, told.told, "too early")
	o.Pass(15 * time.Second)
	task.Token = "t2"
	require.NoError(t, h.Handle(t.Context(), task))
	assert.Len(t, told.told, 1, "the stream will tell")
	assert.Equal(t, "t2", o.Contact(t, c.ID).Token)
	_, err = o.Fail(t.Context(), c.ID)
	require.NoError(t, err)
	task.Token = "t3"
	require.NoError(t, h.Handle(t.Context(), task))
	require.NoError(t, h.Handle(t.Context(), timers.Task{Action: timers.TakeTurn, ContactID: "ct_none", Token: "t4"}))
	assert.Equal(t, []string{"t3 0001-01-01T00:00:00Z", "t4 0001-01-01T00:00:00Z"}, told.told[1:], "it is over")
}

func TestOtherTasks(t *testing.T) {
	t.Parallel()
	o := functiontest.New(t)
	h := workflow.New(o.Dispatcher, o.Conversations, &workflows{}, nil)
	require.NoError(t, h.Handle(t.Context(), timers.Task{Action: timers.Sweep}))
	require.NoError(t, h.Handle(t.Context(), timers.Task{Action: timers.OfferTimedOut, ContactID: "ct_none"}), "nothing is left to do")
	require.ErrorContains(t, h.Handle(t.Context(), timers.Task{Action: "sing"}), "unknown action")
}

// workflows notes what workflows are told.
type workflows struct{ told []string }

func (w *workflows) Turned(_ context.Context, token string, again time.Time) error {
	w.told = append(w.told, token+" "+again.Format(time.RFC3339))
	return nil
}
