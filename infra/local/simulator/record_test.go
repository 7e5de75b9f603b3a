package simulator_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	api "github.com/twilio/twilio-go/rest/api/v2010"

	"guichet/infra/local/simulator"
	"guichet/infra/local/simulator/audio"
	"guichet/shared/wav"
)

// whistler is a person who whistles for so many frames, and is silent from then on.
type whistler struct {
	frames int
	tone   *audio.Tone
	done   chan struct{} // closed after the last of them
}

func whistles(frames int) *whistler {
	return &whistler{frames: frames, tone: audio.NewTone(600), done: make(chan struct{})}
}

func (w *whistler) Fill(frame []byte) {
	if w.frames > 0 {
		w.tone.Fill(frame)
	} else {
		copy(frame, bytes.Repeat([]byte{audio.Silence}, len(frame)))
	}
	if w.frames--; w.frames == 0 {
		close(w.done)
	}
}

// recorder answers <Record>, and "next verb" after it.
func recorder(attributes string) http.HandlerFunc {
	return twiml(`<Record playBeep="false" recordingStatusCallback="/kept" ` + attributes + `/><Say>next verb</Say>`)
}

func TestRecord(t *testing.T) {
	t.Parallel()
	const second, moment, endless = 55, 10, 1 << 30 // frames
	hangUp := func(c *simulator.Call) { c.HangUp() }
	press := func(keys string) func(*simulator.Call) {
		return func(c *simulator.Call) { _ = c.Press(keys) }
	}
	for name, tt := range map[string]struct {
		record  string
		says    int                   // frames
		do      func(*simulator.Call) // after that; nil when it ends by itself
		digits  string
		seconds string // as the callback is told; empty when nothing is kept
	}{
		"longest":             {`action="/done" maxLength="1"`, endless, nil, "", "1"},
		"any key":             {`action="/done"`, second, press("7"), "7", "1"},
		"finish key":          {`action="/done" finishOnKey="#"`, second, press("7#"), "#", "1"},
		"silence":             {`action="/done" timeout="1"`, second, nil, "", "1"},
		"silence, untrimmed":  {`action="/done" timeout="1" trim="do-not-trim"`, second, nil, "", "2"},
		"hang up":             {`action="/done"`, second, hangUp, "hangup", "1"},
		"own URL":             {`maxLength="1"`, endless, nil, "", "1"},
		"nobody speaks":       {`action="/done" timeout="1"`, 0, nil, "", ""},
		"under a second":      {`action="/done"`, moment, press("1"), "", ""},
		"hang up at once":     {`action="/done"`, moment, hangUp, "", ""},
		"silent, but kept so": {`action="/done" timeout="1" trim="do-not-trim"`, 0, nil, "", "1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := start(t, map[string]http.HandlerFunc{
				"/voice/incoming": func(w http.ResponseWriter, r *http.Request) {
					if r.Form.Has("RecordingUrl") {
						twiml(`<Say>thanks</Say>`)(w, r)
						return
					}
					recorder(tt.record)(w, r)
				},
				"/done": twiml(`<Say>thanks</Say>`),
				"/kept": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) },
			}, func(cfg *simulator.Config) { cfg.APIURL = "http://twilio.test/" })
			c := p.records(tt.says, tt.do)
			p.ended(c, simulator.Completed)
			if tt.seconds == "" {
				_, err := c.WaitLine(patience(t), simulator.LineRecordEnd, "empty")
				require.NoError(t, err)
				p.sim.Close()
				require.Zero(t, p.times("/done"))
				require.Zero(t, p.times("/kept"))
				if name != "hang up at once" {
					require.Equal(t, []string{"next verb"}, texts(c, simulator.LineSay))
				}
				return
			}
			path, n := "/done", 0
			if !strings.Contains(tt.record, "action") {
				path, n = "/voice/incoming", 1
			}
			form := p.wait(path, n)
			require.Equal(t, tt.digits, form.Get("Digits"))
			require.Regexp(t, `^[1-9]\d*$`, form.Get("RecordingDuration"))
			require.Equal(t, tt.digits != "", form.Has("Digits"))
			sid := form.Get("RecordingSid")
			require.Regexp(t, `^RE[0-9a-f]{32}$`, sid)
			require.Equal(t, "http://twilio.test/2010-04-01/Accounts/"+accountSID+"/Recordings/"+sid, form.Get("RecordingUrl"))
			said := []string{"thanks"}
			if tt.digits == "hangup" {
				said = nil
				require.Equal(t, "completed", form.Get("CallStatus"))
			}
			require.Equal(t, said, texts(c, simulator.LineSay))
			p.kept(c, sid, tt.seconds)
		})
	}
}

// records places a call, lets the caller whistle once recording has begun, and then does something.
func (p *product) records(frames int, do func(*simulator.Call)) *simulator.Call {
	p.t.Helper()
	c := p.call(nil)
	_, err := c.WaitLine(patience(p.t), simulator.LineRecord, "")
	require.NoError(p.t, err)
	caller := whistles(frames)
	c.SetSource(caller)
	if do != nil {
		<-caller.done
		do(c)
	}
	return c
}

// kept checks the recordingStatusCallback.
func (p *product) kept(c *simulator.Call, sid, seconds string) {
	p.t.Helper()
	form := p.wait("/kept", 0)
	started, err := time.Parse(time.RFC1123Z, form.Get("RecordingStartTime"))
	require.NoError(p.t, err)
	require.WithinDuration(p.t, time.Now(), started, time.Minute)
	form.Del("RecordingStartTime")
	require.Equal(p.t, url.Values{
		"AccountSid": {accountSID}, "CallSid": {c.SID()}, "RecordingSid": {sid}, "RecordingStatus": {"completed"},
		"RecordingUrl":      {"http://twilio.test/2010-04-01/Accounts/" + accountSID + "/Recordings/" + sid},
		"RecordingDuration": {seconds}, "RecordingChannels": {"1"}, "RecordingSource": {"RecordVerb"}, "ErrorCode": {"0"},
	}, form)
}

func TestRecordTellsOfItsEvents(t *testing.T) {
	t.Parallel()
	p := start(t, map[string]http.HandlerFunc{
		"/voice/incoming": recorder(`timeout="1" recordingStatusCallbackMethod="GET" recordingStatusCallbackEvent="in-progress absent"`),
		"/kept":           func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) },
	})
	c := p.call(nil)
	require.Equal(t, "in-progress", p.wait("/kept", 0).Get("RecordingStatus"))
	require.Equal(t, "absent", p.wait("/kept", 1).Get("RecordingStatus"))
	p.ended(c, simulator.Completed)
}

// TestRecordBeepsFirst: the caller hears where to begin, and REST takes the call elsewhere without asking the action.
func TestRecordBeepsFirst(t *testing.T) {
	t.Parallel()
	p := start(t, map[string]http.HandlerFunc{
		"/voice/incoming": twiml(`<Record action="/done" recordingStatusCallback="/kept"/>`),
		"/kept":           func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) },
	})
	c := p.call(nil)
	require.NoError(t, c.WaitHeard(patience(t), 1400))
	_, err := c.WaitLine(patience(t), simulator.LineRecord, "")
	require.NoError(t, err)
	caller := whistles(55)
	c.SetSource(caller)
	<-caller.done
	_, err = p.rest(authToken).UpdateCall(c.SID(), (&api.UpdateCallParams{}).SetTwiml(`<Response><Say>elsewhere</Say></Response>`))
	require.NoError(t, err)
	p.ended(c, simulator.Completed)
	require.Equal(t, []string{"elsewhere"}, texts(c, simulator.LineSay))
	require.Equal(t, "completed", p.wait("/kept", 0).Get("RecordingStatus"))
	require.Zero(t, p.times("/done"))
}

func TestRecordingResource(t *testing.T) {
	t.Parallel()
	p := start(t, map[string]http.HandlerFunc{
		"/voice/incoming": recorder(`action="/done" timeout="1"`), "/done": twiml(`<Hangup/>`),
		"/kept": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) },
	})
	c := p.records(55, nil)
	sid := p.wait("/done", 0).Get("RecordingSid")
	require.Equal(t, "https://api.twilio.com/2010-04-01/Accounts/"+accountSID+"/Recordings/"+sid, p.wait("/done", 0).Get("RecordingUrl"))
	rest := p.rest(authToken)
	got, err := rest.FetchRecording(sid, nil)
	require.NoError(t, err)
	require.Equal(t, []string{sid, c.SID(), "1", "completed", "RecordVerb", accountSID},
		[]string{*got.Sid, *got.CallSid, *got.Duration, *got.Status, *got.Source, *got.AccountSid})
	require.Equal(t, 1, *got.Channels)
	require.Regexp(t, `/2010-04-01/Accounts/`+accountSID+`/Recordings/`+sid+`\.json$`, *got.Uri)

	server := httptest.NewServer(p.sim.API())
	t.Cleanup(server.Close)
	media := server.URL + "/2010-04-01/Accounts/" + accountSID + "/Recordings/" + sid
	for _, form := range []string{"", ".wav"} {
		res, body := basic(t, http.MethodGet, media+form, authToken)
		require.Equal(t, []any{http.StatusOK, "audio/x-wav"}, []any{res.StatusCode, res.Header.Get("Content-Type")})
		file, err := wav.Parse(body)
		require.NoError(t, err)
		require.Equal(t, []int{1, 8000, 16}, []int{file.Channels, file.Rate, file.Bits})
		samples, err := file.Samples()
		require.NoError(t, err)
		require.InDelta(t, 600, audio.Measure(samples[:audio.Rate/5]).Hz, 5, "the silence before is gone")
		require.Len(t, samples, 55*audio.FrameBytes, "as is the silence after")
	}
	for path, want := range map[string]int{media + ".mp3": 404, media + "0.json": 404} {
		res, _ := basic(t, http.MethodGet, path, authToken)
		require.Equal(t, want, res.StatusCode, path)
	}
	for _, method := range []string{http.MethodGet, http.MethodDelete} {
		res, _ := basic(t, method, media+".wav", "wrong")
		require.Equal(t, http.StatusUnauthorized, res.StatusCode)
	}
	res, body := basic(t, http.MethodDelete, media+".json", authToken)
	require.Equal(t, http.StatusNoContent, res.StatusCode)
	require.Empty(t, body)
	require.Error(t, rest.DeleteRecording(sid, nil), "a second time there is nothing")
	res, _ = basic(t, http.MethodGet, media+".wav", authToken)
	require.Equal(t, http.StatusNotFound, res.StatusCode)
}

func basic(t *testing.T, method, to, token string) (*http.Response, []byte) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, to, nil)
	require.NoError(t, err)
	req.SetBasicAuth(accountSID, token)
	req.Close = true
	res, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	body, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	require.NoError(t, res.Body.Close())
	return res, body
}
