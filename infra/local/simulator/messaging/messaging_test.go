package messaging_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"guichet/infra/local/simulator/messaging"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// post is a provider by mail: it reports to one address and keeps what it was told of.
type post struct {
	book *messaging.Book
	to   string
	can  messaging.Abilities

	mu   sync.Mutex
	acts []messaging.Act
}

func (p *post) Inboxes() []messaging.Inbox {
	return []messaging.Inbox{{Channel: "mail", ID: "shop", Label: "Shop"}}
}
func (p *post) Abilities(string) messaging.Abilities { return p.can }
func (p *post) Faults(string) []string               { return []string{"strike"} }

func (p *post) Customer(_, asked string) (string, error) {
	if strings.Contains(asked, "!") {
		return "", messaging.ErrBadCustomer
	}
	return asked, nil
}

func (p *post) MessageID(string, messaging.Message) string {
	return "m" + time.Now().Format(".000000000")
}

func (p *post) Report(ctx context.Context, t messaging.Thread, a messaging.Act) int {
	p.mu.Lock()
	p.acts = append(p.acts, a)
	p.mu.Unlock()
	return p.book.Post(ctx, t.ID, a.Message.ID, messaging.Webhook{URL: p.to, Body: []byte(a.Message.Text), Header: http.Header{"Stamp": {"1"}}})
}

type rig struct {
	*post
	t    *testing.T
	page string
	mu   sync.Mutex
	got  []string
}

func newRig(t *testing.T, file string, can messaging.Abilities) *rig {
	t.Helper()
	r := &rig{t: t}
	product := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		body, err := io.ReadAll(request.Body)
		assert.NoError(t, err)
		r.mu.Lock()
		defer r.mu.Unlock()
		r.got = append(r.got, request.Header.Get("Stamp")+string(body))
		if string(body) == "refuse" {
			w.WriteHeader(http.StatusInternalServerError)
		}
	}))
	t.Cleanup(product.Close)
	book, err := messaging.Open(messaging.Options{File: file})
	require.NoError(t, err)
	t.Cleanup(book.Close)
	r.post = &post{book: book, to: product.URL, can: can}
	book.Register(r.post)
	page := httptest.NewServer(book.API("/messages"))
	t.Cleanup(page.Close)
	r.page = page.URL + "/messages"
	return r
}

func (r *rig) ask(path, kind, body string) (int, map[string]any) {
	r.t.Helper()
	request, err := http.NewRequestWithContext(r.t.Context(), http.MethodPost, r.page+path, bytes.NewReader([]byte(body)))
	require.NoError(r.t, err)
	request.Header.Set("Content-Type", kind)
	request.Close = true
	response, err := http.DefaultClient.Do(request)
	require.NoError(r.t, err)
	defer func() { require.NoError(r.t, response.Body.Close()) }()
	var answer map[string]any
	if strings.HasPrefix(response.Header.Get("Content-Type"), "application/json") {
		require.NoError(r.t, json.NewDecoder(response.Body).Decode(&answer))
	}
	return response.StatusCode, answer
}

func TestControls(t *testing.T) {
	t.Parallel()
	r := newRig(t, "", messaging.Abilities{Reactions: true, Replies: true, Aged: true, Reads: true})
	status, thread := r.ask("/threads", "application/json", `{"channel":"mail","inbox":"shop","customer":"ada","name":" Ada "}`)
	require.Equal(t, []any{201, "Ada", "mail-shop-ada"}, []any{status, thread["name"], thread["id"]})
	status, sent := r.ask("/threads/mail-shop-ada/write", "application/json", `{"text":"hello"}`)
	require.Equal(t, []any{200, "delivered"}, []any{status, sent["state"]})
	mid := sent["id"].(string)
	_, refused := r.ask("/threads/mail-shop-ada/write", "application/json", `{"text":"refuse"}`)
	assert.Equal(t, "failed", refused["state"])
	_, again := r.ask("/threads/mail-shop-ada/repeat", "application/json", `{}`)
	assert.Equal(t, 500.0, again["status"], "the last webhook of the thread")
	_, again = r.ask("/threads/mail-shop-ada/repeat", "application/json", `{"message":"`+mid+`"}`)
	assert.Equal(t, 200.0, again["status"])
	assert.Equal(t, []string{"1hello", "1refuse", "1refuse", "1hello"}, r.got)
	_, reacted := r.ask("/threads/mail-shop-ada/react", "application/json", `{"message":"`+mid+`","emoji":"👍"}`)
	assert.Equal(t, "👍", reacted["reaction"])

	for name, tc := range map[string]struct {
		path, body string
		status     int
		reason     any
	}{
		"no thread":    {"/threads/none/write", `{"text":"x"}`, 404, "thread"},
		"no message":   {"/threads/mail-shop-ada/react", `{"message":"none","emoji":"👍"}`, 404, "message"},
		"no answered":  {"/threads/mail-shop-ada/write", `{"text":"x","replyTo":"none"}`, 404, "message"},
		"no file":      {"/threads/mail-shop-ada/write", `{"files":["none"]}`, 404, "message"},
		"no inbox":     {"/threads", `{"channel":"mail","inbox":"other"}`, 404, "inbox"},
		"no channel":   {"/threads", `{"channel":"pigeon","inbox":"shop"}`, 404, "inbox"},
		"customer":     {"/threads", `{"channel":"mail","inbox":"shop","customer":"!"}`, 422, "customer"},
		"long name":    {"/threads", `{"channel":"mail","inbox":"shop","customer":"a","name":"` + strings.Repeat("é", 81) + `"}`, 422, "text"},
		"empty":        {"/threads/mail-shop-ada/write", `{}`, 422, "text"},
		"long":         {"/threads/mail-shop-ada/write", `{"text":"` + strings.Repeat("x", 5001) + `"}`, 422, "text"},
		"too old":      {"/threads/mail-shop-ada/write", `{"text":"x","ageSeconds":9999999999}`, 422, "text"},
		"unsend":       {"/threads/mail-shop-ada/unsend", `{"message":"` + mid + `"}`, 422, "cannot"},
		"edit":         {"/threads/mail-shop-ada/edit", `{"message":"` + mid + `","text":"x"}`, 422, "cannot"},
		"location":     {"/threads/mail-shop-ada/write", `{"location":{"latitude":1,"longitude":2}}`, 422, "cannot"},
		"elsewhere":    {"/threads/mail-shop-ada/elsewhere", `{"text":"x"}`, 422, "cannot"},
		"unknown act":  {"/threads/mail-shop-ada/dance", `{}`, 404, nil},
		"no JSON":      {"/threads", `customer=ada`, 400, "json"},
		"failure":      {"/faults", `{"channel":"mail","failure":"flood","count":1}`, 422, "cannot"},
		"no repeating": {"/threads/mail-shop-ada/repeat", `{"message":"none"}`, 404, "message"},
	} {
		status, answer := r.ask(tc.path, "application/json", tc.body)
		assert.Equal(t, []any{tc.status, tc.reason}, []any{status, answer["reason"]}, name)
	}
	status, _ = r.ask("/threads", "text/plain", `{}`)
	assert.Equal(t, http.StatusUnsupportedMediaType, status)
	assert.Len(t, r.acts, 3, "what is refused is not reported")
}

func TestFailuresAreCounted(t *testing.T) {
	t.Parallel()
	r := newRig(t, "", messaging.Abilities{})
	status, _ := r.ask("/faults", "application/json", `{"channel":"mail","failure":"strike","count":2}`)
	require.Equal(t, http.StatusOK, status)
	assert.Equal(t, []string{"strike", "strike", ""}, []string{r.book.Fault("mail"), r.book.Fault("mail"), r.book.Fault("mail")})
}

func TestFiles(t *testing.T) {
	t.Parallel()
	r := newRig(t, "", messaging.Abilities{})
	status, file := r.ask("/files?name=x.html", "text/html", "<script>")
	require.Equal(t, http.StatusCreated, status)
	response, err := http.Get(r.page + "/files/" + file["id"].(string))
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	assert.Contains(t, response.Header.Get("Content-Security-Policy"), "sandbox", "a file must not run as the page")
	status, answer := r.ask("/files", "image/png", strings.Repeat("x", 24<<20+1))
	assert.Equal(t, []any{413, "large"}, []any{status, answer["reason"]})
	http.DefaultClient.CloseIdleConnections()
}

func TestThreadsStayBetweenRuns(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "messages.json")
	first := newRig(t, file, messaging.Abilities{})
	_, _ = first.ask("/threads", "application/json", `{"channel":"mail","inbox":"shop","customer":"ada","name":"Ada"}`)
	_, sent := first.ask("/threads/mail-shop-ada/write", "application/json", `{"text":"kept"}`)
	first.book.Close()

	second := newRig(t, file, messaging.Abilities{})
	thread, err := second.book.Thread("mail-shop-ada")
	require.NoError(t, err)
	assert.Equal(t, []any{"Ada", "kept", sent["id"]}, []any{thread.Name, thread.Messages[0].Text, thread.Messages[0].ID})
	assert.Equal(t, thread.Messages[0].At, thread.LastIn())
}

func TestFollowersLearnOfChanges(t *testing.T) {
	t.Parallel()
	r := newRig(t, "", messaging.Abilities{})
	changes, stop := r.book.Follow()
	defer stop()
	r.book.OpenThread("mail", "shop", "ada", "Ada")
	<-changes
	threads, version := r.book.Since(0)
	require.Len(t, threads, 1)
	threads, _ = r.book.Since(version)
	assert.Empty(t, threads)
	r.book.OpenThread("mail", "shop", "max", "Max")
	<-changes
	threads, _ = r.book.Since(version)
	require.Len(t, threads, 1)
	assert.Equal(t, "Max", threads[0].Name)
}
