package simulator

import (
	"sync"

	"guichet/infra/local/simulator/audio"
)

const (
	// micStart is what is gathered before the first sample is said, to absorb the jitter of the browser's connection.
	micStart = 3 * audio.FrameBytes
	// micMost bounds the delay that may build up when the browser's clock is fast or a burst arrives.
	micMost = 12 * audio.FrameBytes
)

// Microphone is a Source fed from outside with 8 kHz μ-law as it is spoken.
type Microphone struct {
	mu      sync.Mutex
	buffer  []byte
	flowing bool
}

// Write adds what was spoken; the oldest is dropped when too much waits.
func (m *Microphone) Write(ulaw []byte) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.buffer = append(m.buffer, ulaw...)
	if over := len(m.buffer) - micMost; over > 0 {
		m.buffer = append(m.buffer[:0], m.buffer[over:]...)
	}
}

// Fill takes the next samples; silence until enough is there, and after it ran dry.
func (m *Microphone) Fill(frame []byte) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.flowing && len(m.buffer) >= micStart {
		m.flowing = true
	}
	n := 0
	if m.flowing {
		n = copy(frame, m.buffer)
		m.buffer = append(m.buffer[:0], m.buffer[n:]...)
		m.flowing = n == len(frame)
	}
	fillSilence(frame[n:])
}
