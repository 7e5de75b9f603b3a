// Package tone makes the sounds that the node plays by itself. Everything is computed: there is no recording to license.
package tone

import (
	"math"
	"math/cmplx"

	"guichet/media-node/internal/ulaw"
)

const (
	beat        = 0.6  // seconds between two notes
	ring        = 3.2  // seconds a note is heard
	musicPeak   = 5200 // of 32767: about −16 dBFS, softer than speech
	attack      = 0.012
	decay       = 1.1 // seconds to fall to 1/e
	release     = 0.2 // seconds to fade at the end
	harmonyGain = 0.28
)

// arpeggios are the four chords of the piece (C, A minor, F, G with their sevenths and ninths), as MIDI notes, each
// played rising and falling. Notes stay under 1 kHz so that the telephone band keeps two of their harmonics.
func arpeggios() [][]int {
	return [][]int{
		{60, 64, 67, 71, 74, 71, 67, 64},
		{57, 60, 64, 67, 71, 67, 64, 60},
		{53, 57, 60, 64, 67, 64, 60, 57},
		{55, 59, 62, 65, 69, 65, 62, 59},
	}
}

// HoldMusic returns about 19 seconds of soft arpeggios as μ-law, made to be repeated without a seam.
func HoldMusic() []byte {
	chords := arpeggios()
	notes := len(chords) * len(chords[0])
	mix := make([]float64, int(float64(notes)*beat*ulaw.SampleRate))
	for i := range notes {
		chord := chords[i/len(chords[0])]
		pluck(mix, int(float64(i)*beat*ulaw.SampleRate), chord[i%len(chord)])
	}
	loudest := 0.0
	for _, v := range mix {
		loudest = max(loudest, math.Abs(v))
	}
	out := make([]byte, len(mix))
	for i, v := range mix {
		out[i] = ulaw.Encode(int16(v / loudest * musicPeak))
	}
	return out
}

// pluck adds one note with two harmonics; what rings past the end wraps to the beginning, which hides the seam. Each
// partial is a phasor that turns and shrinks by one multiplication a sample.
func pluck(mix []float64, at, note int) {
	frequency := 440 * math.Pow(2, float64(note-69)/12)
	turn := func(partial, faster float64) complex128 {
		return cmplx.Exp(complex(-1/decay-faster, 2*math.Pi*frequency*partial) / ulaw.SampleRate)
	}
	first, second, third := complex(1, 0), complex(harmonyGain, 0), complex(0.1, 0)
	turnFirst, turnSecond, turnThird := turn(1, 0), turn(2, 1), turn(3, 3)
	for n := range int(ring * ulaw.SampleRate) {
		t := float64(n) / ulaw.SampleRate
		edges := math.Min(t/attack, 1) * math.Min((ring-t)/release, 1)
		mix[(at+n)%len(mix)] += edges * imag(first+second+third)
		first, second, third = first*turnFirst, second*turnSecond, third*turnThird
	}
}
