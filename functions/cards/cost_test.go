package cards_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/cards"
	"guichet/functions/internal/functiontest"
	"guichet/infra/local/dynamo/dynamotest"
	"guichet/shared/center"
	"guichet/shared/deskapi"
	"guichet/shared/dispatch"
	"guichet/shared/store"
	"guichet/shared/store/storetest"
	"guichet/shared/wallboard"
)

const (
	busyAgents = 50
	busyQueues = 5
	// busyCalls an hour keep the agents at 85 % when a call takes 5 minutes.
	busyCalls = 510
	// counted is the part of the hour that is lived.
	counted = 3 * time.Minute
)

// TestCostOfWatching counts what it costs a centre with 50 agents that one more desk watches five queues in a busy hour: the same
// minutes are lived with a desk that watches and without.
func TestCostOfWatching(t *testing.T) {
	t.Parallel()
	unwatched, _ := busy(t, false)
	watched, messages := busy(t, true)
	times := float64(time.Hour / counted)
	reads, most := (watched-unwatched)*times, float64(time.Hour/time.Second*busyQueues)
	t.Logf("a desk that watches %d queues of %d agents and %d calls an hour:\n%6.0f messages an hour (bar: one a second a queue, %.0f)\n%6.0f read units an hour, %.1f a message",
		busyQueues, busyAgents, busyCalls, messages*times, most, reads, reads/(messages*times))
	assert.Positive(t, messages)
	assert.LessOrEqual(t, messages*times, most)
	assert.LessOrEqual(t, reads/(messages*times), 6.0, "read units a message: each card is two queries, and who watches is looked up")
}

// busy lives a part of a busy hour and returns the read units of the function and how many messages the desk got.
func busy(t *testing.T, watched bool) (reads, messages float64) {
	o := open(t)
	queues := make([]string, busyQueues)
	o.Configure(t, func(d *store.Directory) {
		for i := range queues {
			q := d.Queues[secondID]
			q.ID, q.Name = fmt.Sprint("que_busy", i), fmt.Sprint("Busy ", i)
			queues[i], d.Queues[q.ID] = q.ID, q
		}
	})
	o.board.Directories = o.Directories
	for i := range busyAgents {
		id := fmt.Sprint("agent", i)
		require.NoError(t, o.Store.EnsureAgent(t.Context(), &center.Agent{ID: id, Name: id, Role: center.RoleAgent, Queues: queues}))
		require.NoError(t, o.Connect(t.Context(), id, "desk-"+id))
		_, err := o.SetStatus(t.Context(), id, queues, center.StatusReady, "")
		require.NoError(t, err)
	}
	if watched {
		require.NoError(t, o.Store.Watch(t.Context(), "desk-agent0", queues, nil))
	}
	o.count(t)
	o.Pushes.Take("desk-agent0")
	meter := &store.Meter{}
	ctx := store.WithMeter(t.Context(), meter)
	for happenings := o.lives(t, queues); len(happenings) > 0; {
		if next := happenings[0].at; next.After(o.Now()) {
			o.Pass(next.Sub(o.Now()))
		}
		for len(happenings) > 0 && !happenings[0].at.After(o.Now()) {
			happenings[0].do()
			happenings = happenings[1:]
		}
		_, err := o.handler.Handle(ctx, event("shard-1", o.changes.Take(t)))
		require.NoError(t, err)
	}
	for _, m := range o.Pushes.Take("desk-agent0") {
		if _, ok := m.(deskapi.Cards); ok {
			messages++
		}
	}
	return meter.Usage().ReadUnits, messages
}

type happening struct {
	at time.Time
	do func()
}

// lives are the lives of the calls of a part of a busy hour, as short as the part, so that as much happens in it as ever.
func (o *office) lives(t *testing.T, queues []string) []happening {
	dice := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the hour repeats
	var all []happening
	for i := range int(busyCalls * counted / time.Hour) {
		var c *center.Contact
		var held string
		at := o.Now()
		then := func(d time.Duration, do func() error) {
			at = at.Add(d)
			all = append(all, happening{at, func() { require.NoError(t, do()) }})
		}
		then(time.Duration(dice.Int64N(int64(counted-40*time.Second))), func() (err error) {
			c, err = o.Admit(t.Context(), dispatch.Arrival{
				Provider: "twilio", CallSID: fmt.Sprint("CA", i), From: fmt.Sprintf("+3363998%04d", i), To: functiontest.Number, QueueID: queues[i%len(queues)],
			})
			held = c.HeldBy()
			return err
		})
		then(4*time.Second, func() error {
			_, err := o.Accept(t.Context(), held, c.ID, c.Offer.ID)
			return err
		})
		then(time.Second, func() error { return o.Joined(t.Context(), c.ID, held, o.Now()) })
		then(time.Duration(5+dice.IntN(20))*time.Second, func() error { _, err := o.CallerLeft(t.Context(), c.ID); return err })
		then(8*time.Second, func() error { _, err := o.EndWrapUp(t.Context(), held, c.ID); return err })
	}
	slices.SortStableFunc(all, func(a, b happening) int { return cmp.Or(a.at.Compare(b.at)) })
	return all
}

// rounds counts how often one has to wait for the database. Answers are held back a little, so that what runs in parallel has been
// sent by then.
type rounds struct {
	mu   sync.Mutex
	done int
}

const heldBack = 150 * time.Millisecond

// RoundTrip implements http.RoundTripper.
func (r *rounds) RoundTrip(request *http.Request) (*http.Response, error) {
	r.mu.Lock()
	round := r.done + 1
	r.mu.Unlock()
	response, err := http.DefaultTransport.RoundTrip(request)
	time.Sleep(heldBack)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.done = max(r.done, round)
	return response, err
}

// TestRoundsFromEventToCard counts how often the function waits for the database from the change of a call to the card on a desk, when
// it has watched for a while: for the counts, and for the card.
func TestRoundsFromEventToCard(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	require.NoError(t, o.Store.Watch(t.Context(), "desk-ana", []string{functiontest.QueueID}, nil))
	trips := &rounds{}
	s := store.New(storetest.Client(dynamotest.Endpoint(t), func(c *dynamodb.Options) { c.HTTPClient = &http.Client{Transport: trips} }), o.Table)
	o.board = &wallboard.Board{Store: s, Directories: o.Directories, Now: o.Now}
	o.handler = cards.New(o.board, o.Pushes, cards.Pause, functiontest.Log)
	o.Call(t, "CA0")
	o.count(t)
	o.Pass(time.Minute)
	o.Call(t, "CA1")
	changes := o.changes.Take(t)
	o.take(t, "desk-ana")
	trips.done = 0
	o.handle(t, changes)
	assert.Len(t, o.take(t, "desk-ana"), 1)
	t.Logf("from a change in the stream to its card: %d round trips to the database and 1 push (bar: 3); further cards of a queue come at most one a second", trips.done)
	assert.LessOrEqual(t, trips.done, 3)
}
