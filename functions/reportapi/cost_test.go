package reportapi_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"guichet/functions/internal/functiontest"
	"guichet/functions/internal/rest"
	"guichet/shared/center"
	"guichet/shared/metrics"
	"guichet/shared/store"
)

// The centre whose reports are counted: reports read a month of a queue, and a year of an agent, at a time, so that it is enough to
// have one of each.
const (
	months, days        = 13, 395
	largeAgents         = 100
	largeQueues         = 10
	openHours, shards   = 12, 2
	callsOfADay         = 40
	unitMilliseconds    = 60_000
	sampledDays, within = 5, 16
)

// TestCostOfAReport counts what reports over 13 months cost a centre with 100 agents and 10 queues, in requests to the database and
// in read units.
func TestCostOfAReport(t *testing.T) {
	t.Parallel()
	o := open(t)
	first := o.Now().AddDate(0, 0, -days)
	write(t, 30*openHours*shards, func(ctx context.Context, i int) error { return o.countHour(ctx, i) })
	month := o.cost(t, "group=queue&ids="+functiontest.QueueID+"&from=2026-10-01&to=2026-10-31")
	nothing := o.cost(t, "group=queue&ids=nobody&from=2026-10-01&to=2026-10-31") // who asks, and the configuration
	queues := times(largeQueues*months, less(month, nothing))

	write(t, sampledDays*callsOfADay, func(ctx context.Context, i int) error { return o.logCall(ctx, i) })
	path := fmt.Sprintf("group=agent&ids=%s&from=%s&to=%s", functiontest.Ana, o.Now().AddDate(0, 0, -3-sampledDays).Format(time.DateOnly), o.Now().AddDate(0, 0, -4).Format(time.DateOnly))
	summed := o.cost(t, path) // sums the days up and keeps them
	summedBefore := o.cost(t, path)
	write(t, days, func(ctx context.Context, i int) error {
		return o.Store.KeepAgentDay(ctx, functiontest.Ana, first.AddDate(0, 0, i).Format(time.DateOnly), figuresOfADay())
	})
	kept := o.cost(t, fmt.Sprintf("group=agent&ids=%s&from=%s&to=%s", functiontest.Ana, first.Format(time.DateOnly), o.Now().AddDate(0, 0, -1).Format(time.DateOnly)))

	nobody := o.cost(t, "group=agent&ids=nobody&from=2026-10-01&to=2026-10-31")
	again, begin := times(largeAgents, less(kept, nobody)), times(largeAgents*days/sampledDays, less(summed, summedBefore))

	t.Logf("reports over %d months of %d queues and %d agents:\n%6d requests, %6.0f read units: queues, by day (bar: one request a month of a queue)\n%6d requests, %6.0f read units: agents, whose days have been summed up (bar: one request an agent)\n%6d requests, %6.0f read units: agents, the first time: each day is read and summed up once",
		months, largeQueues, largeAgents, queues.Requests, queues.ReadUnits, again.Requests, again.ReadUnits,
		begin.Requests, begin.ReadUnits)
	assert.LessOrEqual(t, less(month, nothing).Requests, 1, "a month of a queue is one query")
	assert.LessOrEqual(t, less(month, nothing).ReadUnits, 40.0, "read units a month of a queue")
	assert.LessOrEqual(t, less(kept, nobody).Requests, 1, "a year of an agent is one query")
	assert.LessOrEqual(t, less(kept, nobody).ReadUnits, 20.0, "read units a year of an agent")
}

func less(u, without store.Usage) store.Usage {
	return store.Usage{Requests: u.Requests - without.Requests, ReadUnits: u.ReadUnits - without.ReadUnits}
}

func times(n int, u store.Usage) store.Usage {
	return store.Usage{Requests: n * u.Requests, ReadUnits: float64(n) * u.ReadUnits}
}

// cost asks for a report and counts.
func (o *office) cost(t *testing.T, query string) store.Usage {
	t.Helper()
	meter := &store.Meter{}
	ctx := rest.WithClaims(store.WithMeter(t.Context(), meter), map[string]string{"username": functiontest.Sue})
	answer := httptest.NewRecorder()
	o.handler.ServeHTTP(answer, httptest.NewRequestWithContext(ctx, http.MethodGet, "/api/reports?"+query, nil))
	require.Equal(t, http.StatusOK, answer.Code, answer.Body.String())
	return meter.Usage()
}

// write writes many things at a time.
func write(t *testing.T, n int, one func(ctx context.Context, i int) error) {
	t.Helper()
	group, ctx := errgroup.WithContext(t.Context())
	group.SetLimit(within)
	for i := range n {
		group.Go(func() error { return one(ctx, i) })
	}
	require.NoError(t, group.Wait())
}

// countHour writes a record of counts of October, as full as a busy hour's.
func (o *office) countHour(ctx context.Context, i int) error {
	hour := time.Date(2026, 10, 1+i/shards/openHours, 8+i/shards%openHours, 0, 0, 0, time.UTC)
	counts := figuresOfADay()
	for _, f := range []metrics.Figure{
		metrics.Queued, metrics.Abandoned, metrics.ShortAbandoned, metrics.TimedOut, metrics.Callbacks, metrics.Answered, metrics.AnsweredWithin,
		metrics.RemovedWithin, metrics.Wait, metrics.LongestWait, metrics.Dialled,
	} {
		counts[f] = unitMilliseconds
	}
	_, err := store.NewCounters(o.Store).Count(ctx, fmt.Sprint("shardId-00000001700000000000-0000000", i%shards), hour.Format(time.DateOnly),
		metrics.Slot{QueueID: functiontest.QueueID, Hour: hour}, []store.Counted{{Sequence: "1", Counts: counts}})
	return err
}

func figuresOfADay() metrics.Counts {
	return metrics.Counts{
		metrics.Calls: callsOfADay, metrics.Handled: callsOfADay, metrics.Talk: 200 * unitMilliseconds, metrics.Hold: 20 * unitMilliseconds,
		metrics.WrapUp: 15 * unitMilliseconds, metrics.Attempts: 3, metrics.Resolved: 7,
	}
}

// logCall writes a line of an agent's log.
func (o *office) logCall(ctx context.Context, i int) error {
	at := o.Now().AddDate(0, 0, -4-i/callsOfADay).Add(time.Duration(i%callsOfADay) * time.Minute)
	return o.Store.Log(ctx, at.Format(time.DateOnly), metrics.Line{
		AgentID: functiontest.Ana, ContactID: center.ContactIDOf("test", fmt.Sprint(i)), Kind: center.KindInbound, QueueID: functiontest.QueueID,
		Number: "+33639980000", Name: "Marie Lefèvre", EnteredAt: at, AcceptedAt: at, ConnectedAt: at, LeftAt: at.Add(time.Minute),
		Talk: time.Minute, WrapUp: time.Second, Outcome: center.OutcomeHandled, Closes: center.OutcomeHandled, Answered: true, AnsweredWithin: true, RemovedWithin: true,
	})
}
