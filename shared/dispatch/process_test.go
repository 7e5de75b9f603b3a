package dispatch_test

import (
	"context"
	"time"

	"guichet/shared/store/storetest/schedule"
)

// process is one verb of the dispatcher under way, and what the checks need to know of it.
type process struct {
	*schedule.Process
	what      string
	statusOf  string    // the agent whose chosen status it sets
	timer     bool      // it was due, or fired early
	anyStatus bool      // it is the test itself
	offerID   string    // the offer that it answers; empty once it has written anything
	awayOf    string    // the contact whose agent was away from the microphone
	awaySince time.Time // when that was found
}

// start begins a verb as a process of its own and runs it to its first request.
func (w *world) start(p *process, run func(context.Context) error) *process {
	p.Process = &schedule.Process{What: p.what, Of: p}
	w.Start(p.Process, run)
	return p
}
