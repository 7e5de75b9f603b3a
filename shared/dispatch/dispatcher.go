// Package dispatch moves contacts and agents: it reads, lets center decide, commits, and brings waiting contacts and
// available agents together. It knows no protocol; functions translate webhooks, API calls and timers into its verbs.
package dispatch

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"guichet/shared/center"
	"guichet/shared/deskapi"
	"guichet/shared/mediaapi"
	"guichet/shared/store"
)

// Line acts on the calls of customers, wherever they are.
type Line interface {
	// Dial calls a contact's customer and returns the provider's id of the call. The provider asks what is to be done once
	// the customer has answered.
	Dial(ctx context.Context, c *center.Contact) (callSID string, err error)
	// Join redirects a caller from the wait into the media stream of the ticket.
	Join(ctx context.Context, c *center.Contact, ticket string) error
	// HangUp ends a contact's call.
	HangUp(ctx context.Context, c *center.Contact) error
	// Ended tells whether the provider knows the contact's call as over.
	Ended(ctx context.Context, c *center.Contact) (bool, error)
}

// Phone acts on live calls at the provider.
type Phone interface {
	Line
	// DialGuest calls the number of a contact's guest, as Dial does its customer.
	DialGuest(ctx context.Context, c *center.Contact) (callSID string, err error)
	// AskAnew has the provider ask what is to be done with a contact's call now.
	AskAnew(ctx context.Context, c *center.Contact) error
	// Forward connects a contact's customer with its guest at a number, without us. A guest to whom the call is handed over
	// blindly is only just answering: they are told when the provider asks what is to be done. It fails with ErrGuestGone when the
	// guest has hung up; the customer is still where they were.
	Forward(ctx context.Context, c *center.Contact) error
}

// ErrCallGone is what a Phone answers for a call that is over.
var ErrCallGone = errors.New("the call is over")

// ErrGuestGone is what a Phone answers to Forward for a guest whose call is over.
var ErrGuestGone = errors.New("the guest's call is over")

// ErrCallEarly is what a Phone answers to Join when the call has only just arrived and cannot be redirected yet.
var ErrCallEarly = errors.New("the call cannot be redirected yet")

// Pusher sends one message to one realtime connection.
type Pusher interface {
	Push(ctx context.Context, connectionID string, message any) error
}

// ErrConnectionGone is what a Pusher answers for a connection that no longer exists.
var ErrConnectionGone = errors.New("the connection is gone")

// ChatMatcher finds chats for an agent who is available and whom no call needs.
type ChatMatcher interface {
	MatchAgent(ctx context.Context, a *center.Agent) error
}

// Dispatcher holds what every verb needs. Its fields are set once.
type Dispatcher struct {
	Store       *store.Store
	Directories *store.Directories
	Phone       Phone
	Media       Media
	Pusher      Pusher
	MediaKey    mediaapi.Key
	Chats       ChatMatcher // nil in a centre without chats
	Log         *slog.Logger
	// Now is the clock; times are kept in milliseconds.
	Now func() time.Time
}

// Clock is the real clock at the store's resolution.
func Clock() time.Time { return time.Now().UTC().Truncate(time.Millisecond) }

// updateAgent applies change to the agent and commits, again and again until nobody was faster. change reports
// whether there is anything to write; it may run several times.
func (d *Dispatcher) updateAgent(ctx context.Context, id string, change func(*center.Agent) (bool, error)) (*center.Agent, error) {
	var agent *center.Agent
	err := store.Retry(func(consistent bool) error {
		a, err := d.Store.Agent(ctx, id, consistent)
		if err != nil {
			return err
		}
		agent = a
		write, err := change(a)
		if err != nil {
			return err
		}
		if !write {
			return store.ErrUnchanged
		}
		return d.commit(ctx, store.Change{Agent: a})
	})
	return agent, err
}

// commit writes a change, which a moment ago became one, with what it makes of its agents' spells.
func (d *Dispatcher) commit(ctx context.Context, ch store.Change) error {
	if err := d.Directories.Account(ctx, d.Now(), ch.Agent, ch.Guest); err != nil {
		return err
	}
	return d.Store.Commit(ctx, ch)
}

// updateContact is updateAgent for contacts; it also returns the contact as it was before the change.
func (d *Dispatcher) updateContact(ctx context.Context, id string, change func(*center.Contact) (bool, error)) (before center.Contact, after *center.Contact, err error) {
	err = store.Retry(func(consistent bool) error {
		c, err := d.Store.Contact(ctx, id, consistent)
		if err != nil {
			return err
		}
		before, after = *c, c
		write, err := change(c)
		if err != nil || before.Ended() {
			return err
		}
		if !write {
			return store.ErrUnchanged
		}
		return d.commit(ctx, store.Change{Contact: c})
	})
	return before, after, err
}

// tell pushes the agent and their contact to the agent's desks at once. The stream function repeats it for everybody
// concerned, so a failure here delays and loses nothing; connections that turn out dead are returned.
func (d *Dispatcher) tell(ctx context.Context, a *center.Agent, c *center.Contact) (gone []string) {
	patch := deskapi.NewPatch()
	patch.Agents = []deskapi.Agent{deskapi.ViewAgent(a)}
	if c != nil {
		patch.Contacts = []deskapi.Contact{deskapi.ViewContact(c)}
	}
	for _, id := range a.Connections {
		err := d.Pusher.Push(ctx, id, patch)
		switch {
		case errors.Is(err, ErrConnectionGone):
			gone = append(gone, id)
		case err != nil:
			d.Log.WarnContext(ctx, "push failed", "agent", a.ID, "error", err)
		}
	}
	return gone
}
