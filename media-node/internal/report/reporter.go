// Package report posts a node's events to the control plane: signed, in order per agent and per contact, retried
// until they are too old to matter. It decides nothing about what is reported.
package report

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"guichet/shared/mediaapi"
)

const (
	postTimeout    = 5 * time.Second
	firstBackoff   = 100 * time.Millisecond
	maxBackoff     = 10 * time.Second
	maxAnswer      = 64 << 10 // bytes read of an answer, so that the connection can be used again
	postsAtOnce    = 32
	defaultBacklog = 10_000
)

// Config is what a Reporter needs.
type Config struct {
	URL    string // where events are posted
	Key    mediaapi.Key
	Client *http.Client // optional
	Now    func() time.Time
	Log    *slog.Logger
	// Backlog is the most events that wait; more are dropped with a log. 0 for 10,000.
	Backlog int
	// Dropped is called for every event that is given up. Optional.
	Dropped func()
}

// Reporter sends events in the background. Close it.
type Reporter struct {
	cfg     Config
	slots   chan struct{}
	running context.Context //nolint:containedctx // the lifetime of the lanes' goroutines, ended by Close
	stop    context.CancelFunc
	wg      sync.WaitGroup

	mu      sync.Mutex
	lanes   map[string][]queued // per agent; present while its goroutine runs
	newest  map[string]queued   // per contact; present while it waits
	waiting int
}

// queued is an event that waits.
type queued struct {
	event mediaapi.Event
	after <-chan struct{} // if not nil, closed when what another agent's call of the contact reported before is over
	over  chan struct{}   // closed when the event is sent or given up
}

// New returns a reporter. With an empty URL events are only logged.
func New(cfg Config) *Reporter {
	if cfg.Client == nil {
		cfg.Client = &http.Client{Timeout: postTimeout}
	}
	if cfg.Backlog == 0 {
		cfg.Backlog = defaultBacklog
	}
	r := &Reporter{cfg: cfg, slots: make(chan struct{}, postsAtOnce), lanes: map[string][]queued{}, newest: map[string]queued{}}
	r.running, r.stop = context.WithCancel(context.Background())
	return r
}

// Report queues an event and returns at once.
func (r *Reporter) Report(e mediaapi.Event) {
	r.cfg.Log.Info("event", "type", e.Type, "event", e.ID, "session", e.SessionID, "agent", e.AgentID, "contact", e.ContactID, "reason", e.Reason)
	if r.cfg.URL == "" {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.waiting >= r.cfg.Backlog || r.running.Err() != nil {
		r.drop(e, "backlog full or reporter closed")
		return
	}
	r.waiting++
	q := queued{event: e, over: make(chan struct{})}
	if before, waits := r.newest[e.ContactID]; waits && before.event.AgentID != e.AgentID {
		q.after = before.over // the call went over to another agent
	}
	if e.ContactID != "" {
		r.newest[e.ContactID] = q
	}
	lane, running := r.lanes[e.AgentID]
	r.lanes[e.AgentID] = append(lane, q)
	if !running {
		r.wg.Add(1)
		go r.run(e.AgentID)
	}
}

// Waiting is the number of events that were not accepted yet.
func (r *Reporter) Waiting() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.waiting
}

// Flush waits until all events are sent or given up, or ctx is done.
func (r *Reporter) Flush(ctx context.Context) error {
	done := make(chan struct{})
	go func() { r.wg.Wait(); close(done) }()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("%d events not delivered: %w", r.Waiting(), ctx.Err())
	}
}

// Close gives up what is left, and waits for what is being sent.
func (r *Reporter) Close() {
	r.stop()
	r.wg.Wait()
}

// run sends one agent's events in order and ends when there are no more.
func (r *Reporter) run(agent string) {
	defer r.wg.Done()
	for {
		r.mu.Lock()
		lane := r.lanes[agent]
		if len(lane) == 0 {
			delete(r.lanes, agent)
			r.mu.Unlock()
			return
		}
		r.mu.Unlock()
		q := lane[0]
		if q.after != nil {
			<-q.after
		}
		r.deliver(q.event)
		close(q.over)
		r.mu.Lock()
		r.lanes[agent] = r.lanes[agent][1:]
		if contactID := q.event.ContactID; r.newest[contactID].over == q.over {
			delete(r.newest, contactID)
		}
		r.waiting--
		r.mu.Unlock()
	}
}

// deliver tries until the event is accepted or too old.
func (r *Reporter) deliver(e mediaapi.Event) {
	body, err := json.Marshal(e)
	if err != nil {
		r.drop(e, err.Error())
		return
	}
	var lastErr error
	for backoff := firstBackoff; ; backoff = min(2*backoff, maxBackoff) {
		if r.cfg.Now().Sub(e.At) >= mediaapi.EventLifetime || r.running.Err() != nil {
			r.drop(e, fmt.Sprint("not accepted in time: ", lastErr))
			return
		}
		if lastErr = r.post(body); lastErr == nil {
			return
		}
		pause := time.NewTimer(backoff/2 + rand.N(backoff/2)) //nolint:gosec // spreads retries, protects nothing
		select {
		case <-pause.C:
		case <-r.running.Done():
			pause.Stop()
		}
	}
}

func (r *Reporter) post(body []byte) error {
	select {
	case r.slots <- struct{}{}:
		defer func() { <-r.slots }()
	case <-r.running.Done():
		return r.running.Err()
	}
	ctx, cancel := context.WithTimeout(r.running, postTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, r.cfg.URL, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("post event: %w", err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set(mediaapi.SignatureHeader, r.cfg.Key.SignEvent(body, r.cfg.Now()))
	res, err := r.cfg.Client.Do(req)
	if err != nil {
		return fmt.Errorf("post event: %w", err)
	}
	defer func() { _ = res.Body.Close() }()
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, maxAnswer))
	if res.StatusCode/100 != 2 {
		return fmt.Errorf("post event: answered %s", res.Status)
	}
	return nil
}

func (r *Reporter) drop(e mediaapi.Event, why string) {
	r.cfg.Log.Error("event dropped", "type", e.Type, "event", e.ID, "agent", e.AgentID, "contact", e.ContactID, "why", why)
	if r.cfg.Dropped != nil {
		r.cfg.Dropped()
	}
}
