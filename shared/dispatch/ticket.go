package dispatch

import (
	"context"
	"errors"
	"time"

	"guichet/shared/center"
	"guichet/shared/mediaapi"
	"guichet/shared/store"
)

// StreamTicket admits the provider's media stream of a live contact to its agent.
func (d *Dispatcher) StreamTicket(ctx context.Context, c *center.Contact) (string, error) {
	return d.mediaTicket(ctx, c, mediaapi.PurposeStream)
}

// mediaTicket admits the customer's line of a live contact to its agent.
func (d *Dispatcher) mediaTicket(ctx context.Context, c *center.Contact, purpose mediaapi.Purpose) (string, error) {
	dir, err := d.Directories.Directory(ctx)
	if err != nil {
		return "", err
	}
	now := d.Now()
	t := mediaapi.Ticket{
		ID: center.NewID(center.PrefixTicket, now), Purpose: purpose, AgentID: c.AgentID, ContactID: c.ID,
		ParkSeconds: int(dir.Settings.ParkGrace / time.Second), ExpiresUnix: now.Add(mediaapi.TicketLifetime).Unix(),
	}
	if purpose == mediaapi.PurposeStream {
		t.CallSID = c.CallSID
	}
	return d.MediaKey.Sign(t)
}

// guestTicket admits the line of a contact's guest to its call.
func (d *Dispatcher) guestTicket(c *center.Contact) (string, error) {
	now := d.Now()
	return d.MediaKey.Sign(mediaapi.Ticket{
		ID: center.NewID(center.PrefixTicket, now), Purpose: mediaapi.PurposeStream, AgentID: c.AgentID, ContactID: c.ID,
		CallSID: c.Guest.CallSID, GuestID: c.Guest.ID, ExpiresUnix: now.Add(mediaapi.TicketLifetime).Unix(),
	})
}

// RedeemTicket makes a ticket good for one use only.
func (d *Dispatcher) RedeemTicket(ctx context.Context, id string, expires time.Time) error {
	err := d.Store.UseTicket(ctx, id, expires)
	if errors.Is(err, store.ErrStale) {
		return center.Errorf(center.Forbidden, "ticket-used", "the ticket has been used")
	}
	return err
}
