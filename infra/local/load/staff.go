package load

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"guichet/infra/local/robot"
	"guichet/shared/center"
	"guichet/shared/deskapi"
)

// startPatience is within what an agent must be at their desk.
const startPatience = 30 * time.Second

// staff are the agents of a load.
type staff struct {
	supervisor *robot.Desk
	agents     []*agent
	audio      []*robot.Audio
	before     []deskapi.Agent // as they were
	life       context.CancelFunc
	link       context.CancelFunc
	links      sync.WaitGroup
}

// team reads every agent.
func team(ctx context.Context, supervisor *robot.Desk) ([]deskapi.Agent, error) {
	var list struct{ Agents []deskapi.Agent }
	err := supervisor.Do(ctx, http.MethodGet, "/api/agents", nil, &list)
	return list.Agents, err
}

// choose picks the agents by id, or all who have no desk open: those that people sit at are theirs.
func choose(all []deskapi.Agent, ids []string) ([]deskapi.Agent, error) {
	chosen := slices.DeleteFunc(slices.Clone(all), func(a deskapi.Agent) bool {
		return a.Online || len(ids) > 0 && !slices.Contains(ids, a.ID) || len(a.Memberships) == 0
	})
	switch {
	case len(chosen) == 0:
		return nil, errors.New("no agent is free: close the desks that are open, or wait two minutes for those that were")
	case len(ids) > 0 && len(chosen) < len(ids):
		return nil, fmt.Errorf("of the agents %v only %d are there and have no desk open", ids, len(chosen))
	}
	return chosen, nil
}

// opens brings agents to their desks, with their audio, ready in all their queues. Whatever happens, close ends it.
func (s *staff) opens(ctx context.Context, w *world, origin string, chosen []deskapi.Agent) error {
	life, endLife := context.WithCancel(ctx)
	link, endLink := context.WithCancel(context.WithoutCancel(ctx))
	s.life, s.link, s.before = endLife, endLink, chosen
	s.agents, s.audio = make([]*agent, len(chosen)), make([]*robot.Audio, len(chosen))
	group, ctx := errgroup.WithContext(ctx)
	for i, person := range chosen {
		group.Go(func() error {
			ctx, cancel := context.WithTimeout(ctx, startPatience)
			defer cancel()
			desk, err := robot.SignIn(ctx, origin, person.ID)
			if err != nil {
				return err
			}
			if s.audio[i], err = desk.OpenAudio(link, nil); err != nil {
				return err
			}
			a := newAgent(life, w, desk)
			s.agents[i] = a
			connected, once := make(chan struct{}), sync.Once{}
			s.links.Go(func() { a.follow(link, func() { once.Do(func() { close(connected) }) }) })
			select {
			case <-connected:
				return a.ready(ctx)
			case <-ctx.Done():
				return fmt.Errorf("%s does not come to their desk: %w", person.ID, ctx.Err())
			}
		})
	}
	return group.Wait()
}

// closePatience is for what there is to end and to restore.
const closePatience = 45 * time.Second

// close ends what the agents are at, gives them back the statuses that they had, and closes their desks.
func (s *staff) close(notes *Notes) {
	ctx, cancel := context.WithTimeout(context.Background(), closePatience)
	defer cancel()
	s.life()
	for i, a := range s.agents {
		if a == nil {
			continue
		}
		a.work.Wait()
		a.leaveChats(ctx)
		notes.failed(ctx, "restore a status", a.restore(ctx, s.before[i]))
	}
	s.link()
	s.links.Wait()
	for _, audio := range s.audio {
		if audio != nil {
			audio.Close()
		}
	}
}

// restore gives the agent the statuses that they had. A pause that the centre gave cannot be chosen, and becomes a log-out.
func (a *agent) restore(ctx context.Context, before deskapi.Agent) error {
	for _, m := range before.Memberships {
		status := map[string]any{"status": m.Status, "queues": []string{m.QueueID}}
		switch {
		case m.Reason == center.ReasonMissed:
			status["status"] = center.StatusOut
		case m.Reason != "":
			status["reason"] = m.Reason
		}
		if err := a.desk.Do(ctx, http.MethodPut, "/api/desk/status", status, nil); err != nil {
			return err
		}
	}
	return nil
}
