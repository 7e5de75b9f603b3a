package dispatch

import (
	"context"
	"errors"

	"guichet/shared/center"
	"guichet/shared/mediaapi"
	"guichet/shared/store"
)

// Hold puts the customer on hold, or takes them off it. The contact says so first; the node obeys the newest version of it,
// so that commands which overtake each other do no harm, and the sweeper says it again. Desks mute the microphone by
// themselves: while the contact is on hold nobody is overheard, whatever the node knows.
func (d *Dispatcher) Hold(ctx context.Context, agentID, contactID string, on bool) (*center.Contact, error) {
	change := (*center.Contact).Resume
	if on {
		change = (*center.Contact).Hold
	}
	_, c, err := d.updateContact(ctx, contactID, func(c *center.Contact) (bool, error) { return change(c, agentID, d.Now()) })
	if err != nil {
		return nil, err
	}
	if err := d.tellHold(ctx, c); err != nil {
		return nil, errors.Join(err, d.notOnHold(ctx, c))
	}
	return c, nil
}

// tellHold makes the node do what the contact says.
func (d *Dispatcher) tellHold(ctx context.Context, c *center.Contact) error {
	action := mediaapi.ActionResume
	if c.OnHold() {
		action = mediaapi.ActionHold
	}
	return d.command(ctx, mediaapi.Command{ContactID: c.ID, Action: action, Version: c.Version})
}

// notOnHold takes back what the node has not heard of. A customer who should have been taken off hold stays there: the agent
// sees it and tries again.
func (d *Dispatcher) notOnHold(ctx context.Context, c *center.Contact) error {
	_, _, err := d.updateContact(ctx, c.ID, func(now *center.Contact) (bool, error) {
		if now.Version != c.Version || !c.OnHold() {
			return false, store.ErrUnchanged
		}
		return now.Resume(c.AgentID, d.Now())
	})
	return err
}

// Dial sends digits (0–9, *, #) into the agent's call, as tones that both hear. id names them: asked twice, they sound once.
func (d *Dispatcher) Dial(ctx context.Context, agentID, contactID, id, digits string) error {
	c, err := d.Store.Contact(ctx, contactID, true)
	if err != nil {
		return err
	}
	if err := c.ConnectedWith(agentID); err != nil {
		return err
	}
	return d.command(ctx, mediaapi.Command{ContactID: contactID, Action: mediaapi.ActionDigits, PlaybackID: id, Digits: digits})
}
