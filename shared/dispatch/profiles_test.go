package dispatch_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/center"
	"guichet/shared/dispatch"
)

// serves has the centre's file say what an agent serves.
func (w *world) serves(t *testing.T, agentID string, queues ...string) {
	t.Helper()
	require.NoError(t, w.Store.EnsureAgent(context.Background(), &center.Agent{ID: agentID, Name: agentID, Role: center.RoleAgent, Language: "en", Queues: queues}))
}

// Who is taken out of a queue while a call of it rings may answer it, and has its wrap-up.
func TestACallThatRingsIsNotTakenAway(t *testing.T) {
	t.Parallel()
	inWorld(t, func(t *testing.T, w *world, d *dispatch.Dispatcher) {
		ctx := context.Background()
		w.ready(t, "ada")
		c, err := d.Admit(ctx, w.call("call1"))
		require.NoError(t, err)
		w.serves(t, "ada")
		require.Equal(t, c.ID, w.Ledger.Agent("ada").ContactID)
		w.accept(t, d)
		require.NoError(t, d.Joined(ctx, c.ID, "ada", d.Now()))
		_, err = d.HangUp(ctx, "ada", c.ID)
		require.NoError(t, err)
		a := w.Ledger.Agent("ada")
		require.NotNil(t, a.WrapUp)
		_, err = d.EndWrapUp(ctx, "ada", c.ID)
		require.NoError(t, err)
		assert.False(t, w.Ledger.Agent("ada").Available())
	})
}

// Unanswered, it goes to who serves the queue, and does not come back.
func TestACallThatRangGoesToWhoServesTheQueue(t *testing.T) {
	t.Parallel()
	inWorld(t, func(t *testing.T, w *world, d *dispatch.Dispatcher) {
		ctx := context.Background()
		w.ready(t, "bob")
		c, err := d.Admit(ctx, w.call("call1"))
		require.NoError(t, err)
		w.serves(t, "bob", "repairs")
		offer := w.lastOffer()
		require.NoError(t, d.Decline(ctx, "bob", c.ID, offer.offerID))
		assert.True(t, w.Ledger.Contact(c.ID).Waiting())
		require.NoError(t, d.Sweep(ctx))
		assert.True(t, w.Ledger.Contact(c.ID).Waiting(), "bob is ready, but not for it")
		w.ready(t, "ada")
		assert.Equal(t, "ada", w.Ledger.Contact(c.ID).HeldBy())
	})
}
