package dispatch_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/center"
	"guichet/shared/dispatch"
)

// These are races that random histories meet too seldom to rely on.

func TestTheSweeperLeavesAloneWhoHasMovedOn(t *testing.T) {
	t.Parallel()
	inWorld(t, func(t *testing.T, w *world, d *dispatch.Dispatcher) {
		ctx := context.Background()
		w.ready(t, "ada")
		c, err := d.Admit(ctx, w.call("call1"))
		require.NoError(t, err)
		c, err = d.Accept(ctx, "ada", c.ID, c.Offer.ID)
		require.NoError(t, err)

		sweep := w.startSweep()
		w.Until(sweep.Process, "GetItem CONTACT") // it has seen that ada has the call
		lost := w.deliver(lostMessage(w.provider.leg("call1"), false, d.Now()))
		w.Until(lost.Process, "TransactWriteItems")
		w.Next(lost.Process)
		w.Next(sweep.Process) // it sees that the call waits
		for slices.Contains(w.InFlight, lost.Process) {
			w.Next(lost.Process) // which rings at ada again
		}
		w.FinishAll() // and the sweeper must not mind; each write is checked
		require.Equal(t, "ada", w.Ledger.Contact(c.ID).HeldBy())
	})
}

func TestAPlaceIsForgottenOnlyIfItsContactHasNotComeBack(t *testing.T) {
	t.Parallel()
	inWorld(t, func(t *testing.T, w *world, d *dispatch.Dispatcher) {
		ctx := context.Background()
		c, err := d.Admit(ctx, w.call("call1"))
		require.NoError(t, err)
		require.NoError(t, d.Connect(ctx, "ada", w.desks.open("ada").connectionID))
		w.setStatus("ada", agentQueues["ada"], center.StatusReady)
		ada := w.InFlight[0]
		w.Until(ada, "GetItem CONTACT") // ada's search has found the place
		w.ready(t, "bob")               // and bob gets the call
		w.Next(ada)                     // which ada's search sees
		w.Next(ada)                     // and, asking again to be sure, is about to forget the place
		o := w.offers[0]
		bob := w.start(&process{what: "bob declines call1"}, func(ctx context.Context) error {
			return d.Decline(ctx, "bob", c.ID, o.offerID)
		})
		w.Until(bob.Process, "TransactWriteItems")
		w.Next(bob.Process) // the contact is back in its place
		w.Next(ada)         // where it must be found; each write is checked
		w.FinishAll()       // by ada
		require.Equal(t, "ada", w.Ledger.Contact(c.ID).HeldBy())
	})
}

func TestASearchAsksAgainAboutAContactThatSeemsTaken(t *testing.T) {
	t.Parallel()
	inWorld(t, func(t *testing.T, w *world, d *dispatch.Dispatcher) {
		ctx := context.Background()
		w.ready(t, "bob")
		c, err := d.Admit(ctx, w.call("call1"))
		require.NoError(t, err)
		require.NoError(t, d.Connect(ctx, "ada", w.desks.open("ada").connectionID))
		o := w.offers[0]
		bob := w.start(&process{what: "bob declines call1"}, func(ctx context.Context) error {
			return d.Decline(ctx, "bob", c.ID, o.offerID)
		})
		w.Until(bob.Process, "TransactWriteItems")
		w.Next(bob.Process) // the contact is back in its place, and bob's search has not begun
		w.setStatus("ada", agentQueues["ada"], center.StatusReady)
		ada := w.InFlight[1]
		w.Until(ada, "GetItem CONTACT")
		w.NextStale(ada) // it seems to be bob's
		for slices.Contains(w.InFlight, ada) {
			w.Next(ada)
		}
		require.Equal(t, "ada", w.Ledger.Contact(c.ID).HeldBy())
		w.FinishAll()
	})
}

func TestTheMaximumWaitEndsOnlyWhatWaits(t *testing.T) {
	t.Parallel()
	inWorld(t, func(t *testing.T, w *world, d *dispatch.Dispatcher) {
		call := w.call("call1")
		call.QueueID = "repairs" // nothing overflows from there
		c, err := d.Admit(context.Background(), call)
		require.NoError(t, err)
		tooLong := w.start(&process{what: "call1 has waited too long"}, func(ctx context.Context) error {
			_, err := d.WaitedTooLong(ctx, c.ID)
			return err
		})
		w.Until(tooLong.Process, "PutItem CONTACT") // it has read that the contact waits
		w.ready(t, "cleo")
		w.FinishAll()
		require.Equal(t, "cleo", w.Ledger.Contact(c.ID).HeldBy())
	})
}

func TestAnOfferThatIsOverCannotBeAnswered(t *testing.T) {
	t.Parallel()
	inWorld(t, func(t *testing.T, w *world, d *dispatch.Dispatcher) {
		ctx := context.Background()
		w.ready(t, "ada")
		c, err := d.Admit(ctx, w.call("call1"))
		require.NoError(t, err)
		missed := c.Offer.ID
		time.Sleep(w.queues["sales"].Ring)
		require.NoError(t, d.OfferTimedOut(ctx, c.ID, missed))
		_, err = d.SetStatus(ctx, "ada", nil, center.StatusReady, "")
		require.NoError(t, err)
		_, err = d.Accept(ctx, "ada", c.ID, missed)
		assert.Equal(t, "offer-gone", center.SlugOf(err))
		assert.Equal(t, "offer-gone", center.SlugOf(d.Decline(ctx, "ada", c.ID, missed)))
		assert.Equal(t, w.offers[1].offerID, w.Ledger.Contact(c.ID).Offer.ID, "the one that rings goes on ringing")
	})
}
