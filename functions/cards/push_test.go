package cards_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/internal/functiontest"
	"guichet/shared/center"
	"guichet/shared/deskapi"
	"guichet/shared/store"
)

// take returns the cards that a desk was sent since the last time.
func (o *office) take(t *testing.T, desk string) []deskapi.Card {
	t.Helper()
	var list []deskapi.Card
	for _, m := range o.Pushes.Take(desk) {
		if c, ok := m.(deskapi.Cards); ok {
			assert.Equal(t, "cards", c.Type)
			list = append(list, c.Cards...)
		}
	}
	return list
}

func TestDesksThatWatchAreTold(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	o.Ready(t, functiontest.Ben)
	require.NoError(t, o.Store.Watch(t.Context(), "desk-ana", []string{functiontest.QueueID}, nil))
	require.NoError(t, o.Store.Watch(t.Context(), "desk-ben", []string{secondID}, nil))
	o.count(t)
	o.take(t, "desk-ana")
	o.Pass(time.Minute)
	c := o.Call(t, "CA1")
	o.count(t)
	got := o.take(t, "desk-ana")
	require.Len(t, got, 1, "one card a batch")
	assert.Equal(t, o.card(t, functiontest.QueueID), got[0])
	assert.Equal(t, 1, got[0].Voice.Total)
	assert.Empty(t, o.take(t, "desk-ben"), "nothing has changed in the other queue")
	assert.Empty(t, o.paused)

	require.NoError(t, o.Store.Watch(t.Context(), "desk-ana", nil, nil))
	o.count(t)
	_, err := o.CallerLeft(t.Context(), c.ID)
	require.NoError(t, err)
	o.count(t)
	assert.Empty(t, o.take(t, "desk-ana"), "who no longer watches is told nothing")
}

func TestWhoShowsTheAgentsOfAQueueIsToldWhatTheyDo(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	o.Ready(t, functiontest.Ben)
	both := []string{functiontest.QueueID, secondID}
	for _, id := range []string{functiontest.Ana, functiontest.Ben} {
		_, err := o.SetStatus(t.Context(), id, both, center.StatusReady, "")
		require.NoError(t, err)
	}
	require.NoError(t, o.Store.Watch(t.Context(), "desk-ana", both, []string{secondID}))
	require.NoError(t, o.Store.Watch(t.Context(), "desk-ben", both, nil))
	o.count(t)
	pass := func() {
		o.count(t) // what the counting itself has written
		o.Pass(time.Minute)
		o.take(t, "desk-ana")
		o.take(t, "desk-ben")
	}
	told := func(desk string) []string {
		o.count(t)
		var ids []string
		for _, c := range o.take(t, desk) {
			ids = append(ids, c.QueueID)
		}
		return ids
	}
	pass()
	_, err := o.SetStatus(t.Context(), functiontest.Ben, nil, center.StatusPaused, "break")
	require.NoError(t, err)
	assert.Equal(t, []string{secondID}, told("desk-ana"), "the card is as it was, the agent is not")
	assert.Empty(t, told("desk-ben"))
	pass()
	c := o.Call(t, "CA1")
	require.Equal(t, functiontest.Ana, c.HeldBy())
	assert.ElementsMatch(t, both, told("desk-ana"), "it rings at ana, who is in the other queue, too")
	pass()
	_, err = o.Accept(t.Context(), functiontest.Ana, c.ID, c.Offer.ID)
	require.NoError(t, err)
	assert.Contains(t, told("desk-ana"), secondID, "and then she talks")
	pass()
	require.NoError(t, o.Joined(t.Context(), c.ID, functiontest.Ana, o.Now()))
	assert.Empty(t, told("desk-ana"))
	pass()
	_, err = o.CallerLeft(t.Context(), c.ID)
	require.NoError(t, err)
	assert.Contains(t, told("desk-ana"), secondID, "and then in wrap-up")
	pass()
	_, err = o.EndWrapUp(t.Context(), functiontest.Ana, c.ID)
	require.NoError(t, err)
	assert.Contains(t, told("desk-ana"), secondID, "and then idle")
	pass()
	_, err = o.Heartbeat(t.Context(), "desk-ana")
	require.NoError(t, err)
	assert.Empty(t, told("desk-ana"), "a heartbeat is no news")
}

func TestAtMostOneCardASecond(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	require.NoError(t, o.Store.Watch(t.Context(), "desk-ana", []string{functiontest.QueueID}, nil))
	o.count(t)
	o.take(t, "desk-ana")
	o.Pass(time.Minute)
	meter := &store.Meter{}
	ctx := store.WithMeter(t.Context(), meter)
	began := o.Now()
	const calls = 4
	for i := range calls {
		o.Call(t, string(rune('A'+i)))
		o.Pass(100 * time.Millisecond)
		_, err := o.handler.Handle(ctx, event("shard-1", o.changes.Take(t)))
		require.NoError(t, err)
	}
	got := o.take(t, "desk-ana")
	require.Len(t, got, calls)
	assert.Equal(t, calls, got[calls-1].Voice.Total, "the last has everything")
	assert.Equal(t, []time.Duration{900 * time.Millisecond, 900 * time.Millisecond, 900 * time.Millisecond}, o.paused)
	assert.GreaterOrEqual(t, o.Now().Sub(began), (calls-1)*time.Second)
	t.Logf("%d cards pushed: %+v", calls, meter.Usage())
	assert.LessOrEqual(t, meter.Usage().ReadUnits/calls, 3.0, "read units a card")
}

func TestCardsAreNotReadForNobody(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	o.count(t)
	require.NoError(t, o.Store.SetOpenChat(t.Context(), functiontest.QueueID, chatOf("ch_1", 1), true, o.Now()))
	records := o.changes.Take(t)
	meter := &store.Meter{}
	_, err := o.handler.Handle(store.WithMeter(t.Context(), meter), event("shard-1", records))
	require.NoError(t, err)
	assert.LessOrEqual(t, meter.Usage().ReadUnits, 0.5, "only who watches is looked up")
	assert.Zero(t, meter.Usage().WriteUnits)
}
