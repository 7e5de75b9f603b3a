package stream_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/internal/functiontest"
	"guichet/shared/center"
	"guichet/shared/dispatch"
	"guichet/shared/store"
)

func TestACallbackHasAWorkflow(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Configure(t, func(d *store.Directory) {
		q := d.Queues[functiontest.QueueID]
		q.Attempts = center.Attempts{Most: 2, Spacing: time.Minute}
		d.Queues[q.ID] = q
	})
	c := o.Call(t, "CA1")
	asked := o.since(t, func() {
		_, err := o.AskForCallback(t.Context(), c.ID)
		require.NoError(t, err)
	})
	o.handle(t, asked)
	o.handle(t, asked)
	begun := "callback " + c.ID + " 09:00:15"
	assert.Equal(t, begun, o.timers.Started()[0])

	tried := o.since(t, func() {
		o.Pass(15 * time.Second)
		_, err := o.TakeTurn(t.Context(), c.ID, "t1")
		require.NoError(t, err)
		o.Ready(t, functiontest.Ana)
		rung := o.Contact(t, c.ID)
		_, err = o.Accept(t.Context(), functiontest.Ana, c.ID, rung.Offer.ID)
		require.NoError(t, err)
		require.NoError(t, o.DialOver(t.Context(), c.ID, 1, false))
	})
	o.handle(t, tried)
	assert.Contains(t, o.timers.Started(), "turned t1 09:01:15")
	assert.NotContains(t, o.timers.Started()[2:], begun, "the next attempt is the same workflow's")
}

func TestAGuestIsRungForSoLong(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	c := o.Talk(t, "CA1", functiontest.Ana)
	o.Ready(t, functiontest.Ben)
	invited := o.since(t, func() {
		_, err := o.Invite(t.Context(), functiontest.Ana, c.ID, dispatch.Invitation{ID: "gu_1", AgentID: functiontest.Ben})
		require.NoError(t, err)
	})
	o.Pushes.Take("desk-ben")
	o.handle(t, invited)
	assert.Equal(t, []string{"ring " + c.ID + " gu_1 09:00:30"}, o.timers.Started())
	assert.NotEmpty(t, o.Pushes.Take("desk-ben"), "the guest's desk is told of the call")
}

func TestMissedCallsGoToTheirCampaign(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Configure(t, func(d *store.Directory) {
		d.Queues["cmp"] = center.Queue{ID: "cmp", Kind: center.QueueCampaign, Campaign: &center.Campaign{
			Sources: []string{functiontest.QueueID}, Outcomes: []center.Outcome{center.OutcomeAbandoned}, Delay: time.Minute,
		}}
	})
	c := o.Call(t, "CA1")
	abandoned := o.since(t, func() {
		_, err := o.CallerLeft(t.Context(), c.ID)
		require.NoError(t, err)
	})
	o.handle(t, abandoned)
	o.handle(t, abandoned)
	made := o.Contact(t, center.ContactIDOf("campaign cmp", c.ID))
	assert.Equal(t, []any{center.KindCampaign, center.StateScheduled, o.Now().Add(time.Minute)}, []any{made.Kind, made.State, made.DueAt})

	again := o.Call(t, "CA2")
	o.handle(t, o.since(t, func() {
		_, err := o.CallerLeft(t.Context(), again.ID)
		require.NoError(t, err)
	}))
	_, err := o.Store.Contact(t.Context(), center.ContactIDOf("campaign cmp", again.ID), true)
	assert.Equal(t, center.NotFound, center.CodeOf(err), "who called twice is called back once")
}

func TestHandledCallsTellHowLongCallsTake(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	c := o.Talk(t, "CA1", functiontest.Ana)
	o.Pass(2 * time.Minute)
	o.handle(t, o.since(t, func() {
		_, err := o.CallerLeft(t.Context(), c.ID)
		require.NoError(t, err)
	}))
	pace, err := o.Store.Pace(t.Context(), functiontest.QueueID)
	require.NoError(t, err)
	assert.Equal(t, 2*time.Minute+functiontest.WrapUpTime, pace.Handle)
	require.NoError(t, o.Sweep(t.Context()))
	pace, err = o.Store.Pace(t.Context(), functiontest.QueueID)
	require.NoError(t, err)
	assert.Equal(t, 1, pace.Staff)
}
