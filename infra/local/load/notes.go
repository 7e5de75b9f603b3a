package load

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"sync"
	"text/tabwriter"

	"guichet/infra/local/robot"
)

// What is counted, in the order in which it is printed.
const (
	placed     = "calls placed to queues"
	direct     = "calls to agents' own numbers"
	made       = "calls made by agents"
	answered   = "calls answered by agents"
	gaveUp     = "callers who hung up first"
	sentAway   = "callers whom the centre sent away"
	askedBack  = "callers who asked to be called back"
	calledBack = "customers called back"
	unreached  = "customers not reached"
	written    = "customers who wrote"
	replied    = "answers written"
	settled    = "chats resolved"
	late       = "offers that agents were too slow for"
	skipped    = "left out: no agent was free, or the customer was still busy"
)

var order = []string{placed, direct, made, answered, gaveUp, sentAway, askedBack, calledBack, unreached, written, replied, settled, late, skipped}

// keptProblems bounds what is remembered of what broke.
const keptProblems = 20

// Notes are what a load did, what the centre refused, and what was lost or broke. They are safe for concurrent use.
type Notes struct {
	mu       sync.Mutex
	counts   map[string]int
	refused  map[string]int // by reason
	problems []string
	broken   int
}

func newNotes() *Notes { return &Notes{counts: map[string]int{}, refused: map[string]int{}} }

func (n *Notes) count(what string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.counts[what]++
}

// Count is how often something was done.
func (n *Notes) Count(what string) int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.counts[what]
}

// problem notes what was lost or broke.
func (n *Notes) problem(format string, args ...any) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.broken++; len(n.problems) < keptProblems {
		n.problems = append(n.problems, fmt.Sprintf(format, args...))
	}
}

// failed notes an error: one who comes too late is refused, and everything else is a problem. What the end of the load cut off is
// neither. It tells whether there was an error.
func (n *Notes) failed(ctx context.Context, what string, err error) bool {
	var refusal *robot.Refusal
	switch {
	case err == nil:
		return false
	case ctx.Err() != nil:
	case errors.As(err, &refusal) && (refusal.Status == http.StatusConflict || refusal.Status == http.StatusNotFound):
		n.mu.Lock()
		defer n.mu.Unlock()
		n.refused[what+": "+refusal.Reason]++
	default:
		n.problem("%s: %v", what, err)
	}
	return true
}

// Broken is how many things were lost or broke.
func (n *Notes) Broken() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.broken
}

// Print tells all of it.
func (n *Notes) Print(w io.Writer) {
	n.mu.Lock()
	defer n.mu.Unlock()
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	line := func(count int, what string) { _, _ = fmt.Fprintf(table, "  %d\t  %s\n", count, what) }
	for _, what := range order {
		line(n.counts[what], what)
	}
	for _, reason := range slices.Sorted(maps.Keys(n.refused)) {
		line(n.refused[reason], "refused to "+reason)
	}
	line(n.broken, "lost or broken")
	_ = table.Flush()
	for _, p := range n.problems {
		_, _ = fmt.Fprintf(w, "  ! %s\n", p)
	}
}
