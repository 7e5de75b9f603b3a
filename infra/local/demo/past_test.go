package demo_test

import (
	"log/slog"
	"maps"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/cards"
	"guichet/infra/local/day"
	"guichet/infra/local/demo"
	"guichet/infra/local/dynamo/dynamotest"
	"guichet/infra/local/seed"
	"guichet/shared/center"
	"guichet/shared/metrics"
	"guichet/shared/store"
	"guichet/shared/store/storetest"
	"guichet/shared/wallboard"
)

// made is a past of some days up to a Tuesday afternoon.
func made(seeded uint64, days int) (seed.Centre, *demo.Past, time.Time) {
	c, _ := seed.Demo()
	to := time.Date(2026, 11, 24, 15, 20, 0, 0, time.UTC)
	return c, demo.NewPast(c, day.Of(c, seeded, 340), to.AddDate(0, 0, -days), to), to
}

func TestAPastIsBelievable(t *testing.T) {
	t.Parallel()
	c, past, to := made(1, 28)
	sum := metrics.Counts{}
	for slot, counts := range past.Counts {
		assert.False(t, slot.Hour.After(to))
		assert.Contains(t, c.Directory.Queues, slot.QueueID)
		if c.Directory.Queues[slot.QueueID].Kind == center.QueueVoice {
			sum.Add(counts)
		}
	}
	t.Logf("%d lines, %d records of counts: %v", len(past.Lines), len(past.Counts), sum)
	calls := sum[metrics.Queued]
	assert.InDelta(t, 340*5.8*4, calls, 500)
	assert.Equal(t, calls, sum[metrics.Handled]+sum[metrics.Abandoned]+sum[metrics.TimedOut]+sum[metrics.Incomplete])
	assert.InDelta(t, 5, *metrics.Percent(sum[metrics.Abandoned], calls), 3, "of callers who leave")
	assert.InDelta(t, 90, *metrics.Percent(sum[metrics.RemovedWithin], calls), 5, "of callers in time")
	assert.InDelta(t, 220, *metrics.Average(sum[metrics.Talk], sum[metrics.Handled]), 30, "seconds of talk")
	for _, f := range []metrics.Figure{metrics.Hold, metrics.WrapUp, metrics.Callbacks, metrics.ShortAbandoned, metrics.LongestWait} {
		assert.Positive(t, sum[f], f)
	}
	kinds := map[center.ContactKind]int{}
	agents := map[string]int{}
	for _, l := range past.Lines {
		kinds[l.Kind]++
		agents[l.AgentID]++
		assert.False(t, l.LeftAt.After(to))
	}
	for _, kind := range []center.ContactKind{center.KindInbound, center.KindCallback, center.KindCampaign, center.KindDirect, center.KindOutbound, metrics.KindChat} {
		assert.Positive(t, kinds[kind], kind)
	}
	for _, a := range c.Agents {
		assert.Positive(t, agents[a.ID], "everybody has worked: %s", a.ID)
	}
}

func TestThePastIsTheSameBySeed(t *testing.T) {
	t.Parallel()
	_, first, _ := made(4, 3)
	_, again, _ := made(4, 3)
	assert.Equal(t, first.Counts, again.Counts)
	assert.Equal(t, first.Lines, again.Lines)
}

// TestThePastEqualsTheRecount is I7 for days that never were: a recount from the log they have been given changes none of their
// figures.
func TestThePastEqualsTheRecount(t *testing.T) {
	t.Parallel()
	const days = 4
	c, past, to := made(2, days)
	s := storetest.Open(t, dynamotest.Endpoint(t), dynamotest.Table(t))
	require.NoError(t, c.Write(t.Context(), s))
	require.NoError(t, past.Write(t.Context(), s, time.Time{}, to))
	require.NoError(t, past.Write(t.Context(), s, time.Time{}, to), "written twice, it counts once")
	board := &wallboard.Board{Store: s, Directories: store.NewDirectories(s), Now: func() time.Time { return to.AddDate(0, 0, 20) }}
	handler := cards.New(board, nil, cards.Pause, slog.New(slog.DiscardHandler))
	counted := 0
	for n := range days + 1 {
		date := to.AddDate(0, 0, -n).In(c.Directory.Settings.Home()).Format(time.DateOnly)
		before := figures(t, s, c, date)
		require.NoError(t, handler.Recount(t.Context(), date))
		assert.Equal(t, before, figures(t, s, c, date), date)
		counted += len(before)
	}
	assert.Greater(t, counted, 4*24, "hours with figures")
}

// figures are what a recount can tell of a day, without zeros, by queue and hour.
func figures(t *testing.T, s *store.Store, c seed.Centre, date string) map[string]metrics.Counts {
	t.Helper()
	found := map[string]metrics.Counts{}
	for _, id := range c.Directory.QueueIDs() {
		hours, err := s.CountsOf(t.Context(), id, date)
		require.NoError(t, err)
		for _, hour := range hours {
			maps.DeleteFunc(hour.Counts, func(f metrics.Figure, n int64) bool { return n == 0 || f.Greatest() })
			if len(hour.Counts) > 0 {
				found[id+" "+hour.Hour.Format(time.RFC3339)] = hour.Counts
			}
		}
	}
	return found
}
