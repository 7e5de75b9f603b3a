package mix

import (
	"bytes"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/media-node/internal/ulaw"
)

const (
	frameSamples = ulaw.FrameSamples
	frameLength  = 20 * time.Millisecond
)

// level is so many frames of one value.
func level(value int16, frames int) []byte {
	return bytes.Repeat([]byte{ulaw.Encode(value)}, frames*frameSamples)
}

// of is the level of a frame, which must have only one.
func of(t *testing.T, frame []byte) int16 {
	t.Helper()
	require.Len(t, frame, frameSamples)
	require.Equal(t, bytes.Repeat(frame[:1], frameSamples), frame, "one level")
	return ulaw.Decode(frame[0])
}

// hears gives a frame of speech, if any, before each frame that is due, and returns the levels of those.
func hears(t *testing.T, track *Track, spoken ...int16) []int16 {
	t.Helper()
	return hearsFrom(t, track, 0, spoken...)
}

// hearsFrom goes on after so many frames.
func hearsFrom(t *testing.T, track *Track, frames int, spoken ...int16) []int16 {
	t.Helper()
	var heard []int16
	for i, value := range spoken {
		i += frames
		if value != 0 {
			track.Says(uint32(i*frameSamples), level(value, 1), time.Duration(i)*frameLength)
		}
		heard = append(heard, of(t, track.Next()))
	}
	return heard
}

// playing is a track with a message.
func playing(message []byte) *Track {
	track := NewTrack(false)
	track.Play(message)
	return track
}

// step is a μ-law value whose sums are μ-law values too.
const step = 1980

func TestSpeechIsMixedIntoTheMessage(t *testing.T) {
	t.Parallel()
	const m, s = step, 4 * step
	assert.EqualValues(t, m, ulaw.Decode(ulaw.Encode(m)))
	sum := ulaw.Decode(ulaw.Encode(m + ulaw.Decode(ulaw.Encode(s))))
	speech := ulaw.Decode(ulaw.Encode(s))
	for name, tc := range map[string]struct{ spoken, want []int16 }{
		"nothing is said":              {[]int16{0, 0, 0, 0, 0}, []int16{m, m, m, m, 0}},
		"speech begins after a moment": {[]int16{s, s, s, s, s}, []int16{m, sum, sum, sum, speech}},
		"speech ends":                  {[]int16{s, s, 0, 0, 0}, []int16{m, sum, sum, m, 0}},
		"speech is interrupted":        {[]int16{s, 0, 0, 0, 0, 0, 0, s, s, 0, 0}, []int16{m, sum, m, m, 0, 0, 0, 0, speech, speech, 0}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			track := playing(level(m, 4))
			assert.Equal(t, tc.want, hears(t, track, tc.spoken...))
			assert.True(t, track.Over())
		})
	}
}

func TestAMessageOfAnyLength(t *testing.T) {
	t.Parallel()
	message := append(level(step, 2), level(2*step, 1)[:7]...)
	track := playing(message)
	track.Next()
	assert.Equal(t, level(step, 1), track.Next())
	assert.False(t, track.Over())
	last := track.Next()
	assert.Equal(t, level(2*step, 1)[:7], last[:7])
	assert.Equal(t, level(0, 1)[7:], last[7:])
	assert.True(t, track.Over())
	assert.Equal(t, append(level(step, 2), level(2*step, 1)[:7]...), message, "it is not changed")
}

func TestWhatWasSaidCanBeHadAlone(t *testing.T) {
	t.Parallel()
	track := playing(level(step, 10))
	assert.Empty(t, track.Said(60*time.Millisecond))
	hears(t, track, 0, 8*step, 4*step, 4*step)
	assert.Equal(t, append(level(8*step, 1), level(4*step, 1)...), track.Said(60*time.Millisecond), "from the first word on")
	assert.Equal(t, level(4*step, 1), track.Said(20*time.Millisecond))
	assert.Equal(t, level(4*step, 1), track.Rest(), "this waits still")
	assert.Len(t, track.Said(time.Hour), 2*frameSamples)
}

// TestDelayOfSpeechStaysSmall has two minutes of speech come in every kind of disorder: what waits is bounded, and at the
// end as little as in the beginning.
func TestDelayOfSpeechStaysSmall(t *testing.T) {
	t.Parallel()
	const frames = 6000
	for name, arrives := range map[string]func(i int) time.Duration{
		"a clock 500 ppm fast": func(i int) time.Duration { return time.Duration(i) * (frameLength - frameLength/2000) },
		"a clock 500 ppm slow": func(i int) time.Duration { return time.Duration(i) * (frameLength + frameLength/2000) },
		"bursts of five":       func(i int) time.Duration { return time.Duration(i/5*5+4) * frameLength },
		"stalls of a second":   func(i int) time.Duration { return time.Duration(max(i, i/500*500+50)) * frameLength },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			track := playing(level(step, frames))
			next, most, last, spoken := 0, 0, 0, 0
			for beat := range frames {
				now := time.Duration(beat) * frameLength
				for ; next < frames && arrives(next) <= now; next++ {
					track.Says(uint32(next*frameSamples), level(8*step, 1), arrives(next))
				}
				most, last = max(most, len(track.Rest())), len(track.Rest())
				if !bytes.Equal(track.Next(), level(step, 1)) {
					spoken++
				}
			}
			wait := func(samples int) time.Duration { return time.Duration(samples) * time.Second / ulaw.SampleRate }
			t.Logf("at most %s waited, %s at the end, %.1f %% of the frames had speech", wait(most), wait(last), 100*float64(spoken)/frames)
			assert.LessOrEqual(t, wait(most), wait(capacity))
			assert.LessOrEqual(t, wait(last), 240*time.Millisecond)
			assert.Greater(t, spoken, frames*85/100)
			assert.True(t, track.Over(), "the message has its own time")
		})
	}
}

func TestLostAndOvertakenPackets(t *testing.T) {
	t.Parallel()
	track := playing(level(0, 100))
	for i, n := range []int{0, 1, 3, 2, 4, 6, 7, 7} {
		track.Says(uint32(n*frameSamples), level(int16(1000*(n+1)), 1), time.Duration(i)*time.Millisecond)
	}
	var got []int16
	for range 8 {
		got = append(got, ulaw.Decode(track.Next()[0]))
	}
	for i, want := range []float64{0, 1000, 2000} {
		assert.InDelta(t, want, got[i], 60)
	}
	assert.NotZero(t, track.Stats().Forwarded)
	assert.NotZero(t, track.Stats().Late)
}

func TestAnotherSpeakerIsHeardAtOnce(t *testing.T) {
	t.Parallel()
	track := playing(level(0, 100))
	hears(t, track, step, step, step)
	track.Restart()
	track.Says(1, level(8*step, 1), 3*frameLength)
	track.Next()
	assert.Equal(t, ulaw.Decode(ulaw.Encode(8*step)), of(t, track.Next()), "though the timestamps are behind the other's")
}

func BenchmarkTrack(b *testing.B) {
	tone := make([]byte, frameSamples)
	for i := range tone {
		tone[i] = ulaw.Encode(int16(8000 * math.Sin(float64(i)/4)))
	}
	for name, speaks := range map[string]bool{"one speaks": true, "nobody speaks": false} {
		b.Run(name, func(b *testing.B) {
			message := bytes.Repeat(tone, 1000)
			track := playing(message)
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if speaks {
					track.Says(uint32(i*frameSamples), tone, time.Duration(i)*frameLength)
				}
				if track.Next(); track.Over() {
					track.message = message
				}
			}
		})
	}
}
