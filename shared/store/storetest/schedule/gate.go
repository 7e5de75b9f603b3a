package schedule

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
)

// Kind groups requests by what may happen to them.
type Kind int

// Kinds of requests.
const (
	KindRead     Kind = iota // consistent, or a query
	KindEventual             // may be answered with an older version
	KindWrite
	KindOutside // to a provider
)

// Verdict is what the scheduler lets happen to one request.
type Verdict int

// Verdicts.
const (
	Proceed     Verdict = iota
	Throttled           // not carried out; the SDK is told to try again
	Unconfirmed         // carried out; the SDK is told to try again
	Stale               // answered with an older version of the item
	CrashBefore         // the process dies, the request was never sent
	CrashAfter          // the process dies, the request was carried out
	Refused             // not carried out, and the process is told that it failed
	AnswerLost          // carried out, and the process is told that it failed
)

func (v Verdict) String() string {
	return [...]string{"proceeds", "is throttled", "is carried out and repeated", "is answered from the past",
		"dies before it", "dies after it", "is refused", "is carried out and its answer lost"}[v]
}

// Request waits at the gate until the scheduler has decided about it.
type Request struct {
	Process *Process
	Label   string
	Kind    Kind
	past    []json.RawMessage // what a stale read may be answered with, newest first; nil where there was no item
	stale   json.RawMessage   // the one chosen
	verdict chan Verdict
}

// gate stands between the processes and the outside world: the database, and providers. Requests under a context
// without a process pass freely.
type gate struct {
	wire   *wire
	ledger *Ledger

	mu      sync.Mutex
	waiting []*Request
}

// ErrCrashed is what a dead process gets of all that it tries.
var ErrCrashed = errors.New("the process has died")

// pass blocks until the scheduler decides. A dead process gets nowhere.
func (g *gate) pass(r *Request) Verdict {
	r.verdict = make(chan Verdict, 1)
	g.mu.Lock()
	g.waiting = append(g.waiting, r)
	g.mu.Unlock()
	return <-r.verdict
}

// queue lists the waiting requests of a process in an order that does not depend on which goroutine was faster.
func (g *gate) queue(p *Process) []*Request {
	g.mu.Lock()
	defer g.mu.Unlock()
	var own []*Request
	for _, r := range g.waiting {
		if r.Process == p {
			own = append(own, r)
		}
	}
	slices.SortStableFunc(own, func(a, b *Request) int { return strings.Compare(a.Label, b.Label) })
	return own
}

func (g *gate) open(r *Request, v Verdict) {
	g.mu.Lock()
	g.waiting = slices.DeleteFunc(g.waiting, func(other *Request) bool { return other == r })
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
	p := ProcessOf(r.Context())
	if p == nil || call.isConfiguration() {
		return g.carryOut(r, body, call, p)
	}
	if p.dead.Load() {
		return nil, ErrCrashed
	}
	waiting := &Request{Process: p, Label: call.label(), Kind: call.kind(), past: g.ledger.past(call)}
	v := g.pass(waiting)
	switch v {
	case CrashBefore:
		p.dead.Store(true)
		return nil, ErrCrashed
	case Throttled:
		return failure(r, http.StatusBadRequest, "ProvisionedThroughputExceededException"), nil
	case Refused:
		return failure(r, http.StatusBadRequest, "ServiceRefusedForTest"), nil
	case Stale:
		return fromThePast(r, waiting.stale), nil
	}
	response, err := g.carryOut(r, body, call, p)
	switch {
	case err != nil:
		return nil, err
	case v == CrashAfter:
		p.dead.Store(true)
		return nil, ErrCrashed
	case v == AnswerLost:
		return failure(r, http.StatusBadRequest, "AnswerLostForTest"), nil
	case v == Unconfirmed:
		return failure(r, http.StatusInternalServerError, "InternalServerError"), nil
	}
	return response, nil
}

func (g *gate) carryOut(r *http.Request, body []byte, call *call, p *Process) (*http.Response, error) {
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
