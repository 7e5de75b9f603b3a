// Package channeltest runs tables of cases against a channel: webhooks in, requests to the provider out. Nothing that it
// runs can reach a host other than this one.
package channeltest

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"

	"guichet/shared/channel"
)

// Receiver notes what it receives. It is safe for several goroutines.
type Receiver struct {
	mu     sync.Mutex
	events []channel.Event
	aside  []Aside
	// Refuse returns the error of an event; nil takes them all.
	Refuse func(channel.Event) error
	// AsideErr is what SetAside returns.
	AsideErr error
}

// Aside is a payload that was set aside.
type Aside struct{ Payload, Reason string }

// Receive implements channel.Receiver.
func (r *Receiver) Receive(_ context.Context, e channel.Event) error {
	if r.Refuse != nil {
		if err := r.Refuse(e); err != nil {
			return err
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.events = append(r.events, e)
	return nil
}

// SetAside implements channel.Receiver.
func (r *Receiver) SetAside(_ context.Context, _ string, payload []byte, reason error) error {
	if r.AsideErr != nil {
		return r.AsideErr
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.aside = append(r.aside, Aside{string(payload), reason.Error()})
	return nil
}

// Events are the events that were received.
func (r *Receiver) Events() []channel.Event {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.events
}

// Aside are the payloads that were set aside.
func (r *Receiver) Aside() []Aside {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.aside
}

// Client sends requests to this machine only.
func Client() *http.Client { return &http.Client{Transport: loopback{}} }

type loopback struct{}

func (loopback) RoundTrip(r *http.Request) (*http.Response, error) {
	if ip := net.ParseIP(r.URL.Hostname()); ip == nil || !ip.IsLoopback() {
		return nil, fmt.Errorf("%s: %w", r.URL.Host, errOutside)
	}
	return http.DefaultTransport.RoundTrip(r)
}

var errOutside = errors.New("a test may not reach other hosts")
