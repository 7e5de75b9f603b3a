package voice_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/internal/functiontest"
	"guichet/shared/center"
	"guichet/shared/store"
	"guichet/shared/telephony"
)

const (
	recordingSID = "REaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	ownNumber    = "+33199001077"
)

// openVoicemail opens an office that keeps callers' messages for 30 days. Its queue is never open if shut, and Ana has a number.
func openVoicemail(t *testing.T, shut bool) *office {
	t.Helper()
	o := open(t)
	q := center.Queue{ID: functiontest.QueueID, Name: "Support", Kind: center.QueueVoice, MaxWait: functiontest.MaxWait, Language: "en", Voicemail: true}
	if shut {
		q.Hours = &center.Hours{}
	}
	require.NoError(t, o.Store.SaveDirectory(t.Context(), &store.Directory{
		Settings: center.Settings{Language: "fr", VoicemailDays: 30, DirectWait: time.Minute},
		Queues:   map[string]center.Queue{q.ID: q},
		Numbers:  map[string]string{functiontest.Number: q.ID},
		Lines:    map[string]center.Line{ownNumber: {Number: ownNumber, AgentID: functiontest.Ana}},
	}))
	return o
}

// asked reads the addresses of the document's <Record>.
func asked(t *testing.T, doc twiml) (action, callback string) {
	t.Helper()
	require.Equal(t, []string{"Say", "Say", "Record", "Say", "Hangup"}, doc.names())
	return strings.TrimPrefix(doc.Verbs[2].Action, publicURL), strings.TrimPrefix(doc.Verbs[2].Callback, publicURL)
}

// kept is what came of the provider's word that a recording is there.
func (o *office) kept(t *testing.T, callback, call string, more ...string) []*center.Voicemail {
	t.Helper()
	completed := []string{
		"RecordingSid", recordingSID, "RecordingStatus", "completed", "RecordingDuration", "7", "RecordingUrl", "https://evil.example/x",
	}
	assert.Empty(t, o.webhook(t, callback, call, append(completed, more...)...).names())
	address, err := url.Parse(callback)
	require.NoError(t, err)
	list, err := o.Store.Voicemails(t.Context(), address.Query().Get("line"), o.Now())
	require.NoError(t, err)
	return list
}

func TestP6AfterTheMaximumWaitCallersLeaveAMessage(t *testing.T) {
	t.Parallel()
	o := openVoicemail(t, false)
	o.webhook(t, telephony.PathIncoming, "CA1", "CallerName", "M. Dupont")
	o.Pass(functiontest.MaxWait)
	assert.Equal(t, []string{"Leave"}, o.webhook(t, at(telephony.PathWait, "CA1"), "CA1").names())
	doc := o.webhook(t, at(telephony.PathLeft, "CA1"), "CA1", "QueueResult", "leave")
	assert.Contains(t, doc.spoken(), "busy")
	assert.Contains(t, doc.spoken(), "leave a message")
	assert.Equal(t, center.OutcomeTimedOut, o.Contact(t, contactOf("CA1")).Outcome)
	spokenAt := o.Now()
	action, callback := asked(t, doc)
	o.Pass(10 * time.Second)
	assert.Contains(t, o.webhook(t, action, "CA1", "RecordingSid", recordingSID).spoken(), "Thank you")
	o.webhook(t, telephony.PathStatus, "CA1", "CallStatus", "completed")
	want := &center.Voicemail{
		ID: center.VoicemailIDOf("twilio", recordingSID, spokenAt), LineID: functiontest.QueueID, RecordingSID: recordingSID, CallSID: "CA1",
		From: "+33612345678", CallerName: "M. Dupont", At: spokenAt, Length: 7 * time.Second, Sound: center.SoundFetching,
		ExpiresAt: spokenAt.AddDate(0, 0, 30), Version: 1,
	}
	for range 2 {
		assert.Equal(t, []*center.Voicemail{want}, o.kept(t, callback, "CA1"), "a repeat makes no second one")
	}
	assert.Equal(t, center.OutcomeTimedOut, o.Contact(t, contactOf("CA1")).Outcome, "a message is no answer")
}

func TestP6WhenClosedCallersLeaveAMessage(t *testing.T) {
	t.Parallel()
	o := openVoicemail(t, true)
	doc := o.webhook(t, telephony.PathIncoming, "CA1", "CallerName", "M. Dupont")
	assert.Contains(t, doc.spoken(), "closed")
	_, callback := asked(t, doc)
	_, err := o.Store.Contact(t.Context(), contactOf("CA1"), true)
	assert.Equal(t, center.NotFound, center.CodeOf(err), "nobody waits")
	got := o.kept(t, callback, "CA1")
	require.Len(t, got, 1)
	assert.Equal(t, []string{"+33612345678", "M. Dupont", "CA1"}, []string{got[0].From, got[0].CallerName, got[0].CallSID})
}

func TestP6CallersOfAnAgentsOwnLineLeaveAMessage(t *testing.T) {
	t.Parallel()
	o := openVoicemail(t, false)
	o.webhook(t, telephony.PathIncoming, "CA1", "To", ownNumber, "From", "anonymous")
	o.Pass(time.Minute)
	o.webhook(t, at(telephony.PathWait, "CA1"), "CA1")
	doc := o.webhook(t, at(telephony.PathLeft, "CA1"), "CA1", "QueueResult", "leave")
	assert.Contains(t, doc.spoken(), "La personne que vous appelez n’est pas disponible.")
	action, callback := asked(t, doc)
	assert.Contains(t, o.webhook(t, action, "CA1").spoken(), "Merci")
	got := o.kept(t, callback, "CA1")
	require.Len(t, got, 1)
	assert.Equal(t, center.OwnLine(functiontest.Ana), got[0].LineID)
	assert.Empty(t, got[0].From, "withheld")
}

// A caller who hangs up while they speak has left a message: Twilio tells of the call's end, of the recording's and that it is
// there, in any order.
func TestP6AHangUpDuringTheMessageLosesNothing(t *testing.T) {
	t.Parallel()
	for _, first := range []bool{false, true} {
		o := openVoicemail(t, true)
		action, callback := asked(t, o.webhook(t, telephony.PathIncoming, "CA1"))
		if first {
			assert.Len(t, o.kept(t, callback, "CA1"), 1)
		}
		o.webhook(t, telephony.PathStatus, "CA1", "CallStatus", "completed")
		o.webhook(t, action, "CA1", "Digits", "hangup", "RecordingSid", recordingSID)
		assert.Len(t, o.kept(t, callback, "CA1"), 1)
	}
}

func TestP6WhatIsNoMessageMakesNone(t *testing.T) {
	t.Parallel()
	o := openVoicemail(t, true)
	_, callback := asked(t, o.webhook(t, telephony.PathIncoming, "CA1"))
	for name, said := range map[string][]string{
		"silence":        {"RecordingDuration", "0"},
		"under way":      {"RecordingStatus", "in-progress"},
		"absent":         {"RecordingStatus", "absent"},
		"no recording":   {"RecordingSid", ""},
		"another's path": {"RecordingSid", "../Calls/CA1"},
	} {
		assert.Empty(t, o.kept(t, callback, "CA1", said...), name)
	}
	for _, address := range []string{telephony.PathVoicemail, telephony.PathVoicemail + "?line=que_none&at=1700000000000"} {
		assert.Empty(t, o.kept(t, address, "CA1"), address)
	}
	assert.Equal(t, []string{"Hangup"}, o.webhook(t, telephony.PathRecorded, "CA1").names(), "of no line")
	assert.Len(t, o.kept(t, callback, "CA1", "RecordingDuration", "?"), 1, "how long it is, the sound tells")
}

func TestP6MessagesAreTwiliosToAnnounce(t *testing.T) {
	t.Parallel()
	o := openVoicemail(t, true)
	_, callback := asked(t, o.webhook(t, telephony.PathIncoming, "CA1"))
	form := url.Values{"CallSid": {"CA1"}, "RecordingSid": {recordingSID}, "RecordingStatus": {"completed"}, "RecordingDuration": {"7"}}
	for name, address := range map[string]string{"unsigned": "", "for another line": publicURL + strings.Replace(callback, "que_support", "line%3Aana", 1)} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, callback, strings.NewReader(form.Encode()))
		if address != "" {
			r.Header.Set(telephony.SignatureHeader, sign(address, form))
		}
		w := httptest.NewRecorder()
		o.handler.ServeHTTP(w, r)
		assert.Equal(t, http.StatusForbidden, w.Code, name)
	}
	list, err := o.Store.Voicemails(t.Context(), functiontest.QueueID, o.Now())
	require.NoError(t, err)
	assert.Empty(t, list, "nothing is written")
}
