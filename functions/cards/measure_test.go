package cards_test

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/cards"
	"guichet/functions/internal/functiontest"
	"guichet/shared/center"
	"guichet/shared/channel"
	"guichet/shared/conversation"
	"guichet/shared/measure"
)

// measured sums up the values that were written, and forgets them.
func measured(t *testing.T, out *bytes.Buffer) map[string][]float64 {
	t.Helper()
	values := map[string][]float64{}
	for text := range strings.Lines(out.String()) {
		var line map[string]json.RawMessage
		require.NoError(t, json.Unmarshal([]byte(text), &line))
		for _, m := range measure.All() {
			var some []float64
			if line[m.Name] != nil {
				require.NoError(t, json.Unmarshal(line[m.Name], &some))
				values[m.Name] = append(values[m.Name], some...)
			}
		}
	}
	out.Reset()
	return values
}

// measures makes the function's values readable.
func (o *office) measures() *bytes.Buffer {
	out := &bytes.Buffer{}
	o.handler.Measures = measure.New(out, "acme", o.Now)
	return out
}

func TestWhatIsMeasuredOfCalls(t *testing.T) {
	t.Parallel()
	o := open(t)
	out := o.measures()
	o.Ready(t, functiontest.Ana)
	o.handled(t, "CA1", functiontest.Ana)
	_, err := o.SetStatus(t.Context(), functiontest.Ana, nil, center.StatusOut, "")
	require.NoError(t, err)
	for sid, after := range map[string]time.Duration{"CA2": 2 * time.Second, "CA3": 30 * time.Second} { // the first is too short to count
		c := o.Call(t, sid)
		o.Pass(after)
		_, err := o.CallerLeft(t.Context(), c.ID)
		require.NoError(t, err)
	}
	c := o.Call(t, "CA4")
	o.Pass(functiontest.MaxWait)
	_, err = o.WaitedTooLong(t.Context(), c.ID)
	require.NoError(t, err)
	failed := o.Call(t, "CA5")
	_, err = o.Fail(t.Context(), failed.ID)
	require.NoError(t, err)
	o.count(t)
	assert.Equal(t, map[string][]float64{
		"CallsOffered": {5}, "CallsAnswered": {1}, "CallsAbandoned": {1}, "CallsTimedOut": {1}, "CallsFailed": {1}, "SecondsToAnswer": {3},
	}, measured(t, out))
}

// TestABatchThatComesAgainIsMeasuredOnce hands batches over as Lambda may: again, cut off, and to a function that has just started.
func TestABatchThatComesAgainIsMeasuredOnce(t *testing.T) {
	t.Parallel()
	o := open(t)
	out := o.measures()
	o.Ready(t, functiontest.Ana)
	o.handled(t, "CA1", functiontest.Ana)
	o.handled(t, "CA2", functiontest.Ana)
	records := o.changes.Take(t)
	o.handle(t, records[:len(records)/2])
	first := measured(t, out)
	o.handler = cards.New(o.board, o.Pushes, cards.Pause, functiontest.Log)
	out = o.measures()
	o.handle(t, records)
	rest := measured(t, out)
	for name, want := range map[string]float64{"CallsOffered": 2, "CallsAnswered": 2} {
		assert.InDelta(t, want, sum(first[name])+sum(rest[name]), 0, name)
	}
	o.handle(t, records)
	assert.Empty(t, measured(t, out), "nothing counted")
}

func sum(values []float64) float64 {
	total := 0.0
	for _, v := range values {
		total += v
	}
	return total
}

func TestMissedOffersAreMeasured(t *testing.T) {
	t.Parallel()
	o := open(t)
	out := o.measures()
	o.Ready(t, functiontest.Ana)
	c := o.Call(t, "CA1")
	o.Pass(functiontest.RingTime)
	require.NoError(t, o.OfferTimedOut(t.Context(), c.ID, c.Offer.ID))
	require.NoError(t, o.Connect(t.Context(), functiontest.Ana, "desk-2")) // her record changes, and says still that she missed it
	o.count(t)
	assert.Equal(t, map[string][]float64{"CallsOffered": {1}, "OffersMissed": {1}}, measured(t, out))
}

func TestChatsAndMessagesThatFailAreMeasured(t *testing.T) {
	t.Parallel()
	o := opened(t, functiontest.WithChats(t))
	out := o.measures()
	e := functiontest.Text("in-1", "Hello", o.Now())
	e.Inbox = functiontest.PickedInbox
	require.NoError(t, o.Conversations.Receive(t.Context(), e))
	by, id := o.Agent(t, functiontest.Ana), center.ChatIDOf(e.Channel, e.Inbox, e.Customer.ID)
	_, err := o.Conversations.Assign(t.Context(), by, id, by.ID)
	require.NoError(t, err)
	o.Channel.SetFail(channel.ErrOptedOut)
	_, err = o.Conversations.Send(t.Context(), by, id, conversation.Draft{
		ID: center.NewID(center.PrefixMessage, o.Now()), Kind: center.KindText, Text: "Hello",
	})
	require.NoError(t, err)
	o.count(t)
	assert.Equal(t, map[string][]float64{"ChatsOpened": {1}, "MessagesFailed": {1}}, measured(t, out))
}

func TestWhatCannotBeWrittenIsNotMeasured(t *testing.T) {
	t.Parallel()
	o := open(t)
	out := o.measures()
	o.Ready(t, functiontest.Ana)
	c := o.Call(t, "CA1")
	o.Pass(functiontest.RingTime)
	require.NoError(t, o.OfferTimedOut(t.Context(), c.ID, c.Offer.ID))
	records := o.changes.Take(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := o.handler.Handle(ctx, event("shard-1", records))
	require.Error(t, err)
	assert.Empty(t, measured(t, out), "the batch comes again")
	o.handle(t, records)
	assert.Equal(t, map[string][]float64{"CallsOffered": {1}, "OffersMissed": {1}}, measured(t, out))
}
