package store_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/metrics"
	"guichet/shared/store"
)

var countedHour = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

func counted(from, to int) []store.Counted {
	var batch []store.Counted
	for i := from; i <= to; i++ {
		batch = append(batch, store.Counted{Sequence: fmt.Sprint(i), Counts: metrics.Counts{metrics.Queued: 1, metrics.LongestWait: int64(100 - i)}})
	}
	return batch
}

// TestCountersAgree lets two writers of one record, neither of whom knows of the other, count overlapping batches in turn.
func TestCountersAgree(t *testing.T) {
	t.Parallel()
	s := open(t)
	slot := metrics.Slot{QueueID: "q1", Hour: countedHour}
	one, other := store.NewCounters(s), store.NewCounters(s)
	told := int64(0)
	for i, step := range []struct {
		writer   *store.Counters
		from, to int
		want     int64
	}{
		{one, 1, 3, 3}, {other, 1, 3, 3}, {other, 2, 9, 9}, {one, 4, 9, 9}, {one, 8, 12, 12}, {other, 12, 12, 12}, {other, 1, 13, 13},
	} {
		news, err := step.writer.Count(t.Context(), "shard", "2026-11-22", slot, counted(step.from, step.to))
		require.NoError(t, err)
		told += int64(len(news))
		assert.Equal(t, step.want, told, "step %d: each record is told of once", i)
		hours, err := s.CountsOf(t.Context(), "q1", "2026-11-22")
		require.NoError(t, err)
		require.Len(t, hours, 1)
		assert.Equal(t, metrics.Counts{metrics.Queued: step.want, metrics.LongestWait: 99}, hours[0].Counts, "step %d", i)
	}
}

func TestShardsAreSummedUp(t *testing.T) {
	t.Parallel()
	s := open(t)
	c := store.NewCounters(s)
	for i, day := range []string{"2026-11-21", "2026-11-22", "2026-11-23"} {
		slot := metrics.Slot{QueueID: "q1", Hour: countedHour.AddDate(0, 0, i-1)}
		for _, shard := range []string{"a", "b"} {
			_, err := c.Count(t.Context(), shard, day, slot, counted(1, i+1))
			require.NoError(t, err)
		}
	}
	hours, err := s.Counts(t.Context(), "q1", "2026-11-22", "2026-11-23")
	require.NoError(t, err)
	require.Len(t, hours, 2)
	assert.Equal(t, []any{"2026-11-22", int64(4), "2026-11-23", int64(6)},
		[]any{hours[0].Day, hours[0].Counts[metrics.Queued], hours[1].Day, hours[1].Counts[metrics.Queued]})
}

func TestACorrectionMakesCountsWhatTheyShouldBe(t *testing.T) {
	t.Parallel()
	s := open(t)
	c := store.NewCounters(s)
	slot := metrics.Slot{QueueID: "q1", Hour: countedHour}
	_, err := c.Count(t.Context(), "shard", "2026-11-22", slot, counted(1, 5))
	require.NoError(t, err)
	for range 2 {
		require.NoError(t, s.Correct(t.Context(), "q1", "2026-11-22", map[time.Time]metrics.Counts{
			countedHour: {metrics.Queued: 3}, countedHour.Add(time.Hour): {metrics.Handled: 2},
		}))
	}
	hours, err := s.CountsOf(t.Context(), "q1", "2026-11-22")
	require.NoError(t, err)
	require.Len(t, hours, 2)
	assert.Equal(t, int64(3), hours[0].Counts[metrics.Queued])
	assert.Equal(t, int64(2), hours[1].Counts[metrics.Handled])
}
