package conversation

import (
	"context"
	"slices"

	"guichet/shared/center"
	"guichet/shared/channel"
	"guichet/shared/store"
)

// maxVisitors is how many tabs of one visitor are told of messages; the oldest gives way.
const maxVisitors = 4

// VisitorConnected notes a realtime connection of the chat's visitor. A visitor who has not written yet has no chat, and
// nothing to be told: that is NotFound.
func (s *Service) VisitorConnected(ctx context.Context, chatID, connectionID string) error {
	_, err := s.update(ctx, chatID, func(c *center.Chat) (store.ChatChange, error) {
		if slices.Contains(c.Visitors, connectionID) {
			return store.ChatChange{}, store.ErrUnchanged
		}
		visitors := append(slices.Clone(c.Visitors), connectionID)
		c.Visitors = visitors[max(0, len(visitors)-maxVisitors):]
		return store.ChatChange{}, nil
	})
	return err
}

// VisitorGone forgets a realtime connection of the chat's visitor.
func (s *Service) VisitorGone(ctx context.Context, chatID, connectionID string) error {
	_, err := s.update(ctx, chatID, func(c *center.Chat) (store.ChatChange, error) {
		i := slices.Index(c.Visitors, connectionID)
		if i < 0 {
			return store.ChatChange{}, store.ErrUnchanged
		}
		c.Visitors = slices.Delete(slices.Clone(c.Visitors), i, i+1)
		return store.ChatChange{}, nil
	})
	if center.CodeOf(err) == center.NotFound {
		return nil
	}
	return err
}

// TellVisitorsOfCall sends how a call stands to the connections of the visitor who is called.
func (s *Service) TellVisitorsOfCall(ctx context.Context, call *center.Contact) error {
	c, err := s.Store.Chat(ctx, call.ChatID, false)
	if err != nil {
		return err
	}
	ch, _ := s.Channels.Get(c.Channel)
	if visited, ok := ch.(channel.Visited); ok {
		s.push(ctx, c.Visitors, visited.CallPatch(call))
	}
	return nil
}

// TellVisitors sends new and changed messages to the visitor's connections.
func (s *Service) TellVisitors(ctx context.Context, c *center.Chat, messages []*center.Message) {
	ch, _ := s.Channels.Get(c.Channel)
	visited, ok := ch.(channel.Visited)
	if !ok || len(c.Visitors) == 0 {
		return
	}
	if patch := visited.Patch(c, messages); patch != nil {
		s.push(ctx, c.Visitors, patch)
	}
}
