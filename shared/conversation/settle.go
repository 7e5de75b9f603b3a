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
	case m.From == center.FromCustomer:
		return c.LastInKey >= m.Key()
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
		later, _, err := s.Store.Messages(ctx, c.ID, store.Page{After: c.ReadTo})
		if err != nil {
			return store.ChatChange{}, err
		}
		c.Recount(later)
		if m.From != center.FromCustomer {
			c.Apply(m) // it may stand before what has been read
		}
		if reopened = !c.Open() && c.Unread > 0; reopened {
			c.Reopen(s.Now())
			c.Recount(later)
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

// sameWords tells whether two states of a chat say the same of its messages.
func sameWords(a, b *center.Chat) bool {
	return a.State == b.State && a.Unread == b.Unread && a.ReadTo == b.ReadTo && a.LastInKey == b.LastInKey &&
		a.LastOutAt.Equal(b.LastOutAt) && a.LastAt.Equal(b.LastAt) && a.WaitingSince.Equal(b.WaitingSince) && a.Preview == b.Preview
}
