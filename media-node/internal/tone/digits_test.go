package tone

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/media-node/internal/ulaw"
)

// TestDigitsAreQ23s checks each digit against the table of ITU-T Q.23, written out.
func TestDigitsAreQ23s(t *testing.T) {
	t.Parallel()
	table := map[byte][2]float64{
		'1': {697, 1209}, '2': {697, 1336}, '3': {697, 1477},
		'4': {770, 1209}, '5': {770, 1336}, '6': {770, 1477},
		'7': {852, 1209}, '8': {852, 1336}, '9': {852, 1477},
		'*': {941, 1209}, '0': {941, 1336}, '#': {941, 1477},
	}
	digits := Digits()
	require.Len(t, digits, len(table))
	for digit, pair := range table {
		audio := digits[digit]
		require.Len(t, audio, ulaw.SampleRate/5, "100 ms and a pause of 100 ms")
		assert.Zero(t, len(audio)%ulaw.FrameSamples)
		steady := audio[fade : digitSamples-fade]
		for _, hz := range pair {
			assert.InDelta(t, -8, level(steady, hz), 0.5, "dBm0 of %g Hz in %c", hz, digit)
		}
		for _, other := range []float64{697, 770, 852, 941, 1209, 1336, 1477} {
			if other != pair[0] && other != pair[1] {
				assert.Less(t, level(steady, other), -25.0, "dBm0 of %g Hz in %c", other, digit)
			}
		}
		for _, b := range audio[digitSamples:] {
			require.EqualValues(t, ulaw.Silence, b)
		}
		assert.True(t, ulaw.Quiet(audio[:2]) && ulaw.Quiet(audio[digitSamples-2:digitSamples]), "soft edges")
	}
}

// level is that of a frequency in dBm0, through a Hann window.
func level(audio []byte, hz float64) float64 {
	var re, im, weight float64
	for i, b := range audio {
		w := 1 - math.Cos(2*math.Pi*float64(i)/float64(len(audio)))
		sin, cos := math.Sincos(2 * math.Pi * hz * float64(i) / ulaw.SampleRate)
		re, im, weight = re+w*cos*float64(ulaw.Decode(b)), im+w*sin*float64(ulaw.Decode(b)), weight+w
	}
	return 20*math.Log10(2*math.Hypot(re, im)/weight/fullScale) + fullScaleLevel
}

func TestDialable(t *testing.T) {
	t.Parallel()
	for digits, want := range map[string]bool{"0123456789*#": true, "1": true, "": false, "1a2": false, "A": false, " 1": false, "+1": false, "١": false} {
		assert.Equal(t, want, Dialable(digits), digits)
	}
}
