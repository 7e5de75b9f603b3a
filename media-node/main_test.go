package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A client that sends half a body and waits must not hold a connection for ever; a line that was taken over lasts.
func TestRequestsMustComeInTime(t *testing.T) {
	t.Parallel()
	read, lines := make(chan error, 1), make(chan net.Conn, 1)
	server := settings{}.server("", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			conn, _, _ := http.NewResponseController(w).Hijack()
			lines <- conn
			return
		}
		_, err := io.ReadAll(r.Body)
		read <- err
	}))
	listener, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // at once, on this machine
	require.NoError(t, err)
	go func() { _ = server.Serve(listener) }()
	defer func() { _ = server.Close() }()
	send := func(request string) net.Conn {
		conn, err := net.Dial("tcp", listener.Addr().String()) //nolint:noctx // likewise
		require.NoError(t, err)
		t.Cleanup(func() { _ = conn.Close() })
		_, err = fmt.Fprint(conn, request)
		require.NoError(t, err)
		return conn
	}
	send("POST / HTTP/1.1\r\nHost: node\r\nContent-Length: 100\r\n\r\nhalf")
	customer := send("GET / HTTP/1.1\r\nHost: node\r\n\r\n")
	line := <-lines
	defer func() { _ = line.Close() }()
	select {
	case err := <-read:
		require.ErrorIs(t, err, os.ErrDeadlineExceeded)
	case <-time.After(2 * requestTimeout):
		t.Fatal("it is waited for")
	}
	_, err = fmt.Fprint(customer, "frame")
	require.NoError(t, err)
	frame := make([]byte, 5)
	_, err = io.ReadFull(line, frame)
	require.NoError(t, err)
	assert.Equal(t, "frame", string(frame))
}
