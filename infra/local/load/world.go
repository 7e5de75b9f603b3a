package load

import (
	"context"
	"sync"
	"time"

	"guichet/infra/local/day"
	"guichet/infra/local/robot"
)

// world is what customers and agents of a load share.
type world struct {
	notes    *Notes
	phones   *robot.Phones
	messages *robot.Messages
	speed    float64
	reached  bool // whoever is called answers at once, whatever the plan says

	mu       sync.Mutex
	visits   map[string]known  // of customers, by number or id
	accepted map[string]string // agents, by contact and attempt
	claimed  map[string]bool   // chats that somebody is taking from the line
}

func newWorld(origin string, speed float64, reached bool) *world {
	return &world{
		notes: newNotes(), phones: robot.NewPhones(origin), messages: robot.NewMessages(origin), speed: speed, reached: reached,
		visits: map[string]known{}, accepted: map[string]string{}, claimed: map[string]bool{},
	}
}

// known is a visit that has begun.
type known struct {
	day.Visit
	at time.Time
}

// A customer is forgotten after a while: nothing comes of a visit later than that. The number bounds what is remembered in the
// meantime before anybody is forgotten.
const (
	remembered = 3 * time.Hour
	plenty     = 2000
)

// begins remembers a customer's visit; false when an earlier one of the same customer may still go on.
func (w *world) begins(id string, v day.Visit) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	now := time.Now()
	if earlier, ok := w.visits[id]; ok && now.Sub(earlier.at) < remembered {
		return false
	}
	if len(w.visits) > plenty {
		for other, v := range w.visits {
			if now.Sub(v.at) > remembered {
				delete(w.visits, other)
			}
		}
		clear(w.accepted)
		clear(w.claimed)
	}
	w.visits[id] = known{v, now}
	return true
}

// visit is the visit of a customer; false for somebody else's.
func (w *world) visit(id string) (day.Visit, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	v, ok := w.visits[id]
	return v.Visit, ok
}

// claim is true for the first who asks for a chat.
func (w *world) claim(chat string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	taken := w.claimed[chat]
	w.claimed[chat] = true
	return !taken
}

func (w *world) ends(id string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.visits, id)
}

// accepts notes that an agent has a contact, and is a problem if another one has it.
func (w *world) accepts(contactID, agentID string, attempt int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	key := contactID
	if attempt > 0 { // each attempt of a call that we make may be another agent's
		key += string(rune('0' + attempt))
	}
	if other, taken := w.accepted[key]; taken && other != agentID {
		w.notes.problem("contact %s was given to %s and to %s", contactID, other, agentID)
	}
	w.accepted[key] = agentID
}

// whole is for a request that begins something: it is finished although the load ends, so that what has begun is known and ended.
func whole(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), settlePatience)
}

// pause waits; false when the context ended first.
func pause(ctx context.Context, d time.Duration) bool {
	select {
	case <-time.After(d):
		return true
	case <-ctx.Done():
		return false
	}
}
