package recording

import (
	"errors"
	"fmt"
	"time"

	"guichet/media-node/internal/ulaw"
	"guichet/shared/wav"
)

const (
	// MaxLength is the longest message that is played.
	MaxLength = 2 * time.Minute
	// MaxSize is the bytes of a file that is taken: the longest message, with room for what else a WAV file holds.
	MaxSize = 2 << 20
)

// errFormat is a file that does not sound as a telephone does.
var errFormat = errors.New("not 8 kHz mono 16-bit PCM")

// decode returns a file's message as μ-law. It is encoded once and whole: a frame in which nobody speaks goes out as it is,
// and what is kept while it plays is half of what its samples would be.
func decode(file []byte) ([]byte, error) {
	f, err := wav.Parse(file)
	switch {
	case err != nil:
		return nil, fmt.Errorf("read recording: %w", err)
	case f.Rate != ulaw.SampleRate || f.Channels != 1:
		return nil, errFormat
	case f.Duration() > MaxLength:
		return nil, fmt.Errorf("recording is %s long", f.Duration())
	}
	samples, err := f.Samples()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errFormat, err)
	}
	if len(samples) == 0 {
		return nil, errors.New("recording has no sound")
	}
	audio := make([]byte, len(samples))
	for i, s := range samples {
		audio[i] = ulaw.Encode(s)
	}
	return audio, nil
}
