package webchat_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"guichet/infra/local/dynamo/dynamotest"
	"guichet/shared/center"
	"guichet/shared/channel"
	"guichet/shared/channel/webchat"
	"guichet/shared/conversation"
	"guichet/shared/mediaapi"
	"guichet/shared/store"
	"guichet/shared/store/storetest"
)

const (
	widgetKey = "shop"
	closedKey = "closed" // for one site only
	shop      = "https://shop.example"
	queueID   = "que_chat"
	ana       = "ana"
)

var ticketKey = mediaapi.Key("0123456789abcdef0123456789abcdef")

// site is the channel before the real conversations and the real store.
type site struct {
	*conversation.Service
	handler http.Handler
	channel *webchat.Channel
	files   *files

	mu  sync.Mutex
	now time.Time
}

func open(t *testing.T) *site {
	t.Helper()
	s := storetest.Open(t, dynamotest.Endpoint(t), dynamotest.Table(t))
	require.NoError(t, s.SaveDirectory(t.Context(), &store.Directory{
		Settings: center.Settings{Name: "The Centre", AttachmentBytes: 1000},
		Queues:   map[string]center.Queue{queueID: {ID: queueID, Kind: center.QueueChat, Assignment: center.AssignPicked}},
		Inboxes: map[string]string{
			store.InboxKey(webchat.Name, widgetKey): queueID, store.InboxKey(webchat.Name, closedKey): queueID,
		},
		Widgets: map[string]center.Widget{closedKey: {
			Key: closedKey, Name: "The Shop", Origins: []string{shop}, Colour: "#663399", Greeting: map[string]string{"en": "Hi"},
		}},
	}))
	require.NoError(t, s.EnsureAgent(t.Context(), &center.Agent{
		ID: ana, Name: "Ana Bell", Role: center.RoleAgent, Language: "en", Queues: []string{queueID},
	}))
	site := &site{files: &files{content: map[string]string{}}, now: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)}
	directories, log := store.NewDirectories(s), slog.New(slog.DiscardHandler)
	c, err := webchat.New(webchat.Config{
		Store: s, Directories: directories, Objects: site.files, Key: ticketKey, Log: log, Now: site.time,
	})
	require.NoError(t, err)
	site.channel = c
	set := channel.NewSet(c)
	site.Service = &conversation.Service{
		Matcher:  conversation.Matcher{Store: s, Directories: directories, Log: log, Now: site.time},
		Channels: set, Pusher: nowhere{},
	}
	mux := http.NewServeMux()
	set.Mount(mux, site.Service)
	site.handler = mux
	return site
}

func (s *site) time() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now
}

func (s *site) pass(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = s.now.Add(d)
}

// browser is where a visitor is.
type browser struct {
	*site
	key, origin, address, token string
	meter                       *store.Meter // of what its requests cost
}

func (s *site) browser(address string) *browser {
	return &browser{site: s, key: widgetKey, origin: shop, address: address}
}

// visitor is a browser with a session.
func (s *site) visitor(t *testing.T, address string) *browser {
	t.Helper()
	b := s.browser(address)
	var session struct{ Token string }
	b.do(t, http.StatusOK, "POST", "sessions", nil, &session)
	b.token = session.Token
	return b
}

func (b *browser) request(t *testing.T, method, resource string, body any) *httptest.ResponseRecorder {
	t.Helper()
	encoded, err := json.Marshal(body)
	require.NoError(t, err)
	if text, ok := body.(string); ok {
		encoded = []byte(text)
	}
	ctx := store.WithMeter(t.Context(), b.meter)
	r := httptest.NewRequestWithContext(ctx, method, "/channels/webchat/"+b.key+"/"+resource, bytes.NewReader(encoded))
	r.Header.Set(webchat.AddressHeader, b.address)
	if b.origin != "" {
		r.Header.Set("Origin", b.origin)
	}
	if b.token != "" {
		r.Header.Set("Authorization", "Bearer "+b.token)
	}
	w := httptest.NewRecorder()
	b.handler.ServeHTTP(w, r)
	return w
}

// do makes a request that is answered with the status, and decodes the answer.
func (b *browser) do(t *testing.T, status int, method, resource string, body, into any) *httptest.ResponseRecorder {
	t.Helper()
	w := b.request(t, method, resource, body)
	require.Equal(t, status, w.Code, "%s %s: %s", method, resource, w.Body)
	if into != nil {
		require.NoError(t, json.Unmarshal(w.Body.Bytes(), into))
	}
	return w
}

// refused makes a request that is refused with a problem.
func (b *browser) refused(t *testing.T, status int, slug, method, resource string, body any) *httptest.ResponseRecorder {
	t.Helper()
	var problem struct {
		Type   string
		Status int
	}
	w := b.do(t, status, method, resource, body, &problem)
	require.Equal(t, "application/problem+json", w.Header().Get("Content-Type"))
	require.Equal(t, "/problems/"+slug, problem.Type)
	require.Equal(t, status, problem.Status)
	return w
}

type posted struct {
	ID       string   `json:"id"`
	Text     string   `json:"text"`
	Files    []string `json:"files,omitempty"`
	Name     string   `json:"name,omitempty"`
	Email    string   `json:"email,omitempty"`
	Language string   `json:"language,omitempty"`
}

type shownMessage struct {
	ID, Key, From, Agent, Text string
	Files                      []struct{ ID, Name, Type, State string }
	At                         time.Time
}

type shownThread struct {
	Thread *struct {
		Open, Held    bool
		Agent, ReadTo string
		Version       int64
	}
	Messages []shownMessage
	Call     *struct{ ID, State string }
	More     bool
}

func (s *site) newID() string { return center.NewID(center.PrefixMessage, s.time()) }

func (b *browser) write(t *testing.T, text string) shownMessage {
	t.Helper()
	var answer struct{ Message shownMessage }
	b.do(t, http.StatusOK, "POST", "messages", posted{ID: b.newID(), Text: text}, &answer)
	return answer.Message
}

func (b *browser) read(t *testing.T, query string) shownThread {
	t.Helper()
	var thread shownThread
	b.do(t, http.StatusOK, "GET", "messages"+query, nil, &thread)
	return thread
}

func texts(messages []shownMessage) []string {
	all := []string{}
	for _, m := range messages {
		all = append(all, m.From+": "+m.Text)
	}
	return all
}

// chat is the only one there is.
func (s *site) chat(t *testing.T) *center.Chat {
	t.Helper()
	ids, err := s.Store.ChatLine(t.Context(), queueID)
	require.NoError(t, err)
	require.Len(t, ids, 1)
	c, err := s.Store.Chat(t.Context(), ids[0].ChatID, true)
	require.NoError(t, err)
	return c
}

func (s *site) agent(t *testing.T) *center.Agent {
	t.Helper()
	a, err := s.Store.Agent(t.Context(), ana, true)
	require.NoError(t, err)
	return a
}

// files is an object store in memory.
type files struct {
	mu      sync.Mutex
	content map[string]string
}

func (f *files) put(key, content string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.content[key] = content
}

func (f *files) PresignPut(_ context.Context, key, mediaType string, _ int64, _ time.Duration) (string, map[string]string, error) {
	return "https://files.example/" + key, map[string]string{"Content-Type": mediaType}, nil
}

func (f *files) PresignGet(_ context.Context, key, _, _ string, _ bool, _ time.Duration) (string, error) {
	return "https://files.example/" + key + "?signed", nil
}

func (f *files) Read(_ context.Context, key string, limit int64) ([]byte, int64, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	content, ok := f.content[key]
	if !ok {
		return nil, 0, center.Errorf(center.NotFound, "file-missing", "the file is not there")
	}
	return []byte(content)[:min(limit, int64(len(content)))], int64(len(content)), nil
}

func (f *files) Sniff(head []byte) string {
	name, _, _ := strings.Cut(http.DetectContentType(head), ";")
	return name
}

// nowhere is where nobody listens.
type nowhere struct{}

func (nowhere) Push(context.Context, string, any) error { return nil }
