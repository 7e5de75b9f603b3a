package mix

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"guichet/media-node/internal/ulaw"
)

// TestTonesSoundBeforeTheMessageGoesOn, with what is said or without.
func TestTonesSoundBeforeTheMessageGoesOn(t *testing.T) {
	t.Parallel()
	const m, s = int16(step), int16(4 * step)
	plus := func(a int16) int16 {
		frame := make([]byte, frameSamples)
		ulaw.Mix(frame, level(a, 1), level(s, 1))
		return of(t, frame)
	}
	one, other := of(t, level(2*step, 1)), of(t, level(3*step, 1))
	for name, tc := range map[string]struct {
		pure         bool
		spoken, want []int16
	}{
		"nobody speaks":      {true, []int16{0, 0, 0, 0, 0, 0}, []int16{m, one, one, other, m, m}},
		"to a machine":       {true, []int16{s, s, s, s, s, s}, []int16{m, one, one, other, plus(m), plus(m)}},
		"to the one who did": {false, []int16{s, s, s, s, s, s}, []int16{m, plus(one), plus(one), plus(other), plus(m), plus(m)}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			track := NewTrack(tc.pure)
			track.Play(level(m, 3))
			heard := hears(t, track, tc.spoken[0])
			track.Sound(level(2*step, 2))
			track.Sound(level(3*step, 1))
			assert.Equal(t, 2, track.Tones())
			assert.Equal(t, tc.want, append(heard, hearsFrom(t, track, 1, tc.spoken[1:]...)...))
			assert.Zero(t, track.Tones())
			assert.True(t, track.Over())
		})
	}
}

func TestWhatIsSaidInPureTonesIsNotRepeated(t *testing.T) {
	t.Parallel()
	track := NewTrack(true)
	track.Sound(level(step, 4))
	hears(t, track, 8*step, 8*step, 8*step)
	assert.Empty(t, track.Said(MaxSaid))
	assert.NotEmpty(t, track.Rest(), "but what comes after them")
	track.Forget()
	assert.Empty(t, track.Rest())
}

func TestAMessageStopsUnderTones(t *testing.T) {
	t.Parallel()
	track := NewTrack(true)
	track.Play(level(step, 100))
	track.Sound(level(2*step, 1))
	track.Stop()
	assert.False(t, track.Over())
	assert.Equal(t, level(2*step, 1), track.Next())
	assert.True(t, track.Over())
}
