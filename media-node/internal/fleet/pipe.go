package fleet

import (
	"bufio"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"time"
)

const (
	// pipeBuffer is the bytes that may wait on each side of a line that is passed on, half a second of frames as on a line of
	// this node's own: one that stalls must lose frames at the node that has it, and gain no delay here.
	pipeBuffer = 16 << 10
	// farewell is how long one side may go on when the other has ended.
	farewell = 5 * time.Second
)

// errDeclined is the answer of a node that takes no line now, because it is full or closing. It has answered.
var errDeclined = errors.New("the node does not take it")

// Join passes a WebSocket connection on to a path of another node, beginning with what was received of it. It returns true when
// it is over, and false when the other node does not take it: then nothing was done with it.
func (f *Fleet) Join(line net.Conn, received []byte, address, path string) bool {
	far, reader, err := f.upgrade(address, path)
	if err != nil {
		if !errors.Is(err, errDeclined) {
			f.failed(address, err)
		}
		return false
	}
	if !f.hold(line, far) {
		_ = far.Close()
		return false
	}
	defer f.release(line, far)
	for _, conn := range []net.Conn{line, far} {
		if tcp, ok := conn.(*net.TCPConn); ok {
			_ = tcp.SetWriteBuffer(pipeBuffer)
			_ = tcp.SetReadBuffer(pipeBuffer)
		}
	}
	if _, err := far.Write(received); err != nil {
		return true
	}
	var wg sync.WaitGroup
	flow := func(to net.Conn, from io.Reader) {
		_, _ = io.Copy(to, from) // between sockets the kernel moves the bytes
		if half, ok := to.(interface{ CloseWrite() error }); ok {
			_ = half.CloseWrite()
		}
		_ = to.SetReadDeadline(time.Now().Add(farewell))
	}
	wg.Go(func() { flow(far, line) })
	wg.Go(func() { flow(line, reader) })
	wg.Wait()
	return true
}

// upgrade opens a WebSocket connection to a node; what it sends is read from the reader.
func (f *Fleet) upgrade(address, path string) (net.Conn, io.Reader, error) {
	dialer := net.Dialer{Timeout: dialTimeout, Control: noticeLoss}
	conn, err := dialer.DialContext(f.running, "tcp", address)
	if err != nil {
		return nil, nil, fmt.Errorf("pass a line on: %w", err)
	}
	reader, err := f.handshake(conn, address, path)
	if err != nil {
		_ = conn.Close()
		return nil, nil, fmt.Errorf("pass a line on: %w", err)
	}
	return conn, reader, nil
}

// handshake is RFC 6455, section 4.1. What is checked of the answer is that it is one: the node was asked, and is one of ours.
func (f *Fleet) handshake(conn net.Conn, address, path string) (io.Reader, error) {
	var key [16]byte
	_, _ = rand.Read(key[:]) // never fails
	if err := conn.SetDeadline(time.Now().Add(askTimeout)); err != nil {
		return nil, err
	}
	_, err := fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: %s\r\n%s: %s\r\n\r\n",
		path, address, base64.StdEncoding.EncodeToString(key[:]), passedOn, f.cfg.Node)
	if err != nil {
		return nil, err
	}
	reader := bufio.NewReader(conn)
	res, err := http.ReadResponse(reader, nil)
	if err != nil {
		return nil, err
	}
	_ = res.Body.Close()
	if res.StatusCode != http.StatusSwitchingProtocols {
		return nil, fmt.Errorf("%w: answered %s", errDeclined, res.Status)
	}
	return reader, conn.SetDeadline(time.Time{})
}

// hold notes the two ends of a line that is passed on, unless the node closes.
func (f *Fleet) hold(ends ...net.Conn) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.running.Err() != nil {
		return false
	}
	for _, conn := range ends {
		f.pipes[conn] = struct{}{}
	}
	f.wg.Add(1)
	return true
}

func (f *Fleet) release(ends ...net.Conn) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, conn := range ends {
		delete(f.pipes, conn)
		_ = conn.Close()
	}
	f.wg.Done()
}
