package room

import (
	"context"
	"crypto/rand"
	"errors"
	"time"

	"github.com/coder/websocket"
	"github.com/pion/webrtc/v4"
	"golang.org/x/time/rate"

	"guichet/shared/mediaapi"
)

const (
	maxWaiting    = 64               // messages for a page that does not take them
	writePatience = 10 * time.Second // for one message
	pingEvery     = 10 * time.Second
	pingPatience  = 10 * time.Second
	requestRate   = 10 // a second
	requestBurst  = 50
)

// member is one page in a room. The goroutine of stay alone touches the negotiation.
type member struct {
	rooms   *Rooms
	conn    *websocket.Conn
	roomID  string
	id      string
	session string
	name    string
	role    mediaapi.Role
	expires time.Time
	media   media // guarded by Rooms.mu

	out   chan []byte
	stale chan struct{} // what is to be received has changed
	ended chan *refusal // the first reason counts
	negotiation
}

func newMember(r *Rooms, conn *websocket.Conn, roomID string) *member {
	return &member{
		rooms: r, conn: conn, roomID: roomID, id: "p_" + rand.Text()[:12],
		out: make(chan []byte, maxWaiting), stale: make(chan struct{}, 1), ended: make(chan *refusal, 1),
	}
}

// introduce takes up who the page is, as its link and its first message say.
func (m *member) introduce(ticket mediaapi.Ticket, join request) {
	m.role, m.name, m.expires = ticket.Role, plainName(ticket.Name), time.Unix(ticket.ExpiresUnix, 0)
	m.session, m.media = join.Session, join.Media
	if m.role != mediaapi.RoleHost {
		m.role, m.name = mediaapi.RoleGuest, join.Name // a guest may not pass for a host
	}
}

// send queues a message; a page that takes none is let go.
func (m *member) send(message any) {
	select {
	case m.out <- encode(message):
	default:
		m.end(closeSlow)
	}
}

// end makes stay return.
func (m *member) end(why *refusal) {
	select {
	case m.ended <- why:
	default:
	}
}

// stay is the member's time in the room. It returns why that ended, always with an error.
func (m *member) stay(ctx context.Context) error {
	if err := m.open(); err != nil {
		return err
	}
	defer m.shut()
	if err := m.rooms.join(m); err != nil {
		return err
	}
	defer m.rooms.leave(m)
	if err := m.offer(); err != nil {
		return err
	}
	requests := make(chan request)
	m.tasks.Go(func() { m.read(ctx, requests) })
	m.tasks.Go(func() { m.write(ctx) })
	m.tasks.Go(func() { m.ping(ctx) })
	return m.loop(requests)
}

func (m *member) loop(requests <-chan request) error {
	expired := time.NewTimer(m.expires.Sub(m.rooms.cfg.Now()))
	defer expired.Stop()
	for {
		var err error
		select {
		case why := <-m.ended:
			return why
		case <-expired.C:
			return refuseExpired
		case <-m.overdue.C:
			return closeLost
		case <-m.stale:
			err = m.renegotiate()
		case r := <-requests:
			err = m.handle(r)
		}
		if err != nil {
			return err
		}
	}
}

func (m *member) handle(r request) error {
	switch r.Type {
	case typeAnswer:
		return m.answer(r.SDP)
	case typeState:
		m.rooms.change(m, r.Media)
		return nil
	}
	return closePolicy
}

func (m *member) read(ctx context.Context, requests chan<- request) {
	limit := rate.NewLimiter(requestRate, requestBurst)
	for {
		_, message, err := m.conn.Read(ctx)
		if err != nil {
			m.end(farewell(err))
			return
		}
		r, err := parseRequest(message)
		if err != nil || !limit.Allow() {
			m.end(closePolicy)
			return
		}
		select {
		case requests <- r:
		case <-ctx.Done():
			return
		}
	}
}

// farewell is the reason of a connection that can't be read: the page's goodbye, or none.
func farewell(err error) *refusal {
	if code := websocket.CloseStatus(err); code == websocket.StatusNormalClosure || code == websocket.StatusGoingAway {
		return closeLeft
	}
	return closeLost
}

func (m *member) write(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case message := <-m.out:
			if err := m.writeOne(ctx, message); err != nil {
				m.end(closeLost)
				return
			}
		}
	}
}

func (m *member) writeOne(ctx context.Context, message []byte) error {
	ctx, cancel := context.WithTimeout(ctx, writePatience)
	defer cancel()
	return m.conn.Write(ctx, websocket.MessageText, message)
}

// ping finds out whether the page is still there.
func (m *member) ping(ctx context.Context) {
	tick := time.NewTicker(pingEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			answered, cancel := context.WithTimeout(ctx, pingPatience)
			err := m.conn.Ping(answered)
			cancel()
			if err != nil && !errors.Is(err, context.Canceled) {
				m.end(closeLost)
				return
			}
		}
	}
}

// lost ends the stay of a page whose media connection is gone: it comes back by itself.
func (m *member) lost(state webrtc.PeerConnectionState) {
	if state == webrtc.PeerConnectionStateFailed {
		m.end(closeLost)
	}
}
