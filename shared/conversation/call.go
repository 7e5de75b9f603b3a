package conversation

import (
	"context"
	"maps"
	"slices"

	"guichet/shared/center"
	"guichet/shared/channel"
	"guichet/shared/dispatch"
	"guichet/shared/store"
)

// Dialling is the call that an agent who holds the chat may make to its customer: from the line on which the customer
// writes, or from the centre's first one; a visitor of the webchat is called there, while a page of theirs is open.
func (s *Service) Dialling(ctx context.Context, by *center.Agent, chatID string) (dispatch.Dialling, error) {
	c, err := s.Visible(ctx, by, chatID)
	if err != nil {
		return dispatch.Dialling{}, err
	}
	if c.HeldBy() != by.ID {
		return dispatch.Dialling{}, center.Errorf(center.Conflict, "chat-not-yours", "assign the conversation to yourself first")
	}
	if ch, _ := s.Channels.Get(c.Channel); c.Customer.Phone == "" && isVisited(ch) {
		if len(c.Visitors) == 0 {
			return dispatch.Dialling{}, center.Errorf(center.Conflict, "visitor-away", "the visitor has no page open")
		}
		return dispatch.Dialling{CallerName: c.Customer.Name, ChatID: c.ID, InWidget: true}, nil
	}
	dir, err := s.Directories.Directory(ctx)
	if err != nil {
		return dispatch.Dialling{}, err
	}
	call := dispatch.Dialling{Customer: c.Customer.Phone, Line: c.Inbox, CallerName: c.Customer.Name, ChatID: c.ID}
	if call.Customer == "" {
		call.Customer = c.Customer.ID
	}
	if !center.E164(call.Line) {
		if lines := slices.Sorted(maps.Keys(dir.Numbers)); len(lines) > 0 {
			call.Line = lines[0]
		}
	}
	if !center.E164(call.Customer) || !center.E164(call.Line) {
		return dispatch.Dialling{}, center.Errorf(center.Conflict, "no-number", "no number of this customer is known")
	}
	return call, nil
}

func isVisited(ch channel.Channel) bool {
	_, ok := ch.(channel.Visited)
	return ok
}

// CallMade notes the call that was made from a chat.
func (s *Service) CallMade(ctx context.Context, by *center.Agent, chatID, contactID string) error {
	_, err := s.update(ctx, chatID, func(c *center.Chat) (store.ChatChange, error) {
		if c.CallID == contactID {
			return store.ChatChange{}, store.ErrUnchanged
		}
		c.CallID = contactID
		event := s.event(c, center.Event{Kind: center.EventCall, By: by.ID})
		return store.ChatChange{Messages: []*center.Message{event}}, nil
	})
	return err
}
