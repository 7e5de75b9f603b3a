package dispatch_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/shared/center"
	"guichet/shared/dispatch"
)

// These are races that random histories meet too seldom to rely on.

// until lets a process go on until its next request is of the given kind, and holds it there.
func (w *world) until(p *process, label string) {
	for range 20 {
		at := w.gate.queue(p)
		if len(at) == 0 {
			break
		}
		if strings.HasPrefix(at[0].label, label) {
			return
		}
		w.let(at[0], proceed)
	}
	w.t.Fatalf("%s never comes to %s", p.what, label)
}

// next lets one request of a process through.
func (w *world) next(p *process) { w.let(w.gate.queue(p)[0], proceed) }

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
		w.until(sweep, "GetItem CONTACT") // it has seen that ada has the call
		lost := w.deliver(lostMessage(w.provider.leg("call1"), false, d.Now()))
		w.until(lost, "TransactWriteItems")
		w.next(lost)
		w.next(sweep) // it sees that the call waits
		for slices.Contains(w.inFlight, lost) {
			w.next(lost) // which rings at ada again
		}
		w.finishAll() // and the sweeper must not mind; each write is checked
		require.Equal(t, "ada", w.ledger.contact(c.ID).HeldBy())
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
		ada := w.inFlight[0]
		w.until(ada, "GetItem CONTACT") // ada's search has found the place
		w.ready(t, "bob")               // and bob gets the call
		w.next(ada)                     // which ada's search sees, and is about to forget the place
		o := w.offers[0]
		bob := w.start(&process{what: "bob declines call1"}, func(ctx context.Context) error {
			return d.Decline(ctx, "bob", c.ID, o.offerID)
		})
		w.until(bob, "TransactWriteItems")
		w.next(bob)   // the contact is back in its place
		w.next(ada)   // where it must be found; each write is checked
		w.finishAll() // by ada
		require.Equal(t, "ada", w.ledger.contact(c.ID).HeldBy())
	})
}

func TestTheMaximumWaitEndsOnlyWhatWaits(t *testing.T) {
	t.Parallel()
	inWorld(t, func(t *testing.T, w *world, d *dispatch.Dispatcher) {
		c, err := d.Admit(context.Background(), w.call("call1"))
		require.NoError(t, err)
		tooLong := w.start(&process{what: "call1 has waited too long"}, func(ctx context.Context) error {
			_, err := d.WaitedTooLong(ctx, c.ID)
			return err
		})
		w.until(tooLong, "PutItem CONTACT") // it has read that the contact waits
		w.ready(t, "ada")
		w.finishAll()
		require.Equal(t, "ada", w.ledger.contact(c.ID).HeldBy())
	})
}
