package pacer

import "time"

// window is how long the earliest arrival counts. Two clocks 200 ppm apart drift 2 ms in it.
const window = 10 * time.Second

// Clock reads a remote clock off the audio which that side sends: each frame says how much time had passed there. Frames
// are late by a varying delay and never early, so the earliest frames of the last seconds tell the time.
type Clock struct {
	started         bool
	since           time.Duration
	best, candidate time.Duration // remote minus local time: of the last window, of the current one
}

// Observe takes a frame that was complete at remote on the other side and arrived at local.
func (c *Clock) Observe(remote, local time.Duration) {
	offset := remote - local
	if !c.started {
		*c = Clock{started: true, since: local, best: offset, candidate: offset}
		return
	}
	if local-c.since >= window {
		c.since, c.best, c.candidate = local, c.candidate, offset
	}
	c.candidate = max(c.candidate, offset)
}

// At converts a local time to the remote clock; before any frame they are taken to be the same.
func (c *Clock) At(local time.Duration) time.Duration { return local + max(c.best, c.candidate) }
