package ulaw

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestKnownValues(t *testing.T) {
	t.Parallel()
	// The decision values of ITU-T G.711, table 2a, on a 16-bit scale: the ends of the range, of a segment, and zero.
	for sample, want := range map[int16]byte{0: 0xff, 32124: 0x80, -32124: 0x00, 32767: 0x80, -32768: 0x00, 132: 0xef, -132: 0x6f, 8: 0xfe} {
		assert.Equal(t, want, Encode(sample), "sample %d", sample)
	}
	assert.EqualValues(t, 32124, Decode(0x80))
	assert.EqualValues(t, -32124, Decode(0x00))
	assert.Zero(t, Decode(Silence))
}

func TestEveryByteSurvivesTheRoundTrip(t *testing.T) {
	t.Parallel()
	for b := range 256 {
		if b == 0x7f {
			continue // negative zero becomes zero
		}
		assert.Equal(t, byte(b), Encode(Decode(byte(b))), "byte %#x", b)
	}
}

func TestAttenuateHalves(t *testing.T) {
	t.Parallel()
	for _, s := range []int16{0, 100, -1000, 8000, -30000} {
		half := Decode(Attenuate(nil, []byte{Encode(s)})[0])
		assert.InDelta(t, s/2, half, float64(abs(s))/16+8)
	}
}

func TestMix(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ a, b, want int16 }{
		"both silent":         {0, 0, 0},
		"one silent":          {0, -1234, -1234},
		"a sum":               {4000, 2000, 6000},
		"they cancel out":     {8031, -8031, 0},
		"clipped at the top":  {30000, 30000, 32124},
		"clipped at the foot": {-30000, -30000, -32124},
	} {
		a, b := []byte{Encode(tc.a), Silence}, []byte{Encode(tc.b), 0x00}
		mixed := make([]byte, 2)
		Mix(mixed, a, b)
		assert.InDelta(t, tc.want, Decode(mixed[0]), float64(abs(tc.want))/16+8, name)
		assert.Equal(t, byte(0x00), mixed[1], "%s: silence changes nothing", name)
		Mix(a, a, b)
		assert.Equal(t, mixed, a, "%s: in place", name)
	}
}

func BenchmarkMix(b *testing.B) {
	var dst, one, other [FrameSamples]byte
	for i := range one {
		one[i], other[i] = byte(i), byte(3*i)
	}
	b.ReportAllocs()
	for b.Loop() {
		Mix(dst[:], one[:], other[:])
	}
}

func TestQuiet(t *testing.T) {
	t.Parallel()
	assert.True(t, Quiet([]byte{Encode(0), Encode(100), Encode(-100)}))
	assert.False(t, Quiet([]byte{Encode(0), Encode(-400)}))
}

func abs(s int16) int {
	if s < 0 {
		return -int(s)
	}
	return int(s)
}
