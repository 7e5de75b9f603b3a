//go:build linux && (amd64 || arm64)

package reactor

import (
	"errors"
	"io"

	"golang.org/x/sys/unix"
)

const (
	connSendBuffer = 16 << 10 // bytes, about half a second of frames with the kernel's own overhead
	connQueueLimit = 64 << 10 // bytes kept for a peer that does not read, before it is given up
)

var errPeerStalled = errors.New("peer does not read")

// epollConn is a TCP connection on the loop. It holds memory only for a frame cut in two by the network.
type epollConn struct {
	poller  *epollPoller
	fd      int
	handler ConnHandler
	rest    []byte // received, not consumed
	out     []byte // queued, not written
	closed  bool
}

func (c *epollConn) ready(events uint32) {
	if events&unix.EPOLLOUT != 0 {
		c.writeQueued()
	}
	if events&(unix.EPOLLIN|unix.EPOLLHUP|unix.EPOLLERR) != 0 && !c.closed {
		c.receive()
	}
}

func (c *epollConn) receive() {
	buf := c.poller.read[:]
	kept := copy(buf, c.rest)
	n, err := readNow(c.fd, buf[kept:])
	switch {
	case errors.Is(err, unix.EAGAIN), errors.Is(err, unix.EINTR):
		return
	case err != nil:
		c.fail(err)
		return
	case n == 0:
		c.fail(io.EOF)
		return
	}
	c.consume(buf[:kept+n])
}

// replay handles bytes that were read before the connection came to the loop.
func (c *epollConn) replay() {
	if !c.closed && len(c.rest) > 0 {
		c.consume(append([]byte(nil), c.rest...))
	}
}

func (c *epollConn) consume(b []byte) {
	consumed, err := c.handler.Data(b)
	if c.closed {
		return
	}
	if err == nil && len(b)-consumed >= readLen/2 {
		err = errors.New("message longer than the read buffer")
	}
	if err != nil {
		c.fail(err)
		return
	}
	if rest := b[consumed:]; len(rest) > 0 {
		c.rest = append(c.rest[:0], rest...)
	} else {
		c.rest = nil
	}
}

func (c *epollConn) Send(b []byte) bool {
	if c.closed || len(c.out) > 0 {
		return false
	}
	n, err := writeNow(c.fd, b)
	if n <= 0 || err != nil {
		return false // full, or broken: then the read side reports it
	}
	if n < len(b) {
		c.keep(b[n:])
	}
	return true
}

func (c *epollConn) Queue(b []byte) {
	if c.closed {
		return
	}
	if len(c.out)+len(b) > connQueueLimit {
		c.poller.loop.Post(func() { c.fail(errPeerStalled) })
		return
	}
	if len(c.out) == 0 {
		n, err := writeNow(c.fd, b)
		if err == nil {
			b = b[n:]
		}
	}
	if len(b) > 0 {
		c.keep(b)
	}
}

func (c *epollConn) keep(b []byte) {
	if len(c.out) == 0 {
		_ = c.poller.watch(unix.EPOLL_CTL_MOD, c.fd, unix.EPOLLIN|unix.EPOLLOUT)
	}
	c.out = append(c.out, b...)
}

func (c *epollConn) writeQueued() {
	n, err := writeNow(c.fd, c.out)
	if err != nil {
		return
	}
	if c.out = c.out[n:]; len(c.out) == 0 {
		c.out = nil
		_ = c.poller.watch(unix.EPOLL_CTL_MOD, c.fd, unix.EPOLLIN)
	}
}

func (c *epollConn) fail(err error) {
	if c.closed {
		return
	}
	c.Close()
	c.handler.Closed(err)
}

func (c *epollConn) Close() {
	if c.closed {
		return
	}
	if len(c.out) > 0 {
		_, _ = writeNow(c.fd, c.out)
	}
	c.closed, c.rest, c.out = true, nil, nil
	delete(c.poller.conns, int32(c.fd))
	_ = unix.Close(c.fd) // also takes it out of epoll: no other descriptor refers to it
}
