package peer

import (
	"bytes"
	"encoding/binary"
	"net/netip"
	"testing"
	"time"

	"github.com/pion/srtp/v3"
	"github.com/pion/stun/v4"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// wire is a network that keeps what is sent, with a clock that the test sets.
type wire struct {
	now  time.Time
	buf  [maxPacket]byte
	sent [][]byte
	to   []netip.AddrPort
	keep bool
}

func (w *wire) Buffer() []byte     { return w.buf[:0] }
func (w *wire) Now() time.Time     { return w.now }
func (w *wire) Post(f func()) bool { f(); return true }
func (w *wire) Send(b []byte, to netip.AddrPort) {
	if w.keep {
		w.sent, w.to = append(w.sent, bytes.Clone(b)), append(w.to, to)
	}
}

// diary is a listener that notes what it is told.
type diary struct {
	entries []string
	audio   []byte
	frames  int
}

func (d *diary) Up() { d.entries = append(d.entries, "up") }
func (d *diary) Down(final bool) {
	d.entries = append(d.entries, map[bool]string{true: "gone", false: "silent"}[final])
}
func (d *diary) Audio(p Packet) { d.audio = append(d.audio[:0], p.Audio...); d.frames++ }

var (
	start  = time.Unix(1_800_000_000, 0)
	remote = Remote{Ufrag: "them", Fingerprint: "sha-256 00", Active: true}
)

func newTestMux(t testing.TB) (*Mux, *wire) {
	t.Helper()
	m, err := NewMux()
	require.NoError(t, err)
	w := &wire{now: start, keep: true}
	m.SetNetwork(w)
	t.Cleanup(func() { m.Stop(); m.Wait() })
	return m, w
}

// connect makes a peer that is up, whose own packets are good answers to it: both directions have the same key.
func connect(t testing.TB, m *Mux, l Listener, from netip.AddrPort) *Peer {
	t.Helper()
	p := m.Open(remote, l)
	key, salt := make([]byte, 16), make([]byte, 12)
	var err error
	p.rx, err = srtp.CreateContext(key, salt, srtp.ProtectionProfileAeadAes128Gcm, srtp.SRTPReplayProtection(128))
	require.NoError(t, err)
	p.tx, err = srtp.CreateContext(key, salt, srtp.ProtectionProfileAeadAes128Gcm)
	require.NoError(t, err)
	p.dtls.started, p.state, p.sendTo = true, up, from // as after ICE and DTLS
	p.learn(from)
	return p
}

func check(t testing.TB, username, password string, extra ...stun.Setter) []byte {
	t.Helper()
	setters := append([]stun.Setter{stun.TransactionID, stun.BindingRequest, stun.NewUsername(username)}, extra...)
	m, err := stun.Build(append(setters, stun.NewShortTermIntegrity(password), stun.Fingerprint)...)
	require.NoError(t, err)
	return m.Raw
}

func addr(port uint16) netip.AddrPort {
	return netip.AddrPortFrom(netip.MustParseAddr("192.0.2.1"), port)
}

func TestChecksAreAnsweredToTheRightPeerAlone(t *testing.T) {
	t.Parallel()
	m, w := newTestMux(t)
	p := connect(t, m, &diary{}, addr(1))
	name := p.Local().Ufrag + ":" + remote.Ufrag
	bad := map[string][]byte{
		"wrong password":  check(t, name, "wrong"),
		"unknown user":    check(t, "nobody:"+remote.Ufrag, p.Local().Password),
		"other browser":   check(t, p.Local().Ufrag+":other", p.Local().Password),
		"half a name":     check(t, p.Local().Ufrag, p.Local().Password),
		"cut":             check(t, name, p.Local().Password)[:30],
		"a response":      func() []byte { b := check(t, name, p.Local().Password); b[0] = 1; return b }(),
		"nothing at all":  {},
		"an unknown kind": {255, 1, 2},
	}
	for what, b := range bad {
		m.Datagram(b, addr(2))
		assert.Empty(t, w.sent, what)
		assert.Nil(t, m.byAddr[addr(2)], what)
	}
	m.Datagram(check(t, name, p.Local().Password, stun.RawAttribute{Type: stun.AttrUseCandidate}), addr(2))
	require.Len(t, w.sent, 1)
	assert.Equal(t, addr(2), w.to[0])
	answer := &stun.Message{Raw: w.sent[0]}
	require.NoError(t, answer.Decode())
	require.NoError(t, stun.NewShortTermIntegrity(p.Local().Password).Check(answer))
	var mapped stun.XORMappedAddress
	require.NoError(t, mapped.GetFrom(answer))
	assert.Equal(t, "192.0.2.1:2", mapped.String())
	assert.Equal(t, addr(2), p.sendTo, "nominated")
}

func TestRestartChangesTheCredentials(t *testing.T) {
	t.Parallel()
	m, w := newTestMux(t)
	p := connect(t, m, &diary{}, addr(1))
	old := p.Local()
	fresh := p.Restart("them2")
	require.NotEqual(t, old, fresh)
	m.Datagram(check(t, old.Ufrag+":them", old.Password), addr(3))
	assert.Empty(t, w.sent)
	m.Datagram(check(t, fresh.Ufrag+":them2", fresh.Password), addr(3))
	assert.Len(t, w.sent, 1)
}

func TestAddressesOfAPeerAreBounded(t *testing.T) {
	t.Parallel()
	m, _ := newTestMux(t)
	p := connect(t, m, &diary{}, addr(1))
	for port := range uint16(100) {
		m.Datagram(check(t, p.Local().Ufrag+":them", p.Local().Password), addr(1000+port))
	}
	assert.Len(t, m.byAddr, maxAddrs)
	other := connect(t, m, &diary{}, addr(1099))
	assert.Same(t, other, m.byAddr[addr(1099)], "a port that another browser got is its own now")
	p.Close()
	other.Close()
	assert.Empty(t, m.byAddr)
	assert.Empty(t, m.byUfrag)
}

func TestAudioBothWays(t *testing.T) {
	t.Parallel()
	m, w := newTestMux(t)
	d := &diary{}
	p := connect(t, m, d, addr(1))
	frame := bytes.Repeat([]byte{0x55}, 160)
	for i := range 5 {
		w.now = start.Add(time.Duration(i) * 20 * time.Millisecond)
		p.Send(frame)
	}
	w.now = w.now.Add(time.Second)
	p.Send(frame)
	require.Len(t, w.sent, 6)
	first := binary.BigEndian.Uint32(w.sent[0][4:])
	for i, b := range w.sent {
		stamp, marker := binary.BigEndian.Uint32(b[4:])-first, b[1]&0x80 != 0
		want := uint32(i * 160)
		if i == 5 {
			want = 5*160 + 8000
		}
		assert.Equal(t, want, stamp, "timestamps follow the clock over a pause")
		assert.Equal(t, i == 0 || i == 5, marker, "the first packet after a pause is marked")
		m.Datagram(b, addr(1))
		assert.Equal(t, frame, d.audio)
	}
	m.Datagram(w.sent[0], addr(1))
	assert.Equal(t, 6, d.frames, "a replayed packet is ignored")
	m.Datagram(w.sent[1], addr(9))
	assert.Equal(t, 6, d.frames, "as is one from elsewhere")
	forged := bytes.Clone(w.sent[2])
	forged[3]++
	m.Datagram(forged, addr(1))
	assert.Equal(t, 6, d.frames, "and a forged one")
}

func TestSilenceAndReturn(t *testing.T) {
	t.Parallel()
	m, w := newTestMux(t)
	d := &diary{}
	p := connect(t, m, d, addr(1))
	advance := func(by time.Duration) { w.now = w.now.Add(by); m.Tick(w.now) }
	advance(ConsentTimeout)
	assert.Empty(t, d.entries)
	advance(time.Second)
	assert.Equal(t, []string{"silent"}, d.entries)
	m.Datagram(check(t, p.Local().Ufrag+":them", p.Local().Password), addr(1))
	assert.Equal(t, []string{"silent", "up"}, d.entries)
	advance(ConsentTimeout + 1)
	advance(goneTimeout)
	assert.Equal(t, []string{"silent", "up", "silent", "gone"}, d.entries)
	assert.Zero(t, m.Len())
	advance(goneTimeout)
	assert.Len(t, d.entries, 4)
}

func TestPeerThatNeverConnectsIsGivenUp(t *testing.T) {
	t.Parallel()
	m, w := newTestMux(t)
	d := &diary{}
	m.Open(remote, d)
	w.now = w.now.Add(connectTimeout + time.Second)
	m.Tick(w.now)
	assert.Equal(t, []string{"gone"}, d.entries)
}

func TestReceptionReport(t *testing.T) {
	t.Parallel()
	var r reception
	assert.Empty(t, r.report(start))
	sequence := uint16(65530)
	for i := range 100 {
		if i%10 == 3 {
			continue // one in ten is lost
		}
		r.packet(7, sequence+uint16(i), uint32(i*160), start.Add(time.Duration(i)*20*time.Millisecond))
	}
	block := r.report(start)[0]
	assert.EqualValues(t, 7, block.SSRC)
	assert.EqualValues(t, 10, block.TotalLost)
	assert.InDelta(t, 25, block.FractionLost, 1, "a tenth, in 256ths")
	assert.EqualValues(t, 65530+99, block.LastSequenceNumber, "counted on over 65,535")
	assert.Zero(t, block.Jitter)
	assert.Zero(t, r.report(start)[0].FractionLost, "since the last report")
}

// FuzzDatagram gives the port anything, from strangers and, encrypted with the right key, from a browser gone mad.
func FuzzDatagram(f *testing.F) {
	f.Add([]byte{0x80, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0xff, 0xff})
	f.Add([]byte{0xb1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 0xbe, 0xde, 0, 1, 0x10, 0, 0, 0, 0xff, 9})
	f.Add([]byte{0x81, 200, 0, 6, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1})
	f.Add(check(f, "us:them", "password"))
	f.Add([]byte{22, 0xfe, 0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1})
	m, w := newTestMux(f)
	w.keep = false
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > maxPacket-100 {
			return
		}
		d := &diary{}
		p := connect(t, m, d, addr(1))
		defer p.Close()
		m.Datagram(bytes.Clone(b), addr(1))
		m.Datagram(bytes.Clone(b), addr(2))
		require.Zero(t, d.frames, "what is not encrypted is not heard")
		if encrypted, err := p.tx.EncryptRTP(nil, b, nil); err == nil {
			m.Datagram(encrypted, addr(1))
		}
		if encrypted, err := p.tx.EncryptRTCP(nil, b, nil); err == nil {
			m.Datagram(encrypted, addr(1))
		}
		w.now = w.now.Add(reportInterval)
		m.Tick(w.now)
		require.LessOrEqual(t, len(d.audio), len(b))
	})
}

func BenchmarkFramePair(b *testing.B) {
	m, w := newTestMux(b)
	w.keep = false
	d := &diary{}
	p := connect(b, m, d, addr(1))
	frame := bytes.Repeat([]byte{0x55}, 160)
	b.ReportAllocs()
	for b.Loop() {
		w.now = w.now.Add(20 * time.Millisecond)
		p.Send(frame)
		m.Datagram(w.buf[:12+160+16], addr(1)) // the agent's frame: our own comes back
	}
	if d.frames == 0 {
		b.Fatal("no audio came through")
	}
}
