package audio

import (
	"math"
	"time"
)

// toneLevel is the peak of a test tone as a part of full scale: loud, and far from clipping.
const toneLevel = 0.4

// Tone is an endless sine wave. The zero value is silent.
type Tone struct {
	step, phase float64
}

// NewTone returns a tone of hz hertz.
func NewTone(hz float64) *Tone {
	return &Tone{step: 2 * math.Pi * hz / Rate}
}

// Fill writes the next samples of the tone as μ-law.
func (t *Tone) Fill(frame []byte) {
	for i := range frame {
		frame[i] = Encode(int16(math.Sin(t.phase) * toneLevel * math.MaxInt16))
		t.phase = math.Mod(t.phase+t.step, 2*math.Pi)
	}
}

// For is the next stretch of the tone, as μ-law.
func (t *Tone) For(length time.Duration) []byte {
	ulaw := make([]byte, length*Rate/time.Second)
	t.Fill(ulaw)
	return ulaw
}
