package voice_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/internal/functiontest"
	"guichet/shared/center"
	"guichet/shared/dispatch"
	"guichet/shared/telephony"
)

// dialled is a call that Ana makes, as far as the provider has been told.
func (o *office) dialled(t *testing.T) *center.Contact {
	t.Helper()
	o.Ready(t, functiontest.Ana)
	require.NoError(t, o.AudioUp(t.Context(), functiontest.Ana, "session"))
	c, err := o.DialOut(t.Context(), functiontest.Ana, dispatch.Dialling{Customer: "+33612345678", Line: functiontest.Number})
	require.NoError(t, err)
	require.Equal(t, []string{"+33612345678"}, o.Phone.Dialled())
	return c
}

func TestAnAnsweredCallIsConnected(t *testing.T) {
	t.Parallel()
	o := open(t)
	c := o.dialled(t)
	answered := telephony.PathAnswered + "?contact=" + c.ID
	for range 2 {
		assert.Equal(t, []string{"Connect", "Redirect"}, o.webhook(t, answered, c.CallSID).names(), "a repeat gets the same")
	}
	assert.Equal(t, []string{"Hangup"}, o.webhook(t, answered, "CA-other").names(), "another call is not joined")
	require.NoError(t, o.Joined(t.Context(), c.ID, functiontest.Ana, o.Now()))
	o.webhook(t, telephony.PathStatus+"?contact="+c.ID, c.CallSID, "CallStatus", "completed")
	assert.Equal(t, center.OutcomeHandled, o.Contact(t, c.ID).Outcome)
	agent := o.Agent(t, functiontest.Ana)
	assert.Nil(t, agent.WrapUp, "no queue, no wrap-up")
	assert.True(t, agent.Available())
}

func TestAnUnansweredCallFreesTheAgent(t *testing.T) {
	t.Parallel()
	for status, want := range map[string]center.Outcome{
		"no-answer": center.OutcomeUnanswered, "busy": center.OutcomeUnanswered, "canceled": center.OutcomeUnanswered, "failed": center.OutcomeFailed,
	} {
		o := open(t)
		c := o.dialled(t)
		o.webhook(t, telephony.PathStatus+"?contact="+c.ID, c.CallSID, "CallStatus", "ringing")
		assert.False(t, o.Contact(t, c.ID).Ended())
		for range 2 {
			o.webhook(t, telephony.PathStatus+"?contact="+c.ID, c.CallSID, "CallStatus", status)
		}
		assert.Equal(t, want, o.Contact(t, c.ID).Outcome, status)
		assert.True(t, o.Agent(t, functiontest.Ana).Available(), status)
	}
}

func TestAMadeCallWhoseMediaPathIsLostEnds(t *testing.T) {
	t.Parallel()
	o := open(t)
	c := o.dialled(t)
	o.webhook(t, telephony.PathAnswered+"?contact="+c.ID, c.CallSID)
	require.NoError(t, o.Joined(t.Context(), c.ID, functiontest.Ana, o.Now()))
	require.NoError(t, o.MediaLost(t.Context(), c.ID, functiontest.Ana, true, o.Now()))
	assert.Equal(t, []string{c.CallSID}, o.Phone.HungUp(), "it has no line to go back to")
	assert.True(t, o.Contact(t, c.ID).Ended())
}

func TestAnAgentDialsOnlyWithAudioAndWithoutAnotherCall(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	call := dispatch.Dialling{Customer: "+33612345678", Line: functiontest.Number}
	_, err := o.DialOut(t.Context(), functiontest.Ana, call)
	assert.Equal(t, "agent-without-audio", center.SlugOf(err))
	o.Talk(t, "CA1", functiontest.Ana)
	_, err = o.DialOut(t.Context(), functiontest.Ana, call)
	assert.Equal(t, "agent-busy", center.SlugOf(err))
	assert.Empty(t, o.Phone.Dialled())
}
