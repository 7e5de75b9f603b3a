package robot

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"

	"github.com/coder/websocket"

	"guichet/infra/local/simulator"
)

// Phones are the customers' telephones in the simulator's page.
type Phones struct {
	origin string

	mu    sync.Mutex
	calls map[string]*Phone // by CallSid
}

// NewPhones are the telephones at the origin, which has no slash at the end.
func NewPhones(origin string) *Phones { return &Phones{origin: origin, calls: map[string]*Phone{}} }

// Phone is one call that a customer places.
type Phone struct {
	phones  *Phones
	sid     string
	mu      sync.Mutex
	view    CallView
	changed chan struct{}
}

// CallView is what the page says of a call.
type CallView struct {
	SID        string           `json:"sid"`
	Status     simulator.Status `json:"status"`
	Transcript []simulator.Line `json:"transcript"`
}

// Speaks tells whether the customer is in a media stream: an agent is there.
func (v CallView) Speaks() bool {
	for i := len(v.Transcript) - 1; i >= 0; i-- {
		switch v.Transcript[i].Kind {
		case simulator.LineStream:
			return true
		case simulator.LineStreamEnd:
			return false
		}
	}
	return false
}

// Over tells whether the call has ended.
func (v CallView) Over() bool { return v.Status.Final() }

// whistle is what customers say, in hertz.
const whistle = 440

// Place places a call.
func (p *Phones) Place(ctx context.Context, from, to, name string) (*Phone, error) {
	call := &Phone{phones: p, changed: make(chan struct{})}
	ask := map[string]any{"from": from, "to": to, "name": name, "source": "tone", "toneHz": whistle}
	var view CallView
	if err := p.post(ctx, "/simulator/api/calls", ask, &view); err != nil {
		return nil, err
	}
	call.sid = view.SID
	p.mu.Lock()
	p.calls[call.sid] = call
	p.mu.Unlock()
	// What happened before the call was known here is in its view now.
	if err := call.act(ctx, "mute", map[string]bool{"muted": false}); err != nil {
		return nil, err
	}
	return call, nil
}

// Set says what the telephone of a number does when it is called.
func (p *Phones) Set(ctx context.Context, number string, does simulator.Behaviour) error {
	return p.post(ctx, "/simulator/api/phones", simulator.Phone{Number: number, Does: does}, nil)
}

// post is as from the page, which is of the same origin.
func (p *Phones) post(ctx context.Context, target string, in, out any) error {
	return do(ctx, p.origin, http.MethodPost, target, in, out, http.Header{"Origin": {p.origin}})
}

// HangUp ends the call. It may have ended before.
func (c *Phone) HangUp(ctx context.Context) error { return c.act(ctx, "hangup", struct{}{}) }

// Press presses keys.
func (c *Phone) Press(ctx context.Context, digits string) error {
	return c.act(ctx, "digits", map[string]string{"digits": digits})
}

func (c *Phone) act(ctx context.Context, action string, in any) error {
	var view CallView
	if err := c.phones.post(ctx, "/simulator/api/calls/"+c.sid+"/"+action, in, &view); err != nil {
		return err
	}
	c.see(view)
	return nil
}

// Wait waits until the call is as wanted, and returns how it is then.
func (c *Phone) Wait(ctx context.Context, wanted func(CallView) bool) (CallView, error) {
	for {
		c.mu.Lock()
		view, changed := c.view, c.changed
		c.mu.Unlock()
		if wanted(view) {
			return view, nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return view, ctx.Err()
		}
	}
}

// Forget drops what is known of the call.
func (c *Phone) Forget() {
	c.phones.mu.Lock()
	defer c.phones.mu.Unlock()
	delete(c.phones.calls, c.sid)
}

// see takes up a view, if it is not older: transcripts grow, and what has ended stays so.
func (c *Phone) see(view CallView) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.view.Over() || len(view.Transcript) < len(c.view.Transcript) {
		return
	}
	c.view = view
	close(c.changed)
	c.changed = make(chan struct{})
}

// Follow keeps the calls up to date until the context ends or the connection is lost.
func (p *Phones) Follow(ctx context.Context) error {
	socket, response, err := websocket.Dial(ctx, p.origin+"/simulator/api/events", &websocket.DialOptions{HTTPHeader: http.Header{"Origin": {p.origin}}})
	if response != nil && response.Body != nil {
		_ = response.Body.Close()
	}
	if err != nil {
		return fmt.Errorf("follow the telephones: %w", err)
	}
	defer func() { _ = socket.CloseNow() }()
	socket.SetReadLimit(maxAnswer)
	for {
		_, raw, err := socket.Read(ctx)
		if err != nil {
			return fmt.Errorf("follow the telephones: %w", err)
		}
		var news struct{ Calls []CallView }
		if err := json.Unmarshal(raw, &news); err != nil {
			return fmt.Errorf("follow the telephones: %w", err)
		}
		for _, view := range news.Calls {
			p.mu.Lock()
			call := p.calls[view.SID]
			p.mu.Unlock()
			if call != nil {
				call.see(view)
			}
		}
	}
}
