package conversation

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"guichet/shared/center"
	"guichet/shared/store"
)

// Sweep gives back what absent agents leave unanswered, and repairs what a process that died left undone: it runs every
// minute. It goes on past failures and returns them together.
func (s *Service) Sweep(ctx context.Context) error {
	dir, err := s.Directories.Directory(ctx)
	if err != nil {
		return err
	}
	agents, err := s.Store.Agents(ctx)
	for _, a := range agents {
		if e := s.sweepAgent(ctx, a, dir.Settings); e != nil {
			err = errors.Join(err, fmt.Errorf("sweep chats of %s: %w", a.ID, e))
		}
	}
	for _, id := range dir.QueueIDs() {
		if dir.Queues[id].Kind == center.QueueChat {
			err = errors.Join(err, s.sweepLine(ctx, id))
		}
	}
	return err
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

// sweepLine looks for agents for those who wait. Where nobody is found for the first, nobody will be for the rest.
func (s *Service) sweepLine(ctx context.Context, queueID string) error {
	line, err := s.Store.ChatLine(ctx, queueID)
	if err != nil {
		return err
	}
	for _, p := range line {
		c, err := s.Store.Chat(ctx, p.ChatID, true)
		if center.CodeOf(err) == center.NotFound {
			continue
		}
		if err != nil {
			return err
		}
		if waiting, err := s.match(ctx, c); waiting || err != nil {
			return err
		}
	}
	return nil
}
