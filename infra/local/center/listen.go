package center

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"syscall"
)

// portsTried is how many ports after a taken one are tried.
const portsTried = 20

// listen decides the origin's address. Requests wait until openOrigin serves them.
func (c *Center) listen(ctx context.Context) error {
	listeners, err := listenFrom(ctx, c.options.Host, c.options.Port)
	if err != nil {
		return err
	}
	// The server closes them too; twice is harmless.
	c.onClose(func() { closeAll(listeners) })
	c.listeners = listeners
	port := listeners[0].Addr().(*net.TCPAddr).Port
	c.url = "http://" + net.JoinHostPort(c.urlHost(), strconv.Itoa(port))
	return nil
}

// urlHost is the name that browsers use: microphones work on localhost, and not on 0.0.0.0.
func (c *Center) urlHost() string {
	if ip := net.ParseIP(c.options.Host); ip != nil && (ip.IsUnspecified() || ip.IsLoopback()) {
		return "localhost"
	}
	return c.options.Host
}

// listenFrom takes the port or, when it is taken, the next free one.
func listenFrom(ctx context.Context, host string, port int) ([]net.Listener, error) {
	for next := port; ; next++ {
		listeners, err := listenOn(ctx, host, next)
		if err == nil {
			return listeners, nil
		}
		if !errors.Is(err, syscall.EADDRINUSE) || port == 0 || next == port+portsTried {
			return nil, fmt.Errorf("listen on %s port %d: %w", host, next, err)
		}
	}
}

// listenOn takes the port on every loopback address when the host is localhost: browsers try ::1 as well as 127.0.0.1,
// and must not find somebody else there.
func listenOn(ctx context.Context, host string, port int) ([]net.Listener, error) {
	var config net.ListenConfig
	if host != "localhost" {
		listener, err := config.Listen(ctx, "tcp", net.JoinHostPort(host, strconv.Itoa(port)))
		return []net.Listener{listener}, err
	}
	v4, err := config.Listen(ctx, "tcp4", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		return nil, err
	}
	port = v4.Addr().(*net.TCPAddr).Port
	v6, err := config.Listen(ctx, "tcp6", net.JoinHostPort("::1", strconv.Itoa(port)))
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		_ = v4.Close()
		return nil, err
	case err != nil:
		return []net.Listener{v4}, nil // a machine without IPv6
	}
	return []net.Listener{v4, v6}, nil
}

func closeAll(listeners []net.Listener) {
	for _, l := range listeners {
		_ = l.Close()
	}
}
