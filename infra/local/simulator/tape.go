package simulator

import (
	"sync"
	"time"

	"guichet/infra/local/simulator/audio"
)

// tape takes what a caller says, frame by frame. It counts its lengths in frames: the line's clock is its own.
type tape struct {
	most    int // frames
	silence int // frames without speech that end it; 0 for no such end
	full    chan struct{}

	mu    sync.Mutex
	ulaw  []byte
	still int // frames since somebody spoke
	ended bool
}

func newTape(most, silence time.Duration) *tape {
	return &tape{most: int(most / frameTime), silence: int(silence / frameTime), full: make(chan struct{})}
}

func (t *tape) take(frame []byte) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.ended {
		return
	}
	t.ulaw = append(t.ulaw, frame...)
	t.still++
	if !audio.Quiet(frame) {
		t.still = 0
	}
	if len(t.ulaw) >= t.most*audio.FrameBytes || (t.silence > 0 && t.still >= t.silence) {
		t.ended = true
		close(t.full)
	}
}

// stop returns what was said.
func (t *tape) stop() []byte {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.ended = true
	return t.ulaw
}

// trimmed is a recording without the silence before and after.
func trimmed(ulaw []byte) []byte {
	for len(ulaw) >= audio.FrameBytes && audio.Quiet(ulaw[:audio.FrameBytes]) {
		ulaw = ulaw[audio.FrameBytes:]
	}
	for len(ulaw) >= audio.FrameBytes && audio.Quiet(ulaw[len(ulaw)-audio.FrameBytes:]) {
		ulaw = ulaw[:len(ulaw)-audio.FrameBytes]
	}
	return ulaw
}
