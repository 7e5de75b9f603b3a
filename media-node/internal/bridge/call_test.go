package bridge

import (
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/assert"

	"guichet/media-node/internal/mix"
	"guichet/media-node/internal/peer"
	"guichet/media-node/internal/ulaw"
	"guichet/shared/mediaapi"
)

// deaf is a line that counts what is played on it.
type deaf struct {
	ahead  time.Duration
	played time.Duration
	closed []Hangup
}

func (*deaf) bridged()                {}
func (*deaf) hush()                   {}
func (*deaf) due(beats int) int       { return beats }
func (*deaf) cut(*mix.Track)          {}
func (*deaf) resume([]byte)           {}
func (*deaf) converse(uint32, []byte) {}
func (*deaf) fromAgent(peer.Packet)   {}
func (*deaf) tick(time.Time)          {}
func (d *deaf) lead() time.Duration   { return d.ahead }
func (d *deaf) hangup(why Hangup)     { d.closed = append(d.closed, why) }
func (d *deaf) play(audio []byte) {
	d.played += time.Duration(len(audio)) * time.Second / ulaw.SampleRate
}
func (*deaf) expect(string) time.Duration           { return 0 }
func (d *deaf) holds(t time.Duration) time.Duration { return d.played - t }

func TestMusicIsSentAsFarAheadAsTheLineTakesIt(t *testing.T) {
	t.Parallel()
	for name, lead := range map[string]time.Duration{"a provider's queue": musicLead, "a browser": (*visitorSession)(nil).lead()} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			origin := time.Unix(1_800_000_000, 0)
			now := origin
			b := New(Config{Report: func(mediaapi.Event) {}, Metrics: NewMetrics(prometheus.NewRegistry()), Now: time.Now}, nil, func() time.Time { return now })
			line := &deaf{ahead: lead}
			b.newCall(mediaapi.Ticket{AgentID: "agt_1", ContactID: "ctc_1", ParkSeconds: 10}, line).begin()
			for now.Sub(origin) < 3*time.Second {
				b.Tick(now)
				assert.GreaterOrEqual(t, line.holds(now.Sub(origin)), lead)
				assert.Less(t, line.holds(now.Sub(origin)), lead+frameLength)
				now = now.Add(70 * time.Millisecond)
			}
			now = origin.Add(9 * time.Second) // the node was busy
			line.played = 0
			b.Tick(now)
			assert.LessOrEqual(t, line.played, lead+frameLength, "what was missed is not made up for")
			now = origin.Add(10 * time.Second)
			b.Tick(now)
			assert.Equal(t, []Hangup{ParkExpired}, line.closed)
			assert.Zero(t, b.Calls())
		})
	}
}

func TestPacketsThatNoBrowserSendsAreNotPassedOn(t *testing.T) {
	t.Parallel()
	for samples, want := range map[int]bool{0: false, 1: false, 79: false, 80: true, 160: true, 480: true, 481: false, 1400: false} {
		assert.Equal(t, want, passable(make([]byte, samples)), "%d samples", samples)
	}
}
