package conversation

import (
	"context"

	"guichet/shared/center"
	"guichet/shared/store"
)

// news says whether a message has just been written by whoever settles it.
type news bool

const (
	fresh news = true
	known news = false
)

// Settled tells whether a chat says of itself what the message calls for, as far as a look at both can tell.
func Settled(c *center.Chat, m *center.Message) bool {
	switch {
	case m.Kind == center.KindNote || m.Kind == center.KindEvent:
		return true
	case m.Key() == c.LastKey && c.Preview != m.Preview():
		return false
	case m.From == center.FromCustomer: // one before the last may not have been counted
		return m.Key() == c.LastInKey || m.Key() <= c.ReadTo
	}
	return !c.LastOutAt.Before(m.At)
}

// Settle completes what the writer of a message left undone. The stream function calls it for messages that it does not
// find Settled.
func (s *Service) Settle(ctx context.Context, m *center.Message) error {
	return s.settle(ctx, m, known)
}

// settle makes the chat agree with its messages by counting them again. A late one, behind what has been read, is
// unread if it is fresh; a repeat of it is not.
func (s *Service) settle(ctx context.Context, m *center.Message, n news) error {
	reopened := false
	c, err := s.update(ctx, m.ChatID, func(c *center.Chat) (store.ChatChange, error) {
		before := *c
		if n == fresh && m.From == center.FromCustomer {
			c.UnreadFrom(m)
		}
		recount, err := s.recount(ctx, c, m)
		if err != nil {
			return store.ChatChange{}, err
		}
		if reopened = !c.Open() && c.Unread > 0; reopened {
			// The message is there already: it cannot be refused any more because its inbox is gone.
			if _, err := s.reopen(ctx, c); err != nil && center.CodeOf(err) != center.Invalid {
				return store.ChatChange{}, err
			}
			recount()
		}
		if sameWords(&before, c) {
			return store.ChatChange{}, store.ErrUnchanged
		}
		return store.ChatChange{}, nil
	})
	if err != nil || !reopened {
		return err
	}
	return s.matchChat(ctx, c)
}

// recount counts a chat's messages again, and tells how to do so once more. m is one that may be older than all that count.
func (s *Service) recount(ctx context.Context, c *center.Chat, m *center.Message) (again func(), err error) {
	from := c.CountFrom()
	later, _, err := s.Store.Messages(ctx, c.ID, store.Page{After: from})
	if err != nil {
		return nil, err
	}
	if m != nil && m.Key() <= from {
		if m, err = s.Store.Message(ctx, c.ID, m.Key(), true); err != nil {
			return nil, err
		}
		later = append(later, m)
	}
	again = func() { c.Recount(later) }
	again()
	return again, nil
}

// sameWords tells whether two states of a chat say the same of its messages.
func sameWords(a, b *center.Chat) bool {
	return a.State == b.State && a.Unread == b.Unread && a.ReadTo == b.ReadTo && a.LastInKey == b.LastInKey &&
		a.LastOutAt.Equal(b.LastOutAt) && a.LastKey == b.LastKey && a.WaitingSince.Equal(b.WaitingSince) && a.Preview == b.Preview
}
