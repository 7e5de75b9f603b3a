package report

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"guichet/shared/mediaapi"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var key = mediaapi.Key("0123456789abcdef0123456789abcdef")

// receiver is a control plane that notes what it accepts and answers as it is told.
type receiver struct {
	mu     sync.Mutex
	events []mediaapi.Event
	answer func(attempt int) int
	tries  int
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	body, _ := io.ReadAll(req.Body)
	if key.VerifyEvent(req.Header.Get(mediaapi.SignatureHeader), body, time.Now()) != nil {
		w.WriteHeader(http.StatusForbidden)
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.tries++
	status := http.StatusNoContent
	if r.answer != nil {
		status = r.answer(r.tries)
	}
	if status/100 == 2 {
		var e mediaapi.Event
		if json.Unmarshal(body, &e) == nil {
			r.events = append(r.events, e)
		}
	}
	w.WriteHeader(status)
}

func start(t *testing.T, rcv *receiver, change func(*Config)) *Reporter {
	t.Helper()
	server := httptest.NewServer(rcv)
	cfg := Config{URL: server.URL, Key: key, Client: server.Client(), Now: time.Now, Log: slog.New(slog.DiscardHandler)}
	if change != nil {
		change(&cfg)
	}
	r := New(cfg)
	t.Cleanup(func() { r.Close(); server.Close() })
	return r
}

func event(agent string, n int) mediaapi.Event {
	return mediaapi.Event{ID: fmt.Sprintf("%s-%d", agent, n), Type: mediaapi.ContactJoined, At: time.Now(), AgentID: agent}
}

func flush(t *testing.T, r *Reporter) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	require.NoError(t, r.Flush(ctx))
}

func TestEventsArriveSignedAndInOrderPerAgent(t *testing.T) {
	t.Parallel()
	rcv := &receiver{answer: func(attempt int) int {
		if attempt%3 == 0 {
			return http.StatusBadGateway
		}
		return http.StatusNoContent
	}}
	r := start(t, rcv, nil)
	for n := range 6 {
		for _, agent := range []string{"a", "b", "c"} {
			r.Report(event(agent, n))
		}
	}
	flush(t, r)
	seen := map[string]int{}
	for _, e := range rcv.events {
		assert.Equal(t, fmt.Sprintf("%s-%d", e.AgentID, seen[e.AgentID]), e.ID)
		seen[e.AgentID]++
	}
	assert.Equal(t, map[string]int{"a": 6, "b": 6, "c": 6}, seen)
	assert.Zero(t, r.Waiting())
}

// TestAContactsEventsStayInOrderWhenTheCallGoesOver to another agent, whatever is tried again.
func TestAContactsEventsStayInOrderWhenTheCallGoesOver(t *testing.T) {
	t.Parallel()
	rcv := &receiver{answer: func(attempt int) int {
		if attempt%2 == 1 {
			return http.StatusBadGateway
		}
		return http.StatusNoContent
	}}
	r := start(t, rcv, nil)
	for n, agent := range []string{"a", "a", "b", "c", "a", "b", "b"} {
		e := event(agent, n)
		e.ContactID = "ctc_1"
		r.Report(e)
		r.Report(event("other", n))
	}
	flush(t, r)
	var got []string
	for _, e := range rcv.events {
		if e.ContactID != "" {
			got = append(got, e.ID)
		}
	}
	assert.Equal(t, []string{"a-0", "a-1", "b-2", "c-3", "a-4", "b-5", "b-6"}, got)
	assert.Empty(t, r.newest)
}

func TestOldEventsAreGivenUp(t *testing.T) {
	t.Parallel()
	var offset atomic.Int64
	var dropped atomic.Int32
	rcv := &receiver{answer: func(int) int { offset.Store(int64(mediaapi.EventLifetime)); return http.StatusServiceUnavailable }}
	r := start(t, rcv, func(c *Config) {
		c.Now = func() time.Time { return time.Now().Add(time.Duration(offset.Load())) }
		c.Dropped = func() { dropped.Add(1) }
	})
	r.Report(event("a", 1))
	flush(t, r)
	assert.EqualValues(t, 1, dropped.Load())
	assert.Empty(t, rcv.events)
}

func TestBacklogIsBounded(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	var dropped atomic.Int32
	rcv := &receiver{answer: func(int) int { <-release; return http.StatusNoContent }}
	r := start(t, rcv, func(c *Config) {
		c.Backlog = 5
		c.Dropped = func() { dropped.Add(1) }
	})
	for n := range 8 {
		r.Report(event("a", n))
	}
	assert.EqualValues(t, 3, dropped.Load())
	close(release)
	flush(t, r)
	assert.Len(t, rcv.events, 5)
}

func TestCloseDoesNotWaitForAnUnreachableControlPlane(t *testing.T) {
	t.Parallel()
	r := New(Config{URL: "http://127.0.0.1:1/", Key: key, Now: time.Now, Log: slog.New(slog.DiscardHandler)})
	r.Report(event("a", 1))
	r.Close()
	assert.Zero(t, r.Waiting())
}
