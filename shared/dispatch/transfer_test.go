package dispatch_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/center"
	"guichet/shared/dispatch"
)

// invited is a call that ada has, and into which somebody is invited.
func (w *world) invitedInto(t *testing.T, d *dispatch.Dispatcher, whom dispatch.Invitation) *center.Contact {
	c := w.talking(t, d)
	whom.ID = "gu_1"
	c, err := d.Invite(context.Background(), "ada", c.ID, whom)
	require.NoError(t, err)
	return c
}

func TestAConsultedColleagueTakesTheCallOver(t *testing.T) {
	t.Parallel()
	inWorld(t, func(t *testing.T, w *world, d *dispatch.Dispatcher) {
		ctx := context.Background()
		w.ready(t, "bob")
		c := w.invitedInto(t, d, dispatch.Invitation{AgentID: "bob"})
		assert.True(t, c.OnHold())
		again, err := d.Invite(ctx, "ada", c.ID, dispatch.Invitation{ID: "gu_1", AgentID: "bob"})
		require.NoError(t, err, "a double click")
		assert.Equal(t, c.Version, again.Version)
		_, err = d.HandOver(ctx, "ada", c.ID)
		assert.Equal(t, "no-guest", center.SlugOf(err), "bob has not answered")

		_, err = d.Accept(ctx, "bob", c.ID, "gu_1")
		require.NoError(t, err)
		_, err = d.Hold(ctx, "bob", c.ID, false)
		assert.Equal(t, center.NotFound, center.CodeOf(err), "it is ada's call still")
		_, err = d.HandOver(ctx, "ada", c.ID)
		require.NoError(t, err)
		assert.Equal(t, "bob", w.Ledger.Contact(c.ID).HeldBy())
		assert.NotNil(t, w.Ledger.Agent("ada").WrapUp)
		require.NoError(t, d.Joined(ctx, c.ID, "bob", d.Now()))
		_, err = d.HangUp(ctx, "bob", c.ID)
		require.NoError(t, err)
		assert.Equal(t, center.OutcomeHandled, w.Ledger.Contact(c.ID).Outcome)
	})
}

func TestABlindTransferThatNobodyAnswersComesBack(t *testing.T) {
	t.Parallel()
	for name, refuse := range map[string]func(context.Context, *dispatch.Dispatcher, *center.Contact) error{
		"declined": func(ctx context.Context, d *dispatch.Dispatcher, c *center.Contact) error {
			return d.Decline(ctx, "bob", c.ID, "gu_1")
		},
		"not answered": func(ctx context.Context, d *dispatch.Dispatcher, c *center.Contact) error {
			time.Sleep(30 * time.Second)
			return d.OfferTimedOut(ctx, c.ID, "gu_1")
		},
		"taken back": func(ctx context.Context, d *dispatch.Dispatcher, c *center.Contact) error {
			_, err := d.DismissGuest(ctx, "ada", c.ID)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inWorld(t, func(t *testing.T, w *world, d *dispatch.Dispatcher) {
				w.ready(t, "bob")
				c := w.invitedInto(t, d, dispatch.Invitation{AgentID: "bob", Blind: true})
				require.NoError(t, refuse(context.Background(), d, c))
				c = w.Ledger.Contact(c.ID)
				assert.Equal(t, []any{"ada", center.StateConnected, true}, []any{c.HeldBy(), c.State, c.OnHold()}, "the caller is still there")
				assert.Nil(t, c.Guest)
				bob := w.Ledger.Agent("bob")
				assert.Empty(t, bob.ContactID)
				assert.Equal(t, center.StatusReady, bob.StatusIn("sales").Status, "who is not answered by a colleague has missed no caller")
				_, err := d.Accept(context.Background(), "bob", c.ID, "gu_1")
				assert.Equal(t, center.Conflict, center.CodeOf(err))
			})
		})
	}
}

func TestWhoIsBusyIsNotRung(t *testing.T) {
	t.Parallel()
	inWorld(t, func(t *testing.T, w *world, d *dispatch.Dispatcher) {
		ctx := context.Background()
		c := w.talking(t, d)
		before := *c
		_, err := d.Invite(ctx, "ada", c.ID, dispatch.Invitation{ID: "gu_1", AgentID: "bob"})
		assert.Equal(t, "agent-away", center.SlugOf(err))
		w.ready(t, "bob")
		_, err = d.Admit(ctx, w.call("call2"))
		require.NoError(t, err)
		_, err = d.Invite(ctx, "ada", c.ID, dispatch.Invitation{ID: "gu_1", AgentID: "bob", Blind: true})
		assert.Equal(t, "agent-busy", center.SlugOf(err))
		_, err = d.InviteFrom(ctx, "ada", c.ID, "sales", dispatch.Invitation{ID: "gu_1"})
		assert.Equal(t, "queue-nobody", center.SlugOf(err))
		assert.Equal(t, before.Version, w.Ledger.Contact(c.ID).Version, "the call is as it was")
		w.ready(t, "dan")
		c, err = d.InviteFrom(ctx, "ada", c.ID, "sales", dispatch.Invitation{ID: "gu_1"})
		require.NoError(t, err)
		assert.True(t, c.Invites("dan"))
	})
}

func TestAnOutsideNumberIsConsultedAndConnected(t *testing.T) {
	t.Parallel()
	for _, blind := range []bool{false, true} {
		inWorld(t, func(t *testing.T, w *world, d *dispatch.Dispatcher) {
			ctx := context.Background()
			c := w.invitedInto(t, d, dispatch.Invitation{Number: "+33170000009", Blind: blind})
			l := w.provider.legs[1]
			assert.Equal(t, []any{"gu_1", l.sid}, []any{l.guest, w.Ledger.Contact(c.ID).Guest.CallSID})
			ticket, c, err := d.GuestPickedUp(ctx, c.ID, "gu_1", l.sid)
			require.NoError(t, err)
			assert.NotEmpty(t, ticket)
			if blind {
				require.NoError(t, d.Forwarded(ctx, c))
			} else {
				_, err = d.HandOver(ctx, "ada", c.ID)
				require.NoError(t, err)
			}
			assert.Equal(t, center.OutcomeHandled, w.Ledger.Contact(c.ID).Outcome)
			assert.Empty(t, w.Ledger.Agent("ada").ContactID)
			assert.False(t, l.over, "they speak with the customer")
			require.NoError(t, d.GuestOver(ctx, c.ID, "gu_1"))
		})
	}
}

func TestACallIsNotHandedOverToWhoHasHungUp(t *testing.T) {
	t.Parallel()
	inWorld(t, func(t *testing.T, w *world, d *dispatch.Dispatcher) {
		ctx := context.Background()
		c := w.invitedInto(t, d, dispatch.Invitation{Number: "+33170000009"})
		l := w.provider.legs[1]
		_, _, err := d.GuestPickedUp(ctx, c.ID, "gu_1", l.sid)
		require.NoError(t, err)
		l.over = true // and nobody has told us yet
		_, err = d.HandOver(ctx, "ada", c.ID)
		assert.Equal(t, "no-guest", center.SlugOf(err))
		c = w.Ledger.Contact(c.ID)
		assert.Equal(t, center.StateConnected, c.State, "the customer is still with the agent")
		assert.Nil(t, c.Guest)
	})
}

func TestTheEndOfACallEndsItsGuests(t *testing.T) {
	t.Parallel()
	inWorld(t, func(t *testing.T, w *world, d *dispatch.Dispatcher) {
		ctx := context.Background()
		c := w.invitedInto(t, d, dispatch.Invitation{Number: "+33170000009"})
		_, err := d.CallerLeft(ctx, c.ID)
		require.NoError(t, err)
		assert.True(t, w.provider.legs[1].over)
		_, _, err = d.GuestPickedUp(ctx, c.ID, "gu_1", w.provider.legs[1].sid)
		assert.Equal(t, center.Conflict, center.CodeOf(err))
	})
}

func TestAGuestMayLeave(t *testing.T) {
	t.Parallel()
	inWorld(t, func(t *testing.T, w *world, d *dispatch.Dispatcher) {
		ctx := context.Background()
		w.ready(t, "bob")
		c := w.invitedInto(t, d, dispatch.Invitation{AgentID: "bob"})
		_, err := d.Accept(ctx, "bob", c.ID, "gu_1")
		require.NoError(t, err)
		_, err = d.HangUp(ctx, "bob", c.ID)
		require.NoError(t, err)
		assert.Equal(t, "ada", w.Ledger.Contact(c.ID).HeldBy())
		assert.Empty(t, w.Ledger.Agent("bob").ContactID)
		assert.Nil(t, w.Ledger.Agent("bob").WrapUp)
	})
}

// Whatever takes the call away from its agent takes it from the guest.
func TestNoGuestIsLeftBehind(t *testing.T) {
	t.Parallel()
	for name, away := range map[string]func(context.Context, *dispatch.Dispatcher, *center.Contact) error{
		"its stream is lost": func(ctx context.Context, d *dispatch.Dispatcher, c *center.Contact) error {
			return d.MediaLost(ctx, c.ID, "ada", true, d.Now())
		},
		"it goes to a queue": func(ctx context.Context, d *dispatch.Dispatcher, c *center.Contact) error {
			_, err := d.ToQueue(ctx, "ada", c.ID, "repairs")
			return err
		},
		"the caller hangs up": func(ctx context.Context, d *dispatch.Dispatcher, c *center.Contact) error {
			_, err := d.CallerLeft(ctx, c.ID)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inWorld(t, func(t *testing.T, w *world, d *dispatch.Dispatcher) {
				ctx := context.Background()
				w.ready(t, "cleo")
				c := w.invitedInto(t, d, dispatch.Invitation{AgentID: "cleo"})
				_, err := d.Accept(ctx, "cleo", c.ID, "gu_1")
				require.NoError(t, err)
				_, err = d.SetStatus(ctx, "cleo", nil, center.StatusPaused, "lunch")
				require.NoError(t, err)
				require.NoError(t, away(ctx, d, c))
				assert.Empty(t, w.Ledger.Agent("cleo").ContactID)
			})
		})
	}
}

func TestACallGoesToAnotherQueue(t *testing.T) {
	t.Parallel()
	inWorld(t, func(t *testing.T, w *world, d *dispatch.Dispatcher) {
		ctx := context.Background()
		w.ready(t, "cleo")
		c := w.talking(t, d)
		_, err := d.ToQueue(ctx, "ada", c.ID, "again")
		assert.Equal(t, "queue-not-voice", center.SlugOf(err))
		_, err = d.ToQueue(ctx, "bob", c.ID, "repairs")
		assert.Equal(t, center.NotFound, center.CodeOf(err))
		_, err = d.ToQueue(ctx, "ada", c.ID, "repairs")
		require.NoError(t, err)
		assert.Equal(t, "cleo", w.Ledger.Contact(c.ID).HeldBy())
		assert.NotNil(t, w.Ledger.Agent("ada").WrapUp)
		assert.Equal(t, c.EnteredAt, w.Ledger.Contact(c.ID).EnteredAt)
	})
}

func TestLines(t *testing.T) {
	t.Parallel()
	inWorld(t, func(t *testing.T, w *world, d *dispatch.Dispatcher) {
		ctx := context.Background()
		ada := w.Ledger.Agent("ada")
		line, err := d.LineOf(ctx, ada)
		require.NoError(t, err)
		assert.Equal(t, "+33800000001", line)
		_, err = d.SetLine(ctx, "ada", "+33800000009")
		assert.Equal(t, "line-unknown", center.SlugOf(err))
		ada, err = d.SetLine(ctx, "ada", "+33800000001")
		require.NoError(t, err)
		assert.Equal(t, "+33800000001", ada.Line)
		_, err = d.LineOf(ctx, w.Ledger.Agent("cleo"))
		assert.Equal(t, "no-line", center.SlugOf(err))
	})
}
