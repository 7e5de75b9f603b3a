package mix

import (
	"slices"

	"guichet/media-node/internal/ulaw"
)

const (
	// cushion is the silence put before speech that begins or that has been interrupted: packets which come at 20 ms with
	// some jitter would else miss every other frame.
	cushion = ulaw.FrameSamples
	// capacity is what pacer.Inbound lets wait at most (200 ms), the cushion, and the longest packet (60 ms) that comes just
	// before a frame is due.
	capacity = 10*ulaw.FrameSamples + cushion + 3*ulaw.FrameSamples
)

// speech is a short queue of μ-law.
type speech struct {
	queue [capacity]byte
	n     int
	flows bool // the last frame was full of it
}

func (s *speech) put(audio []byte) {
	if s.n == 0 && !s.flows {
		for s.n < cushion {
			s.queue[s.n] = ulaw.Silence
			s.n++
		}
	}
	s.n += copy(s.queue[s.n:], audio)
}

// take fills a frame, with silence where there is no speech; it tells whether there is anything to be heard in it.
func (s *speech) take(frame []byte) bool {
	n := copy(frame, s.queue[:s.n])
	s.n = copy(s.queue[:], s.queue[n:s.n])
	s.flows = n == len(frame)
	silence(frame[n:])
	return n > 0 && slices.ContainsFunc(frame, func(b byte) bool { return b != ulaw.Silence })
}

func (s *speech) drop() { s.n, s.flows = 0, false }

func (s *speech) waiting() []byte { return s.queue[:s.n] }

func silence(audio []byte) {
	for i := range audio {
		audio[i] = ulaw.Silence
	}
}
