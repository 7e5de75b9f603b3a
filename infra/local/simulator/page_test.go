package simulator_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"
	api "github.com/twilio/twilio-go/rest/api/v2010"

	"guichet/infra/local/simulator"
)

// page is the simulator's page on a server of its own.
type page struct {
	t   *testing.T
	url string
}

func (p *product) page() *page {
	p.t.Helper()
	server := httptest.NewServer(p.sim.Page())
	p.t.Cleanup(server.Close)
	return &page{p.t, server.URL}
}

func (p *page) request(method, path, body string, header map[string]string) (*http.Response, string) {
	p.t.Helper()
	req, err := http.NewRequestWithContext(p.t.Context(), method, p.url+path, strings.NewReader(body))
	require.NoError(p.t, err)
	req.Close = true
	if method == http.MethodPost {
		req.Header.Set("Origin", p.url)
		req.Header.Set("Content-Type", "application/json")
	}
	for name, value := range header {
		req.Header.Set(name, value)
	}
	res, err := http.DefaultClient.Do(req)
	require.NoError(p.t, err)
	raw, err := io.ReadAll(res.Body)
	require.NoError(p.t, err)
	require.NoError(p.t, res.Body.Close())
	return res, string(raw)
}

func (p *page) post(path, body string) (int, map[string]any) {
	p.t.Helper()
	res, raw := p.request(http.MethodPost, "/simulator/api"+path, body, nil)
	var answer map[string]any
	if strings.HasPrefix(raw, "{") {
		require.NoError(p.t, json.Unmarshal([]byte(raw), &answer), raw)
	}
	return res.StatusCode, answer
}

func (p *page) socket(path string) *websocket.Conn {
	p.t.Helper()
	conn, res, err := websocket.Dial(patience(p.t), "ws"+strings.TrimPrefix(p.url, "http")+"/simulator/api"+path,
		&websocket.DialOptions{HTTPHeader: http.Header{"Origin": {p.url}}})
	require.NoError(p.t, err)
	require.NotNil(p.t, res)
	p.t.Cleanup(func() { _ = conn.CloseNow() })
	return conn
}

func TestPageIsServed(t *testing.T) {
	t.Parallel()
	p := start(t, nil).page()
	for accept, want := range map[string]string{"fr-CA,fr;q=0.9,en;q=0.5": "fr", "en-GB": "en", "de": "en", "": "en", ";;": "en"} {
		for _, path := range []string{"/simulator", "/simulator/"} {
			res, body := p.request(http.MethodGet, path, "", map[string]string{"Accept-Language": accept})
			require.Equal(t, http.StatusOK, res.StatusCode)
			require.Contains(t, body, `<html lang="`+want+`"`, accept)
			policy := res.Header.Get("Content-Security-Policy")
			require.Contains(t, policy, "script-src 'self';")
			require.NotContains(t, policy, "unsafe")
		}
	}
	_, body := p.request(http.MethodGet, "/simulator", "", nil)
	for _, file := range regexp.MustCompile(`(?:src|href)="(/simulator/[^"#]+)"`).FindAllStringSubmatch(body, -1) {
		res, _ := p.request(http.MethodGet, file[1], "", nil)
		require.Equal(t, http.StatusOK, res.StatusCode, file[1])
	}
	require.NotRegexp(t, `(?i)<script>|<style|\sstyle=|\son\w+=`, body, "the policy forbids what is inline")
	res, _ := p.request(http.MethodGet, "/simulator/static/", "", nil)
	require.Equal(t, http.StatusNotFound, res.StatusCode)
}

// TestPageSentences finds sentences that are missing in a language, or that nothing says.
func TestPageSentences(t *testing.T) {
	t.Parallel()
	languages := map[string]map[string]string{}
	var code strings.Builder
	files, err := filepath.Glob("static/*")
	require.NoError(t, err)
	for _, file := range files {
		raw, err := os.ReadFile(file)
		require.NoError(t, err)
		if name, ok := strings.CutPrefix(file, "static/messages."); ok {
			var sentences map[string]string
			require.NoError(t, json.Unmarshal(raw, &sentences))
			languages[name] = sentences
			continue
		}
		code.Write(raw)
	}
	require.Len(t, languages, 2)
	en, fr := languages["en.json"], languages["fr.json"]
	// Families are completed at run time: by a status, a kind of line, a source, a reason.
	family := regexp.MustCompile(`^(status|line|problem|voice|link|state|channel|failure)\.`)
	placeholder := regexp.MustCompile(`\{\w+\}`)
	for key, sentence := range en {
		require.NotEmpty(t, fr[key], "French lacks %s", key)
		require.ElementsMatch(t, placeholder.FindAllString(sentence, -1), placeholder.FindAllString(fr[key], -1), key)
		require.True(t, family.MatchString(key) || strings.Contains(code.String(), `"`+key+`"`), "nothing says %s", key)
	}
	require.Len(t, fr, len(en), "English lacks a sentence")
	for _, used := range regexp.MustCompile(`data-i18n(?:-label|-placeholder)?="([^"]+)"|\bt\("([^"]+)"`).FindAllStringSubmatch(code.String(), -1) {
		require.Contains(t, en, used[1]+used[2])
	}
}

func TestPagePlacesAndDrivesCalls(t *testing.T) {
	t.Parallel()
	product := start(t, map[string]http.HandlerFunc{
		"/voice/incoming": twiml(`<Gather numDigits="2" timeout="30" action="/keys"/>`),
		"/keys":           twiml(`<Pause length="60"/>`),
	}, func(cfg *simulator.Config) { cfg.Numbers[0].Label = "Support" })
	p := product.page()
	status, call := p.post("/calls", `{"from":"+33 6 12 34 56 78","to":"`+support+`","name":" Ada ","source":"tone","toneHz":700}`)
	require.Equal(t, http.StatusCreated, status, call)
	require.Equal(t, []any{"Ada", "tone", 700.0, "Support", "+33 6 12 34 56 78"},
		[]any{call["name"], call["source"], call["toneHz"], call["label"], call["from"]})
	sid := call["sid"].(string)
	c, err := product.sim.Find(sid)
	require.NoError(t, err)
	_, err = c.WaitLine(patience(t), simulator.LineGather, "")
	require.NoError(t, err)

	status, call = p.post("/calls/"+sid+"/mute", `{"muted":true}`)
	require.Equal(t, []any{http.StatusOK, true}, []any{status, call["muted"]})
	status, _ = p.post("/calls/"+sid+"/digits", `{"digits":"42"}`)
	require.Equal(t, http.StatusOK, status)
	require.Equal(t, "42", product.wait("/keys", 0).Get("Digits"))
	status, call = p.post("/calls/"+sid+"/hangup", `{}`)
	require.Equal(t, []any{http.StatusOK, "completed"}, []any{status, call["status"]})

	_, body := p.request(http.MethodGet, "/simulator/api/state", "", nil)
	require.Contains(t, body, `"numbers":[{"number":"`+support+`","shown":"+33 1 80 00 10 01","label":"Support"}]`)
	require.Contains(t, body, sid)
}

func TestPageTakesCalls(t *testing.T) {
	t.Parallel()
	product := start(t, map[string]http.HandlerFunc{})
	p, rest := product.page(), product.rest(authToken)
	for action, want := range map[string]simulator.Status{"answer": simulator.Completed, "decline": simulator.Busy} {
		got, err := rest.CreateCall((&api.CreateCallParams{}).SetTo(customer).SetFrom(support).SetTwiml("<Response/>"))
		require.NoError(t, err)
		status, call := p.post("/calls/"+*got.Sid+"/"+action, `{"source":"tone","toneHz":300}`)
		require.Equal(t, []any{http.StatusOK, true}, []any{status, call["outgoing"]})
		c, err := product.sim.Find(*got.Sid)
		require.NoError(t, err)
		require.NoError(t, c.WaitStatus(patience(t), want), action)
	}
}

func TestPageRefuses(t *testing.T) {
	t.Parallel()
	product := start(t, map[string]http.HandlerFunc{"/voice/incoming": twiml(`<Pause length="60"/>`)})
	p, c := product.page(), product.call(nil)
	act := "/calls/" + c.SID()
	for name, tt := range map[string]struct {
		path, body string
		status     int
		reason     any
	}{
		"unknown number": {"/calls", `{"from":"` + customer + `","to":"+33111111111","source":"microphone"}`, 404, "number"},
		"bad caller":     {"/calls", `{"from":"me","to":"` + support + `","source":"microphone"}`, 422, "from"},
		"no source":      {"/calls", `{"from":"` + customer + `","to":"` + support + `"}`, 422, "source"},
		"shrill tone":    {"/calls", `{"from":"` + customer + `","to":"` + support + `","source":"tone","toneHz":9000}`, 422, "source"},
		"long name":      {"/calls", `{"from":"` + customer + `","to":"` + support + `","source":"microphone","name":"` + strings.Repeat("é", 81) + `"}`, 422, "name"},
		"not JSON":       {"/calls", `from=me`, 400, "json"},
		"large":          {"/calls", `{"name":"` + strings.Repeat("x", 5000) + `"}`, 413, "json"},
		"unknown call":   {"/calls/CA0/hangup", `{}`, 404, "call"},
		"unknown action": {act + "/explode", `{}`, 404, nil},
		"bad keys":       {act + "/digits", `{"digits":"1A"}`, 422, "digits"},
		"bad answer":     {act + "/answer", `{"source":"radio"}`, 422, "source"},
	} {
		status, answer := p.post(tt.path, tt.body)
		require.Equal(t, tt.status, status, name)
		require.Equal(t, tt.reason, answer["reason"], name)
	}
	res, _ := p.request(http.MethodPost, "/simulator/api/calls", "{}", map[string]string{"Content-Type": "text/plain"})
	require.Equal(t, http.StatusUnsupportedMediaType, res.StatusCode)
	require.Len(t, product.sim.Calls(), 1)
}

// TestPageRefusesOtherSites: a page of another site, open in the same browser, can neither call nor listen.
func TestPageRefusesOtherSites(t *testing.T) {
	t.Parallel()
	product := start(t, map[string]http.HandlerFunc{"/voice/incoming": twiml(`<Pause length="60"/>`)})
	p, c := product.page(), product.call(nil)
	body := `{"from":"` + customer + `","to":"` + support + `","source":"microphone"}`
	own := strings.TrimPrefix(p.url, "http://")
	for _, tt := range []struct {
		origin, host string
		status       int
	}{
		{"https://evil.example", own, 403},
		{"http://evil.example", "evil.example", 403}, // DNS rebinding
		{"null", own, 403},
		{"", own, 403},
		{product.server.URL, own, 201}, // the public address
		{p.url, own, 201},
	} {
		for _, path := range []string{"/calls", "/events", "/calls/" + c.SID() + "/audio"} {
			method := http.MethodGet
			if path == "/calls" {
				method = http.MethodPost
			}
			req, err := http.NewRequestWithContext(t.Context(), method, p.url+"/simulator/api"+path, strings.NewReader(body))
			require.NoError(t, err)
			req.Host, req.Close = tt.host, true
			req.Header.Set("Origin", tt.origin)
			req.Header.Set("Content-Type", "application/json")
			res, err := http.DefaultClient.Do(req)
			require.NoError(t, err)
			require.NoError(t, res.Body.Close())
			if tt.status == 403 || method == http.MethodPost {
				require.Equal(t, tt.status, res.StatusCode, "%s from %q", path, tt.origin)
			} else {
				require.Equal(t, http.StatusUpgradeRequired, res.StatusCode, "allowed, but not a WebSocket")
			}
		}
	}
}
