package cards_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/internal/functiontest"
	"guichet/shared/center"
	"guichet/shared/metrics"
)

func TestACallThatIsHandled(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	c := o.handled(t, "CA1", functiontest.Ana)
	o.count(t)
	want := metrics.Counts{
		metrics.Queued: 1, metrics.Answered: 1, metrics.Handled: 1, metrics.AnsweredWithin: 1, metrics.RemovedWithin: 1,
		metrics.Wait: 3000, metrics.LongestWait: 3000, metrics.Talk: 60000, metrics.WrapUp: 10000,
	}
	assert.Equal(t, want, o.counts(t, functiontest.QueueID))
	lines := o.log(t, functiontest.Ana)
	require.Len(t, lines, 1)
	l := lines[0]
	assert.Equal(t, []any{c.ID, center.KindInbound, "+33612345678", center.OutcomeHandled, center.OutcomeHandled},
		[]any{l.ContactID, l.Kind, l.Number, l.Outcome, l.Closes})
	assert.Equal(t, []time.Duration{3 * time.Second, time.Minute, 0, 10 * time.Second}, []time.Duration{l.Wait, l.Talk, l.Hold, l.WrapUp})
	card := o.card(t, functiontest.QueueID)
	assert.Equal(t, 1, card.LoggedIn)
	assert.Equal(t, []int{0, 1, 1, 0}, []int{card.Voice.Waiting, card.Voice.Total, card.Voice.Handled, card.Voice.Abandoned})
	assert.InDelta(t, 70, *card.Voice.AverageHandleSeconds, 0.001)
}

func TestHowStaysEnd(t *testing.T) {
	t.Parallel()
	o := open(t)
	for sid, after := range map[string]time.Duration{"CA1": 2 * time.Second, "CA2": 30 * time.Second} {
		c := o.Call(t, sid)
		o.Pass(after)
		_, err := o.CallerLeft(t.Context(), c.ID)
		require.NoError(t, err)
	}
	c := o.Call(t, "CA3")
	o.Pass(functiontest.MaxWait)
	_, err := o.WaitedTooLong(t.Context(), c.ID)
	require.NoError(t, err)
	waits := o.Call(t, "CA4")
	o.count(t)
	got := o.counts(t, functiontest.QueueID)
	assert.Equal(t, metrics.Counts{
		metrics.Queued: 4, metrics.Abandoned: 2, metrics.ShortAbandoned: 1, metrics.TimedOut: 1, metrics.RemovedWithin: 1,
		metrics.LongestWait: functiontest.MaxWait.Milliseconds(),
	}, got)
	card := o.card(t, functiontest.QueueID)
	assert.Equal(t, 1, card.Voice.Waiting)
	assert.True(t, waits.EnteredAt.Equal(*card.Voice.WaitingSince))
	assert.Nil(t, card.Voice.AverageHandleSeconds)
	lines, err := o.Store.QueueLog(t.Context(), functiontest.QueueID, "2026-11-22")
	require.NoError(t, err)
	assert.Len(t, lines, 3, "one for each that no agent had")
}

func TestTransfersCountInBothQueues(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	c := o.Talk(t, "CA1", functiontest.Ana)
	o.Pass(30 * time.Second)
	_, err := o.ToQueue(t.Context(), functiontest.Ana, c.ID, secondID)
	require.NoError(t, err)
	o.Pass(40 * time.Second)
	_, err = o.EndWrapUp(t.Context(), functiontest.Ana, c.ID)
	require.NoError(t, err)
	_, err = o.CallerLeft(t.Context(), c.ID)
	require.NoError(t, err)
	o.count(t)
	assert.Equal(t, metrics.Counts{
		metrics.Queued: 1, metrics.Answered: 1, metrics.Handled: 1, metrics.AnsweredWithin: 1, metrics.RemovedWithin: 1,
		metrics.Talk: 30000, metrics.WrapUp: 40000,
	}, o.counts(t, functiontest.QueueID))
	assert.Equal(t, metrics.Counts{metrics.Queued: 1, metrics.Abandoned: 1, metrics.LongestWait: 40000}, o.counts(t, secondID),
		"the next queue did not answer, whatever the first did")
	lines := o.log(t, functiontest.Ana)
	require.Len(t, lines, 1)
	assert.Equal(t, metrics.PassedOn, lines[0].Outcome)
	assert.Equal(t, 40*time.Second, lines[0].WrapUp)
}

func TestCallbacksAreNotAbandoned(t *testing.T) {
	t.Parallel()
	o := open(t)
	c := o.Call(t, "CA1")
	o.Pass(10 * time.Second)
	_, err := o.AskForCallback(t.Context(), c.ID)
	require.NoError(t, err)
	o.count(t)
	assert.Equal(t, metrics.Counts{metrics.Queued: 1, metrics.Callbacks: 1, metrics.RemovedWithin: 1}, o.counts(t, functiontest.QueueID))
	assert.Equal(t, 1, o.card(t, functiontest.QueueID).Voice.Scheduled)
	o.Pass(time.Hour)
	_, err = o.TakeTurn(t.Context(), c.ID, "t1")
	require.NoError(t, err)
	for attempt := 1; attempt <= 2; attempt++ {
		o.Ready(t, functiontest.Ana)
		rung := o.Contact(t, c.ID)
		_, err = o.Accept(t.Context(), functiontest.Ana, c.ID, rung.Offer.ID)
		require.NoError(t, err)
		require.NoError(t, o.DialOver(t.Context(), c.ID, attempt, false))
		o.Pass(time.Minute)
		_, err = o.TakeTurn(t.Context(), c.ID, "t2")
		require.NoError(t, err)
	}
	o.count(t)
	assert.Equal(t, metrics.Counts{
		metrics.Queued: 1, metrics.Callbacks: 1, metrics.RemovedWithin: 1, metrics.Incomplete: 1, metrics.Attempts: 2, metrics.Dialled: 1,
	}, o.counts(t, functiontest.QueueID), "it is in the hour in which the caller came")
	assert.Len(t, o.log(t, functiontest.Ana), 2, "one for each attempt")
}

func TestCampaigns(t *testing.T) {
	t.Parallel()
	o := open(t)
	missed := o.Call(t, "CA1")
	_, err := o.CallerLeft(t.Context(), missed.ID)
	require.NoError(t, err)
	require.NoError(t, o.ReturnMissed(t.Context(), o.Contact(t, missed.ID)))
	o.count(t)
	card := o.card(t, campaignID).Campaign
	assert.Equal(t, 1, card.NotDialled)
	assert.Zero(t, *card.DialledPercent)
	require.NoError(t, o.Connect(t.Context(), functiontest.Ana, "desk-ana"))
	_, err = o.SetStatus(t.Context(), functiontest.Ana, []string{campaignID}, center.StatusReady, "")
	require.NoError(t, err)
	o.Pass(time.Minute)
	id := center.ContactIDOf("campaign "+campaignID, missed.ID)
	_, err = o.TakeTurn(t.Context(), id, "t1")
	require.NoError(t, err)
	rung := o.Contact(t, id)
	dialled, err := o.Accept(t.Context(), functiontest.Ana, id, rung.Offer.ID)
	require.NoError(t, err)
	require.NoError(t, o.Joined(t.Context(), dialled.ID, functiontest.Ana, o.Now()))
	o.Pass(20 * time.Second)
	_, err = o.HangUp(t.Context(), functiontest.Ana, id)
	require.NoError(t, err)
	o.count(t)
	got := o.card(t, campaignID)
	assert.Equal(t, 1, got.LoggedIn)
	assert.Equal(t, []int{0, 1, 1, 1, 0}, []int{got.Campaign.NotDialled, got.Campaign.Dialled, got.Campaign.Total, got.Campaign.Handled, got.Campaign.Incomplete})
	assert.InDelta(t, 100, *got.Campaign.DialledPercent, 0)
	assert.InDelta(t, 20, *got.Campaign.AverageHandleSeconds, 0)
}

func TestWhoIsLoggedIn(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	o.Ready(t, functiontest.Ben)
	came := o.changes.Take(t)
	o.handle(t, came)
	assert.Equal(t, 2, o.card(t, functiontest.QueueID).LoggedIn)
	_, err := o.SetStatus(t.Context(), functiontest.Ana, nil, center.StatusOut, "")
	require.NoError(t, err)
	require.NoError(t, o.Disconnect(t.Context(), "desk-ben"))
	o.count(t)
	o.handle(t, came)
	assert.Zero(t, o.card(t, functiontest.QueueID).LoggedIn, "a batch that comes again brings nobody back")
	require.NoError(t, o.Connect(t.Context(), functiontest.Ben, "desk-ben-2"))
	o.count(t)
	assert.Equal(t, 1, o.card(t, functiontest.QueueID).LoggedIn)
}
