package peer

import (
	"encoding/binary"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const frame = 160

// given is one packet to relay, at a time; number n has its timestamp unless it is moved.
type given struct {
	at    time.Duration
	n     int
	ssrc  uint32
	moved time.Duration // of the source's timestamps
}

func (g *given) packet() Packet {
	stamp := g.n*frame + int(g.moved.Milliseconds())*8
	return Packet{SSRC: g.ssrc, Sequence: uint16(65530 + g.n), Timestamp: uint32(stamp) - 1000, Audio: make([]byte, frame)}
}

// numbers are those of a packet that was sent, counted from the first one.
type numbers struct {
	sequence int
	stamp    time.Duration
}

func sentNumbers(w *wire) []numbers {
	var all []numbers
	sequence, stamp := binary.BigEndian.Uint16(w.sent[0][2:]), binary.BigEndian.Uint32(w.sent[0][4:])
	for _, b := range w.sent {
		all = append(all, numbers{
			int(int16(binary.BigEndian.Uint16(b[2:]) - sequence)),
			time.Duration(int32(binary.BigEndian.Uint32(b[4:])-stamp)) * time.Second / 8000,
		})
	}
	return all
}

const ms = time.Millisecond

func TestRelayKeepsWhatTheSourceSays(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		given []given
		want  []numbers
	}{
		"in order": {
			[]given{{0, 0, 1, 0}, {20 * ms, 1, 1, 0}, {40 * ms, 2, 1, 0}},
			[]numbers{{0, 0}, {1, 20 * ms}, {2, 40 * ms}},
		},
		"a lost packet stays a gap": {
			[]given{{0, 0, 1, 0}, {60 * ms, 3, 1, 0}, {80 * ms, 4, 1, 0}},
			[]numbers{{0, 0}, {3, 60 * ms}, {4, 80 * ms}},
		},
		"a late packet gets its place": {
			[]given{{0, 0, 1, 0}, {40 * ms, 2, 1, 0}, {41 * ms, 1, 1, 0}, {60 * ms, 3, 1, 0}},
			[]numbers{{0, 0}, {2, 40 * ms}, {1, 20 * ms}, {3, 60 * ms}},
		},
		"no number is used twice": {
			[]given{{0, 0, 1, 0}, {20 * ms, 1, 1, 0}, {21 * ms, 1, 1, 0}, {22 * ms, 0, 1, 0}, {40 * ms, 2, 1, 0}},
			[]numbers{{0, 0}, {1, 20 * ms}, {2, 40 * ms}},
		},
		"nothing from before the first": {
			[]given{{0, 5, 1, 0}, {1 * ms, 4, 1, 0}, {20 * ms, 6, 1, 0}, {21 * ms, 4, 1, 0}},
			[]numbers{{0, 0}, {1, 20 * ms}},
		},
		"nothing that is far too late": {
			[]given{{0, 0, 1, 0}, {1600 * ms, 80, 1, 0}, {1601 * ms, 10, 1, 0}, {1602 * ms, 20, 1, 0}},
			[]numbers{{0, 0}, {80, 1600 * ms}, {20, 400 * ms}},
		},
		"a stall and its burst": {
			[]given{{0, 0, 1, 0}, {20 * ms, 1, 1, 0}, {500 * ms, 2, 1, 0}, {500 * ms, 3, 1, 0}, {501 * ms, 4, 1, 0}},
			[]numbers{{0, 0}, {1, 20 * ms}, {2, 40 * ms}, {3, 60 * ms}, {4, 80 * ms}},
		},
		"a pause over which the source's time goes on": {
			[]given{{0, 0, 1, 0}, {5000 * ms, 1, 1, 4980 * ms}, {5020 * ms, 2, 1, 4980 * ms}},
			[]numbers{{0, 0}, {1, 5000 * ms}, {2, 5020 * ms}},
		},
		"a pause over which the source's time stands still": {
			[]given{{0, 0, 1, 0}, {5000 * ms, 1, 1, 0}, {5020 * ms, 2, 1, 0}},
			[]numbers{{0, 0}, {1, 5020 * ms}, {2, 5040 * ms}},
		},
		"timestamps start over": {
			[]given{{0, 0, 1, 0}, {20 * ms, 1, 1, -time.Hour}, {40 * ms, 2, 1, -time.Hour}},
			[]numbers{{0, 0}, {1, 20 * ms}, {2, 40 * ms}},
		},
		"another source": {
			[]given{{0, 0, 1, 0}, {20 * ms, 1, 1, 0}, {40 * ms, 900, 2, 0}, {60 * ms, 901, 2, 0}, {61 * ms, 899, 2, 0}},
			[]numbers{{0, 0}, {1, 20 * ms}, {2, 40 * ms}, {3, 60 * ms}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, w := newTestMux(t)
			p := connect(t, m, &diary{}, addr(1))
			for i := range tc.given {
				w.now = start.Add(tc.given[i].at)
				p.Relay(tc.given[i].packet())
			}
			assert.Equal(t, tc.want, sentNumbers(w))
		})
	}
}

func TestRelayFollowsWhatTheNodePlayedItself(t *testing.T) {
	t.Parallel()
	m, w := newTestMux(t)
	p := connect(t, m, &diary{}, addr(1))
	at := func(d time.Duration) { w.now = start.Add(d) }
	agent := given{n: 700, ssrc: 1}
	p.Send(make([]byte, frame))
	at(20 * ms)
	p.Relay(agent.packet())
	at(40 * ms)
	p.Send(make([]byte, frame))
	agent.n++
	at(60 * ms)
	p.Relay(agent.packet())
	require.Equal(t, []numbers{{0, 0}, {1, 20 * ms}, {2, 40 * ms}, {3, 60 * ms}}, sentNumbers(w))
	assert.NotZero(t, w.sent[3][1]&0x80, "the first packet after music is marked")

	agent.n--
	p.Relay(agent.packet())
	assert.Len(t, w.sent, 4, "a late one has lost its place to music")
}

// TestRelayAfterPacketsThatWereNotMeantForIt: twenty minutes of them are no loss, and nothing is taken for old.
func TestRelayAfterPacketsThatWereNotMeantForIt(t *testing.T) {
	t.Parallel()
	m, w := newTestMux(t)
	p := connect(t, m, &diary{}, addr(1))
	customer := given{n: 700, ssrc: 1}
	p.Relay(customer.packet())
	const missed = 20 * time.Minute
	w.now = start.Add(missed)
	customer.n += int(missed / (20 * ms))
	p.EndRelay()
	p.Relay(customer.packet())
	assert.Equal(t, []numbers{{0, 0}, {1, missed + 20*ms}}, sentNumbers(w), "as after any pause")
}

// FuzzRelay gives numbers that no browser would choose: whatever they are, none of ours is used twice.
func FuzzRelay(f *testing.F) {
	f.Add([]byte{0, 0, 0, 1, 0, 1, 0, 0, 0, 2, 0, 9})
	f.Add([]byte{0x7f, 0xff, 0, 1, 0, 1, 0xff, 0xff, 0, 2, 0, 9, 0, 0, 0, 0, 0, 0})
	f.Fuzz(func(t *testing.T, b []byte) {
		var o outbound
		used, high, now := map[int]bool{}, 0, start
		use := func(sequence uint16) {
			at := high + int(int16(sequence-uint16(high))) // as SRTP counts on over 65,535
			require.False(t, used[at], "number %d was used before", at)
			used[at], high = true, max(high, at)
		}
		for ; len(b) >= 6; b = b[6:] {
			now = now.Add(time.Duration(b[5]) * 10 * ms)
			if b[4]%8 == 7 { // the node's own audio in between
				o.relayed.on = false
				use(o.header.SequenceNumber)
				o.advance(o.header.SequenceNumber, o.header.Timestamp, frame, now)
				continue
			}
			p := Packet{SSRC: uint32(b[4] % 2), Sequence: binary.BigEndian.Uint16(b), Timestamp: uint32(b[2])<<24 | uint32(b[3])<<8, Audio: make([]byte, frame)}
			if sequence, _, _, ok := o.number(&p, now); ok {
				use(sequence)
			}
		}
	})
}

func BenchmarkRelay(b *testing.B) {
	m, w := newTestMux(b)
	w.keep = false
	p := connect(b, m, &diary{}, addr(1))
	packet := Packet{SSRC: 1, Audio: make([]byte, frame)}
	b.ReportAllocs()
	for b.Loop() {
		w.now = w.now.Add(20 * ms)
		packet.Sequence++
		packet.Timestamp += frame
		p.Relay(packet)
	}
}
