// Package room is meeting rooms: a selective forwarding unit for a few people, each of whom sends microphone, camera and
// screen once and receives everybody else's. Nothing is decoded and nothing is recorded. It shares no goroutine, socket or
// lock with calls.
package room

import (
	"context"
	"log/slog"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"guichet/shared/mediaapi"
)

// Config is what Rooms need.
type Config struct {
	// Key verifies links and requests to close a room.
	Key mediaapi.Key
	// Listen is the address of the one UDP port of all rooms.
	Listen string
	// Announce tells under which addresses pages reach the bound one, best first.
	Announce func(bound netip.AddrPort) ([]netip.AddrPort, error)
	// MaxRooms and MaxPeople (in each of them) bound what is taken.
	MaxRooms, MaxPeople int
	Now                 func() time.Time
	Log                 *slog.Logger
}

// Rooms are the meeting rooms of one node. A room exists while somebody is in it.
type Rooms struct {
	cfg       Config
	engine    *engine
	strangers atomic.Int32
	stopping  context.Context // done when no newcomer is waited for any more
	stop      context.CancelFunc
	running   sync.WaitGroup // pages' connections

	mu       sync.Mutex // guards what follows, and the fields of members that say so
	rooms    map[string]*meeting
	closed   map[string]int64 // room id → when its last link expires, seconds since the epoch
	draining bool
	stopped  bool
}

// meeting is one room.
type meeting struct {
	members      []*member
	publications []*publication
}

// New binds the port.
func New(cfg Config) (*Rooms, error) {
	e, err := listen(cfg.Listen, cfg.Announce)
	if err != nil {
		return nil, err
	}
	r := &Rooms{cfg: cfg, engine: e, rooms: map[string]*meeting{}, closed: map[string]int64{}}
	r.stopping, r.stop = context.WithCancel(context.Background())
	return r, nil
}

// UDPAddr is the bound address.
func (r *Rooms) UDPAddr() netip.AddrPort { return r.engine.addr() }

// Count returns how many rooms there are, and people in them.
func (r *Rooms) Count() (rooms, people int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, room := range r.rooms {
		people += len(room.members)
	}
	return len(r.rooms), people
}

// Has tells whether somebody is in the room.
func (r *Rooms) Has(id string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.rooms[id] != nil
}

// Full tells whether no other room can be opened.
func (r *Rooms) Full() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.draining || len(r.rooms) >= r.cfg.MaxRooms
}

// Drain opens no more rooms. Those that are open go on, and let people in.
func (r *Rooms) Drain() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.draining = true
}

// Close ends all rooms, whose pages then look for another node, and releases the port.
func (r *Rooms) Close() {
	r.mu.Lock()
	if r.stopped {
		r.mu.Unlock()
		return
	}
	r.draining, r.stopped = true, true
	r.stop()
	for _, room := range r.rooms {
		for _, m := range room.members {
			m.end(closeAway)
		}
	}
	r.mu.Unlock()
	r.running.Wait()
	r.engine.close()
}

// begin counts a page's connection, unless the rooms are closing.
func (r *Rooms) begin() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.stopped {
		return false
	}
	r.running.Add(1)
	return true
}

// join lets a member in. A page that connects again takes the place of its earlier connection.
func (r *Rooms) join(m *member) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, closed := r.closed[m.roomID]; closed {
		return refuseClosed
	}
	room := r.rooms[m.roomID]
	if room == nil {
		if r.draining || len(r.rooms) >= r.cfg.MaxRooms {
			return refuseBusy
		}
		room = &meeting{}
		r.rooms[m.roomID] = room
	}
	for _, other := range room.members {
		if other.session == m.session {
			r.remove(other)
			other.end(closeReplaced)
			break
		}
	}
	if len(room.members) >= r.cfg.MaxPeople {
		return refuseFull
	}
	r.rooms[m.roomID] = room // it may have been removed with its only member
	people := make([]person, 0, len(room.members))
	for _, other := range room.members {
		people = append(people, other.person())
	}
	m.send(notice{Type: typeWelcome, ID: m.id, People: people})
	me := m.person()
	room.tell(nil, notice{Type: typeJoined, Person: &me})
	room.members = append(room.members, m)
	return nil
}

// leave lets a member go.
func (r *Rooms) leave(m *member) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.remove(m)
}

// change notes what a member has switched on.
func (r *Rooms) change(m *member, now media) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if room := r.roomOf(m); room != nil && m.media != now {
		m.media = now
		me := m.person()
		room.tell(m, notice{Type: typeChanged, Person: &me})
	}
}

// publish offers what a member sends to the others, and starts to forward it, if the member is still there.
func (r *Rooms) publish(m *member, p *publication, start func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if room := r.roomOf(m); room != nil {
		room.publications = append(room.publications, p)
		room.renegotiate()
		start()
	}
}

// wanted are the publications that a member is to receive.
func (r *Rooms) wanted(m *member) []*publication {
	r.mu.Lock()
	defer r.mu.Unlock()
	var all []*publication
	if room := r.roomOf(m); room != nil {
		for _, p := range room.publications {
			if p.owner != m.id {
				all = append(all, p)
			}
		}
	}
	return all
}

// close ends a room and refuses its links until the last has expired.
func (r *Rooms) close(c mediaapi.RoomClosing) {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := r.cfg.Now().Unix()
	for id, expires := range r.closed {
		if expires <= now {
			delete(r.closed, id)
		}
	}
	r.closed[c.RoomID] = max(c.LinksExpireUnix, r.closed[c.RoomID])
	if room := r.rooms[c.RoomID]; room != nil {
		for _, m := range room.members {
			m.end(refuseClosed)
		}
	}
}
