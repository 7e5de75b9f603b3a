package center

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestOnlyWhatHasEndedIsErased(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)
	for _, s := range []State{StateScheduled, StateWaiting, StateOffered, StateConnecting, StateConnected} {
		c := &Contact{State: s, From: "+33612345678"}
		_, err := c.Erase()
		assert.Equal(t, "not-ended", SlugOf(err), s)
		assert.NotEmpty(t, c.From)
		assert.Equal(t, s == StateScheduled, c.CallOff(now), s)
	}
	c := &Contact{State: StateScheduled, Kind: KindCallback, From: "+33612345678", CallerName: "Zoé", ChatID: "ch_1", DueAt: now}
	require.True(t, c.CallOff(now))
	assert.Equal(t, []any{OutcomeIncomplete, now, time.Time{}}, []any{c.Outcome, c.EndedAt, c.DueAt})
	for _, want := range []bool{true, false} {
		news, err := c.Erase()
		require.NoError(t, err)
		assert.Equal(t, want, news)
	}
	assert.Equal(t, []string{"", "", "ch_1"}, []string{c.From, c.CallerName, c.ChatID})
}
