package reportapi

import (
	"context"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"guichet/shared/center"
	"guichet/shared/metrics"
)

// reportAgents sums up agents' days. A day that is over is summed up once and kept, at night (cards) or here: a year of a hundred
// agents would be millions of lines of the log.
func (a *API) reportAgents(ctx context.Context, found *rows, names map[string]string, ids, days []string) error {
	agents, err := a.store.Agents(ctx)
	if err != nil {
		return err
	}
	agents = slices.DeleteFunc(agents, func(agent *center.Agent) bool { return len(ids) > 0 && !slices.Contains(ids, agent.ID) })
	group, reads := errgroup.WithContext(ctx)
	group.SetLimit(reportReads)
	kept := make([]map[string]metrics.Counts, len(agents))
	for i, agent := range agents {
		names[agent.ID] = agent.Name
		group.Go(func() (err error) {
			kept[i], err = a.store.AgentDays(reads, agent.ID, days[0], days[len(days)-1])
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	group, reads = errgroup.WithContext(ctx)
	group.SetLimit(reportReads)
	for i, agent := range agents {
		for _, day := range days {
			if c, ok := kept[i][day]; ok {
				found.add(day, time.Time{}, agent.ID, c)
				continue
			}
			if day > found.Day(a.now()) {
				continue
			}
			group.Go(func() error { return a.sumUp(reads, found, agent, day) })
		}
	}
	return group.Wait()
}

func (a *API) sumUp(ctx context.Context, found *rows, agent *center.Agent, day string) error {
	c, err := a.board.AgentDay(ctx, found.Rules, agent.ID, day)
	if err == nil {
		found.AddSpell(c, agent, a.now(), day)
		found.add(day, time.Time{}, agent.ID, c)
	}
	return err
}
