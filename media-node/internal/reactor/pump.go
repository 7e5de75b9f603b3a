package reactor

import (
	"errors"
	"net"
	"net/netip"
	"sync"
	"time"
)

// pumpPoller serves systems without epoll, and lets tests compare: a goroutine per socket feeds the loop.
type pumpPoller struct {
	loop  *Loop
	udp   *net.UDPConn
	woken chan struct{}
	timer *time.Timer
	out   [MaxDatagram]byte
	conns map[*pumpConn]struct{}
	start sync.Once
}

func newPumpPoller(l *Loop, addr *net.UDPAddr) (poller, error) {
	udp, err := net.ListenUDP("udp", addr)
	if err != nil {
		return nil, err
	}
	return &pumpPoller{loop: l, udp: udp, woken: make(chan struct{}, 1), timer: time.NewTimer(time.Hour), conns: map[*pumpConn]struct{}{}}, nil
}

func (p *pumpPoller) readDatagrams() {
	buf := make([]byte, MaxDatagram)
	for {
		n, from, err := p.udp.ReadFromUDPAddrPort(buf)
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			continue // an ICMP error of an earlier send: the socket is still good
		}
		from = netip.AddrPortFrom(from.Addr().Unmap(), from.Port())
		if p.loop.Do(func() { p.loop.handler.Datagram(buf[:n], from) }) != nil {
			return
		}
	}
}

func (p *pumpPoller) wait(timeout time.Duration) error {
	p.start.Do(func() { go p.readDatagrams() })
	p.timer.Reset(max(timeout, 0))
	select {
	case <-p.woken:
	case <-p.timer.C:
	}
	p.loop.now = time.Now()
	return nil
}

func (p *pumpPoller) wake() {
	select {
	case p.woken <- struct{}{}:
	default:
	}
}

func (p *pumpPoller) buffer() []byte { return p.out[:0] }

func (p *pumpPoller) send(b []byte, to netip.AddrPort) {
	_, _ = p.udp.WriteToUDPAddrPort(b, to) // a lost datagram, as any other
}

func (p *pumpPoller) flush() {}

func (p *pumpPoller) addr() netip.AddrPort { return p.udp.LocalAddr().(*net.UDPAddr).AddrPort() }

func (p *pumpPoller) close() {
	_ = p.udp.Close()
	for c := range p.conns {
		c.Close()
	}
	// The readers may wait for the loop, which is gone: Do lets them go as soon as Run returns.
}

func (p *pumpPoller) attach(conn net.Conn, h ConnHandler) (Conn, error) {
	return newPumpConn(p.loop, conn, h, p.conns), nil
}

// pumpConn is a connection that the loop cannot poll itself (TLS, a pipe): one goroutine reads, one writes.
type pumpConn struct {
	conn  net.Conn
	out   chan []byte
	conns map[*pumpConn]struct{}
}

const (
	pumpQueue   = 64
	pumpReadLen = 4096
)

func newPumpConn(l *Loop, conn net.Conn, h ConnHandler, conns map[*pumpConn]struct{}) *pumpConn {
	c := &pumpConn{conn: conn, out: make(chan []byte, pumpQueue), conns: conns}
	conns[c] = struct{}{}
	go c.read(l, h)
	go c.write()
	return c
}

func (c *pumpConn) read(l *Loop, h ConnHandler) {
	buf := make([]byte, 0, pumpReadLen)
	for {
		if len(buf) == cap(buf) {
			buf = append(buf, make([]byte, pumpReadLen)...)[:len(buf)]
		}
		n, err := c.conn.Read(buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		stop := false
		gone := l.Do(func() {
			if _, live := c.conns[c]; !live {
				stop = true
				return
			}
			consumed, dataErr := h.Data(buf)
			buf = buf[:copy(buf, buf[consumed:])]
			if dataErr == nil {
				dataErr = err
			}
			if _, live := c.conns[c]; dataErr != nil && live {
				c.Close()
				h.Closed(dataErr)
			}
			stop = dataErr != nil
		})
		if stop || gone != nil {
			return
		}
	}
}

func (c *pumpConn) write() {
	for b := range c.out {
		_ = c.conn.SetWriteDeadline(time.Now().Add(5 * time.Second))
		if _, err := c.conn.Write(b); err != nil {
			break // the reader will see the end of the connection
		}
	}
	_ = c.conn.Close()
	for range c.out {
		continue
	}
}

func (c *pumpConn) Send(b []byte) bool {
	if _, live := c.conns[c]; !live || len(c.out) >= pumpQueue/2 {
		return false
	}
	c.out <- append([]byte(nil), b...)
	return true
}

func (c *pumpConn) Queue(b []byte) {
	if _, live := c.conns[c]; !live {
		return
	}
	select {
	case c.out <- append([]byte(nil), b...):
	default:
		_ = c.conn.Close() // half the queue is kept for these few: the peer reads nothing at all
	}
}

func (c *pumpConn) Close() {
	if _, live := c.conns[c]; live {
		delete(c.conns, c)
		close(c.out)
	}
}
