package ecs_test

import (
	"encoding/json"
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

	"guichet/media-node/internal/ecs"
)

// agent is the container agent of ECS: it notes what it is asked for and answers as documented.
type agent struct {
	mu     sync.Mutex // a request whose answer is lost may not be over when the next comes
	asked  []string
	refuse bool
}

func (a *agent) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	a.mu.Lock()
	defer a.mu.Unlock()
	a.asked = append(a.asked, r.Method+" "+r.URL.Path+" "+string(body))
	if a.refuse {
		_, _ = w.Write([]byte(`{"requestID":"1","failure":{"Arn":"arn:aws:ecs:eu-west-3:1:task/c/t","Reason":"DEPLOYMENT_BLOCKED"}}`))
		return
	}
	var state struct{ ProtectionEnabled bool }
	_ = json.Unmarshal(body, &state)
	_ = json.NewEncoder(w).Encode(map[string]any{"protection": map[string]any{"ProtectionEnabled": state.ProtectionEnabled, "TaskArn": "arn:aws:ecs:eu-west-3:1:task/c/t"}})
}

const (
	protect   = `PUT /task-protection/v1/state {"ExpiresInMinutes":120,"ProtectionEnabled":true}`
	unprotect = `PUT /task-protection/v1/state {"ProtectionEnabled":false}`
)

func TestProtection(t *testing.T) {
	t.Parallel()
	a := &agent{}
	server := httptest.NewServer(a)
	defer server.Close()
	p := &ecs.Protection{Agent: server.URL, Client: server.Client(), Log: slog.New(slog.DiscardHandler)}
	now := time.Unix(1_800_000_000, 0)
	pass := func(d time.Duration, live int) {
		for end := now.Add(d); now.Before(end); now = now.Add(time.Second) {
			p.Update(t.Context(), live, now)
		}
	}
	pass(time.Minute, 0)
	assert.Empty(t, a.asked, "nothing is to be protected")
	pass(time.Second, 1)
	assert.Equal(t, []string{protect}, a.asked, "at once")
	pass(9*time.Minute, 3)
	assert.Len(t, a.asked, 1)
	pass(2*time.Minute, 3)
	assert.Equal(t, []string{protect, protect}, a.asked, "long before it runs out")
	pass(20*time.Second, 0)
	pass(time.Second, 1)
	pass(20*time.Second, 0)
	assert.Len(t, a.asked, 2, "between two calls it stays")
	pass(20*time.Second, 0)
	assert.Equal(t, []string{protect, protect, unprotect}, a.asked)
	pass(time.Hour, 0)
	assert.Len(t, a.asked, 3)
	pass(time.Second, 1)
	assert.Equal(t, protect, a.asked[3], "again")
}

func TestRefusedProtectionIsAskedForAgain(t *testing.T) {
	t.Parallel()
	a := &agent{refuse: true}
	server := httptest.NewServer(a)
	defer server.Close()
	p := &ecs.Protection{Agent: server.URL, Client: server.Client(), Log: slog.New(slog.DiscardHandler)}
	now := time.Unix(1_800_000_000, 0)
	for range 25 {
		p.Update(t.Context(), 1, now)
		now = now.Add(time.Second)
	}
	assert.Equal(t, []string{protect, protect, protect}, a.asked, "every ten seconds")
	a.refuse = false
	for range 60 {
		p.Update(t.Context(), 1, now)
		now = now.Add(time.Second)
	}
	assert.Len(t, a.asked, 4)
}

// A task that stays protected for nothing holds up a deployment for two hours.
func TestProtectionWhoseAnswerWasLostIsTakenBack(t *testing.T) {
	t.Parallel()
	a := &agent{}
	var lost atomic.Bool
	lost.Store(true)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a.ServeHTTP(w, r)
		if lost.Load() {
			panic(http.ErrAbortHandler)
		}
	}))
	defer server.Close()
	p := &ecs.Protection{Agent: server.URL, Client: server.Client(), Log: slog.New(slog.DiscardHandler)}
	now := time.Unix(1_800_000_000, 0)
	p.Update(t.Context(), 1, now)
	lost.Store(false)
	for range 60 {
		now = now.Add(time.Second)
		p.Update(t.Context(), 0, now)
	}
	assert.Equal(t, protect, a.asked[0])
	assert.Equal(t, unprotect, a.asked[len(a.asked)-1])
	settled := len(a.asked)
	p.Update(t.Context(), 0, now.Add(time.Hour))
	assert.Len(t, a.asked, settled)
}

func TestThisTask(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		status int
		body   string
		want   ecs.Task
	}{
		"as documented": {200, `{"Cluster":"arn:aws:ecs:eu-west-3:1:cluster/c","TaskARN":"arn:aws:ecs:eu-west-3:1:task/c/e9028f8d5d8e4f25","Family":"media","Revision":"7","Containers":[]}`, ecs.Task{ID: "e9028f8d5d8e4f25", Version: "media:7"}},
		"no task":       {200, `{}`, ecs.Task{}},
		"no JSON":       {200, `<html>`, ecs.Task{}},
		"out of order":  {500, `{"TaskARN":"arn:aws:ecs:eu-west-3:1:task/c/t"}`, ecs.Task{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				assert.Equal(t, "/v4/abc/task", r.URL.Path)
				w.WriteHeader(c.status)
				_, _ = w.Write([]byte(c.body))
			}))
			defer server.Close()
			got, err := ecs.ThisTask(t.Context(), server.Client(), server.URL+"/v4/abc")
			assert.Equal(t, c.want == ecs.Task{}, err != nil)
			require.Equal(t, c.want, got)
		})
	}
}
