package dispatch

import (
	"context"
	"time"

	"guichet/shared/center"
	"guichet/shared/mediaapi"
)

// WidgetRing is how long a call rings in the webchat's widget. Widgets stop a little earlier by themselves.
const WidgetRing = time.Minute

// VisitorAnswers admits the audio of a visitor who answers a call in the widget of a chat: it returns the ticket for the
// media node. It may be repeated: the page that joins last has the call.
func (d *Dispatcher) VisitorAnswers(ctx context.Context, chatID, contactID string) (string, error) {
	c, err := d.visitorsCall(ctx, chatID, contactID)
	if err != nil {
		return "", err
	}
	if c, err = d.DialAnswered(ctx, c.ID, 0, c.ID); err != nil { // faster than the answer to who dials
		return "", err
	}
	if !c.Live() {
		return "", center.Errorf(center.Conflict, "call-over", "the call is over")
	}
	return d.mediaTicket(ctx, c, mediaapi.PurposeVisitorAudio)
}

// VisitorLeft ends a call that a visitor declines or hangs up. Repeating it is harmless.
func (d *Dispatcher) VisitorLeft(ctx context.Context, chatID, contactID string) error {
	c, err := d.visitorsCall(ctx, chatID, contactID)
	if err != nil || c.Ended() {
		return err
	}
	if err := d.hangUp(ctx, c); err != nil {
		return err
	}
	_, err = d.CallerLeft(ctx, c.ID)
	return err
}

// VisitorLineLeft ends a contact in the widget whose line is gone from the media node: no provider will tell. It does nothing
// to other contacts.
func (d *Dispatcher) VisitorLineLeft(ctx context.Context, contactID string) error {
	c, err := d.Store.Contact(ctx, contactID, true)
	if err != nil || !c.InWidget {
		return err
	}
	_, err = d.CallerLeft(ctx, c.ID)
	return err
}

// WidgetRangOut ends a call that was not answered in the widget; too early is a conflict, to be tried again.
func (d *Dispatcher) WidgetRangOut(ctx context.Context, contactID string) error {
	c, err := d.Store.Contact(ctx, contactID, true)
	if err != nil || !c.InWidget || c.State != center.StateConnecting {
		return err
	}
	if until := c.EnteredAt.Add(WidgetRing); d.Now().Before(until) {
		return center.Errorf(center.Conflict, "call-rings", "the call rings until %s", until)
	}
	if err := d.hangUp(ctx, c); err != nil {
		return err
	}
	_, err = d.end(ctx, contactID, func(c *center.Contact) center.Outcome {
		if c.State != center.StateConnecting {
			return goesOn // answered meanwhile
		}
		return c.OutcomeWhenCallerLeaves()
	})
	return err
}

// visitorsCall reads a call in the widget of a chat; any other contact is NotFound.
func (d *Dispatcher) visitorsCall(ctx context.Context, chatID, contactID string) (*center.Contact, error) {
	c, err := d.Store.Contact(ctx, contactID, true)
	if err != nil {
		return nil, err
	}
	if !c.InWidget || c.ChatID != chatID {
		return nil, center.Errorf(center.NotFound, "contact-unknown", "no contact %s", contactID)
	}
	return c, nil
}
