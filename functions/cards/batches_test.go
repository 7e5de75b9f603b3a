package cards_test

import (
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/cards"
	"guichet/functions/internal/functiontest"
	"guichet/infra/cost"
	"guichet/shared/metrics"
	"guichet/shared/store"
)

func TestABatchThatComesAgainCountsOnce(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	o.handled(t, "CA1", functiontest.Ana)
	records := o.changes.Take(t)
	n := len(records)
	o.handle(t, records[:n/2]) // cut off, and started again by a function that remembers nothing
	o.handler = cards.New(o.board, o.Pushes, cards.Pause, functiontest.Log)
	o.handle(t, records)
	o.handle(t, records[n/3:n/2])
	o.handler = cards.New(o.board, o.Pushes, cards.Pause, functiontest.Log)
	o.handle(t, records[n/3:])
	got := o.counts(t, functiontest.QueueID)
	assert.Equal(t, []int64{1, 1, 60000, 10000}, []int64{got[metrics.Queued], got[metrics.Handled], got[metrics.Talk], got[metrics.WrapUp]})
	assert.Len(t, o.log(t, functiontest.Ana), 1)
}

func TestEachShardCountsForItself(t *testing.T) {
	t.Parallel()
	o := open(t)
	for _, shard := range []string{"shard-1", "shard-2"} {
		c := o.Call(t, shard)
		_, err := o.CallerLeft(t.Context(), c.ID)
		require.NoError(t, err)
		_, err = o.handler.Handle(t.Context(), event(shard, o.changes.Take(t)))
		require.NoError(t, err)
	}
	assert.Equal(t, int64(2), o.counts(t, functiontest.QueueID)[metrics.Abandoned])
}

// poison is a record that nobody can understand.
func poison() events.DynamoDBEventRecord {
	text := events.NewStringAttribute
	return events.DynamoDBEventRecord{Change: events.DynamoDBStreamRecord{
		SequenceNumber: "7",
		Keys:           map[string]events.DynamoDBAttributeValue{"pk": text("AGENT"), "sk": text("ana")},
		NewImage:       map[string]events.DynamoDBAttributeValue{"sk": text("ana"), "idleSince": text("yesterday")},
	}}
}

func TestAPoisonedRecordIsNamedAndTheRestCounts(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Call(t, "CA1")
	before := o.changes.Take(t)
	o.Call(t, "CA2")
	after := o.changes.Take(t)
	out := o.handle(t, append(append(before, poison()), after...))
	assert.Equal(t, []events.DynamoDBBatchItemFailure{{ItemIdentifier: "7"}}, out.BatchItemFailures)
	assert.Equal(t, int64(1), o.counts(t, functiontest.QueueID)[metrics.Queued], "what came before it")
	o.handle(t, after) // it has been set aside
	assert.Equal(t, int64(2), o.counts(t, functiontest.QueueID)[metrics.Queued])
	assert.Empty(t, o.handle(t, nil).BatchItemFailures, "a window ends without records")
}

// callWrites and callReads are what such a call costs without figures: dispatch.TestCostOfACall holds them.
const callWrites, callReads = cost.CallWrites, cost.CallReads

// TestCostOfACall counts what figures cost a call whose agent is idle, by the function's own requests.
func TestCostOfACall(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	o.count(t)
	meter := &store.Meter{}
	ctx := store.WithMeter(t.Context(), meter)
	count := func() {
		_, err := o.handler.Handle(ctx, event("shard-1", o.changes.Take(t)))
		require.NoError(t, err)
	}
	c := o.Call(t, "CA1")
	count()
	o.Pass(time.Second)
	_, err := o.Accept(t.Context(), functiontest.Ana, c.ID, c.Offer.ID)
	require.NoError(t, err)
	count()
	require.NoError(t, o.Joined(t.Context(), c.ID, functiontest.Ana, o.Now()))
	count()
	_, err = o.CallerLeft(t.Context(), c.ID)
	require.NoError(t, err)
	count()
	o.Pass(time.Second)
	_, err = o.EndWrapUp(t.Context(), functiontest.Ana, c.ID)
	require.NoError(t, err)
	count()
	count() // what was written itself comes by, too
	usage := meter.Usage()
	t.Logf("figures of a call whose agent is idle: %.0f write units, %.0f read units; with the call itself %.0f and %.0f (bars: 16 and 8)",
		usage.WriteUnits, usage.ReadUnits, callWrites+usage.WriteUnits, callReads+usage.ReadUnits)
	assert.LessOrEqual(t, callWrites+usage.WriteUnits, float64(cost.CountedCallWrites))
	assert.LessOrEqual(t, callReads+usage.ReadUnits, float64(cost.CountedCallReads))
}
