//go:build linux

package fleet

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"
)

// silentNode takes lines, and then nothing of what comes over them.
func silentNode(t *testing.T) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			return
		}
		t.Cleanup(func() { _ = conn.Close() })
		_, _ = io.WriteString(conn, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n")
	}))
	t.Cleanup(server.Close)
	return server
}

func lossTimeoutOf(t *testing.T, conn net.Conn) (milliseconds int) {
	t.Helper()
	raw, err := conn.(syscall.Conn).SyscallConn()
	require.NoError(t, err)
	var failed error
	require.NoError(t, raw.Control(func(fd uintptr) {
		milliseconds, failed = unix.GetsockoptInt(int(fd), unix.IPPROTO_TCP, unix.TCP_USER_TIMEOUT)
	}))
	require.NoError(t, failed)
	return milliseconds
}

func TestEveryConnectionToANodeNoticesItsLoss(t *testing.T) {
	t.Parallel()
	f, far := newFleet(t), silentNode(t).Listener.Addr().String()
	line, _, err := f.upgrade(far, "/")
	require.NoError(t, err)
	defer func() { _ = line.Close() }()
	request, err := f.client.Transport.(*http.Transport).DialContext(t.Context(), "tcp", far)
	require.NoError(t, err)
	defer func() { _ = request.Close() }()
	for what, conn := range map[string]net.Conn{"a line": line, "requests": request} {
		assert.Equal(t, lossTimeout, lossTimeoutOf(t, conn), what)
	}
}

// The kernel gives up a peer that acknowledges nothing as it does one that takes nothing, which needs no broken network: the
// customer's side is closed, and the provider asks what to do next.
func TestALineWhoseNodeTakesNothingIsGivenUp(t *testing.T) {
	t.Parallel()
	f, far := newFleet(t), silentNode(t).Listener.Addr().String()
	provider, line := tcpPair(t)
	over := make(chan bool)
	go func() { over <- f.Join(line, nil, far, "/") }()
	go func() {
		for speech, err := make([]byte, 64<<10), error(nil); err == nil; {
			_, err = provider.Write(speech)
		}
	}()
	select {
	case passed := <-over:
		assert.True(t, passed)
	case <-time.After(4 * lossTimeout * time.Millisecond):
		t.Fatal("the customer waits in silence")
	}
	assert.Zero(t, f.Passing())
}

// tcpPair is a connection, from both ends.
func tcpPair(t *testing.T) (client, server net.Conn) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // at once, on this machine
	require.NoError(t, err)
	defer func() { _ = listener.Close() }()
	client, err = net.Dial("tcp", listener.Addr().String()) //nolint:noctx // likewise
	require.NoError(t, err)
	server, err = listener.Accept()
	require.NoError(t, err)
	t.Cleanup(func() { _, _ = client.Close(), server.Close() })
	return client, server
}
