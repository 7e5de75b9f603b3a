package simulator_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
	api "github.com/twilio/twilio-go/rest/api/v2010"

	"guichet/infra/local/simulator"
	"guichet/infra/local/simulator/audio"
)

// room answers each caller with the attributes of its own for the conference.
func room(attributes map[string]string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		twiml(`<Dial action="/left"><Conference `+attributes[r.Form.Get("From")]+`>room 1</Conference></Dial>`)(w, r)
	}
}

func (p *product) enters(from string, hz float64) *simulator.Call {
	p.t.Helper()
	var source simulator.Source
	if hz > 0 {
		source = audio.NewTone(hz)
	}
	c, err := p.sim.Call(simulator.Dial{From: from, To: support, Source: source})
	require.NoError(p.t, err)
	_, err = c.WaitLine(patience(p.t), simulator.LineConference, "room 1")
	require.NoError(p.t, err)
	return c
}

const (
	ada   = "+33639980001"
	grace = "+33639980002"
	linus = "+33639980003"
)

func TestConferenceCarriesSound(t *testing.T) {
	t.Parallel()
	p := start(t, map[string]http.HandlerFunc{
		"/voice/incoming": room(map[string]string{ada: `beep="false"`, grace: `beep="false"`, linus: `beep="false" muted="true"`}),
		"/left":           twiml(`<Pause length="60"/>`),
	})
	a := p.enters(ada, 400)
	require.Zero(t, a.Heard().Hz, "alone")
	b := p.enters(grace, 700)
	require.NoError(t, a.WaitHeard(patience(t), 700))
	require.NoError(t, b.WaitHeard(patience(t), 400))

	c := p.enters(linus, 1500)
	a.SetMuted(true)
	require.NoError(t, c.WaitHeard(patience(t), 700))
	b.SetSource(nil)
	require.NoError(t, a.WaitHeard(patience(t), 0), "who is muted is heard by nobody")
	a.SetMuted(false)
	require.NoError(t, c.WaitHeard(patience(t), 400))
	require.NoError(t, b.WaitHeard(patience(t), 400))

	a.HangUp()
	form := p.wait("/left", 0)
	require.Equal(t, []string{"answered", "true", "completed", a.SID()},
		[]string{form.Get("DialCallStatus"), form.Get("DialBridged"), form.Get("CallStatus"), form.Get("CallSid")})
	require.NotContains(t, form, "DialCallSid")
	require.NoError(t, c.WaitHeard(patience(t), 0))
	require.False(t, b.Ended())
}

func TestConferenceBeeps(t *testing.T) {
	t.Parallel()
	p := start(t, map[string]http.HandlerFunc{
		"/voice/incoming": room(map[string]string{grace: `beep="false"`, linus: `beep="onExit"`}),
		"/left":           twiml(`<Hangup/>`),
	})
	a, b := p.enters(ada, 0), p.enters(grace, 0)
	c := p.enters(linus, 0)
	require.Zero(t, a.Heard().Hz, "no beep for who does not want one")
	c.HangUp()
	require.NoError(t, a.WaitHeard(patience(t), 1400))
	require.NoError(t, b.WaitHeard(patience(t), 1400))
	require.NoError(t, a.WaitHeard(patience(t), 0))
}

func TestConferenceEndsForAll(t *testing.T) {
	t.Parallel()
	p := start(t, map[string]http.HandlerFunc{
		"/voice/incoming": room(map[string]string{grace: `endConferenceOnExit="true"`}),
		"/left": func(w http.ResponseWriter, r *http.Request) {
			twiml(`<Say>after the conference</Say>`)(w, r)
		},
		"/elsewhere": twiml(`<Pause length="60"/>`),
	})
	a, b, c := p.enters(ada, 0), p.enters(grace, 0), p.enters(linus, 0)
	_, err := p.rest(authToken).UpdateCall(b.SID(), (&api.UpdateCallParams{}).SetUrl(p.server.URL+"/elsewhere"))
	require.NoError(t, err)
	for _, left := range []*simulator.Call{a, c} {
		require.NoError(t, left.WaitStatus(patience(t), simulator.Completed))
		require.Equal(t, []string{"after the conference"}, texts(left, simulator.LineSay))
		require.Equal(t, []string{"over"}, texts(left, simulator.LineConferenceEnd))
	}
	_, err = b.WaitLine(patience(t), simulator.LinePause, "60")
	require.NoError(t, err)
	require.Equal(t, []string{"redirected"}, texts(b, simulator.LineConferenceEnd))
	require.Equal(t, 2, p.times("/left"), "who is redirected has no use for the action")

	again := p.enters(ada, 0)
	require.False(t, again.Ended(), "the name is free for another conference")
}

// TestConferenceWaits: until one starts it, callers hear the waitUrl and not each other.
func TestConferenceWaits(t *testing.T) {
	t.Parallel()
	music := tone(900, 500)
	wait := `startConferenceOnEnter="false" beep="false" waitUrl="/music" waitMethod="GET"`
	p := start(t, map[string]http.HandlerFunc{
		"/voice/incoming": room(map[string]string{ada: wait, grace: wait, linus: `beep="false" waitUrl="/never"`}),
		"/music":          twiml(`<Play loop="0">/music.ulaw</Play>`),
		"/music.ulaw":     typed("audio/ulaw", string(music)),
	})
	a, b := p.enters(ada, 400), p.enters(grace, 700)
	require.NoError(t, a.WaitHeard(patience(t), 900))
	require.NoError(t, b.WaitHeard(patience(t), 900))
	require.Equal(t, "in-progress", p.wait("/music", 0).Get("CallStatus"))
	c := p.enters(linus, 0)
	require.NoError(t, a.WaitHeard(patience(t), 700))
	require.NoError(t, b.WaitHeard(patience(t), 400))
	require.False(t, c.Ended())
}

func TestConferenceMistakes(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		noun, status string
		code         int
	}{
		"no music there":   {`<Conference waitUrl="/nowhere">r</Conference>`, "failed", 11200},
		"verb not allowed": {`<Conference waitUrl="/gather">r</Conference>`, "failed", 12200},
		"no name":          {`<Conference/>`, "", 12200},
		"two rooms":        {`<Conference>a</Conference><Conference>b</Conference>`, "", 12200},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := start(t, map[string]http.HandlerFunc{
				"/voice/incoming": twiml(`<Dial action="/left">` + tt.noun + `</Dial>`),
				"/gather":         twiml(`<Gather/>`),
				"/left":           twiml(`<Say>sorry</Say>`),
			})
			c := p.call(nil)
			p.ended(c, simulator.Completed)
			line, err := c.WaitLine(patience(t), simulator.LineError, "")
			require.NoError(t, err)
			require.Equal(t, tt.code, line.Code)
			if tt.status != "" {
				require.Equal(t, tt.status, p.wait("/left", 0).Get("DialCallStatus"))
				require.Equal(t, []string{"sorry"}, texts(c, simulator.LineSay))
			}
		})
	}
}

// TestFromStreamIntoConference: REST takes a call out of its media stream into a conference, with TwiML in the request.
func TestFromStreamIntoConference(t *testing.T) {
	t.Parallel()
	url := startNode(t, echo)
	p := start(t, map[string]http.HandlerFunc{"/voice/incoming": streamTo(url)})
	rest := p.rest(authToken)
	tones := map[string]float64{ada: 500, grace: 800}
	calls := map[string]*simulator.Call{}
	for from, hz := range tones {
		c, err := p.sim.Call(simulator.Dial{From: from, To: support, Source: audio.NewTone(hz)})
		require.NoError(t, err)
		require.NoError(t, c.WaitHeard(patience(t), hz))
		calls[from] = c
	}
	for _, c := range calls {
		_, err := rest.UpdateCall(c.SID(), (&api.UpdateCallParams{}).
			SetTwiml(`<Response><Dial><Conference beep="false">hand-over</Conference></Dial></Response>`))
		require.NoError(t, err)
	}
	require.NoError(t, calls[ada].WaitHeard(patience(t), tones[grace]))
	require.NoError(t, calls[grace].WaitHeard(patience(t), tones[ada]))
	calls[ada].HangUp()
	require.NoError(t, calls[grace].WaitHeard(patience(t), 0))
}
