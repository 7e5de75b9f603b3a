package cards_test

import (
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/cards"
	"guichet/functions/internal/functiontest"
	"guichet/shared/metrics"
	"guichet/shared/store"
)

// deliver hands the records over as two shards, whose batches come in any order.
func (h *history) deliver(records []events.DynamoDBEventRecord) {
	shards := map[string][]events.DynamoDBEventRecord{}
	for _, r := range records {
		hash := fnv.New32()
		_, _ = hash.Write([]byte(r.Change.Keys["pk"].String()))
		name := fmt.Sprint("shard-", hash.Sum32()%2)
		shards[name] = append(shards[name], r)
		if h.dice.IntN(40) == 0 {
			bad := poison()
			bad.Change.SequenceNumber = r.Change.SequenceNumber + "0"
			shards[name] = append(shards[name], bad)
		}
	}
	done := map[string]int{}
	for {
		open := slices.DeleteFunc(slices.Sorted(maps.Keys(shards)), func(s string) bool { return done[s] == len(shards[s]) })
		if len(open) == 0 {
			return
		}
		name := open[h.dice.IntN(len(open))]
		from, all := done[name], shards[name]
		if h.dice.IntN(4) == 0 {
			from = h.dice.IntN(from + 1) // the batch before was cut off before its answer came
		}
		done[name] = min(len(all), done[name]+1+h.dice.IntN(20))
		h.hand(name, all[from:done[name]])
		if h.dice.IntN(4) == 0 { // some come again, perhaps to a function that remembers nothing
			if h.dice.IntN(2) == 0 {
				h.handler = cards.New(h.board, h.Pushes, cards.Pause, functiontest.Log)
			}
			again := h.dice.IntN(done[name])
			h.hand(name, all[again:again+1+h.dice.IntN(done[name]-again)])
		}
	}
}

// hand gives a batch as an event source mapping does: what fails is tried again, and set aside.
func (h *history) hand(shard string, batch []events.DynamoDBEventRecord) {
	for len(batch) > 0 {
		out, err := h.handler.Handle(h.t.Context(), event(shard, batch))
		require.NoError(h.t, err)
		if len(out.BatchItemFailures) == 0 {
			return
		}
		failed := slices.IndexFunc(batch, func(r events.DynamoDBEventRecord) bool {
			return r.Change.SequenceNumber == out.BatchItemFailures[0].ItemIdentifier
		})
		require.GreaterOrEqual(h.t, failed, 0)
		batch = batch[failed+1:]
	}
}

// check compares the counters with a recount, and sees that a recount changes nothing.
func (h *history) check() {
	h.Pass(48 * time.Hour)
	for _, day := range []string{"2026-11-22", "2026-11-23"} {
		for _, queue := range []string{functiontest.QueueID, secondID, campaignID, functiontest.AutomaticID, functiontest.PickedID} {
			counted := h.hours(queue, day)
			require.NoError(h.t, h.handler.Recount(h.t.Context(), day))
			assert.Equal(h.t, h.hours(queue, day), counted, "%s %s", queue, day)
			require.NoError(h.t, h.handler.Recount(h.t.Context(), day))
			assert.Equal(h.t, h.hours(queue, day), counted, "%s %s: a recount may be repeated", queue, day)
		}
	}
	taken, chats := metrics.Counts{}, metrics.Counts{}
	for _, day := range []string{"2026-11-22", "2026-11-23"} {
		for _, queue := range []string{functiontest.QueueID, secondID} {
			for _, hour := range h.whole(queue, day) {
				assert.Equal(h.t, hour.Counts[metrics.Queued], closed(hour.Counts), "%s %s: what came has ended", queue, hour.Hour)
			}
		}
		for _, hour := range h.whole(campaignID, day) {
			taken.Add(hour.Counts)
		}
		for _, queue := range chatQueues {
			for _, hour := range h.whole(queue, day) {
				chats.Add(hour.Counts)
			}
		}
	}
	assert.Equal(h.t, taken[metrics.Taken], closed(taken), "what the campaign took on has ended")
	h.checkChats(chats)
	for _, id := range []string{functiontest.Ana, functiontest.Ben} {
		for _, day := range []string{"2026-11-22", "2026-11-23"} {
			lines, err := h.Store.AgentLog(h.t.Context(), id, day)
			require.NoError(h.t, err)
			sum := metrics.OfAgentDay(lines)
			for _, f := range []metrics.Figure{metrics.Idle, metrics.Chatting} {
				assert.Equal(h.t, h.ready[id+day][f], sum[f], "%s %s: %s", id, day, f)
			}
		}
	}
}

func closed(c metrics.Counts) int64 {
	return c[metrics.Handled] + c[metrics.Abandoned] + c[metrics.TimedOut] + c[metrics.Failed] + c[metrics.Incomplete] + c[metrics.Overflowed]
}

func (h *history) whole(queue, day string) []store.HourCounts {
	hours, err := h.Store.CountsOf(h.t.Context(), queue, day)
	require.NoError(h.t, err)
	return hours
}

// hours are what a recount can tell, without zeros.
func (h *history) hours(queue, day string) map[string]metrics.Counts {
	found := map[string]metrics.Counts{}
	for _, hour := range h.whole(queue, day) {
		maps.DeleteFunc(hour.Counts, func(f metrics.Figure, n int64) bool { return n == 0 || f.Greatest() })
		if len(hour.Counts) > 0 {
			found[hour.Hour.Format(time.RFC3339)] = hour.Counts
		}
	}
	return found
}
