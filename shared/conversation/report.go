package conversation

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"time"

	"guichet/shared/center"
	"guichet/shared/channel"
	"guichet/shared/deskapi"
	"guichet/shared/store"
)

// change applies a change to a message and writes it, again and again until nobody was faster. change reports whether
// there is anything to write.
func (s *Service) change(ctx context.Context, find func() (*center.Message, error), change func(*center.Message) bool) (*center.Message, error) {
	var message *center.Message
	err := store.Retry(func(bool) error {
		m, err := find()
		if err != nil {
			return err
		}
		message = m
		if !change(m) {
			return store.ErrUnchanged
		}
		return s.Store.UpdateMessage(ctx, m)
	})
	return message, err
}

// byProvider finds the message that the provider knows by an id.
func (s *Service) byProvider(ctx context.Context, chatID, channelName, providerID string) func() (*center.Message, error) {
	return func() (*center.Message, error) {
		return s.Store.FindMessage(ctx, chatID, center.MessageIDOf(channelName, providerID), providerID)
	}
}

// overtakenFor is how long a report may wait for the message that it is about. Later, the message is one that we never had.
const overtakenFor = time.Minute

// errOvertaken makes the provider repeat a report that came before its message.
var errOvertaken = errors.New("the report has overtaken its message")

// ofUnknown decides about a report whose message is unknown: it is to come again, or is about a message before our time.
func (s *Service) ofUnknown(ctx context.Context, e channel.Event, err error) error {
	if center.CodeOf(err) != center.NotFound {
		return err
	}
	if !e.At.IsZero() && s.Now().Sub(e.At) < overtakenFor {
		return fmt.Errorf("%s: %w", e.Channel, errOvertaken)
	}
	s.Log.InfoContext(ctx, "report about an unknown message", "channel", e.Channel)
	return nil
}

func (s *Service) edited(ctx context.Context, chatID string, e channel.Event) error {
	_, err := s.change(ctx, s.byProvider(ctx, chatID, e.Channel, e.Edit.ProviderID), func(m *center.Message) bool {
		at := e.At
		if at.IsZero() {
			at = s.Now()
		}
		if m.Deleted || m.Text == e.Edit.Text || at.Before(m.EditedAt) {
			return false
		}
		m.Text, m.EditedAt = e.Edit.Text, at
		return true
	})
	return s.ofUnknown(ctx, e, err)
}

func (s *Service) reacted(ctx context.Context, chatID string, e channel.Event) error {
	who := "customer"
	if e.Reaction.ByUs {
		who = "us"
	}
	_, err := s.change(ctx, s.byProvider(ctx, chatID, e.Channel, e.Reaction.ProviderID), func(m *center.Message) bool {
		if m.Deleted || m.Reactions[who] == e.Reaction.Emoji {
			return false
		}
		reactions := maps.Clone(m.Reactions)
		if reactions == nil {
			reactions = map[string]string{}
		}
		reactions[who] = e.Reaction.Emoji
		if e.Reaction.Emoji == "" {
			delete(reactions, who)
		}
		m.Reactions = reactions
		return true
	})
	return s.ofUnknown(ctx, e, err)
}

// unsent takes a message back. What was copied of it goes with the object store's own expiry.
func (s *Service) unsent(ctx context.Context, chatID string, e channel.Event) error {
	m, err := s.change(ctx, s.byProvider(ctx, chatID, e.Channel, e.Unsent.ProviderID), (*center.Message).Unsend)
	if err != nil {
		return s.ofUnknown(ctx, e, err)
	}
	_, err = s.update(ctx, chatID, func(c *center.Chat) (store.ChatChange, error) {
		if !c.LastAt.Equal(m.At) || c.Preview == m.Preview() {
			return store.ChatChange{}, store.ErrUnchanged
		}
		c.Preview = m.Preview()
		return store.ChatChange{}, nil
	})
	return err
}

// keyOf is the key of a message of ours, which follows from its id.
func keyOf(messageID string) string {
	return (&center.Message{ID: messageID, At: center.TimeOf(messageID)}).Key()
}

func (s *Service) status(ctx context.Context, chatID string, st channel.Status) error {
	_, err := s.change(ctx, func() (*center.Message, error) {
		return s.Store.Message(ctx, chatID, keyOf(st.MessageID))
	}, func(m *center.Message) bool {
		return m.From == center.FromAgent && m.Advance(st.Delivery, st.Failure)
	})
	return err
}

func (s *Service) watermark(ctx context.Context, chatID string, w channel.Watermark) error {
	_, err := s.update(ctx, chatID, func(c *center.Chat) (store.ChatChange, error) {
		delivered, seen := later(c.DeliveredTo, w.Delivered), later(c.SeenTo, w.Seen)
		if delivered.Equal(c.DeliveredTo) && seen.Equal(c.SeenTo) {
			return store.ChatChange{}, store.ErrUnchanged
		}
		c.DeliveredTo, c.SeenTo = delivered, seen
		return store.ChatChange{}, nil
	})
	if center.CodeOf(err) == center.NotFound {
		return nil // about what was written before our time
	}
	return err
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// consent notes that the customer wants no more messages, or wants them again.
func (s *Service) consent(ctx context.Context, e channel.Event, consent channel.Consent) error {
	_, err := s.update(ctx, center.ChatIDOf(e.Channel, e.Inbox, e.Customer.ID), func(c *center.Chat) (store.ChatChange, error) {
		if c.OptedOut == consent.OptedOut {
			return store.ChatChange{}, store.ErrUnchanged
		}
		c.OptedOut = consent.OptedOut
		kind := center.EventOptedIn
		if c.OptedOut {
			kind = center.EventOptedOut
		}
		return store.ChatChange{Messages: []*center.Message{s.event(c, center.Event{Kind: kind})}}, nil
	})
	return err
}

// customerTypes tells the agent who holds the chat. Nothing of it lasts.
func (s *Service) customerTypes(ctx context.Context, chatID string, on bool) error {
	if !on {
		return nil // a desk forgets it by itself
	}
	c, err := s.Store.Chat(ctx, chatID, false)
	if center.CodeOf(err) == center.NotFound || err == nil && c.HeldBy() == "" {
		return nil
	}
	if err != nil {
		return err
	}
	a, err := s.Store.Agent(ctx, c.AgentID, false)
	if err != nil {
		return err
	}
	s.push(ctx, a.Connections, deskapi.Typing{Type: deskapi.TypeTyping, ChatID: chatID})
	return nil
}
