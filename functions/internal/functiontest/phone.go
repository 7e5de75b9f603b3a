package functiontest

import (
	"context"
	"sync"

	"guichet/shared/center"
)

// Phone is a provider that does as it is told.
type Phone struct {
	mu        sync.Mutex
	joined    map[string]string // contact id → ticket
	hungUp    []string
	dialled   []string
	asked     []string // contacts whose call was to ask anew
	forwarded []string
	FailWith  error // what every action returns
}

// Join implements dispatch.Phone.
func (p *Phone) Join(_ context.Context, c *center.Contact, ticket string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.joined == nil {
		p.joined = map[string]string{}
	}
	p.joined[c.ID] = ticket
	return p.FailWith
}

// HangUp implements dispatch.Phone.
func (p *Phone) HangUp(_ context.Context, c *center.Contact) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.hungUp = append(p.hungUp, c.CallSID)
	return p.FailWith
}

// Ended implements dispatch.Phone.
func (p *Phone) Ended(context.Context, *center.Contact) (bool, error) { return false, p.FailWith }

// Ticket is the ticket with which a contact was last joined.
func (p *Phone) Ticket(contactID string) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.joined[contactID]
}

// HungUp lists the calls that were hung up.
func (p *Phone) HungUp() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string{}, p.hungUp...)
}

// Dial implements dispatch.Phone.
func (p *Phone) Dial(_ context.Context, c *center.Contact) (string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.dialled = append(p.dialled, c.From)
	return "CA" + c.ID, p.FailWith
}

// Dialled lists the numbers that were called.
func (p *Phone) Dialled() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string{}, p.dialled...)
}

// DialGuest implements dispatch.Phone.
func (p *Phone) DialGuest(_ context.Context, c *center.Contact) (string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.dialled = append(p.dialled, c.Guest.Number)
	return "CA" + c.Guest.ID, p.FailWith
}

// AskAnew implements dispatch.Phone.
func (p *Phone) AskAnew(_ context.Context, c *center.Contact) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked = append(p.asked, c.ID)
	return p.FailWith
}

// Forward implements dispatch.Phone.
func (p *Phone) Forward(_ context.Context, c *center.Contact) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.forwarded = append(p.forwarded, c.ID)
	return p.FailWith
}

// AskedAnew lists the contacts whose calls were to ask what is to be done.
func (p *Phone) AskedAnew() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string{}, p.asked...)
}

// Forwarded lists the contacts whose customers were connected with a number.
func (p *Phone) Forwarded() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string{}, p.forwarded...)
}
