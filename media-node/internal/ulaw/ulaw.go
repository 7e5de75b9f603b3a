// Package ulaw converts between 16-bit linear samples and G.711 μ-law, and mixes it, for the few frames that the node makes
// itself: what it passes between the parties it never decodes.
package ulaw

import (
	"math"
	"math/bits"
)

const (
	// SampleRate is the rate of telephone audio, in samples a second.
	SampleRate = 8000
	// FrameSamples is 20 ms of audio: one byte a sample.
	FrameSamples = 160
	// Silence is the byte of a sample of value 0.
	Silence = 0xff
)

const (
	bias = 0x84 // ITU-T G.711 shifts magnitudes by 33 at 14 bits, which is 132 at 16 bits
	clip = 0x7fff - bias
)

// Encode returns the μ-law byte of a linear sample (ITU-T G.711, table 2).
func Encode(sample int16) byte {
	magnitude, sign := int(sample), byte(0)
	if magnitude < 0 {
		magnitude, sign = -magnitude, 0x80
	}
	magnitude = min(magnitude, clip) + bias
	exponent := bits.Len(uint(magnitude)) - 8
	mantissa := byte(magnitude>>(exponent+3)) & 0x0f
	return ^(sign | byte(exponent)<<4 | mantissa)
}

// Decode returns the linear sample of a μ-law byte.
func Decode(b byte) int16 {
	b = ^b
	exponent := b >> 4 & 0x07
	magnitude := (int(b&0x0f)<<3+bias)<<exponent - bias
	if b&0x80 != 0 {
		return int16(-magnitude)
	}
	return int16(magnitude)
}

// Mix writes the sum of two sounds of one length to dst, which may be one of them. What is too loud for 16 bits is clipped.
func Mix(dst, a, b []byte) {
	b, dst = b[:len(a)], dst[:len(a)]
	for i := range a {
		sum := int(Decode(a[i])) + int(Decode(b[i]))
		dst[i] = Encode(int16(min(max(sum, math.MinInt16), math.MaxInt16)))
	}
}

// Attenuate appends src at half its amplitude (−6 dB) to dst.
func Attenuate(dst, src []byte) []byte {
	for _, b := range src {
		dst = append(dst, Encode(Decode(b)/2))
	}
	return dst
}

// Quiet tells whether every sample stays under about −48 dBFS: dropping such audio is not heard.
func Quiet(audio []byte) bool {
	for _, b := range audio {
		if ^b&0x7f > 0x0f { // beyond the lowest of the eight segments
			return false
		}
	}
	return true
}
