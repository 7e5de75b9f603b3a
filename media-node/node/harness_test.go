package node_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"math"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"crypto/rand"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"guichet/media-node/internal/ulaw"
	"guichet/media-node/node"
	"guichet/shared/mediaapi"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	patience = 15 * time.Second // for things that take a second on an idle machine
	poll     = 10 * time.Millisecond
)

var testKey = mediaapi.Key("0123456789abcdef0123456789abcdef")

// fixture is a node with its HTTP server and a control plane that notes its events.
type fixture struct {
	t      *testing.T
	node   *node.Node
	server *httptest.Server
	client *http.Client

	hook *httptest.Server

	mu     sync.Mutex
	events []mediaapi.Event
}

func start(t *testing.T, change ...func(*node.Config)) *fixture {
	t.Helper()
	f := &fixture{t: t, client: http.DefaultClient}
	f.hook = httptest.NewServer(http.HandlerFunc(f.receiveEvent))
	cfg := node.Config{NodeID: "node-1", Key: testKey, ListenUDP: "127.0.0.1:0", EventURL: f.hook.URL + mediaapi.EventPath, Log: slog.New(slog.DiscardHandler)}
	for _, c := range change {
		c(&cfg)
	}
	n, err := node.New(cfg)
	require.NoError(t, err)
	f.node = n
	f.server = httptest.NewServer(n.Handler())
	t.Cleanup(func() {
		f.server.CloseClientConnections()
		n.Close()
		f.server.Close()
		f.hook.Close()
		f.client.CloseIdleConnections()
	})
	return f
}

func (f *fixture) receiveEvent(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	if err := testKey.VerifyEvent(r.Header.Get(mediaapi.SignatureHeader), body, time.Now()); err != nil {
		w.WriteHeader(http.StatusForbidden)
		return
	}
	var e mediaapi.Event
	if json.Unmarshal(body, &e) == nil {
		f.mu.Lock()
		f.events = append(f.events, e)
		f.mu.Unlock()
	}
}

// story is the events so far as text: type, and reason if any.
func (f *fixture) story() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	var all []string
	for _, e := range f.events {
		all = append(all, strings.TrimSpace(string(e.Type)+" "+e.Reason))
	}
	return all
}

func (f *fixture) eventually(want ...string) {
	f.t.Helper()
	require.EventuallyWithT(f.t, func(c *assert.CollectT) { assert.Equal(c, want, f.story()) }, patience, poll)
}

func (f *fixture) event(i int) mediaapi.Event {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.events[i]
}

func (f *fixture) ticket(change func(*mediaapi.Ticket)) string {
	f.t.Helper()
	ticket := mediaapi.Ticket{ID: rand.Text(), Purpose: mediaapi.PurposeAgent, AgentID: "agt_1", ExpiresUnix: time.Now().Add(mediaapi.TicketLifetime).Unix()}
	if change != nil {
		change(&ticket)
	}
	token, err := testKey.Sign(ticket)
	require.NoError(f.t, err)
	return token
}

func (f *fixture) streamTicket(callSID string, parkSeconds int) string {
	return f.ticket(func(t *mediaapi.Ticket) {
		t.Purpose, t.ContactID, t.CallSID, t.ParkSeconds = mediaapi.PurposeStream, "ctc_"+callSID, callSID, parkSeconds
	})
}

// do sends a request to the node and returns the answer with its body.
func (f *fixture) do(method, path, body string, headers map[string]string) (*http.Response, string) {
	f.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, f.server.URL+path, strings.NewReader(body))
	require.NoError(f.t, err)
	for k, v := range headers {
		req.Header.Set(k, v)
	}
	res, err := f.client.Do(req)
	require.NoError(f.t, err)
	defer func() { _ = res.Body.Close() }()
	got, err := io.ReadAll(res.Body)
	require.NoError(f.t, err)
	return res, string(got)
}

func (f *fixture) metric(name string) string {
	rec := httptest.NewRecorder()
	f.node.AdminHandler().ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	for line := range strings.Lines(rec.Body.String()) {
		if value, ok := strings.CutPrefix(strings.TrimSpace(line), name+" "); ok {
			return value
		}
	}
	return ""
}

// sine is endless μ-law of one frequency, cut into frames of 20 ms.
type sine struct {
	frequency float64
	at        int
}

func (s *sine) frame() []byte {
	b := make([]byte, ulaw.FrameSamples)
	for i := range b {
		b[i] = ulaw.Encode(int16(9000 * math.Sin(2*math.Pi*s.frequency*float64(s.at)/ulaw.SampleRate)))
		s.at++
	}
	return b
}

// ear collects μ-law audio.
type ear struct {
	mu    sync.Mutex
	audio bytes.Buffer
}

func (e *ear) hear(audio []byte) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.audio.Write(audio)
}

func (e *ear) forget() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.audio.Reset()
}

// last returns the last samples, or nil when there are not so many yet.
func (e *ear) last(samples int) []byte {
	e.mu.Lock()
	defer e.mu.Unlock()
	all := e.audio.Bytes()
	if len(all) < samples {
		return nil
	}
	return bytes.Clone(all[len(all)-samples:])
}

// all returns what was heard since the ear forgot.
func (e *ear) all() []byte {
	e.mu.Lock()
	defer e.mu.Unlock()
	return bytes.Clone(e.audio.Bytes())
}

// share is the part of the audio's energy at a frequency (Goertzel's algorithm): near 1 for a clean tone.
func share(audio []byte, frequency float64) float64 {
	coefficient := 2 * math.Cos(2*math.Pi*frequency/ulaw.SampleRate)
	var s1, s2, energy float64
	for _, b := range audio {
		v := float64(ulaw.Decode(b))
		s1, s2 = v+coefficient*s1-s2, s1
		energy += v * v
	}
	if energy == 0 {
		return 0
	}
	return 2 * (s1*s1 + s2*s2 - coefficient*s1*s2) / (energy * float64(len(audio)))
}

// hears waits until the last fifth of a second is a tone of this frequency.
func hears(t *testing.T, e *ear, frequency float64) {
	t.Helper()
	require.Eventually(t, func() bool { return share(e.last(1600), frequency) > 0.8 }, patience, poll, fmt.Sprintf("tone of %g Hz", frequency))
}
