package stepfunctions

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"path/filepath"
	"strconv"
	"time"

	"guichet/infra/local/child"
)

// startLimit is far above the second that a start takes, for machines that are busy.
const startLimit = 3 * time.Minute

// interpreterProcess is the Node.js child, with the loopback server that it calls. Each side shows the other the
// same random token.
type interpreterProcess struct {
	process *child.Process
	server  *http.Server
	token   string
	url     string
	client  *http.Client
}

func startInterpreter(ctx context.Context, machines map[string]json.RawMessage, tasks *tasks) (*interpreterProcess, error) {
	ctx, cancel := context.WithTimeout(ctx, startLimit)
	defer cancel()
	node, err := findNode(ctx)
	if err != nil {
		return nil, err
	}
	folder, err := install(ctx)
	if err != nil {
		return nil, err
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listen for the interpreter: %w", err)
	}
	ready := make(chan int, 1)
	p := &interpreterProcess{token: rand.Text(), client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}}
	p.server = &http.Server{Handler: p.authorized(callbacks(machines, tasks, ready)), ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = p.server.Serve(listener) }()

	p.process, err = child.Start(child.Spec{
		Name: "the state-machine interpreter", Path: node, Args: []string{filepath.Join(folder, "main.mjs")}, Dir: folder,
		Env: []string{"RUNNER_URL=http://" + listener.Addr().String() + "/", "RUNNER_TOKEN=" + p.token},
	})
	if err != nil {
		_ = p.server.Close()
		return nil, err
	}
	err = p.process.Await(ctx, func(context.Context) bool {
		select {
		case port := <-ready:
			p.url = "http://127.0.0.1:" + strconv.Itoa(port)
			return true
		default:
			return false
		}
	})
	if err != nil {
		p.close()
		return nil, err
	}
	return p, nil
}

func (p *interpreterProcess) close() {
	p.process.Stop()
	_ = p.server.Close()
	p.client.CloseIdleConnections()
}

func (p *interpreterProcess) authorized(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer "+p.token {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// callbacks are what the interpreter asks of the runner.
func callbacks(machines map[string]json.RawMessage, tasks *tasks, ready chan<- int) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /machines", func(w http.ResponseWriter, _ *http.Request) {
		writeJSON(w, http.StatusOK, map[string]any{"machines": machines})
	})
	mux.HandleFunc("POST /ready", func(w http.ResponseWriter, r *http.Request) {
		var message struct{ Port int }
		if err := json.NewDecoder(r.Body).Decode(&message); err != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		ready <- message.Port
		writeJSON(w, http.StatusOK, struct{}{})
	})
	mux.HandleFunc("POST /task", tasks.serve)
	return mux
}

// run holds the request open for as long as the execution runs; when the context ends, the execution is aborted.
func (p *interpreterProcess) run(ctx context.Context, e *execution) (outcome, error) {
	body, err := json.Marshal(map[string]any{
		"machine": e.Machine, "input": e.Input, "execution": map[string]string{"arn": e.ARN, "name": e.Name},
	})
	if err != nil {
		return outcome{}, fmt.Errorf("run %s: %w", e.Name, err)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, p.url, bytes.NewReader(body))
	if err != nil {
		return outcome{}, fmt.Errorf("run %s: %w", e.Name, err)
	}
	request.Header.Set("Authorization", "Bearer "+p.token)
	response, err := p.client.Do(request)
	if err != nil {
		return outcome{}, fmt.Errorf("run %s: %w", e.Name, err)
	}
	defer func() { _ = response.Body.Close() }()
	var result outcome
	if err := json.NewDecoder(response.Body).Decode(&result); err != nil {
		return outcome{}, fmt.Errorf("run %s: %s: %w", e.Name, response.Status, err)
	}
	return result, nil
}

func writeJSON(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(value)
}
