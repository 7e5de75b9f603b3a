package mediahook_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/internal/functiontest"
	"guichet/shared/center"
	"guichet/shared/dispatch"
	"guichet/shared/mediaapi"
)

func (o *office) visit(t *testing.T) *center.Contact {
	t.Helper()
	require.NoError(t, o.AudioUp(t.Context(), functiontest.Ana, "session"))
	c, err := o.DialOut(t.Context(), functiontest.Ana, dispatch.Dialling{ChatID: "ch_1", InWidget: true})
	require.NoError(t, err)
	return c
}

func TestOnlyTheNodeKnowsWhenAVisitorsCallIsOver(t *testing.T) {
	t.Parallel()
	o := open(t)
	c := o.visit(t)
	o.report(t, mediaapi.Event{Type: mediaapi.ContactJoined, AgentID: functiontest.Ana, ContactID: c.ID})
	assert.Equal(t, center.StateConnected, o.Contact(t, c.ID).State)
	left := mediaapi.Event{Type: mediaapi.ContactLeft, AgentID: functiontest.Ana, ContactID: c.ID, Reason: mediaapi.LeftStopped}
	o.report(t, left)
	ended := o.Contact(t, c.ID)
	assert.Equal(t, center.OutcomeHandled, ended.Outcome)
	assert.Empty(t, o.Agent(t, functiontest.Ana).ContactID)
	o.report(t, left)
	assert.Equal(t, ended, o.Contact(t, c.ID), "a repeat changes nothing")
}

func TestAVisitorWhoComesTooLateIsSentAway(t *testing.T) {
	t.Parallel()
	o := open(t)
	c := o.visit(t)
	_, err := o.HangUp(t.Context(), functiontest.Ana, c.ID)
	require.NoError(t, err)
	before := len(o.Phone.HungUp())
	o.report(t, mediaapi.Event{Type: mediaapi.ContactJoined, AgentID: functiontest.Ana, ContactID: c.ID})
	assert.Len(t, o.Phone.HungUp(), before+1)
	assert.Equal(t, center.OutcomeUnanswered, o.Contact(t, c.ID).Outcome)
}
