package store_test

import (
	"context"
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/center"
	"guichet/shared/store"
)

func TestWaitingIsByPriorityThenAge(t *testing.T) {
	t.Parallel()
	ctx, s := context.Background(), open(t)
	admit(t, s, waiting("q1", 2, 0), waiting("q1", 1, 9), waiting("q1", 10, 1), waiting("q1", 1, 5), waiting("q2", 1, 0))
	whole := []string{"ct_q1_1_5", "ct_q1_1_9", "ct_q1_2_0", "ct_q1_10_1"}
	for want := range 4 {
		assert.Equal(t, whole[:want+1], line(t, s, "q1", want+1))
	}
	assert.Equal(t, whole, line(t, s, "q1", math.MaxInt))
	assert.Empty(t, line(t, s, "q3", 1))
	for _, queue := range []string{"q1", "q3"} {
		anyone, err := s.AnyoneWaiting(ctx, queue)
		require.NoError(t, err)
		assert.Equal(t, queue == "q1", anyone)
	}
}

func TestAhead(t *testing.T) {
	t.Parallel()
	s := open(t)
	for i, c := range []*center.Contact{waiting("q1", 1, 5), waiting("q1", 1, 9), waiting("q1", 2, 0)} {
		admit(t, s, c)
		ahead, err := s.Ahead(context.Background(), c)
		require.NoError(t, err)
		assert.Equal(t, i, ahead)
	}
	ahead, err := s.Ahead(context.Background(), waiting("q1", 1, 7))
	require.NoError(t, err)
	assert.Equal(t, 1, ahead, "of one who has no place")
}

func everyone([]*center.Agent) bool { return false }

func TestReadyAgents(t *testing.T) {
	t.Parallel()
	ctx, s := context.Background(), open(t)
	busy, absent, paused := available("busy", 0, "q1"), available("absent", 0, "q1"), available("paused", 0, "q1", "q2")
	busy.ContactID = "ct_1"
	absent.Connections = nil
	require.NoError(t, paused.SetStatus([]string{"q1"}, center.StatusPaused, "lunch", noon))
	wrapping := available("wrapping", 0, "q1")
	wrapping.WrapUp = &center.WrapUp{Since: noon, Until: noon}
	save(t, s, available("late", 7, "q1"), available("both", 3, "q2", "q1"), available("early", 1, "q1"), available("other", 0, "q2"),
		busy, absent, paused, wrapping)

	got, err := s.ReadyAgents(ctx, "q1", true, everyone)
	require.NoError(t, err)
	assert.Equal(t, []string{"early", "both", "late"}, ids(got), "longest idle first, and only who can be offered the queue's contacts")
	got, err = s.ReadyAgents(ctx, "q2", true, everyone)
	require.NoError(t, err)
	assert.Equal(t, []string{"other", "paused", "both"}, ids(got))

	early := got[2]
	early.ContactID = "ct_2"
	save(t, s, early)
	got, err = s.ReadyAgents(ctx, "q2", true, everyone)
	require.NoError(t, err)
	assert.Equal(t, []string{"other", "paused"}, ids(got), "who is taken leaves the index at once")
}

func TestReadyAgentsReadsOnUntilEnough(t *testing.T) {
	t.Parallel()
	ctx, s := context.Background(), open(t)
	for i := range 60 {
		queue := "q1"
		if i == 55 {
			queue = "q2"
		}
		save(t, s, available(fmt.Sprintf("agent%02d", i), i, queue))
	}
	pages := 0
	found, err := s.ReadyAgents(ctx, "q2", true, func(agents []*center.Agent) bool {
		pages++
		return len(agents) > 0
	})
	require.NoError(t, err)
	assert.Equal(t, []string{"agent55"}, ids(found))
	assert.Equal(t, 3, pages)
	meter := &store.Meter{}
	found, err = s.ReadyAgents(store.WithMeter(ctx, meter), "q1", true, func([]*center.Agent) bool { return true })
	require.NoError(t, err)
	assert.Less(t, len(found), 60, "one page")
	assert.Equal(t, 1, meter.Usage().Requests)
}
