package conversation

import (
	"context"
	"errors"
	"fmt"
	"time"

	"guichet/shared/center"
	"guichet/shared/channel"
	"guichet/shared/deskapi"
	"guichet/shared/store"
)

// change applies a change to a message and writes it, again and again until nobody was faster. change reports whether
// there is anything to write. The chat's preview follows.
func (s *Service) change(ctx context.Context, find func(consistent bool) (*center.Message, error), change func(*center.Message) bool) (*center.Message, error) {
	var message *center.Message
	preview := ""
	err := store.Retry(func(consistent bool) error {
		m, err := find(consistent)
		if err != nil {
			return err
		}
		message, preview = m, m.Preview()
		if !change(m) {
			return store.ErrUnchanged
		}
		return s.Store.UpdateMessage(ctx, m)
	})
	if err == nil && message.Preview() != preview {
		err = s.settle(ctx, message, known)
	}
	return message, err
}

// byProvider finds the message that the provider knows by an id.
func (s *Service) byProvider(ctx context.Context, chatID, channelName, providerID string) func(bool) (*center.Message, error) {
	return func(bool) (*center.Message, error) {
		return s.Store.FindMessage(ctx, chatID, center.MessageIDOf(channelName, providerID), providerID)
	}
}

// byKey finds the message of a key.
func (s *Service) byKey(ctx context.Context, chatID, key string) func(consistent bool) (*center.Message, error) {
	return func(consistent bool) (*center.Message, error) { return s.Store.Message(ctx, chatID, key, consistent) }
}

// overtakenFor is how long a report may wait for the message that it is about. Later, the message is one that we never had.
const overtakenFor = time.Minute

// ErrOvertaken makes the provider repeat a report that came before its message.
var ErrOvertaken = errors.New("the report has overtaken its message")

// ofUnknown decides about a report whose message is unknown: it is to come again, or is about a message before our time.
func (s *Service) ofUnknown(ctx context.Context, e channel.Event, err error) error {
	if center.CodeOf(err) != center.NotFound {
		return err
	}
	if !e.At.IsZero() && s.Now().Sub(e.At) < overtakenFor {
		return fmt.Errorf("%s: %w", e.Channel, ErrOvertaken)
	}
	s.Log.InfoContext(ctx, "report about an unknown message", "channel", e.Channel, "chat", center.ChatIDOf(e.Channel, e.Inbox, e.Customer.ID))
	return nil
}

// reported applies a report about a message that the provider knows by an id.
func (s *Service) reported(ctx context.Context, chatID string, e channel.Event, providerID string, change func(m *center.Message, at time.Time) bool) error {
	at := e.At.UTC().Truncate(time.Millisecond)
	if e.At.IsZero() {
		at = s.Now()
	}
	_, err := s.change(ctx, s.byProvider(ctx, chatID, e.Channel, providerID), func(m *center.Message) bool { return change(m, at) })
	return s.ofUnknown(ctx, e, err)
}

func (s *Service) edited(ctx context.Context, chatID string, e channel.Event) error {
	return s.reported(ctx, chatID, e, e.Edit.ProviderID, func(m *center.Message, at time.Time) bool {
		return m.Edit(e.Edit.Text, at)
	})
}

func (s *Service) reacted(ctx context.Context, chatID string, e channel.Event) error {
	who := "customer"
	if e.Reaction.ByUs {
		who = "us"
	}
	return s.reported(ctx, chatID, e, e.Reaction.ProviderID, func(m *center.Message, at time.Time) bool {
		return m.React(who, e.Reaction.Emoji, at)
	})
}

// unsent takes a message back. What was copied of it goes with the object store's own expiry.
func (s *Service) unsent(ctx context.Context, chatID string, e channel.Event) error {
	return s.reported(ctx, chatID, e, e.Unsent.ProviderID, func(m *center.Message, _ time.Time) bool { return m.Unsend() })
}

// keyOf is the key of a message of ours, which follows from its id.
func keyOf(messageID string) string {
	return (&center.Message{ID: messageID, At: center.TimeOf(messageID)}).Key()
}

func (s *Service) status(ctx context.Context, chatID string, st channel.Status) error {
	_, err := s.change(ctx, s.byKey(ctx, chatID, keyOf(st.MessageID)), func(m *center.Message) bool {
		return m.From == center.FromAgent && m.Advance(st.Delivery, st.Failure)
	})
	if center.CodeOf(err) == center.NotFound {
		return nil // not ours: a message of ours is in the thread before the provider has it
	}
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

// consent notes that the customer wants no more messages, or wants them again: what they said last counts.
func (s *Service) consent(ctx context.Context, chatID string, e channel.Event) error {
	at := e.At.UTC().Truncate(time.Millisecond)
	if e.At.IsZero() {
		at = s.Now()
		if id := e.Consent.ProviderID; id != "" {
			var err error
			if at, err = s.Store.FirstSeen(ctx, chatID, center.MessageIDOf(e.Channel, id), at); err != nil {
				return err
			}
		}
	}
	_, err := s.update(ctx, chatID, func(c *center.Chat) (store.ChatChange, error) {
		if !at.After(c.ConsentAt) {
			return store.ChatChange{}, store.ErrUnchanged
		}
		c.ConsentAt = at
		if c.OptedOut == e.Consent.OptedOut {
			return store.ChatChange{}, nil
		}
		c.OptedOut = e.Consent.OptedOut
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
