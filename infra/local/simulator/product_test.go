package simulator_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	twilioclient "github.com/twilio/twilio-go/client"
	"go.uber.org/goleak"

	"guichet/infra/local/simulator"
)

const (
	accountSID = "AC0123456789abcdef0123456789abcdef"
	authToken  = "0123456789abcdef0123456789abcdef"
	support    = "+33180001001"
	customer   = "+33612345678"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// product is the telephone application under the provider: what each path answers, and what it was asked.
type product struct {
	t      *testing.T
	server *httptest.Server
	sim    *simulator.Simulator
	routes map[string]http.HandlerFunc

	mu    sync.Mutex
	asked []ask
	news  chan struct{} // closed and replaced at each request
}

type ask struct {
	path string
	form url.Values
}

// start runs a product and a simulator that calls it. Routes are read-only once calls are made.
func start(t *testing.T, routes map[string]http.HandlerFunc, change ...func(*simulator.Config)) *product {
	t.Helper()
	p := &product{t: t, routes: routes, news: make(chan struct{})}
	p.server = httptest.NewServer(p)
	t.Cleanup(p.server.Close)
	cfg := simulator.Config{
		PublicURL: p.server.URL, AccountSID: accountSID, AuthToken: authToken,
		Numbers: []simulator.Number{{
			E164: support, VoiceURL: "/voice/incoming", VoiceFallbackURL: "", StatusCallback: "/voice/status",
		}},
		SpeechPace: 2000,
		Logger:     slog.New(slog.DiscardHandler),
	}
	for _, f := range change {
		f(&cfg)
	}
	p.sim = simulator.New(cfg)
	t.Cleanup(p.sim.Close)
	return p
}

// ServeHTTP checks the signature with Twilio's own validator, keeps the form and answers what the test said.
func (p *product) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	require.NoError(p.t, err)
	full := p.server.URL + r.URL.RequestURI()
	validator := twilioclient.NewRequestValidator(authToken)
	form, err := url.ParseQuery(string(body))
	require.NoError(p.t, err)
	require.True(p.t, validator.ValidateBody(full, body, r.Header.Get("X-Twilio-Signature")), "bad signature for %s", full)
	if r.Method == http.MethodGet {
		form = r.URL.Query()
	}
	r.PostForm, r.Form = form, form
	p.mu.Lock()
	p.asked = append(p.asked, ask{r.URL.Path, form})
	close(p.news)
	p.news = make(chan struct{})
	p.mu.Unlock()
	if h := p.routes[r.URL.Path]; h != nil {
		h(w, r)
		return
	}
	if r.URL.Path == "/voice/status" {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	http.NotFound(w, r)
}

// twiml answers a document.
func twiml(verbs string) http.HandlerFunc {
	return typed("text/xml", `<?xml version="1.0" encoding="UTF-8"?><Response>`+verbs+`</Response>`)
}

func typed(contentType, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header()["Content-Type"] = []string{contentType}
		_, _ = io.WriteString(w, body)
	}
}

func (p *product) call(source simulator.Source) *simulator.Call {
	p.t.Helper()
	c, err := p.sim.Call(simulator.Dial{From: customer, To: support, Name: "Ada Lovelace", Source: source})
	require.NoError(p.t, err)
	return c
}

// wait returns the n-th request of a path, from 0.
func (p *product) wait(path string, n int) url.Values {
	p.t.Helper()
	ctx := patience(p.t)
	for {
		p.mu.Lock()
		found, news := p.count(path), p.news
		p.mu.Unlock()
		if len(found) > n {
			return found[n].form
		}
		select {
		case <-news:
		case <-ctx.Done():
			require.FailNow(p.t, "not asked", "%s was asked %d times", path, len(found))
		}
	}
}

func (p *product) count(path string) []ask {
	var found []ask
	for _, a := range p.asked {
		if a.path == path {
			found = append(found, a)
		}
	}
	return found
}

func (p *product) times(path string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.count(path))
}

func (p *product) ended(c *simulator.Call, status simulator.Status) url.Values {
	p.t.Helper()
	require.NoError(p.t, c.WaitStatus(patience(p.t), simulator.Completed, simulator.Busy, simulator.Failed,
		simulator.NoAnswer, simulator.Canceled))
	require.Equal(p.t, status, c.Status(), "%v", c.Transcript())
	return p.wait("/voice/status", 0)
}

func patience(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
	t.Cleanup(cancel)
	return ctx
}

func texts(c *simulator.Call, kind simulator.LineKind) []string {
	var out []string
	for _, l := range c.Transcript() {
		if l.Kind == kind {
			out = append(out, l.Text)
		}
	}
	return out
}
