package meta_test

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"guichet/infra/local/simulator/messaging"
	"guichet/infra/local/simulator/meta"
)

const (
	secret      = "app secret"
	verifyToken = "expected"
	page        = "1000000000001"
	shop        = "17840000000000001"
	customer    = "2000000000000042"
	prefix      = "/simulator/api/messages"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// rig is a provider and the product that it calls.
type rig struct {
	t          *testing.T
	book       *messaging.Book
	meta       *meta.Meta
	graph, cdn string
	page       string // what the simulator's page asks
	product    string

	mu     sync.Mutex
	status int // the product's answer
	asked  []map[string]any
	raw    []string
	news   chan struct{}
}

func newRig(t *testing.T) *rig {
	t.Helper()
	r := &rig{t: t, status: http.StatusOK, news: make(chan struct{}, 100)}
	r.product = r.serve(http.HandlerFunc(r.webhook))
	files := http.NewServeMux()
	r.cdn = r.serve(files)
	var err error
	r.book, err = messaging.Open(messaging.Options{FilesURL: r.cdn, Logger: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	files.Handle(messaging.FilesPath, r.book.Files)
	r.meta = meta.New(meta.Config{
		App: meta.App{ID: "4242", Secret: secret, VerifyToken: verifyToken},
		Accounts: []meta.Account{
			{Channel: meta.Messenger, ID: page, Name: "Maison Lavande", AccessToken: "page token"},
			{Channel: meta.Instagram, ID: shop, Name: "maison.lavande", AccessToken: "shop token"},
		},
		Webhooks: map[string]string{meta.Messenger: r.product + "/messenger", meta.Instagram: r.product + "/instagram"},
		Repeats:  []time.Duration{time.Millisecond, time.Millisecond, time.Millisecond},
	}, r.book)
	r.graph = r.serve(r.meta.Graph())
	r.page = r.serve(r.book.API(prefix)) + prefix
	t.Cleanup(r.book.Close)
	require.NoError(t, r.meta.Subscribe(t.Context()))
	return r
}

func (r *rig) serve(h http.Handler) string {
	server := httptest.NewServer(h)
	r.t.Cleanup(server.Close)
	return server.URL
}

// webhook is the product: it answers the challenge, serves a picture and checks signatures.
func (r *rig) webhook(w http.ResponseWriter, request *http.Request) {
	if request.Method == http.MethodGet {
		if query := request.URL.Query(); query.Get("hub.verify_token") == verifyToken {
			_, _ = io.WriteString(w, query.Get("hub.challenge"))
			return
		}
		w.Header().Set("Content-Type", "image/png")
		_, _ = io.WriteString(w, "\x89PNG")
		return
	}
	body, err := io.ReadAll(request.Body)
	assert.NoError(r.t, err)
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(body)
	assert.Equal(r.t, "sha256="+hex.EncodeToString(mac.Sum(nil)), request.Header.Get("X-Hub-Signature-256"))
	var notification struct {
		Object string
		Entry  []struct {
			ID        string
			Messaging []map[string]any
		}
	}
	assert.NoError(r.t, json.Unmarshal(body, &notification))
	event := notification.Entry[0].Messaging[0]
	event["object"], event["inbox"] = notification.Object, notification.Entry[0].ID
	r.mu.Lock()
	r.asked, r.raw = append(r.asked, event), append(r.raw, string(body))
	w.WriteHeader(r.status)
	r.mu.Unlock()
	r.news <- struct{}{}
}

// next waits until there were n webhooks and returns the last of them.
func (r *rig) next(n int) map[string]any {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(r.t.Context(), 10*time.Second)
	defer cancel()
	for {
		r.mu.Lock()
		if len(r.asked) >= n {
			defer r.mu.Unlock()
			return r.asked[n-1]
		}
		r.mu.Unlock()
		select {
		case <-r.news:
		case <-ctx.Done():
			require.FailNow(r.t, "no webhook came", "%d", n)
		}
	}
}

func (r *rig) answerWith(status int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.status = status
}

func (r *rig) do(method, address string, body any, header http.Header) (int, map[string]any) {
	r.t.Helper()
	raw, err := json.Marshal(body)
	require.NoError(r.t, err)
	request, err := http.NewRequestWithContext(r.t.Context(), method, address, bytes.NewReader(raw))
	require.NoError(r.t, err)
	request.Header = header.Clone()
	request.Header.Set("Content-Type", "application/json")
	request.Close = true
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, nil
	}
	defer func() { require.NoError(r.t, response.Body.Close()) }()
	var answer map[string]any
	require.NoError(r.t, json.NewDecoder(response.Body).Decode(&answer))
	return response.StatusCode, answer
}

func (r *rig) control(path string, body any) map[string]any {
	r.t.Helper()
	status, answer := r.do(http.MethodPost, r.page+path, body, http.Header{})
	require.Less(r.t, status, 300, "%v", answer)
	return answer
}

// open returns the path of a customer's thread.
func (r *rig) open(channel, inbox string) string {
	r.t.Helper()
	thread := r.control("/threads", map[string]string{"channel": channel, "inbox": inbox, "customer": customer, "name": "Ada Byron"})
	return "/threads/" + thread["id"].(string)
}

func (r *rig) send(token string, body map[string]any) (int, map[string]any) {
	r.t.Helper()
	return r.do(http.MethodPost, r.graph+"/v24.0/me/messages", body, http.Header{"Authorization": {"Bearer " + token}})
}

func text(words string) map[string]any {
	return map[string]any{
		"recipient": map[string]string{"id": customer}, "messaging_type": "RESPONSE",
		"message": map[string]any{"text": words, "metadata": "ms_1"},
	}
}

type object = map[string]any

func TestCustomersActs(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	thread := r.open("messenger", page)
	sent := r.control(thread+"/write", object{"text": "Ça va ? 🌸"})
	mid := sent["id"].(string)
	assert.Equal(t, "delivered", sent["state"])
	event := r.next(1)
	assert.Equal(t, object{"mid": mid, "text": "Ça va ? 🌸"}, event["message"])
	assert.Equal(t, []any{"page", page, object{"id": customer}, object{"id": page}},
		[]any{event["object"], event["inbox"], event["sender"], event["recipient"]})
	assert.Contains(t, r.raw[0], `\u00c7a va ? \ud83c\udf38`, "escaped as Meta does")

	r.control(thread+"/write", object{"text": "Stock", "payload": "STOCK"})
	assert.Equal(t, "STOCK", r.next(2)["postback"].(object)["payload"])
	r.control(thread+"/write", object{"location": object{"latitude": 48.85, "longitude": 2.35}, "replyTo": mid})
	m := r.next(3)["message"].(object)
	assert.Equal(t, object{"mid": mid}, m["reply_to"])
	assert.Equal(t, []any{object{"type": "location", "payload": object{"coordinates": object{"lat": 48.85, "long": 2.35}}}}, m["attachments"])
	r.control(thread+"/react", object{"message": mid, "emoji": "❤️"})
	assert.Equal(t, object{"mid": mid, "action": "react", "reaction": "love", "emoji": "❤️"}, r.next(4)["reaction"])
	r.control(thread+"/react", object{"message": mid})
	assert.Equal(t, object{"mid": mid, "action": "unreact"}, r.next(5)["reaction"])
	r.control(thread+"/edit", object{"message": mid, "text": "Ça va !"})
	assert.Equal(t, object{"mid": mid, "text": "Ça va !", "num_edit": 1.0}, r.next(6)["message_edit"])
	r.control(thread+"/elsewhere", object{"text": "from the page's inbox"})
	event = r.next(7)
	assert.Equal(t, []any{object{"id": page}, true, nil},
		[]any{event["sender"], event["message"].(object)["is_echo"], event["message"].(object)["app_id"]})
	r.control(thread+"/repeat", object{"message": mid})
	assert.Equal(t, r.raw[5], r.raw[7], "the same body once more")

	r.control(thread+"/write", object{"text": "long ago", "ageSeconds": 3600})
	at := time.UnixMilli(int64(r.next(9)["timestamp"].(float64)))
	assert.WithinDuration(t, time.Now().Add(-time.Hour), at, time.Minute)
	status, answer := r.do(http.MethodPost, r.page+thread+"/unsend", object{"message": mid}, http.Header{})
	assert.Equal(t, []any{422, "cannot"}, []any{status, answer["reason"]}, "Messenger tells nothing of that")
}

func TestInstagramsOwn(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	thread := r.open("instagram", shop)
	mid := r.control(thread+"/write", object{"text": "oops"})["id"].(string)
	assert.Equal(t, "instagram", r.next(1)["object"])
	r.control(thread+"/unsend", object{"message": mid})
	assert.Equal(t, object{"mid": mid, "is_deleted": true}, r.next(2)["message"])
	r.control(thread+"/write", object{"unsupported": true})
	assert.Equal(t, true, r.next(3)["message"].(object)["is_unsupported"])
	status, sent := r.send("shop token", text("Bonjour"))
	require.Equal(t, http.StatusOK, status)
	assert.Equal(t, sent["message_id"], r.next(4)["message"].(object)["mid"])
	r.control(thread+"/read", object{})
	assert.Equal(t, object{"mid": sent["message_id"]}, r.next(5)["read"])
}

func TestAttachmentsHaveLinks(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	thread := r.open("messenger", page)
	file, err := r.book.Files.Add("a.jpg", "image/jpeg", []byte("jpeg"))
	require.NoError(t, err)
	r.control(thread+"/write", object{"files": []string{file.ID}})
	attachment := r.next(1)["message"].(object)["attachments"].([]any)[0].(object)
	assert.Equal(t, "image", attachment["type"])
	response, err := http.Get(attachment["payload"].(object)["url"].(string))
	require.NoError(t, err)
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	assert.Equal(t, "jpeg", string(body))
	http.DefaultClient.CloseIdleConnections()
}

func TestWebhooksAreRepeatedUntilTaken(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	thread := r.open("messenger", page)
	r.answerWith(http.StatusInternalServerError)
	sent := r.control(thread+"/write", object{"text": "again"})
	assert.Equal(t, "failed", sent["state"])
	r.next(2)
	r.answerWith(http.StatusOK)
	last := r.next(3)
	assert.Equal(t, sent["id"], last["message"].(object)["mid"])
	assert.Eventually(t, func() bool {
		now, err := r.book.Thread(thread[len("/threads/"):])
		return err == nil && now.Messages[0].State == messaging.Delivered
	}, 10*time.Second, time.Millisecond)
}

func TestNoWebhooksWithoutTheHandshake(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	book, err := messaging.Open(messaging.Options{})
	require.NoError(t, err)
	t.Cleanup(book.Close)
	other := meta.New(meta.Config{
		App: meta.App{Secret: secret, VerifyToken: "wrong"}, Webhooks: map[string]string{meta.Messenger: r.product},
		Accounts: []meta.Account{{Channel: meta.Messenger, ID: page}},
	}, book)
	require.ErrorContains(t, other.Subscribe(t.Context()), "not the challenge")
	opened := book.OpenThread("messenger", page, customer, "")
	m, err := book.Do(t.Context(), opened.ID, messaging.Act{Kind: messaging.ActWrite, Message: messaging.Message{Text: "x", At: time.Now()}})
	require.NoError(t, err)
	assert.Equal(t, messaging.Failed, m.State)
	assert.Empty(t, r.asked)
}
