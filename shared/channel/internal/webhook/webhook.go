// Package webhook is what the webhooks of all providers do alike: read the body, refuse what is not signed, hand on what it
// says, and answer as the provider needs it to repeat, or not. It knows no provider's form.
package webhook

import (
	"context"
	"errors"
	"io"
	"net/http"

	"guichet/shared/center"
	"guichet/shared/channel"
)

// Item is one thing that a body says, understood or not. A body may say several, and one that is not understood does not
// hold up the others.
type Item struct {
	Payload []byte          // as the provider sent it
	Events  []channel.Event // what it means; may be none
	Err     error           // why it could not be understood
}

// Misunderstood is an item that is to be set aside.
func Misunderstood(payload []byte, slug, format string, args ...any) Item {
	return Item{Payload: payload, Err: center.Errorf(center.Invalid, slug, format, args...)}
}

// Endpoint takes the signed POSTs of one provider.
type Endpoint struct {
	Channel  string
	Receiver channel.Receiver
	// Signed tells whether the provider sent this body to this address.
	Signed func(r *http.Request, body []byte) bool
	// Read takes the body apart.
	Read func(r *http.Request, body []byte) []Item
	// Answer writes what the provider expects once everything is stored; nil for an empty 200.
	Answer func(http.ResponseWriter)
}

// ServeHTTP answers 200 only after everything is stored or set aside. 403 means that nothing was read, 500 that the
// provider is to repeat: every event may come again.
func (e Endpoint) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, "body too large or unreadable", bodyStatus(err))
		return
	}
	if !e.Signed(r, body) {
		http.Error(w, "signature missing or wrong", http.StatusForbidden)
		return
	}
	failed := false
	for _, item := range e.Read(r, body) {
		if err := e.receive(r.Context(), item); err != nil {
			failed = true // the others go on: what is wrong with one need not be wrong with them
		}
	}
	switch {
	case failed:
		http.Error(w, "not stored, please repeat", http.StatusInternalServerError)
	case e.Answer != nil:
		e.Answer(w)
	default:
		w.WriteHeader(http.StatusOK)
	}
}

// receive hands on what an item says, and sets aside what can never be taken.
func (e Endpoint) receive(ctx context.Context, item Item) error {
	err := item.Err
	for _, event := range item.Events {
		if err == nil {
			err = e.Receiver.Receive(ctx, event)
		}
	}
	if center.CodeOf(err) == center.Invalid {
		return e.Receiver.SetAside(ctx, e.Channel, item.Payload, err)
	}
	return err
}

func bodyStatus(err error) int {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return http.StatusRequestEntityTooLarge
	}
	return http.StatusBadRequest
}
