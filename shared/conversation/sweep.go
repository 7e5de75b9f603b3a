package conversation

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"guichet/shared/center"
	"guichet/shared/store"
)

// Sweep gives back what absent agents leave unanswered, and repairs what a process that died left undone: it runs every
// minute. It goes on past failures and returns them together.
func (s *Service) Sweep(ctx context.Context) error {
	_, err := s.SweepAndSurvey(ctx)
	return err
}

// unansweredAfter is how long a chat may wait for an agent before those who operate the centre are to know.
const unansweredAfter = 15 * time.Minute

// SweepAndSurvey is Sweep; it also tells how many chats have waited too long for an agent, in queues to which somebody is logged in:
// at night chats wait, and nothing is wrong.
func (s *Service) SweepAndSurvey(ctx context.Context) (unanswered int, err error) {
	dir, err := s.Directories.Directory(ctx)
	if err != nil {
		return 0, err
	}
	agents, err := s.Store.Agents(ctx)
	for _, a := range agents {
		if e := s.sweepAgent(ctx, a, dir.Settings); e != nil {
			err = errors.Join(err, fmt.Errorf("sweep chats of %s: %w", a.ID, e))
		}
	}
	for _, id := range dir.QueueIDs() {
		if dir.Queues[id].Kind == center.QueueChat {
			line, e := s.sweepLine(ctx, id)
			err = errors.Join(err, e)
			if attended(agents, id) {
				unanswered += s.unansweredIn(line)
			}
		}
	}
	return unanswered, err
}

// attended tells whether anybody is logged in to a queue.
func attended(agents []*center.Agent, queueID string) bool {
	return slices.ContainsFunc(agents, func(a *center.Agent) bool { return a.Online() && slices.Contains(a.Joined(), queueID) })
}

// unansweredIn counts the places that are older than they should get.
func (s *Service) unansweredIn(line []store.ChatPlace) int {
	n := 0
	for _, p := range line {
		if s.Now().Sub(p.EnteredAt) > unansweredAfter {
			n++
		}
	}
	return n
}

// sweepAgent sends the chats that wait for an absent agent's reply back to their queues once the grace period is over. It
// runs for each chat from when the agent left, or was given it while away.
func (s *Service) sweepAgent(ctx context.Context, a *center.Agent, settings center.Settings) error {
	if a.Online() || s.Now().Sub(a.AwaySince) < settings.ChatGrace {
		return nil
	}
	var err error
	for _, id := range a.Chats {
		c, e := s.update(ctx, id, func(c *center.Chat) (store.ChatChange, error) {
			if c.HeldBy() != a.ID || !c.AwaitsAgent() || s.Now().Sub(c.AssignedAt) < settings.ChatGrace {
				return store.ChatChange{}, store.ErrUnchanged
			}
			change, err := s.backInLine(ctx, c, c.QueueID, "")
			if err == nil && slices.ContainsFunc(change.Agents, (*center.Agent).Online) {
				return store.ChatChange{}, store.ErrUnchanged // who has just come back
			}
			return change, err
		})
		if e == nil && c.State == center.ChatUnassigned {
			e = s.matchChat(ctx, c)
		}
		err = errors.Join(err, e)
	}
	return err
}

// sweepLine looks for agents for those who wait, and returns those whom it found waiting. Where nobody is found for the first, nobody
// will be for the rest.
func (s *Service) sweepLine(ctx context.Context, queueID string) ([]store.ChatPlace, error) {
	line, err := s.Store.ChatLine(ctx, queueID)
	if err != nil {
		return nil, err
	}
	for i, p := range line {
		c, err := s.Store.Chat(ctx, p.ChatID, true)
		if center.CodeOf(err) == center.NotFound {
			continue
		}
		if err != nil {
			return line[i:], err
		}
		if waiting, err := s.match(ctx, c); waiting || err != nil {
			return line[i:], err
		}
	}
	return nil, nil
}
