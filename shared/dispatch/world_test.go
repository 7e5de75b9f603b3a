package dispatch_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/ratelimit"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"pgregory.net/rapid"

	"guichet/infra/local/dynamo/dynamotest"
	"guichet/shared/center"
	"guichet/shared/dispatch"
	"guichet/shared/mediaapi"
	"guichet/shared/store"
	"guichet/shared/store/storetest"
)

// TestMain sets what rapid's own defaults are not good for, unless the environment or the command line says otherwise: a
// failure leaves no file behind, since it prints the seed that repeats it, and there are 60 histories of each kind.
func TestMain(m *testing.M) {
	for name, value := range map[string]string{"nofailfile": "true", "checks": "60"} {
		if _, set := os.LookupEnv("RAPID_" + strings.ToUpper(name)); set {
			continue
		}
		if err := flag.Set("rapid."+name, value); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}

// ground is what histories share one after the other: the table, and the way to it.
type ground struct {
	wire     *wire
	endpoint string
	table    string
	rest     time.Duration // from a call that an agent declined
}

func newGround(t *testing.T) ground {
	g := ground{wire: openWire(t), endpoint: dynamotest.Endpoint(t), table: dynamotest.Table(t), rest: 20 * time.Second}
	storetest.Open(t, g.endpoint, g.table)
	storetest.WithoutStream(t, g.endpoint, g.table)
	return g
}

// world is one history: a centre of its own, with everything around it under the scheduler's hand. Its clock is the
// synctest bubble's, which moves only when the scheduler sleeps.
type world struct {
	t          reporter
	r          *rapid.T // what is drawn comes from here; nil in tests that draw nothing
	client     *dynamodb.Client
	table      string
	gate       *gate
	ledger     *ledger
	provider   *provider
	desks      *desks
	dispatcher *dispatch.Dispatcher

	meter      *store.Meter // counts what processes cost, if set
	queues     map[string]center.Queue
	faults     []verdict // what may happen to requests, beside that they proceed
	inFlight   []*process
	started    int
	began      time.Time
	once       bool      // messages are delivered once and timers when they are due
	mail       []message // not yet delivered, or to be delivered again
	delivered  []message
	offers     []offered // all that were ever made
	orderly    bool      // no process has died and nothing was lost since the last undisturbed sweep
	untroubled bool      // nothing has failed at all: every push has arrived
	violations []string
}

// offered is an offer as the desks know it.
type offered struct{ agentID, contactID, offerID string }

const retryPause = 10 * time.Millisecond

// reporter is what a test and a property have in common.
type reporter interface {
	Logf(format string, args ...any)
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
	Cleanup(func())
}

func newWorld(t reporter, g ground, faults []verdict) *world {
	w := &world{t: t, table: g.table, faults: faults, began: dispatch.Clock(), orderly: true, untroubled: true, desks: &desks{}}
	w.r, _ = t.(*rapid.T)
	w.provider = &provider{world: w}
	w.ledger = &ledger{items: map[string][]version{}, tokens: map[string]bool{}, now: dispatch.Clock, onWrite: w.onWrite}
	w.gate = &gate{wire: g.wire, ledger: w.ledger}
	w.client = storetest.Client(g.endpoint, func(o *dynamodb.Options) {
		o.HTTPClient = w.gate
		o.Retryer = retry.NewStandard(func(o *retry.StandardOptions) {
			o.Backoff = retry.BackoffDelayerFunc(func(int, error) (time.Duration, error) { return retryPause, nil })
			o.RateLimiter = ratelimit.None
			o.Retryables = append([]retry.IsErrorRetryable{retry.IsErrorRetryableFunc(func(err error) aws.Ternary {
				if errors.Is(err, errCrashed) {
					return aws.FalseTernary
				}
				return aws.UnknownTernary
			})}, o.Retryables...)
		})
	})
	s := store.New(w.client, g.table)
	w.dispatcher = &dispatch.Dispatcher{
		Store: s, Directories: store.NewDirectories(s), Phone: w.provider, Pusher: w.desks,
		MediaKey: mediaapi.Key(strings.Repeat("k", 32)), Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Now: dispatch.Clock,
	}
	t.Cleanup(w.clear)
	w.furnish(s, g.rest)
	return w
}

// agentQueues says who serves where: some in one queue, some in both.
var agentQueues = map[string][]string{
	"ada": {"sales"}, "bob": {"sales", "repairs"}, "cleo": {"repairs"}, "dan": {"repairs", "sales"},
}

var agentIDs = []string{"ada", "bob", "cleo", "dan"}

func (w *world) furnish(s *store.Store, rest time.Duration) {
	ctx := context.Background()
	w.queues = map[string]center.Queue{
		"sales": {ID: "sales", Name: "Sales", Kind: center.QueueVoice, Priority: 1, Ring: 20 * time.Second, WrapUp: 30 * time.Second,
			MaxWait: 3 * time.Minute},
		"repairs": {ID: "repairs", Name: "Repairs", Kind: center.QueueVoice, Priority: 2, Ring: 15 * time.Second, MaxWait: 5 * time.Minute},
	}
	w.must(s.SaveDirectory(ctx, &store.Directory{
		Settings: center.Settings{Name: "Test", PauseReasons: []string{"lunch"}, ParkGrace: 10 * time.Second, DeclineRest: rest},
		Queues:   w.queues,
	}))
	for _, id := range agentIDs {
		w.must(s.EnsureAgent(ctx, &center.Agent{ID: id, Name: id, Role: center.RoleAgent, Language: "en", Queues: agentQueues[id]}))
	}
}

// clear ends what still runs and empties the table for the next history. It also compares the ledger to the table: what
// the checks have seen is what the database holds.
func (w *world) clear() {
	for len(w.inFlight) > 0 {
		for _, p := range w.inFlight {
			p.dead.Store(true)
		}
		w.settle()
	}
	ctx := context.Background()
	out, err := w.client.Scan(ctx, &dynamodb.ScanInput{TableName: &w.table, ConsistentRead: aws.Bool(true)})
	w.must(err)
	if n := len(w.ledger.keys("")); n != len(out.Items) {
		w.t.Errorf("the test is wrong: the ledger has %d items, the table %d", n, len(out.Items))
	}
	for chunk := range slices.Chunk(out.Items, 25) {
		var deletes []types.WriteRequest
		for _, it := range chunk {
			key := map[string]types.AttributeValue{store.PartitionKey: it[store.PartitionKey], store.SortKey: it[store.SortKey]}
			deletes = append(deletes, types.WriteRequest{DeleteRequest: &types.DeleteRequest{Key: key}})
		}
		_, err := w.client.BatchWriteItem(ctx, &dynamodb.BatchWriteItemInput{RequestItems: map[string][]types.WriteRequest{w.table: deletes}})
		w.must(err)
	}
	w.ledger.items = map[string][]version{}
}

func (w *world) must(err error) {
	if err != nil {
		w.t.Fatalf("the test is wrong: %v", err)
	}
}

func (w *world) violate(format string, args ...any) {
	w.violations = append(w.violations, fmt.Sprintf(format, args...))
}

func (w *world) post(m message) { w.mail = append(w.mail, m) }

// start begins a verb as a process of its own and runs it to its first request.
func (w *world) start(p *process, run func(context.Context) error) *process {
	w.started++
	p.id, p.began = w.started, dispatch.Clock()
	p.alone = len(w.inFlight) == 0 && w.orderly
	for _, other := range w.inFlight {
		other.alone = false
	}
	w.inFlight = append(w.inFlight, p)
	w.t.Logf("%s process %d: %s", w.at(), p.id, p.what)
	ctx := context.WithValue(store.WithMeter(context.Background(), w.meter), processKey{}, p)
	go func() {
		defer func() {
			p.panic = recover()
			p.done.Store(true)
		}()
		p.err = run(ctx)
	}()
	w.settle()
	return p
}

func (w *world) at() string { return dispatch.Clock().Format("15:04:05.000") }

// settle waits until every process stands at the gate or is done, and lets go of those that are done.
func (w *world) settle() {
	for moving := true; moving; {
		synctest.Wait()
		moving = false
		for _, p := range w.inFlight {
			at := w.gate.queue(p)
			for _, r := range at {
				if p.dead.Load() {
					w.gate.open(r, crashBefore)
					moving = true
				}
			}
			if len(at) == 0 && !p.done.Load() { // the SDK pauses before it tries again
				time.Sleep(retryPause)
				moving = true
			}
		}
	}
	w.inFlight = slices.DeleteFunc(w.inFlight, func(p *process) bool {
		if !p.done.Load() {
			return false
		}
		w.leave(p)
		return true
	})
}

func (w *world) leave(p *process) {
	switch {
	case p.panic != nil:
		w.violate("%s: panic: %v", p.what, p.panic)
	case p.dead.Load():
		w.t.Logf("%s process %d has died", w.at(), p.id)
	default:
		w.t.Logf("%s process %d is done: %v", w.at(), p.id, p.err)
		if p.err != nil && center.CodeOf(p.err) == "" && !p.faulty {
			w.violate("%s failed for no reason: %v", p.what, p.err)
		}
	}
}
