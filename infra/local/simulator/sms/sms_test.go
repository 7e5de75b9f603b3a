package sms_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	twilioclient "github.com/twilio/twilio-go/client"
	openapi "github.com/twilio/twilio-go/rest/api/v2010"
	"go.uber.org/goleak"

	"guichet/infra/local/simulator/messaging"
	"guichet/infra/local/simulator/sms"
	"guichet/infra/local/simulator/twilio"
)

const (
	shop     = "+33199001000"
	customer = "+33639980042"
	prefix   = "/simulator/api/messages"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// rig is a provider and the product that it calls.
type rig struct {
	t       *testing.T
	account twilio.Account
	book    *messaging.Book
	api     string // the provider's REST API and files
	page    string // what the page asks
	product string
	status  int // the product's answer

	mu    sync.Mutex
	asked []url.Values
}

func newRig(t *testing.T) *rig {
	t.Helper()
	r := &rig{t: t, account: twilio.Account{SID: twilio.NewSID("AC"), AuthToken: "token"}, status: http.StatusOK}
	r.product = r.serve(http.HandlerFunc(r.webhook))
	services := http.NewServeMux()
	r.api = r.serve(services)
	var err error
	r.book, err = messaging.Open(messaging.Options{FilesURL: r.api, Logger: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	provider := sms.New(sms.Config{
		Account: r.account, PublicURL: r.product, APIURL: r.api, Pace: time.Millisecond,
		Numbers: []sms.Number{{E164: shop, Label: "Shop", URL: "/channels/sms/incoming"}},
	}, r.book)
	services.Handle("/2010-04-01/", provider.API())
	services.Handle(messaging.FilesPath, r.book.Files)
	r.page = r.serve(r.book.API(prefix)) + prefix
	t.Cleanup(r.book.Close)
	return r
}

func (r *rig) serve(h http.Handler) string {
	server := httptest.NewServer(h)
	r.t.Cleanup(server.Close)
	return server.URL
}

// webhook is the product: it checks the signature with Twilio's own validator, or serves a picture.
func (r *rig) webhook(w http.ResponseWriter, request *http.Request) {
	if request.Method == http.MethodGet {
		w.Header().Set("Content-Type", "image/png")
		w.Header().Set("Content-Disposition", `inline; filename="lavande.png"`)
		_, _ = w.Write(bytes.Repeat([]byte("p"), len(request.URL.Query().Get("size"))<<20+4))
		return
	}
	body, err := io.ReadAll(request.Body)
	assert.NoError(r.t, err)
	validator := twilioclient.NewRequestValidator(r.account.AuthToken)
	assert.True(r.t, validator.ValidateBody(r.product+request.RequestURI, body, request.Header.Get("X-Twilio-Signature")))
	form, err := url.ParseQuery(string(body))
	assert.NoError(r.t, err)
	form.Set("path", request.URL.Path)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.asked = append(r.asked, form)
	w.WriteHeader(r.status)
}

// hooks are the values of one parameter over the webhooks so far.
func (r *rig) hooks(name string) []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	values := []string{}
	for _, form := range r.asked {
		if form.Has(name) {
			values = append(values, form.Get(name))
		}
	}
	return values
}

func (r *rig) post(path string, body, into any) int {
	r.t.Helper()
	raw, err := json.Marshal(body)
	require.NoError(r.t, err)
	request, err := http.NewRequestWithContext(r.t.Context(), http.MethodPost, r.page+path, bytes.NewReader(raw))
	require.NoError(r.t, err)
	request.Header.Set("Content-Type", "application/json")
	request.Close = true
	response, err := http.DefaultClient.Do(request)
	require.NoError(r.t, err)
	defer func() { require.NoError(r.t, response.Body.Close()) }()
	require.NoError(r.t, json.NewDecoder(response.Body).Decode(into))
	return response.StatusCode
}

func (r *rig) open(number string) messaging.Thread {
	r.t.Helper()
	var thread messaging.Thread
	require.Equal(r.t, http.StatusCreated, r.post("/threads", map[string]string{
		"channel": "sms", "inbox": shop, "customer": number, "name": "Ada",
	}, &thread))
	return thread
}

func (r *rig) write(thread messaging.Thread, text string) messaging.Message {
	r.t.Helper()
	var m messaging.Message
	require.Equal(r.t, http.StatusOK, r.post("/threads/"+thread.ID+"/write", map[string]any{"text": text}, &m))
	return m
}

func (r *rig) client(token string) *openapi.ApiService {
	base := &twilioclient.Client{
		Credentials: twilioclient.NewCredentials(r.account.SID, token),
		HTTPClient:  &http.Client{Transport: to(strings.TrimPrefix(r.api, "http://"))},
	}
	base.SetAccountSid(r.account.SID)
	return openapi.NewApiService(twilioclient.NewRequestHandler(base))
}

// to sends requests for Twilio to another host.
type to string

func (t to) RoundTrip(r *http.Request) (*http.Response, error) {
	r.URL.Scheme, r.URL.Host, r.Close = "http", string(t), true
	return http.DefaultTransport.RoundTrip(r)
}

func (r *rig) text(number, body string) *openapi.CreateMessageParams {
	p := &openapi.CreateMessageParams{}
	return p.SetFrom(shop).SetTo(number).SetBody(body).SetStatusCallback(r.product + "/channels/sms/status")
}

// until waits for the thread to be as wanted.
func (r *rig) until(id string, wanted func(messaging.Thread) bool) messaging.Thread {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(r.t.Context(), 10*time.Second)
	defer cancel()
	changes, stop := r.book.Follow()
	defer stop()
	for {
		thread, err := r.book.Thread(id)
		require.NoError(r.t, err)
		if wanted(thread) {
			return thread
		}
		select {
		case <-changes:
		case <-ctx.Done():
			require.FailNow(r.t, "the thread did not become as wanted", "%+v", thread)
		}
	}
}

func lastState(state messaging.State) func(messaging.Thread) bool {
	return func(t messaging.Thread) bool { return t.Messages[len(t.Messages)-1].State == state }
}

func TestCustomersWrite(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	thread := r.open(customer)
	m := r.write(thread, "Où est ma commande ? 🚚")
	require.Equal(t, messaging.Delivered, m.State)
	form := r.asked[0]
	for name, want := range map[string]string{
		"path": "/channels/sms/incoming", "MessageSid": m.ID, "SmsMessageSid": m.ID, "From": customer, "To": shop, "NumMedia": "0",
		"Body": "Où est ma commande ? 🚚", "NumSegments": "1", "SmsStatus": "received", "FromCountry": "FR", "ApiVersion": "2010-04-01",
		"AccountSid": r.account.SID, "FromCity": "",
	} {
		assert.Equal(t, want, form.Get(name), name)
	}
	var again map[string]int
	require.Equal(t, http.StatusOK, r.post("/threads/"+thread.ID+"/repeat", map[string]string{"message": m.ID}, &again))
	assert.Equal(t, http.StatusOK, again["status"])
	assert.Equal(t, []string{m.ID, m.ID}, r.hooks("MessageSid"))

	r.mu.Lock()
	r.status = http.StatusInternalServerError
	r.mu.Unlock()
	assert.Equal(t, messaging.Failed, r.write(thread, "is lost: Twilio does not repeat").State)
	assert.Len(t, r.hooks("MessageSid"), 3)
}

func TestMediaNeedsCredentialsAndExpires(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	response, err := http.Post(r.page+"/files?name=a.png", "image/png", strings.NewReader("\x89PNG"))
	require.NoError(t, err)
	var file messaging.File
	require.NoError(t, json.NewDecoder(response.Body).Decode(&file))
	require.NoError(t, response.Body.Close())
	var m messaging.Message
	require.Equal(t, http.StatusOK, r.post("/threads/"+r.open(customer).ID+"/write", map[string]any{"files": []string{file.ID}}, &m))
	require.True(t, strings.HasPrefix(m.ID, "MM"))
	address := r.asked[0].Get("MediaUrl0")
	assert.Equal(t, []string{"1", "image/png"}, []string{r.asked[0].Get("NumMedia"), r.asked[0].Get("MediaContentType0")})

	for token, want := range map[string]int{"": 401, "wrong": 401, r.account.AuthToken: 200} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
		require.NoError(t, err)
		request.SetBasicAuth(r.account.SID, token)
		response, err := http.DefaultClient.Do(request)
		require.NoError(t, err)
		body, err := io.ReadAll(response.Body)
		require.NoError(t, err)
		require.NoError(t, response.Body.Close())
		assert.Equal(t, want, response.StatusCode)
		if want == 200 {
			assert.Equal(t, "\x89PNG", string(body))
		}
	}
	for link, want := range map[string]int{
		r.book.Files.Link(file.ID, time.Minute): 200, r.book.Files.Link(file.ID, -time.Minute): 403,
		strings.Replace(r.book.Files.Link(file.ID, time.Minute), "oh=", "oh=0", 1): 403,
	} {
		response, err := http.Get(link)
		require.NoError(t, err)
		require.NoError(t, response.Body.Close())
		assert.Equal(t, want, response.StatusCode)
	}
	http.DefaultClient.CloseIdleConnections()
}
