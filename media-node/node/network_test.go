package node_test

import (
	"errors"
	"net"
	"sync"
	"sync/atomic"

	"github.com/pion/webrtc/v4"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// socket is a UDP socket for a browser, to be wrapped into a network with faults.
func (f *fixture) socket() net.PacketConn {
	f.t.Helper()
	socket, err := net.ListenPacket("udp4", "127.0.0.1:0")
	require.NoError(f.t, err)
	return socket
}

// over makes a browser use this network alone.
func (f *fixture) over(network net.PacketConn) func(*webrtc.SettingEngine) {
	mux := webrtc.NewICEUDPMux(nil, network)
	f.t.Cleanup(func() {
		if err := mux.Close(); !errors.Is(err, net.ErrClosed) {
			assert.NoError(f.t, err)
		}
		_ = network.Close()
	})
	return func(s *webrtc.SettingEngine) { s.SetICEUDPMux(mux) }
}

// cuttable is a browser's socket whose cable can be pulled.
type cuttable struct {
	net.PacketConn
	cut atomic.Bool
}

func (c *cuttable) WriteTo(b []byte, to net.Addr) (int, error) {
	if c.cut.Load() {
		return len(b), nil
	}
	return c.PacketConn.WriteTo(b, to)
}

// lossy is a browser's socket that loses every tenth of its audio packets and lets every seventh be overtaken by the next.
type lossy struct {
	net.PacketConn
	mu   sync.Mutex
	sent int
	held []byte
}

func (l *lossy) WriteTo(b []byte, to net.Addr) (int, error) {
	if len(b) < 2 || b[0]>>6 != 2 || b[1]&0x7f != 0 { // no SRTP of PCMU
		return l.PacketConn.WriteTo(b, to)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sent++
	switch {
	case l.sent%10 == 0:
		return len(b), nil
	case l.sent%7 == 0 && l.held == nil:
		l.held = append([]byte(nil), b...)
		return len(b), nil
	}
	n, err := l.PacketConn.WriteTo(b, to)
	if l.held != nil {
		_, _ = l.PacketConn.WriteTo(l.held, to)
		l.held = nil
	}
	return n, err
}
