// Package boottest starts the functions' bootstraps as Lambda does: as processes, built as they are deployed, with the environment
// that the templates give them, which ask a Runtime API for events. What they reach on the internet is played by the runner's
// stand-ins, and nothing in them knows of it.
package boottest

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

// patience is how long a bootstrap may take to do anything, on a machine that does much else.
const patience = 60 * time.Second

// invocation is one event on its way through a function.
type invocation struct {
	id     string
	event  []byte
	answer chan answer
}

// answer is what a function has posted: a response, or an error.
type answer struct {
	body   []byte
	failed bool
}

// process is a bootstrap that runs, and the Runtime API that it asks
// (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html).
type process struct {
	t       *testing.T
	name    string
	timeout time.Duration
	api     *httptest.Server
	next    chan *invocation
	ended   chan struct{}

	mu      sync.Mutex
	running map[string]*invocation
	output  bytes.Buffer
}

// start runs a function's bootstrap until the test ends.
func (w *world) start(name string) *process {
	w.t.Helper()
	f := w.function(name)
	p := &process{
		t: w.t, name: name, timeout: time.Duration(f.TimeoutSeconds) * time.Second,
		next: make(chan *invocation), ended: make(chan struct{}), running: map[string]*invocation{},
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /2018-06-01/runtime/invocation/next", p.giveNext)
	mux.HandleFunc("POST /2018-06-01/runtime/invocation/{id}/response", p.take(false))
	mux.HandleFunc("POST /2018-06-01/runtime/invocation/{id}/error", p.take(true))
	p.api = httptest.NewServer(mux)
	ctx, cancel := context.WithCancel(context.Background())
	command := exec.CommandContext(ctx, bootstrap(w.t, name))
	command.Env = w.environment(name, f, strings.TrimPrefix(p.api.URL, "http://"))
	command.Stdout, command.Stderr = p, p
	require.NoError(w.t, command.Start())
	go func() {
		defer close(p.ended)
		_ = command.Wait()
	}()
	w.t.Cleanup(func() {
		cancel()
		<-p.ended
		p.api.CloseClientConnections()
		p.api.Close()
		w.checkLog(p)
	})
	return p
}

// Write keeps what the function logs.
func (p *process) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.output.Write(b)
}

func (p *process) log() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.output.String()
}

// giveNext holds the question for an event open until there is one.
func (p *process) giveNext(w http.ResponseWriter, r *http.Request) {
	select {
	case <-r.Context().Done():
	case i := <-p.next:
		h := w.Header()
		h.Set("Content-Type", "application/json")
		h.Set("Lambda-Runtime-Aws-Request-Id", i.id)
		h.Set("Lambda-Runtime-Deadline-Ms", strconv.FormatInt(time.Now().Add(p.timeout).UnixMilli(), 10))
		h.Set("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:"+region+":"+account+":function:"+p.name)
		h.Set("Lambda-Runtime-Trace-Id", "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=0")
		_, _ = w.Write(i.event)
	}
}

func (p *process) take(failed bool) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		p.mu.Lock()
		i := p.running[r.PathValue("id")]
		delete(p.running, r.PathValue("id"))
		p.mu.Unlock()
		if err != nil || i == nil {
			http.Error(w, `{"errorType":"InvalidRequestID"}`, http.StatusBadRequest)
			return
		}
		w.WriteHeader(http.StatusAccepted)
		i.answer <- answer{body, failed}
	}
}

// invoke gives the function an event and returns what it answers. An error of the function's ends the test.
func (p *process) invoke(event []byte) []byte {
	p.t.Helper()
	a, err := p.tryInvoke(event)
	require.NoError(p.t, err, p.log())
	require.False(p.t, a.failed, "%s failed: %s\n%s", p.name, a.body, p.log())
	return a.body
}

func (p *process) tryInvoke(event []byte) (answer, error) {
	i := &invocation{id: uuid.NewString(), event: event, answer: make(chan answer, 1)}
	p.mu.Lock()
	p.running[i.id] = i
	p.mu.Unlock()
	late := time.After(patience)
	select {
	case p.next <- i:
	case <-p.ended:
		return answer{}, fmt.Errorf("%s has ended", p.name)
	case <-late:
		return answer{}, fmt.Errorf("%s asks for no event", p.name)
	}
	select {
	case a := <-i.answer:
		return a, nil
	case <-p.ended:
		return answer{}, fmt.Errorf("%s has ended without an answer", p.name)
	case <-late:
		return answer{}, fmt.Errorf("%s does not answer", p.name)
	}
}
