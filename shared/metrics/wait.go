// Package metrics holds the figures that a contact centre is measured by, as pure functions over center. What each one means is
// written once, in docs/metrics.md.
package metrics

import "time"

// Pace is how fast a queue is served.
type Pace struct {
	Handle time.Duration // what a call took lately, from its acceptance to the end of wrap-up; zero: not known yet
	Staff  int           // agents who serve the queue: ready, in a call, or in wrap-up
}

// weight is that of the latest call in what calls took lately: of the last five, two thirds of the figure.
const weight = 0.2

// With is the pace after another call took so long.
func (p Pace) With(took time.Duration) Pace {
	if p.Handle == 0 {
		p.Handle = took
	} else {
		p.Handle += time.Duration(weight * float64(took-p.Handle))
	}
	return p
}

// EstimatedWait is how long a caller with so many before them will wait: an agent gets free every Handle ÷ Staff, and they are
// the (ahead + 1)th to be served. It is zero when nothing can be said: nobody serves the queue, or no call has been handled yet.
func (p Pace) EstimatedWait(ahead int) time.Duration {
	if p.Staff <= 0 {
		return 0
	}
	return time.Duration(ahead+1) * p.Handle / time.Duration(p.Staff)
}
