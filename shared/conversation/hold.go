package conversation

import (
	"context"
	"slices"

	"guichet/shared/center"
	"guichet/shared/channel"
	"guichet/shared/store"
)

// Assign gives a chat to an agent: to oneself, or to a colleague.
func (s *Service) Assign(ctx context.Context, by *center.Agent, chatID, agentID string) (*center.Chat, error) {
	var freed []*center.Agent
	c, err := s.update(ctx, chatID, func(c *center.Chat) (store.ChatChange, error) {
		freed = nil
		if err := visible(by, c); err != nil {
			return store.ChatChange{}, err
		}
		if c.HeldBy() == agentID {
			return store.ChatChange{}, store.ErrUnchanged
		}
		agents, err := s.handOver(ctx, c, agentID)
		if err != nil {
			return store.ChatChange{}, err
		}
		if err := c.Assign(agentID, s.Now()); err != nil {
			return store.ChatChange{}, err
		}
		freed = agents
		event := s.event(c, center.Event{Kind: center.EventAssigned, By: by.ID, AgentID: agentID})
		return store.ChatChange{Agents: agents, Messages: []*center.Message{event}}, nil
	})
	if err != nil {
		return nil, err
	}
	return c, s.matchAgents(ctx, freed)
}

// matchAgents looks for chats for agents who may have got room.
func (s *Service) matchAgents(ctx context.Context, agents []*center.Agent) error {
	for _, a := range agents {
		if err := s.MatchAgent(ctx, a); err != nil {
			return err
		}
	}
	return nil
}

// handOver takes the chat off its holder's list and puts it on another's; either may be nobody. It returns the agents to
// be written.
func (s *Service) handOver(ctx context.Context, c *center.Chat, to string) ([]*center.Agent, error) {
	var agents []*center.Agent
	if from := c.HeldBy(); from != "" {
		a, err := s.Store.Agent(ctx, from, true)
		if err != nil {
			return nil, err
		}
		if a.DropChat(c.ID) {
			agents = append(agents, a)
		}
	}
	if to != "" {
		a, err := s.Store.Agent(ctx, to, true)
		if err != nil {
			return nil, err
		}
		if a.TakeChat(c.ID, s.Now()) {
			agents = append(agents, a)
		}
	}
	return agents, nil
}

// Transfer puts a chat into a queue's line, away from whoever holds it.
func (s *Service) Transfer(ctx context.Context, by *center.Agent, chatID, queueID string) (*center.Chat, error) {
	dir, err := s.Directories.Directory(ctx)
	if err != nil {
		return nil, err
	}
	if q, err := dir.Queue(queueID); err != nil || q.Kind != center.QueueChat {
		return nil, center.Errorf(center.Invalid, "queue-unknown", "no queue of chats %s", queueID)
	}
	var freed []*center.Agent
	c, err := s.update(ctx, chatID, func(c *center.Chat) (store.ChatChange, error) {
		freed = nil
		if err := visible(by, c); err != nil {
			return store.ChatChange{}, err
		}
		if c.State == center.ChatUnassigned && c.QueueID == queueID {
			return store.ChatChange{}, store.ErrUnchanged
		}
		change, err := s.backInLine(ctx, c, queueID, by.ID)
		c.AgentID = "" // nobody is to be preferred
		freed = change.Agents
		return change, err
	})
	if err != nil {
		return nil, err
	}
	if err := s.matchChat(ctx, c); err != nil {
		return nil, err
	}
	return c, s.matchAgents(ctx, freed)
}

// backInLine puts a chat into a queue's line.
func (s *Service) backInLine(ctx context.Context, c *center.Chat, queueID, by string) (store.ChatChange, error) {
	agents, err := s.handOver(ctx, c, "")
	if err != nil {
		return store.ChatChange{}, err
	}
	if err := c.Unassign(queueID, s.Now()); err != nil {
		return store.ChatChange{}, err
	}
	event := s.event(c, center.Event{Kind: center.EventTransferred, By: by, QueueID: queueID})
	return store.ChatChange{Agents: agents, Messages: []*center.Message{event}}, nil
}

// Resolve ends a conversation until the customer writes again. Its agent has room for another.
func (s *Service) Resolve(ctx context.Context, by *center.Agent, chatID string) (*center.Chat, error) {
	var freed []*center.Agent
	c, err := s.update(ctx, chatID, func(c *center.Chat) (store.ChatChange, error) {
		freed = nil
		if err := visible(by, c); err != nil {
			return store.ChatChange{}, err
		}
		agents, err := s.handOver(ctx, c, "")
		if err != nil {
			return store.ChatChange{}, err
		}
		freed = agents
		if !c.Resolve(s.Now()) {
			return store.ChatChange{}, store.ErrUnchanged
		}
		event := s.event(c, center.Event{Kind: center.EventResolved, By: by.ID})
		return store.ChatChange{Agents: agents, Messages: []*center.Message{event}}, nil
	})
	if err != nil {
		return nil, err
	}
	return c, s.matchAgents(ctx, freed)
}

// Reopen takes up a resolved conversation again: it becomes the agent's who does so.
func (s *Service) Reopen(ctx context.Context, by *center.Agent, chatID string) (*center.Chat, error) {
	return s.update(ctx, chatID, func(c *center.Chat) (store.ChatChange, error) {
		if err := visible(by, c); err != nil {
			return store.ChatChange{}, err
		}
		resolved, err := s.reopen(ctx, c)
		if err != nil {
			return store.ChatChange{}, err
		}
		if !resolved {
			return store.ChatChange{}, store.ErrUnchanged
		}
		agents, err := s.handOver(ctx, c, by.ID)
		if err != nil {
			return store.ChatChange{}, err
		}
		if err := c.Assign(by.ID, s.Now()); err != nil {
			return store.ChatChange{}, err
		}
		event := s.event(c, center.Event{Kind: center.EventReopened, By: by.ID, AgentID: by.ID})
		return store.ChatChange{Agents: agents, Messages: []*center.Message{event}}, nil
	})
}

// SetTags replaces a chat's tags.
func (s *Service) SetTags(ctx context.Context, by *center.Agent, chatID string, tags []string) (*center.Chat, error) {
	return s.update(ctx, chatID, func(c *center.Chat) (store.ChatChange, error) {
		if err := visible(by, c); err != nil {
			return store.ChatChange{}, err
		}
		before := c.Tags
		if c.SetTags(tags); slices.Equal(before, c.Tags) {
			return store.ChatChange{}, store.ErrUnchanged
		}
		return store.ChatChange{}, nil
	})
}

// MarkRead notes that the agent has seen the thread up to a key, and tells the customer's side where it shows that. What
// somebody reads who does not hold the chat counts only while nobody does.
func (s *Service) MarkRead(ctx context.Context, by *center.Agent, chatID, key string) (*center.Chat, error) {
	news := false
	c, err := s.update(ctx, chatID, func(c *center.Chat) (store.ChatChange, error) {
		news = false
		if err := visible(by, c); err != nil {
			return store.ChatChange{}, err
		}
		if holder := c.HeldBy(); holder != "" && holder != by.ID || !c.Read(key) {
			return store.ChatChange{}, store.ErrUnchanged
		}
		news = true
		_, err := s.recount(ctx, c, nil)
		return store.ChatChange{}, err
	})
	if err == nil && news && c.HeldBy() == by.ID {
		s.tellRead(ctx, c)
	}
	return c, err
}

func (s *Service) tellRead(ctx context.Context, c *center.Chat) {
	ch, _ := s.Channels.Get(c.Channel)
	marker, ok := ch.(channel.ReadMarker)
	if !ok {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, providerPatience)
	defer cancel()
	if err := marker.MarkRead(ctx, c); err != nil {
		s.Log.InfoContext(ctx, "read receipt not taken", "channel", c.Channel, "chat", c.ID, "error", err)
	}
}
