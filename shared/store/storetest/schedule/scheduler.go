// Package schedule runs verbs over the real store one request at a time, in an order and with faults that a property draws:
// stale reads, throttling, unconfirmed writes, crashes before and after any request. It is imported by tests only.
package schedule

import (
	"context"
	"errors"
	"fmt"
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

	"guichet/shared/center"
	"guichet/shared/store"
	"guichet/shared/store/storetest"
)

// Ground is what histories share one after the other: the table, and the way to it.
type Ground struct {
	wire            *wire
	endpoint, table string
}

// NewGround creates the table. It must be called outside of synctest bubbles.
func NewGround(t testing.TB, endpoint, table string) Ground {
	storetest.Open(t, endpoint, table)
	storetest.WithoutStream(t, endpoint, table)
	return Ground{wire: openWire(t), endpoint: endpoint, table: table}
}

// Reporter is what a test and a property have in common.
type Reporter interface {
	Logf(format string, args ...any)
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
	Cleanup(func())
}

// Scheduler decides which process goes on, and what becomes of its requests. Its clock is the synctest bubble's, which
// moves only when the scheduler sleeps.
type Scheduler struct {
	T      Reporter
	R      *rapid.T // what is drawn comes from here; nil in tests that draw nothing
	Store  *store.Store
	Ledger *Ledger
	Faults []Verdict // what may happen to requests, beside that they proceed
	// Check is called after each request.
	Check    func()
	Meter    *store.Meter // counts what processes cost, if set
	InFlight []*Process
	Started  int
	// Orderly tells that no process has died and nothing was lost since the test last set it.
	Orderly bool
	// Untroubled tells that nothing has failed at all.
	Untroubled bool

	client     *dynamodb.Client
	table      string
	gate       *gate
	violations []string
}

const retryPause = 10 * time.Millisecond

// New returns a scheduler on an empty table, which is emptied again in the end. onWrite is told of every acknowledged write;
// the process is nil if it was the test's own.
func New(t Reporter, g Ground, faults []Verdict, onWrite func(*Process, []Change)) *Scheduler {
	s := &Scheduler{T: t, Faults: faults, Orderly: true, Untroubled: true, table: g.table}
	s.R, _ = t.(*rapid.T)
	s.Ledger = &Ledger{items: map[string][]Version{}, tokens: map[string]bool{}, onWrite: onWrite}
	s.gate = &gate{wire: g.wire, ledger: s.Ledger}
	s.client = storetest.Client(g.endpoint, func(o *dynamodb.Options) {
		o.HTTPClient = s.gate
		o.Retryer = retry.NewStandard(func(o *retry.StandardOptions) {
			o.Backoff = retry.BackoffDelayerFunc(func(int, error) (time.Duration, error) { return retryPause, nil })
			o.RateLimiter = ratelimit.None
			o.Retryables = append([]retry.IsErrorRetryable{retry.IsErrorRetryableFunc(func(err error) aws.Ternary {
				if errors.Is(err, ErrCrashed) {
					return aws.FalseTernary
				}
				return aws.UnknownTernary
			})}, o.Retryables...)
		})
	})
	s.Store = store.New(s.client, g.table)
	t.Cleanup(s.Clear)
	return s
}

// Clear ends what still runs and empties the table for the next history. It also compares the ledger to the table: what
// the checks have seen is what the database holds.
func (s *Scheduler) Clear() {
	for len(s.InFlight) > 0 {
		for _, p := range s.InFlight {
			p.dead.Store(true)
		}
		s.settle()
	}
	ctx := context.Background()
	out, err := s.client.Scan(ctx, &dynamodb.ScanInput{TableName: &s.table, ConsistentRead: aws.Bool(true)})
	s.Must(err)
	if n := len(s.Ledger.Keys("")); n != len(out.Items) {
		s.T.Errorf("the test is wrong: the ledger has %d items, the table %d", n, len(out.Items))
	}
	for chunk := range slices.Chunk(out.Items, 25) {
		var deletes []types.WriteRequest
		for _, it := range chunk {
			key := map[string]types.AttributeValue{store.PartitionKey: it[store.PartitionKey], store.SortKey: it[store.SortKey]}
			deletes = append(deletes, types.WriteRequest{DeleteRequest: &types.DeleteRequest{Key: key}})
		}
		_, err := s.client.BatchWriteItem(ctx, &dynamodb.BatchWriteItemInput{RequestItems: map[string][]types.WriteRequest{s.table: deletes}})
		s.Must(err)
	}
	s.Ledger.items = map[string][]Version{}
}

// Must ends the test if the test itself is wrong.
func (s *Scheduler) Must(err error) {
	if err != nil {
		s.T.Fatalf("the test is wrong: %v", err)
	}
}

// Violate notes a violation, with which the history fails at the next Judge.
func (s *Scheduler) Violate(format string, args ...any) {
	s.violations = append(s.violations, fmt.Sprintf(format, args...))
}

// Judge fails the history if anything was violated.
func (s *Scheduler) Judge() {
	if len(s.violations) > 0 {
		s.T.Fatalf("%s", strings.Join(slices.Compact(s.violations), "\n"))
	}
}

// Start begins a verb as a process of its own and runs it to its first request.
func (s *Scheduler) Start(p *Process, run func(context.Context) error) *Process {
	s.Started++
	p.ID, p.Began = s.Started, time.Now()
	p.Alone = len(s.InFlight) == 0 && s.Orderly
	for _, other := range s.InFlight {
		other.Alone = false
	}
	s.InFlight = append(s.InFlight, p)
	s.T.Logf("%s process %d: %s", At(), p.ID, p.What)
	ctx := context.WithValue(store.WithMeter(context.Background(), s.Meter), processKey{}, p)
	go func() {
		defer func() {
			p.panic = recover()
			p.done.Store(true)
		}()
		p.Err = run(ctx)
	}()
	s.settle()
	return p
}

// At is the time, for logs.
func At() string { return time.Now().UTC().Format("15:04:05.000") }

// settle waits until every process stands at the gate or is done, and lets go of those that are done.
func (s *Scheduler) settle() {
	for moving := true; moving; {
		synctest.Wait()
		moving = false
		for _, p := range s.InFlight {
			at := s.gate.queue(p)
			for _, r := range at {
				if p.dead.Load() {
					s.gate.open(r, CrashBefore)
					moving = true
				}
			}
			if len(at) == 0 && !p.done.Load() { // the SDK pauses before it tries again
				time.Sleep(retryPause)
				moving = true
			}
		}
	}
	s.InFlight = slices.DeleteFunc(s.InFlight, func(p *Process) bool {
		if !p.done.Load() {
			return false
		}
		s.leave(p)
		return true
	})
}

func (s *Scheduler) leave(p *Process) {
	switch {
	case p.panic != nil:
		s.Violate("%s: panic: %v", p.What, p.panic)
	case p.dead.Load():
		s.T.Logf("%s process %d has died", At(), p.ID)
	default:
		s.T.Logf("%s process %d is done: %v", At(), p.ID, p.Err)
		if p.Err != nil && center.CodeOf(p.Err) == "" && !p.Faulty {
			s.Violate("%s failed for no reason: %v", p.What, p.Err)
		}
	}
	if p.Done != nil {
		p.Done(p.panic == nil && !p.dead.Load() && p.Err == nil)
	}
}
