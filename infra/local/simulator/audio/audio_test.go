package audio

import (
	"bytes"
	"encoding/binary"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/shared/wav"
	"guichet/shared/wav/wavtest"
)

func TestULaw(t *testing.T) {
	t.Parallel()
	// Code points of ITU-T G.711 table 2a, scaled from 14 to 16 bits.
	for code, want := range map[byte]int16{0xFF: 0, 0x7F: 0, 0x80: 32124, 0x00: -32124, 0xF0: 120, 0x70: -120, 0xCF: 924} {
		require.Equal(t, want, Decode(code), "code %#x", code)
	}
	for code := range 256 {
		again := Encode(Decode(byte(code)))
		require.Equal(t, Decode(byte(code)), Decode(again), "code %#x does not survive", code)
	}
	require.Equal(t, byte(0x80), Encode(math.MaxInt16))
	require.Equal(t, byte(0x00), Encode(math.MinInt16))
	require.Equal(t, byte(Silence), Encode(0))
}

func TestMeasure(t *testing.T) {
	t.Parallel()
	for _, hz := range []float64{187, 440, 1000, 2345, 3400} {
		frame := make([]byte, Rate/5)
		NewTone(hz).Fill(frame)
		got := Measure(DecodeAll(frame))
		require.InDelta(t, hz, got.Hz, 3)
		require.InDelta(t, -11, got.DBFS, 1)
	}
	require.Equal(t, Sound{DBFS: Floor}, Measure(nil))
	require.Equal(t, Sound{DBFS: Floor}, Measure(make([]int16, 1600)))
}

func TestToneKeepsItsPhaseAcrossFrames(t *testing.T) {
	t.Parallel()
	whole, pieces := make([]byte, 3*FrameBytes), make([]byte, 3*FrameBytes)
	NewTone(1000).Fill(whole)
	tone := NewTone(1000)
	for i := range 3 {
		tone.Fill(pieces[i*FrameBytes : (i+1)*FrameBytes])
	}
	require.Equal(t, whole, pieces)
}

func TestFromWAV(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		format wav.File
		hz     float64
	}{
		"PCM 8 kHz mono":    {wav.File{Coding: wav.PCM, Channels: 1, Rate: 8000, Bits: 16}, 700},
		"PCM 16 kHz mono":   {wav.File{Coding: wav.PCM, Channels: 1, Rate: 16000, Bits: 16}, 700},
		"PCM 44.1 kHz both": {wav.File{Coding: wav.PCM, Channels: 2, Rate: 44100, Bits: 16}, 900},
		"μ-law 8 kHz mono":  {wav.File{Coding: wav.ULaw, Channels: 1, Rate: 8000, Bits: 8}, 500},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := FromWAV(encoded(tt.format, sine(tt.format, tt.hz, 0.5)))
			require.NoError(t, err)
			require.InDelta(t, Rate/2, len(got), 2)
			require.InDelta(t, tt.hz, Measure(DecodeAll(got)).Hz, 5)
		})
	}
}

func TestFromWAVRefuses(t *testing.T) {
	t.Parallel()
	ok := wav.File{Coding: wav.PCM, Channels: 1, Rate: 8000, Bits: 16}
	many, slow, deep := ok, ok, ok
	many.Channels, slow.Rate, deep.Bits = 6, 4000, 24
	for name, file := range map[string][]byte{
		"six channels": encoded(many, make([]byte, 12)), "4 kHz": encoded(slow, make([]byte, 4)), "24 bits": encoded(deep, make([]byte, 6)),
	} {
		_, err := FromWAV(file)
		require.ErrorIs(t, err, ErrUnsupported, name)
	}
	for name, file := range map[string][]byte{"empty": nil, "no data": encoded(ok, nil)[:30], "no RIFF": bytes.Repeat([]byte("x"), 64)} {
		_, err := FromWAV(file)
		require.ErrorIs(t, err, wav.ErrFormat, name)
	}
}

func FuzzFromWAV(f *testing.F) {
	f.Add(encoded(wav.File{Coding: wav.PCM, Channels: 2, Rate: 44100, Bits: 16}, make([]byte, 64)))
	f.Add(encoded(wav.File{Coding: wav.ULaw, Channels: 1, Rate: 8000, Bits: 8}, make([]byte, 7)))
	f.Fuzz(func(t *testing.T, file []byte) {
		out, err := FromWAV(file)
		if err == nil && len(out) > len(file) {
			t.Fatalf("%d bytes became %d", len(file), len(out))
		}
	})
}

func sine(f wav.File, hz, seconds float64) []byte {
	var out bytes.Buffer
	for i := range int(float64(f.Rate) * seconds) {
		s := int16(12000 * math.Sin(2*math.Pi*hz*float64(i)/float64(f.Rate)))
		for range f.Channels {
			if f.Coding == wav.ULaw {
				out.WriteByte(Encode(s))
				continue
			}
			_ = binary.Write(&out, binary.LittleEndian, s)
		}
	}
	return out.Bytes()
}

func encoded(f wav.File, data []byte) []byte {
	f.Data = data
	return wavtest.Encode(f)
}
