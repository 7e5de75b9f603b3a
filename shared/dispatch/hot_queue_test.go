package dispatch_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"guichet/infra/local/dynamo/dynamotest"
	"guichet/shared/center"
	"guichet/shared/deskapi"
	"guichet/shared/dispatch"
	"guichet/shared/mediaapi"
	"guichet/shared/store"
	"guichet/shared/store/storetest"
)

const (
	hotAgents  = 500
	hotCallers = 8 // webhooks that run at the same time
)

// BenchmarkHotQueue rings calls of one queue at 500 agents as fast as the database allows. Each caller hangs up as soon
// as somebody's desk rings, which makes the agent available again. An operation is one offer, from the webhook to the
// agent's release. It fails when a call is offered twice or to nobody, and when an agent is offered two at a time.
func BenchmarkHotQueue(b *testing.B) {
	h := newHotQueue(b)
	b.ResetTimer()
	calls := make(chan int)
	var group errgroup.Group
	for range hotCallers {
		group.Go(func() error {
			for n := range calls {
				if err := h.call(n); err != nil {
					return err
				}
			}
			return nil
		})
	}
	for n := range b.N {
		calls <- n
	}
	close(calls)
	if err := group.Wait(); err != nil {
		b.Fatal(err)
	}
	h.await(b, b.N)
	b.StopTimer()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "offers/s")
	b.ReportMetric(float64(h.meter.Usage().Requests)/float64(b.N), "requests/offer")
	h.check(b, b.N)
}

// hotQueue is the phone and the desks around the dispatcher. Its callers hang up when it rings.
type hotQueue struct {
	dispatcher *dispatch.Dispatcher
	meter      *store.Meter

	mu      sync.Mutex
	offers  map[string]int    // by contact
	ringing map[string]string // contact by agent
	wrong   []string
	left    sync.WaitGroup
	ended   atomic.Int64
}

func newHotQueue(b *testing.B) *hotQueue {
	ctx := context.Background()
	s := storetest.Open(b, dynamotest.Endpoint(b), dynamotest.Table(b))
	h := &hotQueue{meter: &store.Meter{}, offers: map[string]int{}, ringing: map[string]string{}}
	h.dispatcher = &dispatch.Dispatcher{
		Store: s, Directories: store.NewDirectories(s), Pusher: h, MediaKey: mediaapi.Key(strings.Repeat("k", 32)),
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Now: dispatch.Clock,
	}
	err := s.SaveDirectory(ctx, &store.Directory{Queues: map[string]center.Queue{
		"hot": {ID: "hot", Kind: center.QueueVoice, Ring: time.Minute, MaxWait: time.Hour},
	}})
	if err != nil {
		b.Fatal(err)
	}
	for i := range hotAgents {
		id := fmt.Sprintf("agent%03d", i)
		a := &center.Agent{ID: id, Queues: []string{"hot"}, Connections: []string{id}}
		if err := a.SetStatus(a.Queues, center.StatusReady, "", dispatch.Clock()); err != nil {
			b.Fatal(err)
		}
		if err := s.Commit(ctx, store.Change{Agent: a}); err != nil {
			b.Fatal(err)
		}
	}
	return h
}

func (h *hotQueue) call(n int) error {
	ctx := store.WithMeter(context.Background(), h.meter)
	_, err := h.dispatcher.Admit(ctx, dispatch.Arrival{Provider: "hot", CallSID: fmt.Sprint(n), QueueID: "hot"})
	return err
}

// Push implements dispatch.Pusher: it is an agent's desk.
func (h *hotQueue) Push(_ context.Context, agentID string, message any) error {
	patch := message.(deskapi.Patch)
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, c := range patch.Contacts {
		if c.State != string(center.StateOffered) {
			continue
		}
		if other := h.ringing[agentID]; other != "" {
			h.wrong = append(h.wrong, fmt.Sprintf("%s is offered %s and %s", agentID, other, c.ID))
		}
		h.ringing[agentID] = c.ID
		h.offers[c.ID]++
		h.left.Go(func() { h.hangUp(agentID, c.ID) })
	}
	return nil
}

func (h *hotQueue) hangUp(agentID, contactID string) {
	h.mu.Lock()
	h.ringing[agentID] = "" // before the next offer can come
	h.mu.Unlock()
	_, err := h.dispatcher.CallerLeft(store.WithMeter(context.Background(), h.meter), contactID)
	if err != nil {
		h.mu.Lock()
		h.wrong = append(h.wrong, err.Error())
		h.mu.Unlock()
	}
	h.ended.Add(1)
}

// await waits until every caller has left: whoever waits in line is rung for by an agent who is released.
func (h *hotQueue) await(b *testing.B, calls int) {
	for last := int64(-1); h.ended.Load() < int64(calls) && h.ended.Load() != last; {
		last = h.ended.Load()
		h.left.Wait()
	}
	if starved := int64(calls) - h.ended.Load(); starved != 0 {
		b.Errorf("%d calls were offered to nobody", starved)
	}
}

func (h *hotQueue) check(b *testing.B, calls int) {
	for _, w := range h.wrong {
		b.Error(w)
	}
	for id, n := range h.offers {
		if n != 1 {
			b.Errorf("contact %s was offered %d times", id, n)
		}
	}
	agents, err := h.dispatcher.Store.Agents(context.Background())
	if err != nil {
		b.Fatal(err)
	}
	for _, a := range agents {
		if a.ContactID != "" {
			b.Errorf("%s still has %s", a.ID, a.ContactID)
		}
	}
	if len(h.offers) != calls {
		b.Errorf("%d of %d calls were offered", len(h.offers), calls)
	}
}
