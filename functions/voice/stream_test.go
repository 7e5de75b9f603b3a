package voice_test

import (
	"encoding/xml"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/internal/functiontest"
	"guichet/shared/center"
	"guichet/shared/dispatch"
	"guichet/shared/mediaapi"
	"guichet/shared/telephony"
)

func TestRedirectedCallNeedsNothing(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	o.Talk(t, "CA1", functiontest.Ana)
	assert.Empty(t, o.webhook(t, at(telephony.PathLeft, "CA1"), "CA1", "QueueResult", "redirected").names())
	assert.Equal(t, center.StateConnected, o.Contact(t, contactOf("CA1")).State)
}

func TestLostRedirectIsMadeGoodFromTheLine(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	c := o.Call(t, "CA1")
	_, err := o.Accept(t.Context(), functiontest.Ana, c.ID, c.Offer.ID)
	require.NoError(t, err)
	wait := func() []string {
		return o.webhook(t, at(telephony.PathWait, "CA1"), "CA1", "QueueTime", "5").names()
	}
	assert.Equal(t, []string{"Play"}, wait(), "the redirect is under way")
	o.Pass(11 * time.Second)
	assert.Equal(t, []string{"Leave"}, wait())
	doc := o.webhook(t, at(telephony.PathLeft, "CA1"), "CA1", "QueueResult", "leave")
	require.Equal(t, []string{"Connect", "Redirect"}, doc.names())
	assert.Contains(t, doc.Verbs[0].Inner, `url="wss://guichet.example/media/twilio"`)
	ticket := parameter(t, doc.Verbs[0].Inner)
	got, err := functiontest.Key.Verify(ticket, mediaapi.PurposeStream, o.Now())
	require.NoError(t, err)
	assert.Equal(t, functiontest.Ana, got.AgentID)
	assert.Equal(t, c.ID, got.ContactID)
	assert.Equal(t, "CA1", got.CallSID)
	assert.Equal(t, 30, got.ParkSeconds)
}

func TestAcceptFasterThanTheProvider(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	c := o.Call(t, "CA1")
	o.Phone.FailWith = dispatch.ErrCallEarly
	_, err := o.Accept(t.Context(), functiontest.Ana, c.ID, c.Offer.ID)
	require.NoError(t, err)
	assert.Equal(t, []string{"Leave"}, o.webhook(t, at(telephony.PathWait, "CA1"), "CA1").names(), "at the first question")
	doc := o.webhook(t, at(telephony.PathLeft, "CA1"), "CA1", "QueueResult", "leave")
	assert.Equal(t, []string{"Connect", "Redirect"}, doc.names())
}

// parameter reads the ticket out of a Connect verb.
func parameter(t *testing.T, inner string) string {
	t.Helper()
	var stream struct {
		Parameter struct {
			Name  string `xml:"name,attr"`
			Value string `xml:"value,attr"`
		}
	}
	require.NoError(t, xml.Unmarshal([]byte(inner), &stream))
	require.Equal(t, "ticket", stream.Parameter.Name)
	return stream.Parameter.Value
}

func TestLostMediaPathPutsTheCallerBackWithTheirAgent(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ben) // longer idle than Ana once she has talked
	o.Talk(t, "CA0", functiontest.Ben)
	o.Ready(t, functiontest.Ana)
	talking := o.Talk(t, "CA1", functiontest.Ana)
	_, err := o.HangUp(t.Context(), functiontest.Ben, contactOf("CA0"))
	require.NoError(t, err)
	_, err = o.EndWrapUp(t.Context(), functiontest.Ben, contactOf("CA0"))
	require.NoError(t, err)

	path := afterStream(talking)
	assert.Equal(t, []string{"Enqueue"}, o.webhook(t, path, "CA1").names())
	back := o.Contact(t, talking.ID)
	assert.Equal(t, center.StateOffered, back.State)
	assert.Equal(t, functiontest.Ana, back.HeldBy(), "the agent who lost the caller is asked first")
	assert.Equal(t, talking.EnteredAt, back.EnteredAt, "the place in line is kept")

	o.Pass(5 * time.Second)
	_, err = o.Accept(t.Context(), functiontest.Ana, back.ID, back.Offer.ID)
	require.NoError(t, err)
	assert.Equal(t, []string{"Connect", "Redirect"}, o.webhook(t, path, "CA1").names())
	assert.True(t, o.Contact(t, back.ID).Live(), "a repeat does not interrupt the new acceptance")
}

// afterStream is the address that Twilio was given for the end of the contact's stream.
func afterStream(c *center.Contact) string {
	return at(telephony.PathAfterStream, c.CallSID) + "&accepted=" + strconv.FormatInt(c.AcceptedAt.UnixMilli(), 10)
}

func TestAfterStreamOfAnEndedCallHangsUp(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	o.Talk(t, "CA1", functiontest.Ana)
	_, err := o.HangUp(t.Context(), functiontest.Ana, contactOf("CA1"))
	require.NoError(t, err)
	assert.Equal(t, []string{"CA1"}, o.Phone.HungUp())
	assert.Equal(t, []string{"Hangup"}, o.webhook(t, at(telephony.PathAfterStream, "CA1"), "CA1").names())
}

func TestOneCallCannotSpeakForAnother(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	talking := o.Talk(t, "CA1", functiontest.Ana)
	assert.Equal(t, []string{"Hangup"}, o.webhook(t, afterStream(talking), "CA2").names())
	assert.Equal(t, center.StateConnected, o.Contact(t, contactOf("CA1")).State)
}
