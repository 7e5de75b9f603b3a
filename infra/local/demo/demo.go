package demo

import (
	"context"
	"errors"
	"iter"
	"log/slog"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"guichet/infra/local/day"
	"guichet/infra/local/load"
	"guichet/infra/local/seed"
	"guichet/shared/store"
)

const (
	// pastDays are those that the past has, today not counted; readyDays of them are written before the centre opens.
	pastDays, readyDays = 21, 1
	// perDay are the calls to queues on a full day of the past.
	perDay = 340
	// anHour are those of the life: it is not the busiest hour, and no quiet one either.
	anHour = 40
	// supervisor reads the figures.
	supervisor = "sam"
)

// Demo is a centre that is looked at.
type Demo struct {
	Centre seed.Centre
	Played []string // the agents whom the demo plays, by id
	past   *Past
	now    time.Time
}

// New makes a demo up. Those of a day are alike.
func New(now time.Time) *Demo {
	d := &Demo{now: now.UTC().Truncate(time.Millisecond)}
	d.Centre, d.Played = seed.Demo()
	o := day.Of(d.Centre, 1, perDay)
	today := d.now.In(o.Zone)
	from := time.Date(today.Year(), today.Month(), today.Day()-pastDays, 0, 0, 0, 0, o.Zone)
	d.past = NewPast(d.Centre, o, from.UTC(), d.now)
	return d
}

// Plays tells whether the demo plays an agent. Without a demo nobody is played.
func (d *Demo) Plays(agentID string) bool { return d != nil && slices.Contains(d.Played, agentID) }

// recent is when what must be there when the centre opens begins.
func (d *Demo) recent() time.Time { return d.now.AddDate(0, 0, -readyDays) }

// Prepare writes the last hours of the past, so that cards are right when the centre opens.
func (d *Demo) Prepare(ctx context.Context, s *store.Store) error {
	return d.past.Write(ctx, s, d.recent(), d.now)
}

// Play writes the rest of the past, and has the played agents and their customers live until the context ends. Then nothing of
// theirs goes on.
func (d *Demo) Play(ctx context.Context, s *store.Store, origin string) error {
	group, both := errgroup.WithContext(ctx)
	group.Go(func() error { return d.past.Write(both, s, time.Time{}, d.recent()) })
	group.Go(func() error {
		life := load.Playable(day.Of(d.Centre, uint64(d.now.UnixNano()), anHour*24)) //nolint:gosec // a seed
		life.Even = true
		notes, err := load.Run(both, load.Options{
			URL: origin, Supervisor: supervisor, Agents: d.Played, Speed: 1,
			Visits: func(int) iter.Seq[load.Due] { return load.Endless(life, time.Now()) },
		})
		if notes != nil && notes.Broken() > 0 {
			slog.Warn("some of the demo went wrong", "component", "demo", "times", notes.Broken())
		}
		return err
	})
	if err := group.Wait(); err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}
