package conversation

import (
	"context"
	"errors"
	"fmt"
	"time"

	"guichet/shared/center"
)

// unconfirmedAfter is from when on an attempt counts as unconfirmed: whoever made it has died, and whether the provider has
// the message is unknown.
const unconfirmedAfter = time.Minute

func (s *Service) unconfirmed(m *center.Message) bool {
	return !m.TriedAt.IsZero() && s.Now().Sub(m.TriedAt) > unconfirmedAfter
}

// Retry sends a message again, because an agent wants it: one that failed, or one that is unconfirmed.
func (s *Service) Retry(ctx context.Context, by *center.Agent, chatID, key string) (*center.Message, error) {
	c, err := s.writable(ctx, by, chatID, center.KindText)
	if err != nil {
		return nil, err
	}
	claimed := false
	m, err := s.change(ctx, s.byKey(ctx, chatID, key), func(m *center.Message) bool {
		claimed = m.Delivery == center.DeliveryFailed || m.Delivery == center.DeliverySending && s.unconfirmed(m)
		if claimed {
			m.Delivery, m.Failure, m.TriedAt = center.DeliverySending, "", s.Now()
		}
		return claimed
	})
	if err != nil || !claimed {
		return m, err
	}
	return s.deliver(ctx, c, m)
}

// ErrNotYet is a message that the channel still refuses for now.
var ErrNotYet = errors.New("not sent yet")

// Resend tries a message again that the channel refused for now, because its time has come. ErrNotYet asks for another
// time. An attempt that nobody has confirmed is not repeated: the provider may have the message, and its agent decides.
func (s *Service) Resend(ctx context.Context, chatID, key string) error {
	claimed := false
	m, err := s.change(ctx, s.byKey(ctx, chatID, key), func(m *center.Message) bool {
		claimed = m.Delivery == center.DeliveryRetrying && m.Claim(s.Now())
		if m.Delivery == center.DeliveryRetrying && s.unconfirmed(m) {
			m.Delivery, m.Failure = center.DeliverySending, ""
			return true
		}
		return claimed
	})
	switch {
	case err != nil:
		return err
	case claimed:
		c, err := s.Store.Chat(ctx, chatID, true)
		if err != nil {
			return err
		}
		if m, err = s.deliver(ctx, c, m); err != nil {
			return err
		}
	}
	if m.Delivery == center.DeliveryRetrying {
		return fmt.Errorf("%s after %d attempts: %w", m.Failure, m.Attempts, ErrNotYet)
	}
	return nil
}

// GiveUp marks a message as failed that was tried often enough.
func (s *Service) GiveUp(ctx context.Context, chatID, key string) error {
	_, err := s.change(ctx, s.byKey(ctx, chatID, key), func(m *center.Message) bool {
		return m.Delivery == center.DeliveryRetrying && m.Advance(center.DeliveryFailed, m.Failure)
	})
	return err
}
