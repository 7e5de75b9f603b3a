package wav_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/wav"
	"guichet/shared/wav/wavtest"
)

func file(coding wav.Coding, channels, rate, bits int, data []byte) []byte {
	return wavtest.Encode(wav.File{Coding: coding, Channels: channels, Rate: rate, Bits: bits, Data: data})
}

func TestParse(t *testing.T) {
	t.Parallel()
	f, err := wav.Parse(file(wav.PCM, 1, 8000, 16, []byte{1, 0, 0xff, 0xff}))
	require.NoError(t, err)
	assert.Equal(t, wav.File{Coding: wav.PCM, Channels: 1, Rate: 8000, Bits: 16, Data: []byte{1, 0, 0xff, 0xff}}, f)
	samples, err := f.Samples()
	require.NoError(t, err)
	assert.Equal(t, []int16{1, -1}, samples)

	second, err := wav.Parse(file(wav.PCM, 2, 8000, 16, make([]byte, 32000)))
	require.NoError(t, err)
	assert.Equal(t, time.Second, second.Duration())
	coded, err := wav.Parse(file(wav.ULaw, 1, 8000, 8, make([]byte, 4000)))
	require.NoError(t, err)
	assert.Equal(t, 500*time.Millisecond, coded.Duration())
	_, err = coded.Samples()
	require.Error(t, err)
}

func TestWhatIsNoSoundIsRefused(t *testing.T) {
	t.Parallel()
	good := file(wav.PCM, 1, 8000, 16, []byte{1, 0})
	for name, b := range map[string][]byte{
		"nothing": nil, "text": []byte("RIFFxxxxTEXT"), "cut in its header": good[:7], "no samples": good[:len(good)-10],
		"no channel": file(wav.PCM, 0, 8000, 16, []byte{1, 0}), "no rate": file(wav.PCM, 1, 0, 16, []byte{1, 0}),
		"no bits": file(wav.PCM, 1, 8000, 0, []byte{1, 0}),
	} {
		_, err := wav.Parse(b)
		require.ErrorIs(t, err, wav.ErrFormat, name)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(file(wav.PCM, 1, 8000, 16, []byte{1, 0, 2, 0}))
	f.Add(file(wav.ULaw, 2, 44100, 8, []byte{1, 2, 3}))
	f.Add([]byte("RIFF\xff\xff\xff\xffWAVEdata\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, b []byte) {
		parsed, err := wav.Parse(b)
		if err == nil && (parsed.Duration() < 0 || len(parsed.Data) > len(b)) {
			t.Fatalf("%+v", parsed)
		}
	})
}
