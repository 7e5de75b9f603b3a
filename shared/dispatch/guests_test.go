package dispatch_test

import (
	"context"
	"fmt"

	"guichet/shared/center"
	"guichet/shared/dispatch"
	"guichet/shared/mediaapi"
)

// invites lets agents invite a colleague or a number into their call, to consult or to hand over blindly.
func (w *world) invites() []func() {
	var all []func()
	for _, blind := range []bool{false, true} {
		for _, whom := range []dispatch.Invitation{{AgentID: "ada", Blind: blind}, {AgentID: "cleo", Blind: blind}, {Number: "+33170000009", Blind: blind}} {
			format := fmt.Sprintf("%%s invites %s%s into %%s, blindly %t", whom.AgentID, whom.Number, blind)
			all = append(all, w.eachAgentWith(func(a *center.Agent) string { return a.ContactID }, format,
				func(ctx context.Context, agentID, contactID string) error {
					w.invited++
					guest := whom
					guest.ID = fmt.Sprint("gu_", w.invited)
					_, err := w.dispatcher.Invite(ctx, agentID, contactID, guest)
					return err
				})...)
		}
	}
	if len(w.provider.legs) >= maxCalls {
		return nil
	}
	return all
}

func guestTimer(c *center.Contact) message {
	contactID, guestID := c.ID, c.Guest.ID
	return message{
		what: "the guest " + guestID + " has been rung", dueAt: c.Guest.ExpiresAt,
		deliver: func(ctx context.Context, d *dispatch.Dispatcher) error {
			return d.OfferTimedOut(ctx, contactID, guestID)
		},
	}
}

func (w *world) dismissals() []func() {
	return w.eachAgentWith(withGuest(w), "%s dismisses the guest of %s", func(ctx context.Context, agentID, contactID string) error {
		_, err := w.dispatcher.DismissGuest(ctx, agentID, contactID)
		return err
	})
}

func (w *world) handOvers() []func() {
	return w.eachAgentWith(withGuest(w), "%s hands %s over", func(ctx context.Context, agentID, contactID string) error {
		_, err := w.dispatcher.HandOver(ctx, agentID, contactID)
		return err
	})
}

func withGuest(w *world) func(*center.Agent) string {
	return func(a *center.Agent) string {
		if c := w.Ledger.Contact(a.ContactID); c != nil && c.Guest != nil {
			return c.ID
		}
		return ""
	}
}

func (w *world) moves() []func() {
	return w.eachAgentWith(func(a *center.Agent) string { return a.ContactID }, "%s sends %s to repairs",
		func(ctx context.Context, agentID, contactID string) error {
			_, err := w.dispatcher.ToQueue(ctx, agentID, contactID, "repairs")
			return err
		})
}

// guestPicksUp is that an invited number answers.
func guestPicksUp(ctx context.Context, w *world, d *dispatch.Dispatcher, l *leg) error {
	token, c, err := d.GuestPickedUp(ctx, l.dials, l.guest, l.sid)
	if center.CodeOf(err) != "" {
		return w.Outside(ctx, "Refuse "+l.sid, func() error {
			if !l.over && l.joinedAt.IsZero() {
				w.provider.end(l)
			}
			return nil
		})
	}
	if err != nil {
		return err
	}
	if c.Guest.Blind {
		return d.Forwarded(ctx, c)
	}
	return w.Outside(ctx, "Stream "+l.sid, func() error {
		_, err := d.MediaKey.Verify(token, mediaapi.PurposeStream, d.Now())
		l.joinedAt = d.Now()
		return err
	})
}
