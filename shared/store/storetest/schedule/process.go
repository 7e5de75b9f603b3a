package schedule

import (
	"context"
	"sync/atomic"
	"time"
)

// Process is one verb under way, as a function on its own machine would run it.
type Process struct {
	ID    int
	What  string // it does
	Began time.Time
	// Alone tells that nothing else has run since it began, and that all was in order then.
	Alone bool
	// Faulty tells that something has failed that nobody repeats.
	Faulty  bool
	Repeats int // times that the SDK was told to try again
	Err     error
	Of      any // what the test notes about it
	// Done is told when it is over: whether it lived and succeeded.
	Done func(ok bool)

	dead  atomic.Bool
	done  atomic.Bool
	panic any
}

// Dead tells whether the process has died: nothing that it does has an effect any more.
func (p *Process) Dead() bool { return p.dead.Load() }

type processKey struct{}

// ProcessOf is the process to which a context belongs, or nil.
func ProcessOf(ctx context.Context) *Process {
	p, _ := ctx.Value(processKey{}).(*Process)
	return p
}
