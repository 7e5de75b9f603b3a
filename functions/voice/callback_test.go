package voice_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/internal/functiontest"
	"guichet/shared/center"
	"guichet/shared/dispatch"
	"guichet/shared/store"
	"guichet/shared/telephony"
)

// openWithCallbacks is an office whose waiting callers may ask to be called back.
func openWithCallbacks(t *testing.T) *office {
	t.Helper()
	o := open(t)
	o.Configure(t, func(d *store.Directory) {
		q := d.Queues[functiontest.QueueID]
		q.OfferCallback, q.Attempts = true, center.Attempts{Most: 2, Spacing: time.Minute}
		d.Queues[q.ID] = q
	})
	return o
}

func TestACallerPressesAKeyAndIsCalledBack(t *testing.T) {
	t.Parallel()
	o := openWithCallbacks(t)
	o.webhook(t, telephony.PathIncoming, "CA1")
	wait := o.webhook(t, at(telephony.PathWait, "CA1"), "CA1", "QueueTime", "0")
	require.Equal(t, []string{"Gather"}, wait.names())
	assert.Contains(t, wait.Verbs[0].Inner, "press 1")
	assert.Equal(t, publicURL+at(telephony.PathKey, "CA1"), wait.Verbs[0].Action)

	assert.Equal(t, []string{"Gather"}, o.webhook(t, at(telephony.PathKey, "CA1"), "CA1", "Digits", "5").names(), "another key")
	assert.True(t, o.Contact(t, contactOf("CA1")).Waiting())

	assert.Equal(t, []string{"Leave"}, o.webhook(t, at(telephony.PathKey, "CA1"), "CA1", "Digits", "1").names())
	assert.Equal(t, []string{"Leave"}, o.webhook(t, at(telephony.PathKey, "CA1"), "CA1", "Digits", "1").names(), "pressed twice")
	promised := o.webhook(t, at(telephony.PathLeft, "CA1"), "CA1", "QueueResult", "leave")
	assert.Equal(t, []string{"Say", "Hangup"}, promised.names())
	assert.Contains(t, promised.spoken(), "call you back")
	c := o.Contact(t, contactOf("CA1"))
	assert.Equal(t, []any{center.KindCallback, center.StateScheduled}, []any{c.Kind, c.State})

	o.webhook(t, telephony.PathStatus, "CA1", "CallStatus", "completed")
	assert.True(t, o.Contact(t, c.ID).Waiting(), "they have hung up: it is their turn")
	o.webhook(t, telephony.PathStatus, "CA1", "CallStatus", "completed")
	assert.True(t, o.Contact(t, c.ID).Waiting(), "a repeat ends nothing")

	o.Ready(t, functiontest.Ana)
	c = o.Contact(t, c.ID)
	require.Equal(t, functiontest.Ana, c.HeldBy())
	c, err := o.Accept(t.Context(), functiontest.Ana, c.ID, c.Offer.ID)
	require.NoError(t, err)
	assert.Equal(t, []string{"+33612345678"}, o.Phone.Dialled())
	answered := telephony.PathAnswered + "?contact=" + c.ID + "&attempt=1"
	assert.Equal(t, []string{"Connect", "Redirect"}, o.webhook(t, answered, c.CallSID).names())
	assert.Equal(t, []string{"Hangup"}, o.webhook(t, telephony.PathAnswered+"?contact="+c.ID+"&attempt=7", "CA9").names(), "nobody's call")

	status := telephony.PathStatus + "?contact=" + c.ID + "&attempt=1"
	o.webhook(t, status, c.CallSID, "CallStatus", "no-answer")
	o.webhook(t, status, c.CallSID, "CallStatus", "no-answer")
	c = o.Contact(t, c.ID)
	assert.Equal(t, []any{center.StateScheduled, o.Now().Add(time.Minute)}, []any{c.State, c.DueAt})
}

func TestWhoIsAboutToBeAnsweredIsNotSentAway(t *testing.T) {
	t.Parallel()
	o := openWithCallbacks(t)
	o.Ready(t, functiontest.Ana)
	o.webhook(t, telephony.PathIncoming, "CA1")
	assert.Equal(t, []string{"Play"}, o.webhook(t, at(telephony.PathKey, "CA1"), "CA1", "Digits", "1").names())
	assert.Equal(t, center.StateOffered, o.Contact(t, contactOf("CA1")).State)
}

func TestWithheldNumbersAreNotOfferedACallback(t *testing.T) {
	t.Parallel()
	o := openWithCallbacks(t)
	o.webhook(t, telephony.PathIncoming, "CA1", "From", "anonymous")
	assert.NotContains(t, o.webhook(t, at(telephony.PathWait, "CA1"), "CA1", "From", "anonymous").names(), "Gather")
}

func TestAMachineThatAnswersIsHungUpOn(t *testing.T) {
	t.Parallel()
	o := openWithCallbacks(t)
	c := o.calledBack(t)
	machine := telephony.PathMachine + "?contact=" + c.ID + "&attempt=1"
	o.webhook(t, machine, c.CallSID, "AnsweredBy", "human")
	o.webhook(t, machine, c.CallSID, "AnsweredBy", "unknown")
	assert.True(t, o.Contact(t, c.ID).Live())
	o.webhook(t, machine, c.CallSID, "AnsweredBy", "machine_start")
	assert.True(t, o.Contact(t, c.ID).Scheduled())
	assert.Equal(t, []string{c.CallSID}, o.Phone.HungUp())
}

// calledBack is a callback that Ana has accepted.
func (o *office) calledBack(t *testing.T) *center.Contact {
	t.Helper()
	o.webhook(t, telephony.PathIncoming, "CA1")
	_, err := o.AskForCallback(t.Context(), contactOf("CA1"))
	require.NoError(t, err)
	o.webhook(t, telephony.PathStatus, "CA1", "CallStatus", "completed")
	o.Ready(t, functiontest.Ana)
	c := o.Contact(t, contactOf("CA1"))
	c, err = o.Accept(t.Context(), functiontest.Ana, c.ID, c.Offer.ID)
	require.NoError(t, err)
	return c
}

func TestTheWaitIsEstimated(t *testing.T) {
	t.Parallel()
	o := open(t)
	require.NoError(t, o.Store.SetHandle(t.Context(), functiontest.QueueID, 4*time.Minute))
	require.NoError(t, o.Store.SetStaff(t.Context(), functiontest.QueueID, 2))
	for _, call := range []string{"CA1", "CA2"} {
		o.webhook(t, telephony.PathIncoming, call)
		o.Pass(time.Second)
	}
	said := o.webhook(t, at(telephony.PathWait, "CA2"), "CA2", "QueueTime", "20").spoken()
	assert.Contains(t, said, "one person ahead")
	assert.Contains(t, said, "4 minutes")
}

func TestOutsideBusinessHours(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Configure(t, func(d *store.Directory) {
		q := d.Queues[functiontest.QueueID]
		q.Hours = &center.Hours{}
		q.Hours.Week[time.Monday] = []center.Span{{From: 9 * 60, To: 18 * 60}}
		d.Queues[q.ID] = q
	})
	doc := o.webhook(t, telephony.PathIncoming, "CA1") // the clock stands on a Sunday
	assert.Contains(t, doc.spoken(), "closed")
	o.webhook(t, telephony.PathStatus, "CA1", "CallStatus", "completed")
	_, err := o.Store.Contact(t.Context(), contactOf("CA1"), true)
	assert.Equal(t, center.NotFound, center.CodeOf(err))
	o.Pass(25 * time.Hour)
	assert.Equal(t, []string{"Enqueue"}, o.webhook(t, telephony.PathIncoming, "CA2").names())
}

func TestACallToAnAgentsOwnLine(t *testing.T) {
	t.Parallel()
	const own = "+33199001011"
	o := open(t)
	o.Configure(t, func(d *store.Directory) {
		d.Lines = map[string]center.Line{own: {Number: own, Label: "Ana", AgentID: functiontest.Ana}}
		d.Settings.DirectWait = time.Minute
	})
	doc := o.webhook(t, telephony.PathIncoming, "CA1", "To", own)
	require.Equal(t, []string{"Enqueue"}, doc.names())
	assert.Equal(t, []string{"Say", "Play"}, o.webhook(t, at(telephony.PathWait, "CA1"), "CA1").names(), "no place in a line is announced")
	require.NoError(t, o.Connect(t.Context(), functiontest.Ana, "desk-ana"))
	assert.Equal(t, functiontest.Ana, o.Contact(t, contactOf("CA1")).HeldBy())
	o.Pass(time.Hour)
	require.NoError(t, o.OfferTimedOut(t.Context(), contactOf("CA1"), o.Contact(t, contactOf("CA1")).Offer.ID))
	assert.Equal(t, []string{contactOf("CA1")}, o.Phone.AskedAnew())
	assert.Contains(t, o.webhook(t, at(telephony.PathNext, "CA1"), "CA1").spoken(), "not available")
}

func TestAnInvitedNumber(t *testing.T) {
	t.Parallel()
	for _, blind := range []bool{false, true} {
		o := open(t)
		o.Ready(t, functiontest.Ana)
		o.webhook(t, telephony.PathIncoming, "CA1")
		c := o.Contact(t, contactOf("CA1"))
		_, err := o.Accept(t.Context(), functiontest.Ana, c.ID, c.Offer.ID)
		require.NoError(t, err)
		require.NoError(t, o.Joined(t.Context(), c.ID, functiontest.Ana, o.Now()))
		c, err = o.Invite(t.Context(), functiontest.Ana, c.ID, dispatch.Invitation{ID: "gu_1", Number: "+33170000009", Blind: blind})
		require.NoError(t, err)
		query := "?contact=" + c.ID + "&guest=gu_1"
		assert.Equal(t, []string{"Hangup"}, o.webhook(t, telephony.PathGuestAnswered+"?contact="+c.ID+"&guest=gu_0", "CA8").names())
		doc := o.webhook(t, telephony.PathGuestAnswered+query, c.Guest.CallSID)
		if blind {
			assert.Equal(t, []string{"Dial"}, doc.names())
			assert.Equal(t, []string{c.ID}, o.Phone.Forwarded())
			assert.Equal(t, center.OutcomeHandled, o.Contact(t, c.ID).Outcome)
			continue
		}
		assert.Equal(t, []string{"Connect", "Hangup"}, doc.names())
		assert.Equal(t, center.GuestJoined, o.Contact(t, c.ID).Guest.State)
		o.webhook(t, telephony.PathGuestStatus+query, c.Guest.CallSID, "CallStatus", "in-progress")
		o.webhook(t, telephony.PathGuestStatus+query, c.Guest.CallSID, "CallStatus", "completed")
		assert.Nil(t, o.Contact(t, c.ID).Guest)
		assert.True(t, o.Contact(t, c.ID).Live())
	}
}
