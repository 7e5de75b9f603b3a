package center_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/center"
)

func asked(t *testing.T) *center.Contact {
	t.Helper()
	c := &center.Contact{
		ID: "ct_1", Kind: center.KindInbound, State: center.StateWaiting, QueueID: "q1", From: "+33612345678", CallSID: "CA1", EnteredAt: noon,
	}
	news, err := c.AskForCallback(noon, noon.Add(15*time.Second))
	require.NoError(t, err)
	require.True(t, news)
	return c
}

func TestACallbackKeepsItsPlace(t *testing.T) {
	t.Parallel()
	c := asked(t)
	assert.Equal(t, []any{center.KindCallback, center.StateScheduled, noon}, []any{c.Kind, c.State, c.EnteredAt})
	news, err := c.AskForCallback(noon, noon)
	require.NoError(t, err)
	assert.False(t, news, "asked twice")
	assert.Equal(t, "not-due", center.SlugOf(c.Due("", noon)))
	require.NoError(t, c.Due("token", noon.Add(15*time.Second)))
	assert.Equal(t, []any{center.StateWaiting, noon, "", "token"}, []any{c.State, c.EnteredAt, c.CallSID, c.Token})
	assert.True(t, c.ToDial())
	assert.Equal(t, "not-scheduled", center.SlugOf(c.Due("", noon.Add(time.Hour))))
}

func TestWhoCannotBeCalledBack(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]*center.Contact{
		"no-number":   {Kind: center.KindInbound, State: center.StateWaiting},
		"not-waiting": {Kind: center.KindInbound, State: center.StateOffered, From: "+33612345678", Offer: &center.Offer{}},
	} {
		_, err := c.AskForCallback(noon, noon)
		assert.Equal(t, name, center.SlugOf(err))
	}
	direct := &center.Contact{Kind: center.KindDirect, State: center.StateWaiting, From: "+33612345678"}
	_, err := direct.AskForCallback(noon, noon)
	assert.Equal(t, "not-waiting", center.SlugOf(err))
}

func TestAttempts(t *testing.T) {
	t.Parallel()
	c := asked(t)
	at := noon.Add(time.Minute)
	require.NoError(t, c.Due("token", at))
	for attempt := 1; attempt <= 2; attempt++ {
		require.NoError(t, c.OfferTo(center.Offer{ID: "of_1", AgentID: "ada", At: at, ExpiresAt: at.Add(time.Minute)}))
		assert.False(t, c.NotReached(attempt-1), "it only rings at the agent's")
		require.NoError(t, c.Accept("ada", "of_1", at))
		assert.Equal(t, attempt, c.Attempt)
		assert.True(t, c.NotReached(attempt))
		assert.False(t, c.NotReached(attempt+1))
		assert.False(t, c.Dialled(attempt-1, "CA9"), "of an earlier attempt")
		assert.True(t, c.Dialled(attempt, "CA2"))
		assert.Equal(t, center.OutcomeIncomplete, c.OutcomeWhenCallerLeaves())
		c.Again(at.Add(time.Minute))
		assert.Equal(t, []any{center.StateScheduled, "", "", "", at.Add(time.Minute), noon},
			[]any{c.State, c.CallSID, c.AgentID, c.Token, c.DueAt, c.EnteredAt})
		assert.False(t, c.Dialled(attempt, "CA3"), "it is over")
		at = at.Add(time.Minute)
		require.NoError(t, c.Due("token", at))
	}
}

func TestACustomerWhoWasReachedIsNotCalledAgain(t *testing.T) {
	t.Parallel()
	c := asked(t)
	at := noon.Add(time.Minute)
	require.NoError(t, c.Due("", at))
	require.NoError(t, c.OfferTo(center.Offer{ID: "of_1", AgentID: "ada", ExpiresAt: at.Add(time.Minute)}))
	require.NoError(t, c.Accept("ada", "of_1", at))
	c.Dialled(1, "CA2")
	require.NoError(t, c.Connect("ada", at))
	assert.False(t, c.NotReached(1))
	require.NoError(t, c.Requeue("ada", at.Add(time.Second)))
	assert.False(t, c.ToDial(), "the customer is on the line and waits")
	assert.Equal(t, at.Add(time.Second), c.InLineSince(), "the maximum wait counts from there")
	require.NoError(t, c.OfferTo(center.Offer{ID: "of_2", AgentID: "bob"}))
	require.NoError(t, c.Accept("bob", "of_2", at.Add(time.Minute)))
	assert.Equal(t, 1, c.Attempt)
	assert.Equal(t, center.OutcomeHandled, c.OutcomeWhenCallerLeaves())
}
