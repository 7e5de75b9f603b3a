package voice_test

import (
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // Twilio's signature is what it is
	"encoding/base64"
	"encoding/xml"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/internal/functiontest"
	"guichet/functions/voice"
	"guichet/shared/center"
	"guichet/shared/dispatch"
	"guichet/shared/mediaapi"
	"guichet/shared/telephony"
)

const publicURL = "https://guichet.example"

var account = telephony.Account{SID: "AC0", AuthToken: "secret"}

// office is a centre with Twilio before it.
type office struct {
	*functiontest.Centre
	handler http.Handler
}

func open(t *testing.T) *office {
	t.Helper()
	c := functiontest.New(t)
	return &office{c, voice.New(c.Dispatcher, telephony.NewValidator(account, publicURL), publicURL, functiontest.Log)}
}

// sign makes Twilio's signature: HMAC-SHA-1 over the address and the sorted parameters.
func sign(address string, form url.Values) string {
	mac := hmac.New(sha1.New, []byte(account.AuthToken))
	mac.Write([]byte(address))
	for _, name := range slices.Sorted(func(yield func(string) bool) {
		for name := range form {
			if !yield(name) {
				return
			}
		}
	}) {
		mac.Write([]byte(name + form.Get(name)))
	}
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// twiml is any TwiML document, verb by verb.
type twiml struct {
	Verbs []struct {
		XMLName xml.Name
		URL     string `xml:"waitUrl,attr"`
		Action  string `xml:"action,attr"`
		Text    string `xml:",chardata"`
		Inner   string `xml:",innerxml"`
	} `xml:",any"`
}

func (d twiml) names() []string {
	var names []string
	for _, v := range d.Verbs {
		names = append(names, v.XMLName.Local)
	}
	return names
}

func (d twiml) spoken() string {
	var said []string
	for _, v := range d.Verbs {
		if v.XMLName.Local == "Say" {
			said = append(said, v.Text)
		}
	}
	return strings.Join(said, " ")
}

// webhook sends a signed webhook and reads the document that comes back.
func (o *office) webhook(t *testing.T, path, call string, more ...string) twiml {
	t.Helper()
	form := url.Values{"CallSid": {call}, "From": {"+33612345678"}, "To": {functiontest.Number}}
	for i := 0; i < len(more); i += 2 {
		form.Set(more[i], more[i+1])
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set(telephony.SignatureHeader, sign(publicURL+path, form))
	w := httptest.NewRecorder()
	o.handler.ServeHTTP(w, r)
	require.Equal(t, http.StatusOK, w.Code, w.Body.String())
	var doc twiml
	require.NoError(t, xml.Unmarshal(w.Body.Bytes(), &doc))
	return doc
}

func contactOf(call string) string { return center.ContactIDOf("twilio", call) }

func at(path, call string) string { return path + "?contact=" + contactOf(call) }

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

func TestRefusals(t *testing.T) {
	t.Parallel()
	o := open(t)
	good := url.Values{"CallSid": {"CA1"}, "From": {"+33612345678"}, "To": {functiontest.Number}}
	long := url.Values{"CallSid": {"CA1"}, "Padding": {strings.Repeat("x", 70<<10)}}
	none := url.Values{"From": {"+33612345678"}}
	for name, tc := range map[string]struct {
		form      url.Values
		signature string
		want      int
	}{
		"unsigned":               {good, "", http.StatusForbidden},
		"signed for elsewhere":   {good, sign("https://other.example"+telephony.PathIncoming, good), http.StatusForbidden},
		"signed for other words": {good, sign(publicURL+telephony.PathIncoming, none), http.StatusForbidden},
		"too long":               {long, sign(publicURL+telephony.PathIncoming, long), http.StatusRequestEntityTooLarge},
		"no call":                {none, sign(publicURL+telephony.PathIncoming, none), http.StatusUnprocessableEntity},
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, telephony.PathIncoming, strings.NewReader(tc.form.Encode()))
		if tc.signature != "" {
			r.Header.Set(telephony.SignatureHeader, tc.signature)
		}
		w := httptest.NewRecorder()
		o.handler.ServeHTTP(w, r)
		assert.Equal(t, tc.want, w.Code, name)
		_, err := o.Store.Contact(t.Context(), contactOf("CA1"), true)
		assert.Equal(t, center.NotFound, center.CodeOf(err), "%s: nothing is written", name)
	}
}

func TestEveryWebhookChecksTheSignature(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	o.Talk(t, "CA1", functiontest.Ana)
	before := o.Contact(t, contactOf("CA1"))
	for _, path := range []string{
		telephony.PathIncoming, telephony.PathStatus, telephony.PathWait, telephony.PathLeft, telephony.PathAfterStream,
	} {
		form := url.Values{"CallSid": {"CA1"}, "CallStatus": {"completed"}, "QueueResult": {"hangup"}}
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, at(path, "CA1"), strings.NewReader(form.Encode()))
		w := httptest.NewRecorder()
		o.handler.ServeHTTP(w, r)
		assert.Equal(t, http.StatusForbidden, w.Code, path)
	}
	assert.Equal(t, before, o.Contact(t, contactOf("CA1")))
}
