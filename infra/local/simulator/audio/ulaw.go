// Package audio holds what a telephone line carries: 8 kHz mono G.711 μ-law, its conversion from WAV files,
// a test tone, and the measurement of what was heard. It knows nothing of calls.
package audio

const (
	// Rate is the sampling rate of the telephone network, in hertz.
	Rate = 8000
	// FrameBytes is one frame of 20 ms, one byte a sample.
	FrameBytes = Rate / 50
	// Silence is the μ-law byte of a zero sample.
	Silence = 0xFF

	ulawBias = 0x84
	ulawClip = 32635
)

// Encode compresses one 16-bit linear sample to G.711 μ-law (ITU-T G.711, table 2a).
func Encode(sample int16) byte {
	value, sign := int(sample), byte(0)
	if value < 0 {
		value, sign = -value, 0x80
	}
	value = min(value, ulawClip) + ulawBias
	exponent := byte(7)
	for mask := 0x4000; exponent > 0 && value&mask == 0; mask >>= 1 {
		exponent--
	}
	mantissa := byte(value>>(exponent+3)) & 0x0F
	return ^(sign | exponent<<4 | mantissa)
}

// Decode expands one G.711 μ-law byte to a 16-bit linear sample.
func Decode(code byte) int16 {
	code = ^code
	value := (int(code&0x0F)<<3 + ulawBias) << (code >> 4 & 0x07)
	value -= ulawBias
	if code&0x80 != 0 {
		return int16(-value)
	}
	return int16(value)
}

// EncodeAll compresses linear samples.
func EncodeAll(samples []int16) []byte {
	out := make([]byte, len(samples))
	for i, s := range samples {
		out[i] = Encode(s)
	}
	return out
}

// DecodeAll expands μ-law bytes.
func DecodeAll(codes []byte) []int16 {
	out := make([]int16, len(codes))
	for i, c := range codes {
		out[i] = Decode(c)
	}
	return out
}
