package room

import (
	"sync"
	"time"
)

// keyFramePause is how long a sender is left alone after it was asked for a key frame, which is many times the size of
// others. One is enough for everybody who asked meanwhile.
const keyFramePause = 500 * time.Millisecond

// keyFrames asks a sender for key frames: at once, or else after the pause.
type keyFrames struct {
	ask func()

	mu      sync.Mutex
	last    time.Time
	later   *time.Timer
	stopped bool
}

func (k *keyFrames) request(now time.Time) {
	k.mu.Lock()
	defer k.mu.Unlock()
	wait := keyFramePause - now.Sub(k.last)
	switch {
	case k.stopped || k.later != nil:
	case wait > 0:
		k.later = time.AfterFunc(wait, k.expired)
	default:
		k.last = now
		k.ask()
	}
}

func (k *keyFrames) expired() {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.later = nil; !k.stopped {
		k.last = time.Now()
		k.ask()
	}
}

func (k *keyFrames) stop() {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.stopped = true; k.later != nil {
		k.later.Stop()
	}
}
