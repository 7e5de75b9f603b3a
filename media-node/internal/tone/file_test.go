package tone

import (
	"bytes"
	"encoding/binary"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/media-node/internal/ulaw"
)

var update = flag.Bool("update", false, "write the file")

// TestHoldMusicFile keeps what callers hear in the queue, from a file that the provider fetches, the same as what they
// hear while parked, from this node.
func TestHoldMusicFile(t *testing.T) {
	t.Parallel()
	file := filepath.Join("..", "..", "..", "dashboard", "public", "audio", "hold.wav")
	music := wav(t, HoldMusic())
	if *update {
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o750))
		require.NoError(t, os.WriteFile(file, music, 0o600))
	}
	kept, err := os.ReadFile(file)
	require.NoError(t, err)
	require.True(t, bytes.Equal(music, kept), "run this test with -update")
}

// wav wraps μ-law samples in a RIFF/WAVE file: https://www.mmsp.ece.mcgill.ca/Documents/AudioFormats/WAVE/WAVE.html
func wav(t *testing.T, samples []byte) []byte {
	t.Helper()
	const formatULaw, mono, bits = 7, 1, 8
	var out bytes.Buffer
	for _, part := range []any{
		[]byte("RIFF"), uint32(50 + len(samples)), []byte("WAVE"),
		[]byte("fmt "), uint32(18), uint16(formatULaw), uint16(mono), uint32(ulaw.SampleRate),
		uint32(ulaw.SampleRate), uint16(1), uint16(bits), uint16(0),
		[]byte("fact"), uint32(4), uint32(len(samples)),
		[]byte("data"), uint32(len(samples)), samples,
	} {
		require.NoError(t, binary.Write(&out, binary.LittleEndian, part))
	}
	return out.Bytes()
}
