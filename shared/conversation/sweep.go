package conversation

import (
	"context"
	"errors"
	"fmt"

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

// sweepAgent sends the chats that wait for an absent agent's reply back to their queues once the grace period is over.
func (s *Service) sweepAgent(ctx context.Context, a *center.Agent, settings center.Settings) error {
	if a.Online() || s.Now().Sub(a.AwaySince) < settings.ChatGrace {
		return nil
	}
	var err error
	for _, id := range a.Chats {
		c, e := s.update(ctx, id, func(c *center.Chat) (store.ChatChange, error) {
			if c.HeldBy() != a.ID || !c.AwaitsAgent() {
				return store.ChatChange{}, store.ErrUnchanged
			}
			return s.backInLine(ctx, c, c.QueueID, "")
		})
		if e == nil && c.State == center.ChatUnassigned {
			e = s.matchChat(ctx, c)
		}
		err = errors.Join(err, e)
	}
	return err
}

func (s *Service) sweepLine(ctx context.Context, queueID string) error {
	ids, err := s.Store.ChatLine(ctx, queueID)
	if err != nil || len(ids) == 0 {
		return err
	}
	c, err := s.Store.Chat(ctx, ids[0], true)
	if err != nil {
		return err
	}
	return s.matchChat(ctx, c)
}
