package pacer

import "time"

// Clock reads a remote clock off the audio which that side sends: each frame says how much time had passed there. Frames
// are late by a varying delay and never early, so the earliest frames of the last seconds tell the time.
type Clock struct {
	offset windowed // remote minus local time
}

// Observe takes a frame that was complete at remote on the other side and arrived at local.
func (c *Clock) Observe(remote, local time.Duration) { c.offset.observe(remote-local, local) }

// At converts a local time to the remote clock; before any frame they are taken to be the same.
func (c *Clock) At(local time.Duration) time.Duration { return local + c.offset.greatest() }

// Known tells whether a frame has come.
func (c *Clock) Known() bool { return c.offset.started }
