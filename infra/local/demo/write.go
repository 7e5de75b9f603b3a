package demo

import (
	"context"
	"time"

	"golang.org/x/sync/errgroup"

	"guichet/shared/store"
)

const (
	parallelWrites = 32
	// shard is the writer of the past's counts; no shard of a stream is called so.
	shard = "past"
)

// Write puts what the past has between two moments into a store that has no figures of that time. It may be repeated.
func (p *Past) Write(ctx context.Context, s *store.Store, from, to time.Time) error {
	within := func(at time.Time) bool { return !at.Before(from) && at.Before(to) }
	counters := store.NewCounters(s)
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(parallelWrites)
	for slot, counts := range p.Counts {
		if !within(slot.Hour) {
			continue
		}
		group.Go(func() error {
			_, err := counters.Count(ctx, shard, p.rules.Day(slot.Hour), slot, []store.Counted{{Sequence: "1", Counts: counts}})
			return err
		})
	}
	for _, l := range p.Lines {
		if within(l.At()) {
			group.Go(func() error { return s.Log(ctx, p.rules.LogDay(l), l) })
		}
	}
	return group.Wait()
}
