package telephony_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/telephony"
)

const recording = "REaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

// archive answers for one recording.
type archive struct {
	status int
	asked  []string
}

func (a *archive) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	user, password, _ := r.BasicAuth()
	if user != account.SID || password != account.AuthToken {
		http.Error(w, "whose?", http.StatusUnauthorized)
		return
	}
	a.asked = append(a.asked, r.Method+" "+strings.TrimPrefix(r.URL.Path, "/2010-04-01/Accounts/"+account.SID))
	if a.status >= 300 && a.status < 400 {
		w.Header().Set("Location", "https://elsewhere.example/")
	}
	w.WriteHeader(a.status)
	if a.status == http.StatusOK {
		_, _ = w.Write([]byte("sound"))
	}
}

func TestARecordingIsFetchedFromTheAPIsHostAlone(t *testing.T) {
	t.Parallel()
	for status, works := range map[int]bool{200: true, 302: false, 307: false, 404: false, 500: false} {
		a := &archive{status: status}
		server := httptest.NewServer(a)
		t.Cleanup(server.Close)
		content, err := telephony.NewRecordings(account, server.URL).Fetch(t.Context(), recording, 5)
		assert.Equal(t, works, err == nil, "%d: %v", status, err)
		assert.Equal(t, works, string(content) == "sound", status)
		assert.Equal(t, []string{"GET /Recordings/" + recording + ".wav"}, a.asked)
	}
}

func TestWhatIsFetchedOfARecordingIsBounded(t *testing.T) {
	t.Parallel()
	a := &archive{status: http.StatusOK}
	server := httptest.NewServer(a)
	t.Cleanup(server.Close)
	r := telephony.NewRecordings(account, server.URL+"/")
	_, err := r.Fetch(t.Context(), recording, 4)
	require.ErrorContains(t, err, "more than 4 bytes")
	for _, sid := range []string{"", "RE1", "../Calls/CA1", recording + "/x", "CA" + recording[2:], recording + "\n"} {
		_, err = r.Fetch(t.Context(), sid, 5)
		require.Error(t, err, sid)
		require.Error(t, r.Delete(t.Context(), sid), sid)
		assert.False(t, telephony.RecordingSID(sid), sid)
	}
	assert.Len(t, a.asked, 1, "nothing else is asked for")
}

func TestARecordingIsDeleted(t *testing.T) {
	t.Parallel()
	for status, works := range map[int]bool{204: true, 404: true, 401: false, 500: false} {
		a := &archive{status: status}
		server := httptest.NewServer(a)
		t.Cleanup(server.Close)
		err := telephony.NewRecordings(account, server.URL).Delete(t.Context(), recording)
		assert.Equal(t, works, err == nil, "%d: %v", status, err)
		assert.Equal(t, []string{"DELETE /Recordings/" + recording + ".json"}, a.asked)
	}
}

func TestWhoLeavesAMessageIsInItsAddress(t *testing.T) {
	t.Parallel()
	want := telephony.Leaving{LineID: "line:ana", From: "+33612345678", CallerName: "Zoé & Cie", At: time.UnixMilli(1_700_000_000_123).UTC()}
	doc, err := telephony.LeaveMessage(publicURL, want, telephony.Say{Sentences: []string{"Speak."}}, telephony.Say{Sentences: []string{"Silence."}})
	require.NoError(t, err)
	for _, part := range []string{
		`maxLength="120"`, `timeout="5"`, `finishOnKey="#"`, `playBeep="true"`, `trim="trim-silence"`,
		`recordingStatusCallbackEvent="completed"`, `action="` + publicURL + `/twilio/voice/recorded?line=line%3Aana"`,
	} {
		assert.Contains(t, doc, part)
	}
	assert.Regexp(t, `(?s)Speak\..*<Record .*Silence\..*<Hangup`, doc)
	_, there, _ := strings.Cut(doc, `recordingStatusCallback="`)
	there, _, _ = strings.Cut(there, `"`)
	address, err := url.Parse(strings.ReplaceAll(there, "&amp;", "&"))
	require.NoError(t, err)
	assert.Equal(t, telephony.PathVoicemail, address.Path)
	assert.Equal(t, want, telephony.LeavingOf(address.Query()))
	assert.True(t, telephony.LeavingOf(url.Values{"at": {"soon"}}).At.IsZero())
}
