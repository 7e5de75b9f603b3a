package telephony_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/center"
	"guichet/shared/dispatch"
	"guichet/shared/telephony"
)

const publicURL = "https://guichet.example"

var account = telephony.Account{SID: "AC00000000000000000000000000000000", AuthToken: "secret"}

// provider answers for one call's resource and notes what it was asked.
type provider struct {
	status string // of the call; empty for an unknown one
	code   int    // the error of every update; zero for none
	asked  []url.Values
	legs   []string // whose call each was about
}

func (p *provider) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	user, password, _ := r.BasicAuth()
	calls := "/2010-04-01/Accounts/" + account.SID + "/Calls"
	leg := strings.TrimSuffix(path.Base(r.URL.Path), ".json")
	if r.URL.Path != calls+".json" && r.URL.Path != calls+"/"+leg+".json" || user != account.SID || password != account.AuthToken {
		http.Error(w, "{}", http.StatusTeapot)
		return
	}
	switch {
	case p.status == "":
		refuse(w, http.StatusNotFound, 20404)
	case r.Method == http.MethodPost && p.code != 0:
		refuse(w, http.StatusBadRequest, p.code)
	default:
		_ = r.ParseForm()
		p.asked, p.legs = append(p.asked, r.PostForm), append(p.legs, leg)
		_ = json.NewEncoder(w).Encode(map[string]string{"sid": "CA1", "status": p.status})
	}
}

func refuse(w http.ResponseWriter, status, code int) {
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"code": code, "status": status, "message": "no"})
}

func call(t *testing.T, p *provider) *telephony.Client {
	t.Helper()
	server := httptest.NewServer(p)
	t.Cleanup(server.Close)
	c, err := telephony.NewClient(account, publicURL, server.URL)
	require.NoError(t, err)
	return c
}

var contact = &center.Contact{ID: "ct_1", CallSID: "CA1", AcceptedAt: time.UnixMilli(1_700_000_000_123)}

func TestJoinRedirectsIntoTheStream(t *testing.T) {
	t.Parallel()
	p := &provider{status: "in-progress"}
	require.NoError(t, call(t, p).Join(t.Context(), contact, "the-ticket"))
	require.Len(t, p.asked, 1)
	doc := p.asked[0].Get("Twiml")
	assert.Contains(t, doc, `<Stream url="wss://guichet.example/media/twilio"`)
	assert.Regexp(t, `<Parameter [^>]*value="the-ticket"`, doc) // attributes come in any order
	assert.Contains(t, doc, "after-stream?contact=ct_1&amp;accepted=1700000000123")
}

func TestRefusalsOfTheProvider(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		provider provider
		join     error
	}{
		"a call that is over":      {provider{status: "completed", code: 21220}, dispatch.ErrCallGone},
		"a call that just arrived": {provider{status: "ringing", code: 21220}, dispatch.ErrCallEarly},
		"an unknown call":          {provider{}, dispatch.ErrCallGone},
	} {
		require.ErrorIs(t, call(t, &tc.provider).Join(t.Context(), contact, "x"), tc.join, name)
	}
	err := call(t, &provider{status: "in-progress", code: 20003}).Join(t.Context(), contact, "x")
	require.Error(t, err)
	assert.NotErrorIs(t, err, dispatch.ErrCallGone)
	require.ErrorIs(t, call(t, &provider{status: "completed", code: 21220}).HangUp(t.Context(), &center.Contact{CallSID: "CA1"}), dispatch.ErrCallGone)
}

func TestHangUpCompletesTheCall(t *testing.T) {
	t.Parallel()
	p := &provider{status: "in-progress"}
	require.NoError(t, call(t, p).HangUp(t.Context(), &center.Contact{CallSID: "CA1"}))
	assert.Equal(t, "completed", p.asked[0].Get("Status"))
}

func TestDialCallsTheCustomerFromOurNumber(t *testing.T) {
	t.Parallel()
	p := &provider{status: "queued"}
	made := &center.Contact{ID: "ct_1", Kind: center.KindOutbound, From: "+33612345678", To: "+33199001000"}
	sid, err := call(t, p).Dial(t.Context(), made)
	require.NoError(t, err)
	assert.Equal(t, "CA1", sid)
	asked := p.asked[0]
	assert.Equal(t, []string{"+33612345678", "+33199001000"}, []string{asked.Get("To"), asked.Get("From")})
	assert.Equal(t, publicURL+"/twilio/voice/answered?contact=ct_1&attempt=0", asked.Get("Url"))
	assert.Equal(t, publicURL+"/twilio/voice/status?contact=ct_1&attempt=0", asked.Get("StatusCallback"))

	_, err = call(t, &provider{status: "queued", code: 21211}).Dial(t.Context(), made)
	assert.Equal(t, "number-refused", center.SlugOf(err))
}

func TestDialForACallbackFindsOutWhoAnswers(t *testing.T) {
	t.Parallel()
	p := &provider{status: "queued"}
	_, err := call(t, p).Dial(t.Context(), &center.Contact{ID: "ct_1", Kind: center.KindCallback, From: "+33612345678", To: "+33199001000", Attempt: 2})
	require.NoError(t, err)
	asked := p.asked[0]
	assert.Equal(t, publicURL+"/twilio/voice/answered?contact=ct_1&attempt=2", asked.Get("Url"))
	assert.Equal(t, publicURL+"/twilio/voice/status?contact=ct_1&attempt=2", asked.Get("StatusCallback"))
	assert.Equal(t, []string{"Enable", "true", publicURL + "/twilio/voice/machine?contact=ct_1&attempt=2"},
		[]string{asked.Get("MachineDetection"), asked.Get("AsyncAmd"), asked.Get("AsyncAmdStatusCallback")})
	query, err := url.Parse(asked.Get("Url"))
	require.NoError(t, err)
	assert.Equal(t, 2, telephony.Attempt(query.Query()))
}

func TestGuestsAreCalledFromOurNumber(t *testing.T) {
	t.Parallel()
	p := &provider{status: "queued"}
	_, err := call(t, p).DialGuest(t.Context(), &center.Contact{
		ID: "ct_1", From: "+33612345678", To: "+33199001000", Guest: &center.Guest{ID: "gu_1", Number: "+33170000009"},
	})
	require.NoError(t, err)
	asked := p.asked[0]
	assert.Equal(t, []string{"+33170000009", "+33199001000"}, []string{asked.Get("To"), asked.Get("From")})
	answered, err := url.Parse(asked.Get("Url"))
	require.NoError(t, err)
	assert.Equal(t, []string{"/twilio/voice/guest-answered", "gu_1"}, []string{answered.Path, telephony.GuestID(answered.Query())})
}

func TestForwardConnectsBothLegs(t *testing.T) {
	t.Parallel()
	guest := &center.Guest{ID: "gu_1", Number: "+33170000009", CallSID: "CA2"}
	forwarded := &center.Contact{ID: "ct_1", CallSID: "CA1", Guest: guest}
	p := &provider{status: "in-progress"}
	require.NoError(t, call(t, p).Forward(t.Context(), forwarded))
	require.Equal(t, []string{"CA2", "CA1"}, p.legs, "with the customer's line our call ends, and its guest's too")
	for _, leg := range p.asked {
		assert.Contains(t, leg.Get("Twiml"), ">ct_1</Conference>")
		assert.Contains(t, leg.Get("Twiml"), `endConferenceOnExit="true"`)
	}
	gone := &provider{status: "completed", code: 21220}
	require.ErrorIs(t, call(t, gone).Forward(t.Context(), forwarded), dispatch.ErrGuestGone)
	guest.Blind = true
	p = &provider{status: "in-progress"}
	require.NoError(t, call(t, p).Forward(t.Context(), forwarded))
	assert.Len(t, p.asked, 1, "who is only just answering is told in the answer")
	require.ErrorIs(t, call(t, gone).Forward(t.Context(), forwarded), dispatch.ErrCallGone)
}

func TestAskAnew(t *testing.T) {
	t.Parallel()
	p := &provider{status: "in-progress"}
	require.NoError(t, call(t, p).AskAnew(t.Context(), &center.Contact{ID: "ct_1", CallSID: "CA1"}))
	assert.Equal(t, publicURL+"/twilio/voice/next?contact=ct_1", p.asked[0].Get("Url"))
}

func TestEnded(t *testing.T) {
	t.Parallel()
	for status, want := range map[string]bool{
		"": true, "queued": false, "ringing": false, "in-progress": false,
		"completed": true, "busy": true, "failed": true, "no-answer": true, "canceled": true,
	} {
		got, err := call(t, &provider{status: status}).Ended(t.Context(), &center.Contact{CallSID: "CA1"})
		require.NoError(t, err)
		assert.Equal(t, want, got, status)
	}
}

func TestAcceptedAt(t *testing.T) {
	t.Parallel()
	assert.True(t, telephony.AcceptedAt(url.Values{"accepted": {"1700000000123"}}).Equal(contact.AcceptedAt))
	for _, text := range []string{"", "soon", "9999999999999999999999"} {
		assert.True(t, telephony.AcceptedAt(url.Values{"accepted": {text}}).IsZero(), text)
	}
}

// TestSignature uses the worked example of Twilio's documentation
// (https://www.twilio.com/docs/usage/security#explore-the-algorithm-yourself).
func TestSignature(t *testing.T) {
	t.Parallel()
	v := telephony.NewValidator(telephony.Account{AuthToken: "12345"}, "https://example.com")
	body := url.Values{
		"CallSid": {"CA1234567890ABCDE"}, "Caller": {"+14158675310"}, "Digits": {"1234"}, "From": {"+14158675310"}, "To": {"+18005551212"},
	}.Encode()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/myapp.php?foo=1&bar=2", nil)
	assert.False(t, v.Valid(r, []byte(body)), "unsigned")
	r.Header.Set(telephony.SignatureHeader, "L/OH5YylLD5NRKLltdqwSvS0BnU=")
	assert.True(t, v.Valid(r, []byte(body)))
	assert.False(t, v.Valid(r, []byte(body+"&Digits=5678&x=y")))
	r.Host = "attacker.example"
	assert.True(t, v.Valid(r, []byte(body)), "the host is the public one, whatever the request says")
}
