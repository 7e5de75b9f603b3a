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

// calledBack is a callback that waits in sales, of a caller who asked for it.
func (w *world) calledBack(t *testing.T, d *dispatch.Dispatcher, sid string) *center.Contact {
	ctx := context.Background()
	call := w.call(sid)
	call.From, call.To = "+33123456789", "+33800000000"
	c, err := d.Admit(ctx, call)
	require.NoError(t, err)
	promised, err := d.AskForCallback(ctx, c.ID)
	require.NoError(t, err)
	require.True(t, promised)
	require.NoError(t, d.CallOver(ctx, call, false))
	c = w.Ledger.Contact(c.ID)
	require.Equal(t, center.StateWaiting, c.State, "they have hung up, and it is their turn")
	return c
}

func (w *world) lastOffer() offered { return w.offers[len(w.offers)-1] }

// accepts has an agent take the last offer.
func (w *world) accept(t *testing.T, d *dispatch.Dispatcher) *center.Contact {
	o := w.lastOffer()
	c, err := d.Accept(context.Background(), o.agentID, o.contactID, o.offerID)
	require.NoError(t, err)
	return c
}

func TestACallbackIsTriedAgainAndThenLeftToTheCampaign(t *testing.T) {
	t.Parallel()
	inWorld(t, func(t *testing.T, w *world, d *dispatch.Dispatcher) {
		ctx := context.Background()
		c := w.calledBack(t, d, "call1")
		w.ready(t, "ada")
		for attempt := 1; attempt <= 2; attempt++ {
			dialled := w.accept(t, d)
			assert.Equal(t, attempt, dialled.Attempt)
			require.NoError(t, d.DialOver(ctx, c.ID, attempt-1, false), "a late report of what was before")
			assert.True(t, w.Ledger.Contact(c.ID).Live())
			require.NoError(t, d.DialOver(ctx, c.ID, attempt, false))
			assert.Nil(t, w.Ledger.Agent("ada").WrapUp, "there is nothing to wrap up")
			if attempt == 2 {
				break
			}
			next := w.Ledger.Contact(c.ID)
			assert.Equal(t, []any{center.StateScheduled, d.Now().Add(30 * time.Second)}, []any{next.State, next.DueAt})
			turn, err := d.TakeTurn(ctx, c.ID, "token")
			require.NoError(t, err)
			assert.Equal(t, next.DueAt, turn.Again, "not yet")
			time.Sleep(30 * time.Second)
			turn, err = d.TakeTurn(ctx, c.ID, "token")
			require.NoError(t, err)
			assert.Equal(t, dispatch.Turn{Waits: true}, turn)
			assert.Empty(t, w.Ledger.Keys("QUEUE#sales LATER#"), "it is on the schedule no longer")
			assert.Equal(t, "ada", w.Ledger.Contact(c.ID).HeldBy())
		}
		over := w.Ledger.Contact(c.ID)
		assert.Equal(t, center.OutcomeIncomplete, over.Outcome)
		turn, err := d.TakeTurn(ctx, c.ID, "token")
		require.NoError(t, err)
		assert.Equal(t, dispatch.Turn{}, turn, "it is over")

		w.ready(t, "bob")
		require.NoError(t, d.ReturnMissed(ctx, over))
		require.NoError(t, d.ReturnMissed(ctx, over), "told twice")
		made := center.ContactIDOf("campaign again", c.ID)
		require.Equal(t, center.StateScheduled, w.Ledger.Contact(made).State)
		_, err = d.TakeTurn(ctx, made, "token2")
		require.NoError(t, err)
		assert.Equal(t, "bob", w.Ledger.Contact(made).HeldBy(), "ada is not in the campaign")
	})
}

func TestAVoicemailIsNotTheCustomer(t *testing.T) {
	t.Parallel()
	inWorld(t, func(t *testing.T, w *world, d *dispatch.Dispatcher) {
		ctx := context.Background()
		c := w.calledBack(t, d, "call1")
		w.ready(t, "ada")
		w.accept(t, d)
		require.NoError(t, d.Joined(ctx, c.ID, "ada", d.Now()))
		require.NoError(t, d.AnsweredByMachine(ctx, c.ID, 2), "of another attempt")
		assert.Equal(t, center.StateConnected, w.Ledger.Contact(c.ID).State)
		require.NoError(t, d.AnsweredByMachine(ctx, c.ID, 1))
		assert.True(t, w.Ledger.Contact(c.ID).Scheduled())
		assert.True(t, w.provider.legs[1].over, "the machine is hung up on")
		assert.Empty(t, w.Ledger.Agent("ada").ContactID)
	})
}

func TestACustomerIsNotCalledTwiceAtOnce(t *testing.T) {
	t.Parallel()
	inWorld(t, func(t *testing.T, w *world, d *dispatch.Dispatcher) {
		ctx := context.Background()
		first := w.calledBack(t, d, "call1")
		second := w.calledBack(t, d, "call3") // from the same number
		w.ready(t, "ada")
		w.ready(t, "bob")
		require.Equal(t, "ada", w.Ledger.Contact(first.ID).HeldBy())
		assert.True(t, w.Ledger.Contact(second.ID).Waiting())
		assert.Empty(t, w.Ledger.Agent("bob").ContactID)
		w.accept(t, d)
		require.NoError(t, d.Joined(ctx, first.ID, "ada", d.Now()))
		require.NoError(t, d.DialOver(ctx, first.ID, 1, false))
		require.NoError(t, d.Sweep(ctx))
		assert.Equal(t, "bob", w.Ledger.Contact(second.ID).HeldBy(), "now nobody speaks with them")
	})
}

func TestACampaignKeepsToItsHours(t *testing.T) {
	t.Parallel()
	inWorld(t, func(t *testing.T, w *world, d *dispatch.Dispatcher) {
		ctx := context.Background()
		campaign := *w.queues["again"].Campaign
		campaign.Hours = &center.Hours{} // UTC; the world begins at midnight on a Saturday
		campaign.Hours.Week[time.Saturday] = []center.Span{{From: 0, To: 60}, {From: 120, To: 180}}
		q := w.queues["again"]
		q.Campaign = &campaign
		w.queues["again"] = q
		w.furnishAgain(t, d)

		c, err := d.Admit(ctx, w.arrival("call1"))
		require.NoError(t, err)
		_, err = d.CallerLeft(ctx, c.ID)
		require.NoError(t, err)
		require.NoError(t, d.ReturnMissed(ctx, w.Ledger.Contact(c.ID)))
		made := center.ContactIDOf("campaign again", c.ID)
		_, err = d.TakeTurn(ctx, made, "")
		require.NoError(t, err)
		require.True(t, w.Ledger.Contact(made).Waiting())
		time.Sleep(time.Hour)
		w.ready(t, "bob")
		assert.Empty(t, w.Ledger.Agent("bob").ContactID, "the hour is over")
		later := w.Ledger.Contact(made)
		assert.Equal(t, []any{center.StateScheduled, w.began.Add(2 * time.Hour)}, []any{later.State, later.DueAt})
	})
}

func TestADirectCallRingsWhoseLineItIs(t *testing.T) {
	t.Parallel()
	inWorld(t, func(t *testing.T, w *world, d *dispatch.Dispatcher) {
		ctx := context.Background()
		w.ready(t, "bob")
		require.NoError(t, d.Connect(ctx, "ada", w.desks.open("ada").connectionID)) // logged in to nothing
		call := w.arrival("call1")
		call.QueueID, call.LineOf = "", "ada"
		c, err := d.Admit(ctx, call)
		require.NoError(t, err)
		assert.Equal(t, []string{"ada", ""}, []string{c.HeldBy(), c.QueueID})

		require.NoError(t, d.Decline(ctx, "ada", c.ID, c.Offer.ID))
		over := w.Ledger.Contact(c.ID)
		assert.Equal(t, center.OutcomeTimedOut, over.Outcome, "nobody else would answer")
		assert.Empty(t, w.Ledger.Agent("ada").ContactID)
	})
}

func TestADirectCallWaitsForWhoIsBusy(t *testing.T) {
	t.Parallel()
	inWorld(t, func(t *testing.T, w *world, d *dispatch.Dispatcher) {
		ctx := context.Background()
		c := w.talking(t, d)
		call := w.arrival("call2")
		call.QueueID, call.LineOf = "", "ada"
		direct, err := d.Admit(ctx, call)
		require.NoError(t, err)
		assert.True(t, direct.Waiting())
		_, err = d.CallerLeft(ctx, c.ID)
		require.NoError(t, err)
		_, err = d.EndWrapUp(ctx, "ada", c.ID)
		require.NoError(t, err)
		assert.Equal(t, "ada", w.Ledger.Contact(direct.ID).HeldBy())
		time.Sleep(30 * time.Second)
		require.NoError(t, d.OfferTimedOut(ctx, direct.ID, w.lastOffer().offerID))
		assert.Equal(t, center.OutcomeTimedOut, w.Ledger.Contact(direct.ID).Outcome)
		assert.Equal(t, center.ReasonMissed, w.Ledger.Agent("ada").StatusIn("sales").Reason)
	})
}

func TestCallsOverflowOnce(t *testing.T) {
	t.Parallel()
	inWorld(t, func(t *testing.T, w *world, d *dispatch.Dispatcher) {
		ctx := context.Background()
		c, err := d.Admit(ctx, w.arrival("call1"))
		require.NoError(t, err)
		time.Sleep(3 * time.Minute)
		c, err = d.WaitedTooLong(ctx, c.ID)
		require.NoError(t, err)
		assert.Equal(t, []any{"repairs", center.StateWaiting, 2}, []any{c.QueueID, c.State, c.Priority})
		assert.Empty(t, w.Ledger.Keys("QUEUE#sales WAIT#"), "its old place is free")
		require.NoError(t, d.Sweep(ctx))
		assert.True(t, w.Ledger.Contact(c.ID).Waiting(), "the new queue has a maximum of its own")
		c, err = d.WaitedTooLong(ctx, c.ID)
		require.NoError(t, err)
		assert.Equal(t, center.OutcomeTimedOut, c.Outcome)
	})
}
