package fleet

import (
	"syscall"

	"golang.org/x/sys/unix"
)

// lossTimeout is how long what was sent to another node may go without an answer of its kernel, in milliseconds: the machine of
// a node that is gone says nothing, and the customer must hear music within five seconds, of which the provider takes one.
const lossTimeout = 4000

// noticeLoss is the Control of a net.Dialer. See tcp(7), TCP_USER_TIMEOUT.
func noticeLoss(_, _ string, c syscall.RawConn) error {
	var failed error
	err := c.Control(func(fd uintptr) {
		failed = unix.SetsockoptInt(int(fd), unix.IPPROTO_TCP, unix.TCP_USER_TIMEOUT, lossTimeout)
	})
	if err != nil {
		return err
	}
	return failed
}
