package dispatch_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/center"
	"guichet/shared/dispatch"
	"guichet/shared/store"
)

// talking is a call that ada has.
func (w *world) talking(t *testing.T, d *dispatch.Dispatcher) *center.Contact {
	ctx := context.Background()
	w.ready(t, "ada")
	c, err := d.Admit(ctx, w.call("call1"))
	require.NoError(t, err)
	_, err = d.Accept(ctx, "ada", c.ID, c.Offer.ID)
	require.NoError(t, err)
	require.NoError(t, d.Joined(ctx, c.ID, "ada", d.Now()))
	return w.Ledger.Contact(c.ID)
}

// Whoever put the customer on hold has died before the node knew.
func TestTheSweeperHoldsWhomTheContactSaysToBeOnHold(t *testing.T) {
	t.Parallel()
	inWorld(t, func(t *testing.T, w *world, d *dispatch.Dispatcher) {
		c := w.talking(t, d)
		_, err := c.Hold("ada", d.Now())
		require.NoError(t, err)
		require.NoError(t, d.Store.Commit(context.Background(), store.Change{Contact: c}))
		assert.True(t, w.provider.hears(c))
		require.NoError(t, d.Sweep(context.Background()))
		assert.False(t, w.provider.hears(c))
	})
}

func TestACallThatGoesBackInLineLeavesHoldAndMessagesBehind(t *testing.T) {
	t.Parallel()
	inWorld(t, func(t *testing.T, w *world, d *dispatch.Dispatcher) {
		ctx := context.Background()
		c := w.talking(t, d)
		_, err := d.Play(ctx, "ada", c.ID, dispatch.Playing{ID: "pl_1", Recording: &center.Recording{Length: time.Minute}, ThenEnd: true})
		require.NoError(t, err)
		_, err = d.Hold(ctx, "ada", c.ID, true)
		require.NoError(t, err)
		time.Sleep(5 * time.Second)
		require.NoError(t, d.MediaLost(ctx, c.ID, "ada", false, d.Now()))
		c = w.Ledger.Contact(c.ID)
		assert.Nil(t, c.Playback)
		assert.False(t, c.OnHold())
		assert.Equal(t, 5*time.Second, c.HoldTime)
		require.NoError(t, d.Played(ctx, c.ID, "pl_1", false))
		assert.False(t, w.Ledger.Contact(c.ID).Ended(), "the message's end is no news")
	})
}
