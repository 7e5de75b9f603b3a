// Package admit lets each ticket in once. It decides by the ticket alone and knows nothing of what it opens.
package admit

import (
	"errors"
	"sync"
	"time"

	"guichet/shared/mediaapi"
)

// ErrReused is returned for a ticket that was used before on this node.
var ErrReused = errors.New("ticket was used before")

// Gate remembers the tickets it has let in until they expire. It is safe for concurrent use.
type Gate struct {
	key mediaapi.Key
	now func() time.Time

	mu    sync.Mutex
	used  map[string]int64 // ticket ID → expiry, seconds since the epoch
	swept int64
}

// NewGate returns a gate for tickets signed with key.
func NewGate(key mediaapi.Key, now func() time.Time) *Gate {
	return &Gate{key: key, now: now, used: map[string]int64{}}
}

// Admit verifies that the ticket is for one of the purposes and uses it up. Its errors are those of mediaapi.Key.Verify,
// and ErrReused.
func (g *Gate) Admit(token string, purposes ...mediaapi.Purpose) (mediaapi.Ticket, error) {
	now := g.now()
	ticket, err := mediaapi.Ticket{}, mediaapi.ErrTicketPurpose
	for _, purpose := range purposes {
		if ticket, err = g.key.Verify(token, purpose, now); !errors.Is(err, mediaapi.ErrTicketPurpose) {
			break
		}
	}
	if err != nil {
		return mediaapi.Ticket{}, err
	}
	if !complete(ticket) || ticket.ExpiresUnix > now.Add(2*mediaapi.TicketLifetime).Unix() {
		return mediaapi.Ticket{}, mediaapi.ErrTicketMalformed // a long-lived one would have to be remembered for long
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.sweep(now.Unix())
	if _, reused := g.used[ticket.ID]; reused {
		return mediaapi.Ticket{}, ErrReused
	}
	g.used[ticket.ID] = ticket.ExpiresUnix
	return ticket, nil
}

// Used tells whether the ticket of this ID was let in here.
func (g *Gate) Used(id string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	_, used := g.used[id]
	return used
}

// complete tells whether the ticket says who and, for a line, which contact. A guest's line is nobody's but the call's.
func complete(t mediaapi.Ticket) bool {
	who := t.AgentID != "" || t.Purpose == mediaapi.PurposeStream && t.GuestID != ""
	return t.ID != "" && who && (t.Purpose == mediaapi.PurposeAgent || t.ContactID != "")
}

// sweep forgets expired tickets once per lifetime, so that the memory held is that of two minutes of calls.
func (g *Gate) sweep(now int64) {
	if now-g.swept < int64(mediaapi.TicketLifetime/time.Second) {
		return
	}
	g.swept = now
	for id, expires := range g.used {
		if expires <= now {
			delete(g.used, id)
		}
	}
}
