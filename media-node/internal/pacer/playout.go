// Package pacer keeps the delay of a call small for ever, while audio is passed on the moment it arrives: it follows
// how much audio waits at the receiver and says which frames must not be added to it. It moves no audio and has no
// clock of its own.
package pacer

import "time"

// Playout follows the audio that waits at a receiver which plays at a steady rate: what was sent, less the time that has
// passed. All times are on the receiver's clock.
type Playout struct {
	// Limit is the most that may wait.
	Limit time.Duration
	// Relaxed is how much may wait before audio that nobody would miss is left out; 0 for Limit.
	Relaxed time.Duration
	// CatchUp is how much faster than real time the receiver can play, as a fraction: 0 for a plain queue, which never
	// gets shorter by itself.
	CatchUp float64

	end  time.Duration // when what was sent will have been played
	last time.Duration
	used bool
}

// Waiting is how much audio waits at now.
func (p *Playout) Waiting(now time.Duration) time.Duration {
	if !p.used {
		return 0
	}
	caughtUp := time.Duration(float64(now-p.last) * p.CatchUp)
	return max(p.end-caughtUp-now, 0)
}

// Admit tells whether audio of this length may be sent at now, and counts it if so. quiet is asked only when it matters.
func (p *Playout) Admit(now, length time.Duration, quiet func() bool) bool {
	waiting := p.Waiting(now)
	if waiting+length > p.Limit {
		return false
	}
	if p.Relaxed > 0 && waiting+length > p.Relaxed && quiet() {
		return false
	}
	p.Add(now, length)
	return true
}

// Add counts audio that is sent at now whatever waits.
func (p *Playout) Add(now, length time.Duration) {
	p.used, p.last, p.end = true, now, now+p.Waiting(now)+length
}

// Shift sets what waits to another clock, which is ahead by this much.
func (p *Playout) Shift(by time.Duration) { p.last, p.end = p.last+by, p.end+by }

// Reset forgets what waits: the receiver's queue was cleared.
func (p *Playout) Reset() { p.used = false }
