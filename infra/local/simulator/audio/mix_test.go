package audio

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/shared/wav"
)

func frameOf(code byte) []byte { return bytes.Repeat([]byte{code}, FrameBytes) }

func TestMix(t *testing.T) {
	t.Parallel()
	loud, loudest := Encode(20000), Encode(32000)
	for name, tt := range map[string]struct {
		frames [][]byte
		want   byte
	}{
		"nobody":                   {nil, Silence},
		"nobody speaks":            {[][]byte{frameOf(Silence), frameOf(Silence)}, Silence},
		"one passes untouched":     {[][]byte{frameOf(0x7F - 1), frameOf(Silence)}, 0x7F - 1},
		"two are added":            {[][]byte{frameOf(Encode(1000)), frameOf(Encode(3000))}, Encode(Decode(Encode(1000)) + Decode(Encode(3000)))},
		"opposites are still":      {[][]byte{frameOf(Encode(1000)), frameOf(Encode(-1000))}, Silence},
		"a loud sum is cut":        {[][]byte{frameOf(loud), frameOf(loudest), frameOf(loudest)}, 0x80},
		"a loud sum is cut, below": {[][]byte{frameOf(Encode(-20000)), frameOf(Encode(-32000))}, 0x00},
	} {
		require.Equal(t, frameOf(tt.want), Mix(tt.frames...), name)
	}
}

func TestQuiet(t *testing.T) {
	t.Parallel()
	require.True(t, Quiet(frameOf(Silence)))
	require.True(t, Quiet(nil))
	tone := make([]byte, FrameBytes)
	NewTone(440).Fill(tone)
	require.False(t, Quiet(tone))
}

func TestToWAV(t *testing.T) {
	t.Parallel()
	ulaw := NewTone(440).For(500e6)
	require.Len(t, ulaw, Rate/2)
	f, err := wav.Parse(ToWAV(ulaw))
	require.NoError(t, err)
	require.Equal(t, []int{int(wav.PCM), 1, Rate, 16}, []int{int(f.Coding), f.Channels, f.Rate, f.Bits})
	samples, err := f.Samples()
	require.NoError(t, err)
	require.Equal(t, DecodeAll(ulaw), samples)
	back, err := FromWAV(ToWAV(ulaw))
	require.NoError(t, err)
	require.Equal(t, ulaw, back)
}
