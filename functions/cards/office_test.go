package cards_test

import (
	"context"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/stretchr/testify/require"

	"guichet/functions/cards"
	"guichet/functions/internal/functiontest"
	"guichet/shared/center"
	"guichet/shared/deskapi"
	"guichet/shared/metrics"
	"guichet/shared/store"
	"guichet/shared/wallboard"
)

const (
	campaignID = "cmp_missed"
	secondID   = "que_second"
)

// office is a centre whose changes are counted.
type office struct {
	*functiontest.Centre
	changes *functiontest.Changes
	board   *wallboard.Board
	handler *cards.Handler
	paused  []time.Duration
}

func open(t *testing.T) *office {
	t.Helper()
	return opened(t, functiontest.New(t))
}

func opened(t *testing.T, c *functiontest.Centre) *office {
	t.Helper()
	o := &office{Centre: c, changes: functiontest.Follow(t, c)}
	o.Configure(t, func(d *store.Directory) {
		support := d.Queues[functiontest.QueueID]
		support.Attempts = center.Attempts{Most: 2, Spacing: time.Minute}
		d.Queues[support.ID] = support
		second := support
		second.ID, second.Name = secondID, "Second"
		d.Queues[secondID] = second
		d.Queues[campaignID] = center.Queue{
			ID: campaignID, Name: "Missed", Kind: center.QueueCampaign, Ring: functiontest.RingTime, WrapUp: functiontest.WrapUpTime,
			Attempts: center.Attempts{Most: 2, Spacing: time.Minute},
			Campaign: &center.Campaign{Sources: []string{functiontest.QueueID}, Outcomes: []center.Outcome{center.OutcomeAbandoned}, Delay: time.Minute},
		}
	})
	for _, id := range []string{functiontest.Ana, functiontest.Ben} {
		a := o.Agent(t, id)
		a.Queues = append(a.Queues, secondID, campaignID)
		require.NoError(t, o.Store.EnsureAgent(t.Context(), a))
	}
	o.board = &wallboard.Board{Store: o.Store, Directories: o.Directories, Now: o.Now}
	o.handler = cards.New(o.board, o.Pushes, func(_ context.Context, d time.Duration) { o.paused = append(o.paused, d); o.Pass(d) }, functiontest.Log)
	return o
}

func event(shard string, records []events.DynamoDBEventRecord) events.DynamoDBTimeWindowEvent {
	return events.DynamoDBTimeWindowEvent{
		DynamoDBEvent: events.DynamoDBEvent{Records: records}, TimeWindowProperties: events.TimeWindowProperties{ShardID: shard},
	}
}

// count hands everything that was written to the function.
func (o *office) count(t *testing.T) {
	t.Helper()
	o.handle(t, o.changes.Take(t))
}

func (o *office) handle(t *testing.T, records []events.DynamoDBEventRecord) events.DynamoDBTimeWindowEventResponse {
	t.Helper()
	out, err := o.handler.Handle(t.Context(), event("shard-1", records))
	require.NoError(t, err)
	require.NotNil(t, out.State, "Lambda takes an answer without one for a failure")
	return out
}

func (o *office) card(t *testing.T, queueID string) deskapi.Card {
	t.Helper()
	list, err := o.board.Cards(t.Context(), []string{queueID})
	require.NoError(t, err)
	require.Len(t, list, 1)
	return list[0]
}

// counts are a queue's of today.
func (o *office) counts(t *testing.T, queueID string) metrics.Counts {
	t.Helper()
	hours, err := o.Store.CountsOf(t.Context(), queueID, o.Now().Format(time.DateOnly))
	require.NoError(t, err)
	sum := metrics.Counts{}
	for _, h := range hours {
		sum.Add(h.Counts)
	}
	return sum
}

func (o *office) log(t *testing.T, agentID string) []metrics.Line {
	t.Helper()
	lines, err := o.Store.AgentLog(t.Context(), agentID, o.Now().Format(time.DateOnly))
	require.NoError(t, err)
	return lines
}

// handled is a call that rings for 3 seconds, is talked for a minute, and wrapped up in 10 seconds.
func (o *office) handled(t *testing.T, callSID, agentID string) *center.Contact {
	t.Helper()
	c := o.Call(t, callSID)
	require.Equal(t, agentID, c.HeldBy())
	o.Pass(3 * time.Second)
	_, err := o.Accept(t.Context(), agentID, c.ID, c.Offer.ID)
	require.NoError(t, err)
	require.NoError(t, o.Joined(t.Context(), c.ID, agentID, o.Now()))
	o.Pass(time.Minute)
	_, err = o.CallerLeft(t.Context(), c.ID)
	require.NoError(t, err)
	o.Pass(10 * time.Second)
	_, err = o.EndWrapUp(t.Context(), agentID, c.ID)
	require.NoError(t, err)
	return o.Contact(t, c.ID)
}
