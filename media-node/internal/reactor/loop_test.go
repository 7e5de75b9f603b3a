package reactor

import (
	"bytes"
	"errors"
	"io"
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const patience = 10 * time.Second

// echo answers every datagram.
type echo struct {
	loop  *Loop
	ticks atomic.Int32
}

func (e *echo) Datagram(b []byte, from netip.AddrPort) {
	e.loop.Send(append(e.loop.Buffer(), b...), from)
}
func (e *echo) Tick(time.Time) { e.ticks.Add(1) }

// pollers are the ways to wait: the system's own and the portable one.
func pollers() map[string]func(*Loop, *net.UDPAddr) (poller, error) {
	return map[string]func(*Loop, *net.UDPAddr) (poller, error){"system": newPoller, "portable": newPumpPoller}
}

// onEach runs a test on a loop of each kind.
func onEach(t *testing.T, addr string, test func(*testing.T, *Loop, *echo)) {
	for name, open := range pollers() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := &echo{}
			l, err := listen(addr, e, open)
			require.NoError(t, err)
			e.loop = l
			ended := make(chan error, 1)
			go func() { ended <- l.Run() }()
			defer func() {
				l.Close()
				require.NoError(t, <-ended)
			}()
			test(t, l, e)
		})
	}
}

func TestDatagrams(t *testing.T) {
	t.Parallel()
	for _, addr := range []string{"127.0.0.1:0", "[::]:0"} {
		onEach(t, addr, func(t *testing.T, l *Loop, _ *echo) {
			conn, err := net.DialUDP("udp4", nil, &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1), Port: int(l.Addr().Port())})
			require.NoError(t, err)
			defer func() { _ = conn.Close() }()
			require.NoError(t, conn.SetDeadline(time.Now().Add(patience)))
			buf := make([]byte, MaxDatagram)
			for i := range 300 {
				want := bytes.Repeat([]byte{byte(i)}, 1+i*4)
				_, err = conn.Write(want)
				require.NoError(t, err)
				n, err := conn.Read(buf)
				require.NoError(t, err)
				require.Equal(t, want, buf[:n])
			}
		})
	}
}

func TestBurstOfDatagrams(t *testing.T) {
	t.Parallel()
	onEach(t, "127.0.0.1:0", func(t *testing.T, l *Loop, _ *echo) {
		conn, err := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
		require.NoError(t, err)
		defer func() { _ = conn.Close() }()
		_ = conn.SetReadBuffer(4 << 20)
		to := conn.LocalAddr().(*net.UDPAddr).AddrPort()
		const many = 200 // several batches
		require.NoError(t, l.Do(func() {
			for i := range many {
				l.Send(append(l.Buffer(), byte(i)), to)
			}
		}))
		require.NoError(t, conn.SetDeadline(time.Now().Add(patience)))
		buf := make([]byte, 10)
		for i := range many {
			n, from, err := conn.ReadFromUDPAddrPort(buf)
			require.NoError(t, err)
			require.Equal(t, []byte{byte(i)}, buf[:n])
			require.Equal(t, l.Addr(), from)
		}
	})
}

func TestTickAndClock(t *testing.T) {
	t.Parallel()
	onEach(t, "127.0.0.1:0", func(t *testing.T, l *Loop, e *echo) {
		require.Eventually(t, func() bool { return e.ticks.Load() > 2 }, patience, time.Millisecond)
		var now time.Time
		require.NoError(t, l.Do(func() { now = l.Now() }))
		assert.WithinDuration(t, time.Now(), now, time.Second)
	})
}

func TestPostAndDoAfterClose(t *testing.T) {
	t.Parallel()
	for _, open := range pollers() {
		l, err := listen("127.0.0.1:0", &echo{}, open)
		require.NoError(t, err)
		go func() { _ = l.Run() }()
		var ran atomic.Int32
		for range 100 {
			l.Post(func() { l.Post(func() { ran.Add(1) }); ran.Add(1) })
		}
		l.Close()
		l.Close()
		assert.GreaterOrEqual(t, ran.Load(), int32(100), "what was posted before has run")
		assert.False(t, l.Post(func() { ran.Add(1000) }))
		require.ErrorIs(t, l.Do(func() {}), ErrClosed)
		assert.Less(t, ran.Load(), int32(1000))
	}
}

func TestDiscard(t *testing.T) {
	t.Parallel()
	l, err := Listen("127.0.0.1:0", &echo{})
	require.NoError(t, err)
	l.Discard()
	again, err := Listen(l.Addr().String(), &echo{})
	require.NoError(t, err)
	again.Discard()
}

// lines is a handler that echoes whole lines and notes how it ended.
type lines struct {
	conn Conn
	end  chan error
	once sync.Once
}

var errBye = errors.New("bye")

func (h *lines) Data(b []byte) (int, error) {
	used := 0
	for {
		i := bytes.IndexByte(b[used:], '\n')
		if i < 0 {
			return used, nil
		}
		line := b[used : used+i+1]
		used += i + 1
		switch string(line) {
		case "bye\n":
			return used, errBye
		case "close\n":
			h.conn.Queue([]byte("closed\n"))
			h.conn.Close()
			h.once.Do(func() { close(h.end) })
			return used, nil
		}
		h.conn.Send(line)
	}
}

func (h *lines) Closed(err error) { h.end <- err }

// attach connects a client to a new handler on the loop.
func attach(t *testing.T, l *Loop, readAhead string) (net.Conn, *lines) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	client, err := net.Dial("tcp", listener.Addr().String())
	require.NoError(t, err)
	require.NoError(t, client.SetDeadline(time.Now().Add(patience)))
	server, err := listener.Accept()
	require.NoError(t, err)
	require.NoError(t, listener.Close())
	h := &lines{end: make(chan error, 1)}
	require.NoError(t, l.Do(func() { h.conn, err = l.Attach(server, []byte(readAhead), h) }))
	require.NoError(t, err)
	t.Cleanup(func() { _ = client.Close() })
	return client, h
}

func TestConnections(t *testing.T) {
	t.Parallel()
	onEach(t, "127.0.0.1:0", func(t *testing.T, l *Loop, _ *echo) {
		client, h := attach(t, l, "early\npar")
		expect := func(want string) {
			got := make([]byte, len(want))
			_, err := io.ReadFull(client, got)
			require.NoError(t, err)
			require.Equal(t, want, string(got))
		}
		send := func(s string) {
			_, err := io.WriteString(client, s)
			require.NoError(t, err)
		}
		expect("early\n")
		send("tial\nand ")
		expect("partial\n")
		send("more\n")
		expect("and more\n")
		send("bye\n")
		require.ErrorIs(t, <-h.end, errBye)
		_, err := client.Read(make([]byte, 1))
		require.ErrorIs(t, err, io.EOF)

		client, h = attach(t, l, "")
		send("close\n")
		expect("closed\n")
		require.NoError(t, <-h.end)
		_, err = client.Read(make([]byte, 1))
		require.ErrorIs(t, err, io.EOF)

		client, h = attach(t, l, "")
		require.NoError(t, client.Close())
		require.ErrorIs(t, <-h.end, io.EOF)
	})
}

func TestStalledPeerLosesFramesNotOrder(t *testing.T) {
	t.Parallel()
	onEach(t, "127.0.0.1:0", func(t *testing.T, l *Loop, _ *echo) {
		client, h := attach(t, l, "")
		frame := append(bytes.Repeat([]byte("x"), 999), '\n')
		sent := 0
		require.Eventually(t, func() bool {
			taken := true
			_ = l.Do(func() { taken = h.conn.Send(frame) })
			if taken {
				sent++
			}
			return !taken
		}, patience, time.Microsecond, "sending never blocks the loop")
		_ = l.Do(func() { h.conn.Queue([]byte("after\n")); h.conn.Close() })
		got, err := io.ReadAll(client)
		require.NoError(t, err)
		whole := bytes.TrimSuffix(got, []byte("after\n"))
		assert.Zero(t, len(whole)%1000, "frames arrive whole or not at all")
		assert.LessOrEqual(t, len(whole)/1000, sent)
	})
}

func TestCloseEndsConnections(t *testing.T) {
	t.Parallel()
	for _, open := range pollers() {
		l, err := listen("127.0.0.1:0", &echo{}, open)
		require.NoError(t, err)
		go func() { _ = l.Run() }()
		client, _ := attach(t, l, "")
		l.Close()
		_, err = client.Read(make([]byte, 1))
		require.Error(t, err)
	}
}
