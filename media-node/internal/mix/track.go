// Package mix lays a recorded message under what is said on a call, one direction at a time, and adds up what the others say
// where there are three, in frames of 20 ms that are due at the node's own beat. It knows neither lines nor wire formats, and
// has no clock.
package mix

import (
	"slices"
	"time"

	"guichet/media-node/internal/ulaw"
)

// MaxSaid is how much of what was said a Track can give back.
const MaxSaid = 400 * time.Millisecond

// Track is what one party hears while a recorded message or digits sound: these, and mixed into them what the other one says.
// They go on whether or not anything is said.
type Track struct {
	Voice            // of the other one
	message []byte   // what is to come of it
	tones   [][]byte // of digits, in whole frames, that sound before the message goes on
	pure    bool     // nothing that is said is mixed into tones
	frame   [ulaw.FrameSamples]byte
	said    [int(MaxSaid * ulaw.SampleRate / time.Second)]byte // in the last frames, alone
}

// NewTrack returns a track with nothing to play. With pure, its party hears the tones of digits alone, because what listens
// may be a machine, and what is said meanwhile is not heard.
func NewTrack(pure bool) *Track {
	t := &Track{pure: pure}
	t.begin()
	silence(t.said[:])
	return t
}

// Alike returns a track for another party, with what is to come of the message and the tones.
func (t *Track) Alike(pure bool) *Track {
	other := NewTrack(pure)
	other.message, other.tones = t.message, slices.Clone(t.tones)
	return other
}

// Play plays a message, in μ-law, from its beginning. Messages are not changed: many tracks may play one.
func (t *Track) Play(message []byte) { t.message = message }

// Stop ends the message. Tones go on.
func (t *Track) Stop() { t.message = nil }

// Sound has a tone, in whole frames, sound after those that still do. The message waits meanwhile.
func (t *Track) Sound(tone []byte) { t.tones = append(t.tones, tone) }

// Tones is how many of them have not sounded to their end.
func (t *Track) Tones() int { return len(t.tones) }

// Over tells whether everything has been played.
func (t *Track) Over() bool { return len(t.message) == 0 && len(t.tones) == 0 }

// Next returns the next frame, to be read only, and before the next call. After the end there is speech alone.
func (t *Track) Next() []byte {
	said := t.said[copy(t.said[:], t.said[ulaw.FrameSamples:]):]
	spoken := t.speech.take(said)
	if len(t.tones) > 0 && t.pure {
		silence(said)
		spoken = false
	}
	if len(t.tones) == 0 && len(t.message) < ulaw.FrameSamples {
		return t.lastFrame(said)
	}
	frame := t.made()
	if !spoken {
		return frame // as it was encoded once: most frames, since one of the two mostly listens
	}
	ulaw.Mix(t.frame[:], frame, said)
	return t.frame[:]
}

// made takes the next whole frame of what is not said.
func (t *Track) made() []byte {
	from := &t.message
	if len(t.tones) > 0 {
		from = &t.tones[0]
	}
	frame := (*from)[:ulaw.FrameSamples]
	*from = (*from)[ulaw.FrameSamples:]
	if len(t.tones) > 0 && len(t.tones[0]) == 0 {
		t.tones = t.tones[1:]
	}
	return frame
}

// lastFrame mixes what is left of a message that is no multiple of a frame long.
func (t *Track) lastFrame(said []byte) []byte {
	n := len(t.message)
	ulaw.Mix(t.frame[:n], t.message, said[:n])
	copy(t.frame[n:], said[n:])
	t.message = nil
	return t.frame[:]
}

// Said returns what was said in the last frames of this length together, without the message, from the first word on.
func (t *Track) Said(last time.Duration) []byte {
	samples := min(int(last*ulaw.SampleRate/time.Second), len(t.said))
	said := t.said[len(t.said)-samples:]
	first := slices.IndexFunc(said, func(b byte) bool { return b != ulaw.Silence })
	if first < 0 {
		return nil
	}
	return said[first:]
}
