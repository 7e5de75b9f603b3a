package wallboard

import (
	"context"
	"time"

	"golang.org/x/sync/errgroup"

	"guichet/shared/metrics"
)

// settledAfter is how long after a day's end its log may still change: calls and wrap-ups go on, and the stream may be late by as much
// as it keeps records.
const settledAfter = 48 * time.Hour

// AgentDay sums up an agent's day from the log, and keeps the sums if the log can no longer change.
func (b *Board) AgentDay(ctx context.Context, rules metrics.Rules, agentID, day string) (metrics.Counts, error) {
	lines, err := b.Store.AgentLog(ctx, agentID, day)
	if err != nil {
		return nil, err
	}
	c := metrics.OfAgentDay(lines)
	_, end, err := rules.Bounds(day)
	if err != nil || b.Now().Before(end.Add(settledAfter)) {
		return c, err
	}
	return c, b.Store.KeepAgentDay(ctx, agentID, day, c)
}

const (
	// keptBack is how many days back it is looked for some that nobody has kept: a night may fail.
	keptBack = 7
	// parallelDays bounds how many are summed up at a time.
	parallelDays = 16
)

// KeepAgentDays keeps the sums of every agent's last days that are settled, unless they are kept: reports of a year need not read
// each call then. It may be repeated.
func (b *Board) KeepAgentDays(ctx context.Context) error {
	dir, err := b.Directories.Directory(ctx)
	if err != nil {
		return err
	}
	rules := metrics.NewRules(dir.Queues, dir.Settings)
	agents, err := b.Store.Agents(ctx)
	if err != nil {
		return err
	}
	begins, _, err := rules.Bounds(rules.Day(b.Now().Add(-settledAfter)))
	if err != nil {
		return err
	}
	days := make([]string, keptBack)
	for i := range days { // by noon: days may have 23 or 25 hours
		days[i] = rules.Day(begins.Add(12*time.Hour).AddDate(0, 0, i-keptBack))
	}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(parallelDays)
	for _, agent := range agents {
		group.Go(func() error { return b.keepDays(ctx, rules, agent.ID, days) })
	}
	return group.Wait()
}

func (b *Board) keepDays(ctx context.Context, rules metrics.Rules, agentID string, days []string) error {
	kept, err := b.Store.AgentDays(ctx, agentID, days[0], days[len(days)-1])
	if err != nil {
		return err
	}
	for _, day := range days {
		if _, ok := kept[day]; ok {
			continue
		}
		if _, err := b.AgentDay(ctx, rules, agentID, day); err != nil {
			return err
		}
	}
	return nil
}
