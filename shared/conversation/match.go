package conversation

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"guichet/shared/center"
	"guichet/shared/routing"
	"guichet/shared/store"
)

// matchRounds bounds how often a search starts over because others took what it had found.
const matchRounds = 20

// matchChat looks for an agent for a chat that has been written as unassigned. Whoever gets room after this search began
// finds the chat themselves. The agent found is given the oldest chat that waits for them, which may be another one.
func (m *Matcher) matchChat(ctx context.Context, c *center.Chat) error {
	_, err := m.match(ctx, c)
	return err
}

// match is matchChat, which tells whether the chat waits on.
func (m *Matcher) match(ctx context.Context, c *center.Chat) (waits bool, err error) {
	dir, err := m.Directories.Directory(ctx)
	if err != nil {
		return true, err
	}
	for range matchRounds {
		q := dir.Queues[c.QueueID]
		if c.State != center.ChatUnassigned {
			return false, nil
		}
		if q.Assignment != center.AssignAutomatic {
			return true, nil
		}
		agents, err := m.Store.ReadyAgents(ctx, q.ID, true, func([]*center.Agent) bool { return false })
		if err != nil {
			return true, err
		}
		fit := routing.RankForChat(agents, c, q)
		if len(fit) == 0 {
			return true, nil
		}
		if _, err := m.giveOldest(ctx, fit[0]); err != nil && !errors.Is(err, store.ErrStale) {
			return true, err
		}
		if c, err = m.Store.Chat(ctx, c.ID, true); err != nil {
			return true, err
		}
	}
	m.Log.WarnContext(ctx, "search for an agent gave up; the sweeper goes on", "chat", c.ID)
	return true, nil
}

// MatchAgent gives an agent who has been written as available the chats that wait for them, as many as they have room for.
func (m *Matcher) MatchAgent(ctx context.Context, a *center.Agent) error {
	for range matchRounds {
		given, err := m.giveOldest(ctx, a)
		if err == nil && !given {
			return nil
		}
		if err != nil && !errors.Is(err, store.ErrStale) {
			return err
		}
		if a, err = m.Store.Agent(ctx, a.ID, true); err != nil {
			return err
		}
	}
	return nil
}

// giveOldest assigns the agent the chat that has waited longest in the queues of which they take chats. It tells whether
// there was one. ErrStale means that the agent has changed.
func (m *Matcher) giveOldest(ctx context.Context, a *center.Agent) (bool, error) {
	line, err := m.lineFor(ctx, a)
	if err != nil {
		return false, err
	}
	for _, p := range line {
		c, err := m.Store.Chat(ctx, p.ChatID, true)
		if center.CodeOf(err) == center.NotFound || err == nil && (c.State != center.ChatUnassigned || c.QueueID != p.QueueID) {
			continue // somebody else has it, or it is too old to be kept
		}
		if err != nil {
			return false, err
		}
		err = m.give(ctx, c, a)
		if errors.Is(err, store.ErrStaleContact) {
			continue
		}
		return err == nil, err
	}
	return false, nil
}

// lineFor reads the places of the chats that the agent may be given, oldest first.
func (m *Matcher) lineFor(ctx context.Context, a *center.Agent) ([]store.ChatPlace, error) {
	dir, err := m.Directories.Directory(ctx)
	if err != nil {
		return nil, err
	}
	var line []store.ChatPlace
	for _, id := range a.ReadyQueues() {
		q := dir.Queues[id]
		if q.Kind != center.QueueChat || q.Assignment != center.AssignAutomatic || !a.TakesChatOf(q) {
			continue
		}
		places, err := m.Store.ChatLine(ctx, id)
		if err != nil {
			return nil, err
		}
		line = append(line, places...)
	}
	slices.SortFunc(line, func(p, q store.ChatPlace) int { return cmp.Compare(p.Place, q.Place) })
	return line, nil
}

// give assigns a chat to an agent by itself, in one write on both. It leaves c and a as they were when it fails.
func (m *Matcher) give(ctx context.Context, c *center.Chat, a *center.Agent) error {
	chat, agent, now := *c, *a, m.Now()
	if err := chat.Assign(a.ID, now); err != nil {
		return err
	}
	agent.TakeChat(c.ID, now)
	event := m.event(&chat, center.Event{Kind: center.EventAssigned, AgentID: a.ID})
	return m.commit(ctx, store.ChatChange{
		Before: c, After: &chat, Agents: []*center.Agent{&agent}, Messages: []*center.Message{event},
	})
}

// commit writes a change, which a moment ago became one, with what it makes of its agents' spells.
func (m *Matcher) commit(ctx context.Context, ch store.ChatChange) error {
	if err := m.Directories.Account(ctx, m.Now(), ch.Agents...); err != nil {
		return err
	}
	return m.Store.CommitChat(ctx, ch)
}
