//go:build linux && (amd64 || arm64)

package reactor

import (
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"time"

	"golang.org/x/sys/unix"
)

const (
	udpSocketBuffer = 4 << 20   // bytes: a second of audio for some thousand calls
	readLen         = 128 << 10 // bytes read from a connection at once, shared by all of them
	eventsAtOnce    = 256
)

// epollPoller waits for all sockets at once and never goes through Go's own poller: its cost per frame is the system
// calls that move the bytes.
type epollPoller struct {
	loop    *Loop
	epfd    int
	eventfd int
	udp     *batchSocket
	events  [eventsAtOnce]unix.EpollEvent
	conns   map[int32]*epollConn
	pumps   map[*pumpConn]struct{}
	read    [readLen]byte
}

func newPoller(l *Loop, addr *net.UDPAddr) (poller, error) {
	udp, err := listenBatch(addr)
	if err != nil {
		return nil, err
	}
	p := &epollPoller{loop: l, epfd: -1, eventfd: -1, udp: udp, conns: map[int32]*epollConn{}, pumps: map[*pumpConn]struct{}{}}
	if p.epfd, err = unix.EpollCreate1(unix.EPOLL_CLOEXEC); err != nil {
		p.close()
		return nil, fmt.Errorf("epoll_create1: %w", err)
	}
	if p.eventfd, err = unix.Eventfd(0, unix.EFD_CLOEXEC|unix.EFD_NONBLOCK); err != nil {
		p.close()
		return nil, fmt.Errorf("eventfd: %w", err)
	}
	if err = errors.Join(p.watch(unix.EPOLL_CTL_ADD, p.eventfd, unix.EPOLLIN), p.watch(unix.EPOLL_CTL_ADD, udp.fd, unix.EPOLLIN)); err != nil {
		p.close()
		return nil, err
	}
	return p, nil
}

func (p *epollPoller) watch(op, fd int, events uint32) error {
	if err := unix.EpollCtl(p.epfd, op, fd, &unix.EpollEvent{Events: events, Fd: int32(fd)}); err != nil {
		return fmt.Errorf("epoll_ctl: %w", err)
	}
	return nil
}

func (p *epollPoller) wait(timeout time.Duration) error {
	ms := int((max(timeout, 0) + time.Millisecond - 1) / time.Millisecond)
	n, err := unix.EpollWait(p.epfd, p.events[:], ms)
	if err != nil && !errors.Is(err, unix.EINTR) {
		return fmt.Errorf("epoll_wait: %w", err)
	}
	p.loop.now = time.Now()
	for i := range max(n, 0) {
		switch ev := &p.events[i]; ev.Fd {
		case int32(p.udp.fd):
			p.udp.receive(p.loop.handler)
		case int32(p.eventfd):
			var b [8]byte
			_, _ = unix.Read(p.eventfd, b[:])
		default:
			if c := p.conns[ev.Fd]; c != nil {
				c.ready(ev.Events)
			}
		}
	}
	return nil
}

func (p *epollPoller) wake() {
	var b [8]byte
	binary.NativeEndian.PutUint64(b[:], 1)
	_, _ = unix.Write(p.eventfd, b[:])
}

func (p *epollPoller) buffer() []byte                   { return p.udp.buffer() }
func (p *epollPoller) send(b []byte, to netip.AddrPort) { p.udp.queue(b, to) }
func (p *epollPoller) flush()                           { p.udp.flush() }
func (p *epollPoller) addr() netip.AddrPort             { return p.udp.addr }

func (p *epollPoller) close() {
	p.udp.flush()
	for _, c := range p.conns {
		c.Close()
	}
	for c := range p.pumps {
		c.Close()
	}
	p.udp.close()
	for _, fd := range []int{p.eventfd, p.epfd} {
		if fd >= 0 {
			_ = unix.Close(fd)
		}
	}
}

func (p *epollPoller) attach(conn net.Conn, h ConnHandler) (Conn, error) {
	tcp, readAhead := conn, []byte(nil)
	if pre, ok := conn.(*prefixedConn); ok {
		tcp, readAhead = pre.Conn, pre.prefix
	}
	if t, ok := tcp.(*net.TCPConn); ok {
		return p.attachTCP(t, readAhead, h)
	}
	return newPumpConn(p.loop, conn, h, p.pumps), nil
}

// attachTCP takes the descriptor out of Go's poller, which would wake for every frame a second time.
func (p *epollPoller) attachTCP(tcp *net.TCPConn, readAhead []byte, h ConnHandler) (Conn, error) {
	raw, err := tcp.SyscallConn()
	if err != nil {
		return nil, err
	}
	fd, dupErr := -1, error(nil)
	if err = raw.Control(func(orig uintptr) { fd, dupErr = unix.FcntlInt(orig, unix.F_DUPFD_CLOEXEC, 0) }); err != nil {
		return nil, err
	}
	if dupErr != nil {
		return nil, fmt.Errorf("dup: %w", dupErr)
	}
	_ = tcp.Close()
	// A small send buffer turns a stalled peer into dropped frames instead of a growing delay.
	_ = unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_SNDBUF, connSendBuffer)
	if err = p.watch(unix.EPOLL_CTL_ADD, fd, unix.EPOLLIN); err != nil {
		_ = unix.Close(fd)
		return nil, err
	}
	c := &epollConn{poller: p, fd: fd, handler: h, rest: readAhead}
	p.conns[int32(fd)] = c
	if len(readAhead) > 0 {
		p.loop.Post(c.replay)
	}
	return c, nil
}
