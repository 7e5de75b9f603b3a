package tone

import (
	"math"
	"strings"

	"guichet/media-node/internal/ulaw"
)

const (
	keypad = "123456789*0#" // row by row
	// A digit sounds and is followed by silence for 100 ms each, longer than the receivers of ITU-T Q.24 (table A-1) need.
	digitSamples = ulaw.SampleRate / 10
	pauseSamples = ulaw.SampleRate / 10
	// fade is the length of a tone's soft edges: a click is energy at all frequencies, which a receiver may take for speech.
	fade = ulaw.SampleRate / 250
	// fullScale is the amplitude of the loudest sine of μ-law, which is +3.17 dBm0 (ITU-T G.711, tables 2 and 5).
	fullScale, fullScaleLevel = 32124, 3.17
	digitLevel                = -8 // dBm0, of each of the two frequencies
)

// Dialable tells whether all of it are digits of a telephone's keypad, 0–9, * and #, and that there is one.
func Dialable(digits string) bool { return digits != "" && strings.Trim(digits, keypad) == "" }

// Digits returns the DTMF tone of each digit as μ-law, with the pause that follows it, in whole frames.
func Digits() map[byte][]byte {
	rows, columns := []float64{697, 770, 852, 941}, []float64{1209, 1336, 1477} // ITU-T Q.23, in Hz
	digits := map[byte][]byte{}
	for i := range len(keypad) {
		digits[keypad[i]] = digit(rows[i/len(columns)], columns[i%len(columns)])
	}
	return digits
}

func digit(low, high float64) []byte {
	amplitude := fullScale * math.Pow(10, (digitLevel-fullScaleLevel)/20)
	audio := make([]byte, digitSamples+pauseSamples)
	for i := range audio {
		audio[i] = ulaw.Silence
	}
	for i := range digitSamples {
		edge := math.Min(1, float64(min(i, digitSamples-1-i))/fade)
		softly := (1 - math.Cos(math.Pi*edge)) / 2
		t := 2 * math.Pi * float64(i) / ulaw.SampleRate
		audio[i] = ulaw.Encode(int16(amplitude * softly * (math.Sin(low*t) + math.Sin(high*t))))
	}
	return audio
}
