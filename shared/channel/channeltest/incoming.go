package channeltest

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/channel"
)

// PublicURL is the origin of the centre under test.
const PublicURL = "https://guichet.example"

// Provider is what signs the webhooks of a channel.
type Provider struct {
	// New returns the channel as it is set up with the provider's key. Empty means that it is not set up.
	New func(key string) channel.Channel
	// Sign signs a POST of the body to the address, with the key.
	Sign func(r *http.Request, body []byte, key, address string)
	// Header carries the signature.
	Header string
	// ContentType is that of the bodies.
	ContentType string
	// SignsAddress tells that a signature is good for one address only.
	SignsAddress bool
}

// Incoming is one webhook, and what it means.
type Incoming struct {
	Name    string
	Target  string // path and query below /channels/{name}
	Fixture string // file in testdata with the body
	Body    string // or the body
	Want    []channel.Event
	Aside   []string // parts of the reasons, for what is set aside
}

const key = "the-provider-s-key"

// Run checks each case, twice, and that nobody but the provider can say the same.
func (p Provider) Run(t *testing.T, cases []Incoming) {
	t.Helper()
	for _, tc := range cases {
		t.Run(tc.Name, func(t *testing.T) {
			t.Parallel()
			p.understood(t, tc)
			p.refused(t, tc)
		})
	}
}

func (p Provider) understood(t *testing.T, tc Incoming) {
	t.Helper()
	r := &Receiver{}
	handler := mount(p.New(key), r)
	for range 2 {
		before := len(r.Events())
		w := p.post(t, handler, tc, func(req *http.Request, body []byte) { p.Sign(req, body, key, PublicURL+req.URL.RequestURI()) })
		require.Equal(t, http.StatusOK, w.Code, w.Body.String())
		assert.Equal(t, tc.Want, append([]channel.Event(nil), r.Events()[before:]...), "a repeat says the same")
	}
	require.Len(t, r.Aside(), 2*len(tc.Aside), "%v", r.Aside())
	for i, reason := range append(tc.Aside, tc.Aside...) {
		assert.Contains(t, r.Aside()[i].Reason, reason)
		assert.NotEmpty(t, r.Aside()[i].Payload)
	}
}

// refused sends the case in every way in which somebody else might.
func (p Provider) refused(t *testing.T, tc Incoming) {
	t.Helper()
	forgeries := map[string]func(*http.Request, []byte){
		"unsigned":                  func(*http.Request, []byte) {},
		"empty signature":           func(r *http.Request, _ []byte) { r.Header.Set(p.Header, "") },
		"nonsense":                  func(r *http.Request, _ []byte) { r.Header.Set(p.Header, "sha256=00") },
		"signed with another key":   func(r *http.Request, b []byte) { p.Sign(r, b, "another-key", PublicURL+r.URL.RequestURI()) },
		"signed for another body":   func(r *http.Request, b []byte) { p.Sign(r, append(b, "&x=1"...), key, PublicURL+r.URL.RequestURI()) },
		"signed with the empty key": func(r *http.Request, b []byte) { p.Sign(r, b, "", PublicURL+r.URL.RequestURI()) },
	}
	if p.SignsAddress {
		forgeries["signed for another host"] = func(r *http.Request, b []byte) { p.Sign(r, b, key, "https://attacker.example"+r.URL.RequestURI()) }
		forgeries["signed for another path"] = func(r *http.Request, b []byte) { p.Sign(r, b, key, PublicURL+"/elsewhere") }
		forgeries["signed for another query"] = func(r *http.Request, b []byte) { p.Sign(r, b, key, PublicURL+r.URL.RequestURI()+"&more=1") }
	}
	for name, forge := range forgeries {
		for _, own := range []string{key, ""} {
			r := &Receiver{}
			w := p.post(t, mount(p.New(own), r), tc, forge)
			assert.Equal(t, http.StatusForbidden, w.Code, "%s (channel's key: %q)", name, own)
			assert.Empty(t, r.Events(), name)
			assert.Empty(t, r.Aside(), name)
		}
	}
}

// Post sends a signed webhook and returns the answer.
func (p Provider) Post(t *testing.T, r channel.Receiver, tc Incoming) *httptest.ResponseRecorder {
	t.Helper()
	return p.post(t, mount(p.New(key), r), tc, func(req *http.Request, body []byte) {
		p.Sign(req, body, key, PublicURL+req.URL.RequestURI())
	})
}

func (p Provider) post(t *testing.T, handler http.Handler, tc Incoming, sign func(*http.Request, []byte)) *httptest.ResponseRecorder {
	t.Helper()
	body := tc.body(t)
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, channel.PathPrefix+p.New(key).Name()+tc.Target, bytes.NewReader(body))
	r.Header.Set("Content-Type", p.ContentType)
	sign(r, bytes.Clone(body))
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	return w
}

func (tc Incoming) body(t *testing.T) []byte {
	t.Helper()
	if tc.Fixture == "" {
		return []byte(tc.Body)
	}
	body, err := os.ReadFile(filepath.Join("testdata", tc.Fixture))
	require.NoError(t, err)
	return bytes.TrimSpace(body)
}

func mount(c channel.Channel, r channel.Receiver) http.Handler {
	mux := http.NewServeMux()
	channel.NewSet(c).Mount(mux, r)
	return mux
}

// Seeds adds every fixture to a fuzz target of one body.
func Seeds(f *testing.F) {
	f.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", "*.*"))
	require.NoError(f, err)
	require.NotEmpty(f, files)
	for _, file := range files {
		body, err := os.ReadFile(file) //nolint:gosec // a fixture
		require.NoError(f, err)
		f.Add(bytes.TrimSpace(body))
	}
}
