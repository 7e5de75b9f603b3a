package tone

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"

	"guichet/media-node/internal/ulaw"
)

func TestHoldMusicIsSoftAndNeverSilentForLong(t *testing.T) {
	t.Parallel()
	music := HoldMusic()
	assert.Zero(t, len(music)%ulaw.FrameSamples, "whole frames, so that it repeats without a click")
	assert.Greater(t, len(music), 15*ulaw.SampleRate)
	const window = ulaw.SampleRate / 2
	for at := 0; at+window <= len(music); at += window {
		var sum, peak float64
		for _, b := range music[at : at+window] {
			v := float64(ulaw.Decode(b))
			sum += v * v
			peak = max(peak, math.Abs(v))
		}
		assert.Greater(t, math.Sqrt(sum/window), 200.0, "audible at second %.1f", float64(at)/ulaw.SampleRate)
		assert.LessOrEqual(t, peak, 5500.0, "soft at second %.1f", float64(at)/ulaw.SampleRate)
	}
}

func TestHoldMusicHasNoClick(t *testing.T) {
	t.Parallel()
	music := HoldMusic()
	worst := 0
	for i := range music {
		a, b := int(ulaw.Decode(music[i])), int(ulaw.Decode(music[(i+1)%len(music)]))
		worst = max(worst, a-b, b-a)
	}
	assert.Less(t, worst, 4500, "from one sample to the next, also at the seam")
}
