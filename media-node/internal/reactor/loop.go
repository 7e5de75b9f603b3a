// Package reactor runs one event loop that owns a UDP socket and many stream connections: everything it calls runs on
// the loop's goroutine, so the state behind it needs no locks. It moves bytes and knows no protocol.
package reactor

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"sync"
	"time"
)

// TickInterval is how often Handler.Tick is called: fine enough for deadlines in seconds, coarse enough to cost nothing.
const TickInterval = 100 * time.Millisecond

// MaxDatagram bounds what is sent and received over UDP, in bytes. Larger datagrams arrive cut and fail their authentication.
const MaxDatagram = 1500

// ErrClosed is returned by Do after Close.
var ErrClosed = errors.New("event loop closed")

// Handler is told what happens on the UDP socket. b is valid during the call only.
type Handler interface {
	Datagram(b []byte, from netip.AddrPort)
	Tick(now time.Time)
}

// ConnHandler is told what happens on one stream connection.
type ConnHandler interface {
	// Data is given the bytes that were not consumed yet; it may change them and returns how many it consumed.
	// An error closes the connection and is passed to Closed.
	Data(b []byte) (consumed int, err error)
	// Closed is called once, unless Conn.Close was called before: io.EOF when the peer closed.
	Closed(err error)
}

// Conn is a stream connection on the loop. Its methods must be called on the loop's goroutine and never block.
type Conn interface {
	// Send writes b whole, or drops it whole and returns false when the peer does not read fast enough.
	Send(b []byte) bool
	// Queue writes b, keeping it in memory if need be.
	Queue(b []byte)
	// Close closes after a last attempt to write what is queued. ConnHandler.Closed is not called.
	Close()
}

// poller is the operating system's side of a loop.
type poller interface {
	wait(timeout time.Duration) error
	wake()
	buffer() []byte
	send(b []byte, to netip.AddrPort)
	flush()
	attach(conn net.Conn, h ConnHandler) (Conn, error)
	addr() netip.AddrPort
	close()
}

// Loop is one event loop. Create with Listen, then call Run on a goroutine of its own.
type Loop struct {
	handler Handler
	poller  poller
	now     time.Time
	alarm   func() // nil when none is set
	alarmAt time.Time

	mu     sync.Mutex
	posted []func()
	closed bool
	done   chan struct{}
}

// Listen binds the UDP address (port 0 picks one). No datagram is handled before Run.
func Listen(addr string, h Handler) (*Loop, error) {
	return listen(addr, h, newPoller)
}

func listen(addr string, h Handler, open func(*Loop, *net.UDPAddr) (poller, error)) (*Loop, error) {
	udp, err := net.ResolveUDPAddr("udp", addr)
	if err != nil {
		return nil, fmt.Errorf("listen on UDP %s: %w", addr, err)
	}
	l := &Loop{handler: h, now: time.Now(), done: make(chan struct{})}
	if l.poller, err = open(l, udp); err != nil {
		return nil, fmt.Errorf("listen on UDP %s: %w", addr, err)
	}
	return l, nil
}

// Addr is the UDP address that was bound.
func (l *Loop) Addr() netip.AddrPort { return l.poller.addr() }

// Now is the time at which the current turn of the loop began.
func (l *Loop) Now() time.Time { return l.now }

// Buffer returns an empty slice of capacity MaxDatagram to build the next datagram in, without allocating.
// It is to be passed to Send before anything else is built.
func (l *Loop) Buffer() []byte { return l.poller.buffer() }

// Send queues a datagram, built in Buffer, until the end of the turn.
func (l *Loop) Send(b []byte, to netip.AddrPort) { l.poller.send(b, to) }

// Attach moves a connection to the loop and hands it the bytes that were read ahead. The returned Conn belongs to the
// loop; the caller must not use conn any more. Call on the loop's goroutine.
func (l *Loop) Attach(conn net.Conn, readAhead []byte, h ConnHandler) (Conn, error) {
	if len(readAhead) > 0 {
		conn = &prefixedConn{Conn: conn, prefix: readAhead}
	}
	c, err := l.poller.attach(conn, h)
	if err != nil {
		return nil, fmt.Errorf("attach connection: %w", err)
	}
	return c, nil
}

// Alarm runs f on the loop at a time between ticks, or a millisecond later; it takes the place of an alarm that has not
// come yet. While none is set, the loop wakes no oftener than events and ticks want. Call on the loop's goroutine.
func (l *Loop) Alarm(at time.Time, f func()) { l.alarm, l.alarmAt = f, at }

// Post runs f on the loop soon. It returns false, and f never runs, after Close.
func (l *Loop) Post(f func()) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return false
	}
	l.posted = append(l.posted, f)
	if len(l.posted) == 1 {
		l.poller.wake()
	}
	return true
}

// Do runs f on the loop and waits for it. Never call it on the loop's goroutine.
func (l *Loop) Do(f func()) error {
	done := make(chan struct{})
	if !l.Post(func() { f(); close(done) }) {
		return ErrClosed
	}
	select {
	case <-done:
		return nil
	case <-l.done:
		return ErrClosed
	}
}

// Close ends Run after the functions posted before it, and releases the sockets. It waits for Run to return.
func (l *Loop) Close() {
	l.mu.Lock()
	already := l.closed
	l.closed = true
	if !already {
		l.poller.wake()
	}
	l.mu.Unlock()
	<-l.done
}

// Discard releases a loop that was never run.
func (l *Loop) Discard() { l.poller.close() }

// Run handles events until Close.
func (l *Loop) Run() error {
	defer close(l.done)
	defer l.poller.close()
	nextTick := time.Now().Add(TickInterval)
	for {
		if err := l.poller.wait(time.Until(l.wakeBy(nextTick))); err != nil {
			l.mu.Lock()
			l.closed = true
			l.mu.Unlock()
			return fmt.Errorf("event loop: %w", err)
		}
		posted, closed := l.takePosted()
		for _, f := range posted {
			f()
		}
		if f := l.alarm; f != nil && !l.now.Before(l.alarmAt) {
			l.alarm = nil
			f()
		}
		if !l.now.Before(nextTick) {
			l.handler.Tick(l.now)
			nextTick = l.now.Add(TickInterval)
		}
		l.poller.flush()
		if closed && len(posted) == 0 {
			return nil
		}
	}
}

// wakeBy is when the loop has something to do even if nothing happens.
func (l *Loop) wakeBy(nextTick time.Time) time.Time {
	if l.alarm != nil && l.alarmAt.Before(nextTick) {
		return l.alarmAt
	}
	return nextTick
}

func (l *Loop) takePosted() (posted []func(), closed bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	posted, l.posted = l.posted, nil
	if l.closed && len(posted) > 0 {
		l.poller.wake()
	}
	return posted, l.closed
}

// prefixedConn gives back bytes that an HTTP server read ahead of a hijack.
type prefixedConn struct {
	net.Conn
	prefix []byte
}

func (c *prefixedConn) Read(b []byte) (int, error) {
	if len(c.prefix) == 0 {
		return c.Conn.Read(b)
	}
	n := copy(b, c.prefix)
	c.prefix = c.prefix[n:]
	return n, nil
}
