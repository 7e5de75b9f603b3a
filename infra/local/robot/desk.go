// Package robot has people who act without browsers and telephones, over HTTP alone: an agent's desk with its audio, customers'
// telephones and their messages. They decide nothing: tests and infra/local/load do.
package robot

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"path"
	"sync"
	"time"

	"github.com/coder/websocket"

	"guichet/infra/local/openid/signin"
)

// tokenAge is when a desk signs in anew: before its token's hour is over.
const tokenAge = 50 * time.Minute

// maxAnswer bounds an answer, in bytes.
const maxAnswer = 8 << 20

// Desk is a signed-in person without a browser. It is safe for concurrent use.
type Desk struct {
	Origin, Person string

	mu       sync.Mutex
	token    string
	signedIn time.Time
}

// SignIn signs a person in at the origin, which has no slash at the end.
func SignIn(ctx context.Context, origin, person string) (*Desk, error) {
	d := &Desk{Origin: origin, Person: person}
	_, err := d.bearer(ctx)
	return d, err
}

func (d *Desk) bearer(ctx context.Context) (string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.token != "" && time.Since(d.signedIn) < tokenAge {
		return d.token, nil
	}
	token, err := signin.Token(ctx, d.Origin, d.Person)
	if err == nil {
		d.token, d.signedIn = token, time.Now()
	}
	return token, err
}

// Refusal is an answer that is not a success.
type Refusal struct {
	Method, Path string
	Status       int
	Reason       string // a word
	Detail       string
}

func (r *Refusal) Error() string {
	return fmt.Sprintf("%s %s: %d %s: %s", r.Method, r.Path, r.Status, r.Reason, r.Detail)
}

// Do asks the API and decodes its answer into out, unless that is nil. What is refused is a *Refusal.
func (d *Desk) Do(ctx context.Context, method, target string, in, out any) error {
	token, err := d.bearer(ctx)
	if err != nil {
		return err
	}
	return do(ctx, d.Origin, method, target, in, out, http.Header{"Authorization": {"Bearer " + token}})
}

func do(ctx context.Context, origin, method, target string, in, out any, header http.Header) error {
	var body []byte
	var err error
	if in != nil {
		if body, err = json.Marshal(in); err != nil {
			return fmt.Errorf("encode %s: %w", target, err)
		}
	}
	request, err := http.NewRequestWithContext(ctx, method, origin+target, bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header = header
	if in != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	answer, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	if err != nil {
		return fmt.Errorf("%s %s: %w", method, target, err)
	}
	if response.StatusCode >= http.StatusMultipleChoices {
		return refusal(request, response.StatusCode, answer)
	}
	if out == nil {
		return nil
	}
	if err := json.Unmarshal(answer, out); err != nil {
		return fmt.Errorf("%s %s: %w", method, target, err)
	}
	return nil
}

// refusal reads RFC 9457's problems, and the simulator's.
func refusal(request *http.Request, status int, answer []byte) *Refusal {
	r := &Refusal{Method: request.Method, Path: request.URL.Path, Status: status}
	var problem struct{ Type, Reason, Detail string }
	if json.Unmarshal(answer, &problem) == nil {
		r.Reason, r.Detail = problem.Reason, problem.Detail
		if problem.Type != "" {
			r.Reason = path.Base(problem.Type)
		}
	}
	if r.Reason == "" {
		r.Reason = http.StatusText(status)
	}
	return r
}

// Connect opens a realtime connection.
func (d *Desk) Connect(ctx context.Context) (*websocket.Conn, error) {
	ticket, err := d.ticket(ctx, "/api/realtime-tickets")
	if err != nil {
		return nil, err
	}
	socket, response, err := websocket.Dial(ctx, d.Origin+"/realtime?ticket="+ticket, nil)
	if response != nil && response.Body != nil {
		_ = response.Body.Close()
	}
	if err != nil {
		return nil, fmt.Errorf("connect %s: %w", d.Person, err)
	}
	socket.SetReadLimit(maxAnswer)
	return socket, nil
}

func (d *Desk) ticket(ctx context.Context, target string) (string, error) {
	var issued struct{ Ticket string }
	err := d.Do(ctx, http.MethodPost, target, nil, &issued)
	return issued.Ticket, err
}
