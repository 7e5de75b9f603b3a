package dispatch_test

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/center"
	"guichet/shared/dispatch"
	"guichet/shared/store"
)

// inWorld runs a test in a world of its own, on the virtual clock. Its requests pass freely, one after the other.
func inWorld(t *testing.T, test func(t *testing.T, w *world, d *dispatch.Dispatcher)) {
	g := newGround(t)
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, g, nil)
		test(t, w, w.dispatcher)
	})
}

// call is the arrival of a call that the provider knows.
func (w *world) call(sid string) dispatch.Arrival {
	w.provider.legs = append(w.provider.legs, &leg{sid: sid, queueID: "sales"})
	return dispatch.Arrival{Provider: "phone", CallSID: sid, QueueID: "sales"}
}

// arrival is a call from a number that can be called back.
func (w *world) arrival(sid string) dispatch.Arrival {
	a := w.call(sid)
	a.From, a.To = "+33123456789", "+33800000000"
	return a
}

// furnishAgain writes the queues anew.
func (w *world) furnishAgain(t *testing.T, d *dispatch.Dispatcher) {
	require.NoError(t, w.Store.SaveDirectory(context.Background(), &store.Directory{Queues: w.queues}))
	d.Directories = store.NewDirectories(w.Store)
}

// ready brings an agent to a desk and makes them ready everywhere.
func (w *world) ready(t *testing.T, agentID string) *desk {
	k := w.desks.open(agentID)
	require.NoError(t, w.dispatcher.Connect(context.Background(), agentID, k.connectionID))
	_, err := w.dispatcher.SetStatus(context.Background(), agentID, agentQueues[agentID], center.StatusReady, "")
	require.NoError(t, err)
	return k
}

func TestTicketsAreRedeemedOnce(t *testing.T) {
	t.Parallel()
	inWorld(t, func(t *testing.T, _ *world, d *dispatch.Dispatcher) {
		ctx := context.Background()
		require.NoError(t, d.RedeemTicket(ctx, "tk_1", d.Now()))
		assert.Equal(t, "ticket-used", center.SlugOf(d.RedeemTicket(ctx, "tk_1", d.Now())))
	})
}

func TestAReportOfTheEndMayOvertakeTheArrival(t *testing.T) {
	t.Parallel()
	inWorld(t, func(t *testing.T, w *world, d *dispatch.Dispatcher) {
		ctx := context.Background()
		w.ready(t, "ada")
		call := w.call("call1")
		require.NoError(t, d.CallOver(ctx, call, false))
		c, err := d.Admit(ctx, call)
		require.NoError(t, err)
		assert.Equal(t, center.OutcomeAbandoned, c.Outcome)
		assert.Empty(t, w.offers, "it rings nobody")
		require.NoError(t, d.CallOver(ctx, call, true))
		assert.Equal(t, center.OutcomeAbandoned, w.Ledger.Contact(c.ID).Outcome)

		stranger := dispatch.Arrival{Provider: "phone", CallSID: "call2"}
		assert.Equal(t, center.NotFound, center.CodeOf(d.CallOver(ctx, stranger, false)), "of a call to no queue")
	})
}

func TestSnapshotAndHeartbeat(t *testing.T) {
	t.Parallel()
	inWorld(t, func(t *testing.T, w *world, d *dispatch.Dispatcher) {
		ctx := context.Background()
		k := w.ready(t, "ada")
		a, c, err := d.Snapshot(ctx, "ada")
		require.NoError(t, err)
		assert.Nil(t, c)
		pong, err := d.Heartbeat(ctx, k.connectionID)
		require.NoError(t, err)
		assert.Equal(t, a.Version, pong.AgentVersion)
		assert.Empty(t, pong.ContactID)

		admitted, err := d.Admit(ctx, w.call("call1"))
		require.NoError(t, err)
		a, c, err = d.Snapshot(ctx, "ada")
		require.NoError(t, err)
		assert.Equal(t, admitted, c)
		pong, err = d.Heartbeat(ctx, k.connectionID)
		require.NoError(t, err)
		assert.Equal(t, []any{a.Version, c.ID, c.Version}, []any{pong.AgentVersion, pong.ContactID, pong.ContactVersion})
		_, err = d.Heartbeat(ctx, "unknown")
		assert.Equal(t, center.NotFound, center.CodeOf(err))
	})
}

func TestOldDesksGiveWay(t *testing.T) {
	t.Parallel()
	inWorld(t, func(t *testing.T, w *world, d *dispatch.Dispatcher) {
		ctx := context.Background()
		for i := range center.MaxConnections + 1 {
			require.NoError(t, d.Connect(ctx, "ada", fmt.Sprint("k", i)))
		}
		assert.Len(t, w.Ledger.Agent("ada").Connections, center.MaxConnections)
		assert.Len(t, w.Ledger.Keys("CONNECTION "), center.MaxConnections)
		_, err := d.Heartbeat(ctx, "k0")
		assert.Equal(t, center.NotFound, center.CodeOf(err), "the oldest is told to open another")
	})
}

func TestAnOfferThatNoDeskCanHearGoesOn(t *testing.T) {
	t.Parallel()
	inWorld(t, func(t *testing.T, w *world, d *dispatch.Dispatcher) {
		ctx := context.Background()
		w.ready(t, "ada").gone = true
		time.Sleep(time.Second)
		w.ready(t, "bob")
		c, err := d.Admit(ctx, w.call("call1"))
		require.NoError(t, err)
		assert.Equal(t, []string{"ada", "bob"}, w.Ledger.Contact(c.ID).Asked)
		assert.Equal(t, "bob", w.Ledger.Contact(c.ID).HeldBy())
		assert.False(t, w.Ledger.Agent("ada").Online(), "ada is found to be absent")
		assert.Equal(t, center.StatusReady, w.Ledger.Agent("ada").StatusIn("sales").Status, "and missed nothing")
	})
}

func TestALongLineOfRefusedCallsHidesNobody(t *testing.T) {
	t.Parallel()
	inWorld(t, func(t *testing.T, w *world, d *dispatch.Dispatcher) {
		ctx := context.Background()
		for i := range 8 {
			time.Sleep(time.Millisecond)
			_, err := d.Admit(ctx, w.call(fmt.Sprint("call", i)))
			require.NoError(t, err)
		}
		w.ready(t, "ada")
		for i := range 8 {
			o := w.offers[len(w.offers)-1]
			assert.Equal(t, fmt.Sprint("call", i), w.name(o.contactID), "the next in line")
			require.NoError(t, d.Decline(ctx, o.agentID, o.contactID, o.offerID))
		}
		assert.Len(t, w.offers, 8, "nothing is left that ada does not rest from")
		assert.Empty(t, w.Ledger.Agent("ada").ContactID)
	})
}

func TestFailEndsWhateverTheState(t *testing.T) {
	t.Parallel()
	inWorld(t, func(t *testing.T, w *world, d *dispatch.Dispatcher) {
		ctx := context.Background()
		c, err := d.Admit(ctx, w.call("call1"))
		require.NoError(t, err)
		c, err = d.Fail(ctx, c.ID)
		require.NoError(t, err)
		assert.Equal(t, center.OutcomeFailed, c.Outcome)
		assert.Empty(t, w.Ledger.Keys("QUEUE#"))

		w.ready(t, "ada")
		c, err = d.Admit(ctx, w.call("call2"))
		require.NoError(t, err)
		_, err = d.Accept(ctx, "ada", c.ID, c.Offer.ID)
		require.NoError(t, err)
		require.NoError(t, d.Joined(ctx, c.ID, "ada", d.Now()))
		c, err = d.Fail(ctx, c.ID)
		require.NoError(t, err)
		assert.Equal(t, center.OutcomeHandled, c.Outcome, "somebody had spoken with the caller")
		assert.NotNil(t, w.Ledger.Agent("ada").WrapUp)
	})
}

func TestStrangersLearnNothing(t *testing.T) {
	t.Parallel()
	inWorld(t, func(t *testing.T, w *world, d *dispatch.Dispatcher) {
		ctx := context.Background()
		w.ready(t, "ada")
		c, err := d.Admit(ctx, w.call("call1"))
		require.NoError(t, err)
		_, err = d.Accept(ctx, "bob", c.ID, c.Offer.ID)
		assert.Equal(t, center.NotFound, center.CodeOf(err))
		assert.Equal(t, center.NotFound, center.CodeOf(d.Decline(ctx, "bob", c.ID, c.Offer.ID)))
		_, err = d.HangUp(ctx, "bob", c.ID)
		assert.Equal(t, center.NotFound, center.CodeOf(err))
		_, err = d.HangUp(ctx, "ada", c.ID)
		assert.Equal(t, center.NotFound, center.CodeOf(err), "what rings is not ada's to end yet")
		_, err = d.SetStatus(ctx, "cleo", nil, center.StatusReady, "")
		assert.Equal(t, "no-queue-joined", center.SlugOf(err))
		_, err = d.Admit(ctx, dispatch.Arrival{Provider: "phone", CallSID: "x", QueueID: "none"})
		assert.Equal(t, "queue-unknown", center.SlugOf(err))
	})
}

func TestALateReportTouchesNoLaterAcceptance(t *testing.T) {
	t.Parallel()
	inWorld(t, func(t *testing.T, w *world, d *dispatch.Dispatcher) {
		ctx := context.Background()
		w.ready(t, "ada")
		c, err := d.Admit(ctx, w.call("call1"))
		require.NoError(t, err)
		_, err = d.Accept(ctx, "ada", c.ID, c.Offer.ID)
		require.NoError(t, err)
		joined := d.Now()
		require.NoError(t, d.Joined(ctx, c.ID, "ada", joined))
		lost := joined.Add(time.Second)
		require.NoError(t, d.MediaLost(ctx, c.ID, "ada", false, lost))
		time.Sleep(5 * time.Second)
		_, err = d.Accept(ctx, "ada", c.ID, w.offers[1].offerID)
		require.NoError(t, err)
		require.NoError(t, d.MediaLost(ctx, c.ID, "ada", true, lost))
		assert.Equal(t, "not-connecting", center.SlugOf(d.Joined(ctx, c.ID, "ada", joined)))
		assert.Equal(t, center.StateConnecting, w.Ledger.Contact(c.ID).State)
		assert.Equal(t, "ada", w.Ledger.Contact(c.ID).HeldBy())
	})
}

func TestTheEndOfWrapUpBringsTheNextCall(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(context.Context, *dispatch.Dispatcher, *center.WrapUp) error{
		"by the agent": func(ctx context.Context, d *dispatch.Dispatcher, wrapUp *center.WrapUp) error {
			_, err := d.EndWrapUp(ctx, "ada", wrapUp.ContactID)
			return err
		},
		"by its timer": func(ctx context.Context, d *dispatch.Dispatcher, wrapUp *center.WrapUp) error {
			early := d.WrapUpTimedOut(ctx, "ada", wrapUp.ContactID)
			if center.SlugOf(early) != "wrap-up-runs" {
				return fmt.Errorf("too early: %w", early)
			}
			time.Sleep(wrapUp.Until.Sub(d.Now()))
			return d.WrapUpTimedOut(ctx, "ada", wrapUp.ContactID)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inWorld(t, func(t *testing.T, w *world, d *dispatch.Dispatcher) {
				ctx := context.Background()
				w.ready(t, "ada")
				c, err := d.Admit(ctx, w.call("call1"))
				require.NoError(t, err)
				_, err = d.Accept(ctx, "ada", c.ID, c.Offer.ID)
				require.NoError(t, err)
				_, err = d.HangUp(ctx, "ada", c.ID)
				require.NoError(t, err)
				next, err := d.Admit(ctx, w.call("call2"))
				require.NoError(t, err)
				assert.True(t, next.Waiting(), "ada is in wrap-up")
				require.NoError(t, end(ctx, d, w.Ledger.Agent("ada").WrapUp))
				assert.Equal(t, "ada", w.Ledger.Contact(next.ID).HeldBy())
			})
		})
	}
}

// The timer of the wrap-up is lost while the agent, in wrap-up, makes a call.
func TestTheSweeperEndsWrapUpBesideACall(t *testing.T) {
	t.Parallel()
	inWorld(t, func(t *testing.T, w *world, d *dispatch.Dispatcher) {
		ctx := context.Background()
		w.ready(t, "ada")
		require.NoError(t, d.AudioUp(ctx, "ada", "session"))
		c, err := d.Admit(ctx, w.call("call1"))
		require.NoError(t, err)
		_, err = d.Accept(ctx, "ada", c.ID, c.Offer.ID)
		require.NoError(t, err)
		_, err = d.CallerLeft(ctx, c.ID)
		require.NoError(t, err)
		out, err := d.DialOut(ctx, "ada", dispatch.Dialling{Customer: "+33612345678", Line: "+33170000001"})
		require.NoError(t, err)
		time.Sleep(5 * time.Minute)

		require.NoError(t, d.Sweep(ctx))

		ada := w.Ledger.Agent("ada")
		assert.Nil(t, ada.WrapUp)
		assert.Equal(t, out.ID, ada.ContactID)
	})
}
