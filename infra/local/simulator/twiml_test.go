package simulator_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/infra/local/simulator"
	"guichet/infra/local/simulator/audio"
)

func TestRedirectAndRelativeURLs(t *testing.T) {
	t.Parallel()
	p := start(t, map[string]http.HandlerFunc{
		"/voice/incoming": twiml(`<Redirect method="GET">menu/first?lang=fr&amp;n=1</Redirect><Say>never</Say>`),
		"/voice/menu/first": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/voice/moved", http.StatusTemporaryRedirect)
		},
		"/voice/moved": twiml(`<Say>arrived</Say>`),
	})
	c := p.call(nil)
	p.ended(c, simulator.Completed)
	require.Equal(t, []string{"arrived"}, texts(c, simulator.LineSay))
	form := p.wait("/voice/menu/first", 0)
	require.Equal(t, "fr", form.Get("lang"))
	require.Equal(t, "in-progress", form.Get("CallStatus"))
}

func TestReject(t *testing.T) {
	t.Parallel()
	for verbs, want := range map[string]simulator.Status{
		`<Reject/>`:                              simulator.NoAnswer,
		`<Reject reason="busy"/>`:                simulator.Busy,
		`<Pause length="0"/><Reject/>`:           simulator.NoAnswer,
		`<Say>too late</Say><Reject/>`:           simulator.Completed,
		`<Hangup/><Say>never</Say>`:              simulator.Completed,
		``:                                       simulator.Completed,
		`<Pause length="0"/><Say>answered</Say>`: simulator.Completed,
	} {
		p := start(t, map[string]http.HandlerFunc{"/voice/incoming": twiml(verbs)})
		c := p.call(nil)
		require.Equal(t, string(want), p.ended(c, want).Get("CallStatus"), verbs)
		require.NotContains(t, texts(c, simulator.LineSay), "never")
	}
}

func TestGather(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		gather string
		press  string
		path   string // that is asked with the digits; empty for none
		digits string
	}{
		"finish key":        {`<Gather action="/keys" timeout="9"/>`, "12#", "/keys", "12"},
		"number of digits":  {`<Gather action="/keys" timeout="9" numDigits="1"/>`, "3", "/keys", "3"},
		"other finish key":  {`<Gather action="/keys" timeout="9" finishOnKey="*"/>`, "4#*", "/keys", "4#"},
		"silence after key": {`<Gather action="/keys" timeout="1" finishOnKey=""/>`, "5#", "/keys", "5#"},
		"prompt cut short":  {`<Gather action="/keys" timeout="9" numDigits="2"><Say>one</Say><Pause length="60"/></Gather>`, "67", "/keys", "67"},
		"own URL":           {`<Gather timeout="9" numDigits="1"/>`, "8", "/voice/incoming", "8"},
		"nothing":           {`<Gather action="/keys" timeout="0"/>`, "", "", ""},
		"finish key only":   {`<Gather action="/keys" timeout="9"/>`, "#", "", ""},
		"nothing, told":     {`<Gather action="/keys" timeout="0" actionOnEmptyResult="true"/>`, "", "/keys", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := start(t, map[string]http.HandlerFunc{
				"/voice/incoming": func(w http.ResponseWriter, r *http.Request) {
					if r.Form.Has("Digits") {
						twiml(`<Say>thanks</Say>`)(w, r)
						return
					}
					twiml(`<Say>welcome</Say><Pause length="1"/>`+tt.gather+`<Say>nothing</Say>`)(w, r)
				},
				"/keys": twiml(`<Say>thanks</Say>`),
			})
			c := p.call(nil)
			require.Error(t, c.Press("A"))
			_, err := c.WaitLine(patience(t), simulator.LinePause, "1")
			require.NoError(t, err)
			require.NoError(t, c.Press("9"), "a key before the question counts for nothing")
			_, err = c.WaitLine(patience(t), simulator.LineGather, "")
			require.NoError(t, err)
			if tt.press != "" {
				require.NoError(t, c.Press(tt.press))
			}
			p.ended(c, simulator.Completed)
			if tt.path == "" {
				require.Equal(t, []string{"welcome", "nothing"}, texts(c, simulator.LineSay))
				return
			}
			n := p.times(tt.path) - 1
			require.Equal(t, tt.digits, p.wait(tt.path, n).Get("Digits"))
			require.Contains(t, texts(c, simulator.LineSay), "thanks")
		})
	}
}

func TestPlay(t *testing.T) {
	t.Parallel()
	ulaw := make([]byte, audio.Rate)
	audio.NewTone(650).Fill(ulaw)
	p := start(t, map[string]http.HandlerFunc{
		"/voice/incoming": twiml(`<Play loop="0">/tone.ulaw</Play>`),
		"/tone.ulaw": func(w http.ResponseWriter, r *http.Request) {
			require.Empty(t, r.Form, "<Play> sends no parameters")
			typed("audio/ulaw", string(ulaw))(w, r)
		},
	})
	c := p.call(nil)
	require.NoError(t, c.WaitHeard(patience(t), 650))
	c.HangUp()
	p.ended(c, simulator.Completed)
}

func TestMistakesOfTheProduct(t *testing.T) {
	t.Parallel()
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	tests := map[string]struct {
		answer http.HandlerFunc
		code   int
	}{
		"not XML":                {typed("text/xml", "oops"), 12100},
		"cut short":              {typed("text/xml", "<Response><Say>"), 12100},
		"other root":             {typed("text/xml", "<Twiml/>"), 12100},
		"two roots":              {typed("text/xml", "<Response/><Response/>"), 12100},
		"space before":           {typed("text/xml", ` <?xml version="1.0"?><Response/>`), 12100},
		"empty":                  {typed("text/xml", ""), 12100},
		"nested too deep":        {twiml(strings.Repeat("<Say>", 40) + strings.Repeat("</Say>", 40)), 12100},
		"too large":              {typed("text/xml", "<Response>"+strings.Repeat(" ", 70<<10)+"</Response>"), 11750},
		"JSON":                   {typed("application/json", "{}"), 12300},
		"no type":                {typed("", "<Response/>"), 12300},
		"HTTP 500":               {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) }, 11200},
		"HTTP 403":               {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) }, 11200},
		"redirected for ever":    {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path, http.StatusFound) }, 11215},
		"unknown verb":           {twiml(`<Prompt/>`), 12200},
		"dial of a number":       {twiml(`<Dial>+33612345678</Dial>`), 12200},
		"leave out of a queue":   {twiml(`<Leave/>`), 12200},
		"verb not for a gather":  {twiml(`<Gather><Hangup/></Gather>`), 12200},
		"nobody listens":         {twiml(`<Redirect>` + gone.URL + `</Redirect>`), 11205},
		"bad URL":                {twiml(`<Redirect>ftp://host/x</Redirect>`), 11100},
		"no audio there":         {twiml(`<Play>/nowhere.wav</Play>`), 11200},
		"audio of another kind":  {twiml(`<Play>/song.mp3</Play>`), 12300},
		"audio that is not":      {twiml(`<Play>/broken.wav</Play>`), 12300},
		"connect to no stream":   {twiml(`<Connect><Room>x</Room></Connect>`), 12200},
		"stream of another kind": {twiml(`<Connect><Stream url="ftp://x/y"/></Connect>`), 31922},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := start(t, map[string]http.HandlerFunc{
				"/voice/incoming": tt.answer,
				"/song.mp3":       typed("audio/mpeg", "ID3"),
				"/broken.wav":     typed("audio/wav", "RIFF"),
			})
			c := p.call(nil)
			require.Equal(t, "completed", p.ended(c, simulator.Completed).Get("CallStatus"))
			line, err := c.WaitLine(patience(t), simulator.LineError, "")
			require.NoError(t, err)
			require.Equal(t, tt.code, line.Code, line.Text)
			require.Contains(t, texts(c, simulator.LineSay)[0], "application error")
		})
	}
}

func TestFallbackURL(t *testing.T) {
	t.Parallel()
	p := start(t, map[string]http.HandlerFunc{"/voice/fallback": twiml(`<Say>we will be back</Say>`)},
		func(cfg *simulator.Config) { cfg.Numbers[0].VoiceFallbackURL = "/voice/fallback" })
	c := p.call(nil)
	p.ended(c, simulator.Completed)
	require.Equal(t, []string{"we will be back"}, texts(c, simulator.LineSay))
	form := p.wait("/voice/fallback", 0)
	require.Equal(t, "11200", form.Get("ErrorCode"))
	require.Equal(t, p.server.URL+"/voice/incoming", form.Get("ErrorUrl"))
}

func TestOtherContentTypes(t *testing.T) {
	t.Parallel()
	ulaw := make([]byte, 400)
	p := start(t, map[string]http.HandlerFunc{"/voice/incoming": typed("text/plain; charset=utf-8", "just words\n")})
	c := p.call(nil)
	p.ended(c, simulator.Completed)
	require.Equal(t, []string{"just words"}, texts(c, simulator.LineSay))

	p = start(t, map[string]http.HandlerFunc{"/voice/incoming": typed("audio/ulaw", string(ulaw))})
	c = p.call(nil)
	p.ended(c, simulator.Completed)
	require.Equal(t, []string{p.server.URL + "/voice/incoming"}, texts(c, simulator.LinePlay))
}

func TestCookiesLastForTheCall(t *testing.T) {
	t.Parallel()
	p := start(t, map[string]http.HandlerFunc{
		"/voice/incoming": func(w http.ResponseWriter, r *http.Request) {
			http.SetCookie(w, &http.Cookie{Name: "visit", Value: "7", Path: "/"})
			twiml(`<Redirect>/next</Redirect>`)(w, r)
		},
		"/next": func(w http.ResponseWriter, r *http.Request) {
			cookie, err := r.Cookie("visit")
			require.NoError(t, err)
			twiml(`<Say>visit `+cookie.Value+`</Say>`)(w, r)
		},
	})
	c := p.call(nil)
	p.ended(c, simulator.Completed)
	require.Equal(t, []string{"visit 7"}, texts(c, simulator.LineSay))
}
