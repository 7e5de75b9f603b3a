package mix

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/media-node/internal/ulaw"
)

// sum is a frame of what two say together.
func sum(one, other int16) []byte {
	frame := make([]byte, frameSamples)
	ulaw.Mix(frame, level(one, 1), level(other, 1))
	return frame
}

func TestEverybodyHearsTheOthersAndNotThemselves(t *testing.T) {
	t.Parallel()
	const a, b, g = step, 4 * step, 8 * step
	for name, tc := range map[string]struct {
		says  [Parties]int16 // 0: nothing
		hears [Parties][]byte
	}{
		"nobody speaks": {[Parties]int16{}, [Parties][]byte{level(0, 1), level(0, 1), level(0, 1)}},
		"one speaks":    {[Parties]int16{Agent: b}, [Parties][]byte{Customer: level(b, 1), Agent: level(0, 1), Guest: level(b, 1)}},
		"two speak":     {[Parties]int16{Customer: a, Guest: g}, [Parties][]byte{Customer: level(g, 1), Agent: sum(a, g), Guest: level(a, 1)}},
		"all speak":     {[Parties]int16{a, b, g}, [Parties][]byte{Customer: sum(b, g), Agent: sum(a, g), Guest: sum(a, b)}},
		"too loud": {[Parties]int16{math.MaxInt16, math.MaxInt16, math.MinInt16},
			[Parties][]byte{Customer: sum(math.MaxInt16, math.MinInt16), Agent: sum(math.MaxInt16, math.MinInt16), Guest: level(math.MaxInt16, 1)}},
		"too loud below 0": {[Parties]int16{math.MinInt16, math.MinInt16, 0},
			[Parties][]byte{Customer: level(math.MinInt16, 1), Agent: level(math.MinInt16, 1), Guest: level(math.MinInt16, 1)}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := NewConference()
			for i := range 3 {
				for p, value := range tc.says {
					if value != 0 {
						c.Voice(Party(p)).Says(uint32(i*frameSamples), level(value, 1), time.Duration(i)*frameLength)
					}
				}
				c.Beat()
			}
			assert.EqualValues(t, 3*frameSamples, c.Time())
			for p, want := range tc.hears {
				assert.Equal(t, want, c.Hears(Party(p)), "party %d", p)
			}
		})
	}
}

func TestOneWhoSpeaksIsHeardAsTheyAre(t *testing.T) {
	t.Parallel()
	c := NewConference()
	var said, heard []byte
	for i := range 10 {
		frame := make([]byte, frameSamples)
		for j := range frame {
			frame[j] = byte(i*frameSamples + j) // every byte there is, also the two of value 0
		}
		said = append(said, frame...)
		c.Voice(Guest).Says(uint32(i*frameSamples), frame, time.Duration(i)*frameLength)
		c.Beat()
		assert.Equal(t, c.Hears(Customer), c.Hears(Agent))
		heard = append(heard, c.Hears(Customer)...)
	}
	assert.Equal(t, append(level(0, 1), said[:9*frameSamples]...), heard, "after the cushion")
	assert.Equal(t, said[9*frameSamples:], c.Voice(Guest).Rest())
}

// packet is one that a party sends, number n of theirs, when it arrives.
type packet struct {
	at time.Duration
	n  int
}

// anHour is what arrives from a party whose clock is off by skew, with 1 % loss and 30 ms of jitter.
func anHour(rnd *rand.Rand, skew float64) []packet {
	var all []packet
	for n := range int(time.Hour / frameLength) {
		jitter := time.Duration(rnd.Int64N(int64(30 * time.Millisecond)))
		if rnd.Float64() >= 0.01 {
			all = append(all, packet{time.Duration(float64(n)*float64(frameLength)/(1+skew)) + jitter, n})
		}
	}
	slices.SortStableFunc(all, func(a, b packet) int { return int(a.at - b.at) })
	return all
}

// TestAnHourOfDriftingClocks: whatever the parties' clocks, what they say waits no longer after an hour than in the beginning.
func TestAnHourOfDriftingClocks(t *testing.T) {
	t.Parallel()
	const beats, part = int(time.Hour / frameLength), int(10 * time.Minute / frameLength)
	for name, skew := range map[string]float64{"200 ppm fast": 200e-6, "200 ppm slow": -200e-6, "as ours": 0} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			arrivals := anHour(rand.New(rand.NewPCG(1, 2)), skew)
			c, speech := NewConference(), level(8*step, 1)
			var parts [beats / part]float64 // ms that waited, on average
			var most float64
			empty := 0
			for beat := range beats {
				for now := time.Duration(beat) * frameLength; len(arrivals) > 0 && arrivals[0].at <= now; arrivals = arrivals[1:] {
					c.Voice(Guest).Says(uint32(arrivals[0].n*frameSamples), speech, arrivals[0].at)
				}
				waits := float64(len(c.Voice(Guest).Rest())) / 8
				most, parts[beat/part] = max(most, waits), parts[beat/part]+waits/float64(part)
				if c.Beat(); !c.spoken[Guest] {
					empty++
				}
			}
			t.Logf("%.0f ms waited on average in every ten minutes, at most %.0f; %.2f %% of the frames were empty", parts, most, 100*float64(empty)/float64(beats))
			assert.InDelta(t, parts[0], parts[len(parts)-1], 5, "no growth")
			assert.LessOrEqual(t, most, 100.0)
			assert.Less(t, empty, beats/50)
		})
	}
}

func TestATrackForTheGuestGoesOnWithWhatIsToCome(t *testing.T) {
	t.Parallel()
	track := playing(level(step, 4))
	track.Sound(level(2*step, 2))
	hears(t, track, 8*step, 8*step)
	guest := track.Alike(true)
	track.Sound(level(3*step, 1))
	require.Equal(t, level(step, 1), guest.Next(), "without what was said to another")
	for range 3 {
		guest.Next()
	}
	assert.True(t, guest.Over())
	assert.False(t, track.Over())
}

func BenchmarkConference(b *testing.B) {
	c, tone := NewConference(), level(8*step, 1)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		for p := range Parties {
			c.Voice(p).Says(uint32(i*frameSamples), tone, time.Duration(i)*frameLength)
		}
		c.Beat()
		for p := range Parties {
			c.Hears(p)
		}
	}
}
