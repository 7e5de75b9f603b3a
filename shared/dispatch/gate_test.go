package dispatch_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// kind groups requests by what may happen to them.
type kind int

const (
	kindRead     kind = iota // consistent, or a query
	kindEventual             // may be answered with an older version
	kindWrite
	kindPhone
)

// verdict is what the scheduler lets happen to one request.
type verdict int

const (
	proceed     verdict = iota
	throttled           // not carried out; the SDK is told to try again
	unconfirmed         // carried out; the SDK is told to try again
	stale               // answered with an older version of the item
	crashBefore         // the process dies, the request was never sent
	crashAfter          // the process dies, the request was carried out
	refused             // not carried out, and the process is told that it failed
	answerLost          // carried out, and the process is told that it failed
)

func (v verdict) String() string {
	return [...]string{"proceeds", "is throttled", "is carried out and repeated", "is answered from the past",
		"dies before it", "dies after it", "is refused", "is carried out and its answer lost"}[v]
}

// request waits at the gate until the scheduler has decided about it.
type request struct {
	process *process
	label   string
	kind    kind
	past    []json.RawMessage // what a stale read may be answered with, newest first; nil where there was no item
	stale   json.RawMessage   // the one chosen
	verdict chan verdict
}

// gate stands between the processes and the outside world: the database, and the phone. Requests under a context
// without a process pass freely.
type gate struct {
	wire   *wire
	ledger *ledger

	mu      sync.Mutex
	waiting []*request
}

var errCrashed = errors.New("the process has died")

// pass blocks until the scheduler decides. A dead process gets nowhere.
func (g *gate) pass(r *request) verdict {
	r.verdict = make(chan verdict, 1)
	g.mu.Lock()
	g.waiting = append(g.waiting, r)
	g.mu.Unlock()
	return <-r.verdict
}

// queue lists the waiting requests of a process in an order that does not depend on which goroutine was faster.
func (g *gate) queue(p *process) []*request {
	g.mu.Lock()
	defer g.mu.Unlock()
	var own []*request
	for _, r := range g.waiting {
		if r.process == p {
			own = append(own, r)
		}
	}
	slices.SortStableFunc(own, func(a, b *request) int { return strings.Compare(a.label, b.label) })
	return own
}

func (g *gate) open(r *request, v verdict) {
	g.mu.Lock()
	g.waiting = slices.DeleteFunc(g.waiting, func(other *request) bool { return other == r })
	g.mu.Unlock()
	r.verdict <- v
}

// Do is the SDK's way out.
func (g *gate) Do(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	_, op, _ := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
	call, err := readCall(op, body)
	if err != nil {
		return nil, err
	}
	p := processOf(r.Context())
	if p == nil || call.isConfiguration() {
		return g.carryOut(r, body, call, p)
	}
	if p.dead.Load() {
		return nil, errCrashed
	}
	waiting := &request{process: p, label: call.label(), kind: call.kind(), past: g.ledger.past(call)}
	v := g.pass(waiting)
	switch v {
	case crashBefore:
		p.dead.Store(true)
		return nil, errCrashed
	case throttled:
		return failure(r, http.StatusBadRequest, "ProvisionedThroughputExceededException"), nil
	case refused:
		return failure(r, http.StatusBadRequest, "ServiceRefusedForTest"), nil
	case stale:
		return fromThePast(r, waiting.stale), nil
	}
	response, err := g.carryOut(r, body, call, p)
	switch {
	case err != nil:
		return nil, err
	case v == crashAfter:
		p.dead.Store(true)
		return nil, errCrashed
	case v == answerLost:
		return failure(r, http.StatusBadRequest, "AnswerLostForTest"), nil
	case v == unconfirmed:
		return failure(r, http.StatusInternalServerError, "InternalServerError"), nil
	}
	return response, nil
}

func (g *gate) carryOut(r *http.Request, body []byte, call *call, p *process) (*http.Response, error) {
	a := g.wire.send(outgoing{url: r.URL.String(), header: r.Header.Clone(), body: body})
	if a.err != nil {
		return nil, a.err
	}
	if a.status == http.StatusOK {
		if err := g.ledger.record(call, a.body, p); err != nil {
			return nil, err
		}
	}
	return a.response(r), nil
}

func fromThePast(r *http.Request, item json.RawMessage) *http.Response {
	body := []byte(`{}`)
	if item != nil {
		body = fmt.Appendf(nil, `{"Item":%s}`, item)
	}
	a := answer{status: http.StatusOK, header: http.Header{"Content-Type": {"application/x-amz-json-1.0"}}, body: body}
	return a.response(r)
}

func failure(r *http.Request, status int, code string) *http.Response {
	a := answer{status: status, header: http.Header{"Content-Type": {"application/x-amz-json-1.0"}},
		body: fmt.Appendf(nil, `{"__type":"com.amazonaws.dynamodb.v20120810#%s","message":"by the test"}`, code)}
	return a.response(r)
}

type processKey struct{}

func processOf(ctx context.Context) *process {
	p, _ := ctx.Value(processKey{}).(*process)
	return p
}

// process is one verb of the dispatcher under way, as a function on its own machine would run it.
type process struct {
	id        int
	what      string
	began     time.Time
	alone     bool      // nothing else has run since it began, and all was in order then
	statusOf  string    // the agent whose chosen status it sets
	timer     bool      // it was due, or fired early
	anyStatus bool      // it is the test itself
	offerID   string    // the offer that it answers; empty once it has written anything
	awayOf    string    // the contact whose agent was away from the microphone
	awaySince time.Time // when that was found
	dead      atomic.Bool
	faulty    bool // something failed that nobody repeats
	repeats   int  // times that the SDK was told to try again
	done      atomic.Bool
	err       error
	panic     any
}
