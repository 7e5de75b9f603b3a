package dispatch

import (
	"context"

	"guichet/shared/center"
)

// Phones is a Phone for contacts of every kind: a customer is at a telephone, or in the webchat's widget. What visitors of the
// widget cannot do, center refuses.
type Phones struct {
	Phone       // of those at a telephone
	Widget Line // of the others
}

func (p Phones) of(c *center.Contact) Line {
	if c.InWidget {
		return p.Widget
	}
	return p.Phone
}

// Dial implements Phone.
func (p Phones) Dial(ctx context.Context, c *center.Contact) (string, error) {
	return p.of(c).Dial(ctx, c)
}

// Join implements Phone.
func (p Phones) Join(ctx context.Context, c *center.Contact, ticket string) error {
	return p.of(c).Join(ctx, c, ticket)
}

// HangUp implements Phone.
func (p Phones) HangUp(ctx context.Context, c *center.Contact) error { return p.of(c).HangUp(ctx, c) }

// Ended implements Phone.
func (p Phones) Ended(ctx context.Context, c *center.Contact) (bool, error) {
	return p.of(c).Ended(ctx, c)
}
