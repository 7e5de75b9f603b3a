package voice_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/internal/functiontest"
	"guichet/shared/center"
	"guichet/shared/telephony"
)

func TestIncomingCallTakesItsPlaceAndRings(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	doc := o.webhook(t, telephony.PathIncoming, "CA1", "CallerName", "M. Dupont")
	require.Equal(t, []string{"Enqueue"}, doc.names())
	assert.Equal(t, publicURL+at(telephony.PathWait, "CA1"), doc.Verbs[0].URL)
	assert.Equal(t, publicURL+at(telephony.PathLeft, "CA1"), doc.Verbs[0].Action)

	c := o.Contact(t, contactOf("CA1"))
	assert.Equal(t, functiontest.Ana, c.HeldBy())
	assert.Equal(t, "M. Dupont", c.CallerName)
	assert.Equal(t, "+33612345678", c.From)
	assert.NotEmpty(t, o.Pushes.Take("desk-"+functiontest.Ana))

	again := o.webhook(t, telephony.PathIncoming, "CA1")
	assert.Equal(t, doc, again, "a repeated webhook gets the same answer")
	assert.Equal(t, c, o.Contact(t, contactOf("CA1")), "and changes nothing")
}

func TestWithheldNumberIsNoNumber(t *testing.T) {
	t.Parallel()
	o := open(t)
	for call, from := range map[string]string{"CA1": "anonymous", "CA2": "+266696687<script>", "CA3": ""} {
		o.webhook(t, telephony.PathIncoming, call, "From", from)
		assert.Empty(t, o.Contact(t, contactOf(call)).From, from)
	}
}

func TestUnknownNumberGetsAPoliteMessage(t *testing.T) {
	t.Parallel()
	o := open(t)
	doc := o.webhook(t, telephony.PathIncoming, "CA1", "To", "+33199009999")
	assert.Equal(t, []string{"Say", "Hangup"}, doc.names())
	assert.Contains(t, doc.spoken(), "not in service")
	_, err := o.Store.Contact(t.Context(), contactOf("CA1"), true)
	assert.Equal(t, center.NotFound, center.CodeOf(err))
}

func TestWaitAnnouncesThePlaceInLine(t *testing.T) {
	t.Parallel()
	o := open(t)
	for _, call := range []string{"CA1", "CA2", "CA3"} {
		o.webhook(t, telephony.PathIncoming, call)
		o.Pass(time.Second)
	}
	first := o.webhook(t, at(telephony.PathWait, "CA3"), "CA3", "QueueTime", "0")
	assert.Equal(t, []string{"Say", "Say", "Play"}, first.names())
	assert.Contains(t, first.spoken(), "2 people ahead")
	o.webhook(t, telephony.PathStatus, "CA1", "CallStatus", "completed")
	later := o.webhook(t, at(telephony.PathWait, "CA3"), "CA3", "QueueTime", "20")
	assert.Equal(t, []string{"Say", "Play"}, later.names())
	assert.Contains(t, later.spoken(), "one person ahead")
	next := o.webhook(t, at(telephony.PathWait, "CA2"), "CA2", "QueueTime", "20")
	assert.Contains(t, next.spoken(), "next in line")
}

func TestMaximumWaitEndsWithAGoodbye(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.webhook(t, telephony.PathIncoming, "CA1")
	o.Pass(functiontest.MaxWait)
	assert.Equal(t, []string{"Leave"}, o.webhook(t, at(telephony.PathWait, "CA1"), "CA1").names())
	c := o.Contact(t, contactOf("CA1"))
	assert.Equal(t, center.OutcomeTimedOut, c.Outcome)
	doc := o.webhook(t, at(telephony.PathLeft, "CA1"), "CA1", "QueueResult", "leave")
	assert.Equal(t, []string{"Say", "Hangup"}, doc.names())
	assert.Contains(t, doc.spoken(), "busy")
	o.Ready(t, functiontest.Ana)
	assert.Empty(t, o.Agent(t, functiontest.Ana).ContactID, "nobody is rung for a caller who has left")
}

func TestARingingCallOutlivesTheMaximumWait(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	o.webhook(t, telephony.PathIncoming, "CA1")
	o.Pass(functiontest.MaxWait)
	assert.Equal(t, []string{"Play"}, o.webhook(t, at(telephony.PathWait, "CA1"), "CA1").names())
	assert.Equal(t, center.StateOffered, o.Contact(t, contactOf("CA1")).State)
}

// TestI9 also holds for both ways in which Twilio tells of a hang-up.
func TestI9HangUpStopsTheRinging(t *testing.T) {
	t.Parallel()
	for name, hangUp := range map[string]func(*testing.T, *office){
		"status callback": func(t *testing.T, o *office) {
			t.Helper()
			o.webhook(t, telephony.PathStatus, "CA1", "CallStatus", "completed")
		},
		"queue action": func(t *testing.T, o *office) {
			t.Helper()
			o.webhook(t, at(telephony.PathLeft, "CA1"), "CA1", "QueueResult", "hangup")
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := open(t)
			o.Ready(t, functiontest.Ana)
			o.webhook(t, telephony.PathIncoming, "CA1")
			o.Pushes.Take("desk-" + functiontest.Ana)
			hangUp(t, o)
			a := o.Agent(t, functiontest.Ana)
			assert.Empty(t, a.ContactID)
			assert.Equal(t, center.StatusReady, a.StatusIn(functiontest.QueueID).Status, "it does not count as missed")
			assert.Equal(t, center.OutcomeAbandoned, o.Contact(t, contactOf("CA1")).Outcome)
			assert.NotEmpty(t, o.Pushes.Take("desk-"+functiontest.Ana), "the desk is told at once")
		})
	}
}

func TestI8EndBeforeArrivalRingsNobody(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	o.webhook(t, telephony.PathStatus, "CA1", "CallStatus", "completed")
	assert.Equal(t, []string{"Hangup"}, o.webhook(t, telephony.PathIncoming, "CA1").names())
	assert.Empty(t, o.Agent(t, functiontest.Ana).ContactID)
	assert.Equal(t, center.OutcomeAbandoned, o.Contact(t, contactOf("CA1")).Outcome)
}

func TestStatusInMidCallChangesNothing(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.webhook(t, telephony.PathIncoming, "CA1")
	o.webhook(t, telephony.PathStatus, "CA1", "CallStatus", "in-progress")
	assert.True(t, o.Contact(t, contactOf("CA1")).Waiting())
}

func TestProviderFailureApologises(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.webhook(t, telephony.PathIncoming, "CA1")
	doc := o.webhook(t, at(telephony.PathLeft, "CA1"), "CA1", "QueueResult", "system-error")
	assert.Contains(t, doc.spoken(), "technical problem")
	assert.Equal(t, center.OutcomeFailed, o.Contact(t, contactOf("CA1")).Outcome)
}

func TestProviderFailureAfterAcceptStillConnects(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	c := o.Call(t, "CA1")
	_, err := o.Accept(t.Context(), functiontest.Ana, c.ID, c.Offer.ID)
	require.NoError(t, err)
	doc := o.webhook(t, at(telephony.PathLeft, "CA1"), "CA1", "QueueResult", "error")
	assert.Equal(t, []string{"Connect", "Redirect"}, doc.names())
}
