package boottest

import (
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/internal/functiontest"
	"guichet/infra/local/dynamo/dynamotest"
	"guichet/infra/local/objects"
	"guichet/shared/dispatch"
	"guichet/shared/store"
	"guichet/shared/store/storetest"
	"guichet/shared/wav/wavtest"
)

// What the secrets hold, and who writes and calls.
const (
	accountSID   = "AC0123456789abcdef0123456789abcdef"
	authToken    = "fedcba9876543210fedcba9876543210"
	appSecret    = "secret-of-the-app"
	verifyToken  = "what-meta-says"
	originSecret = "what-the-front-says"
	caller       = "+33612345678"
	page         = "1000000000001"
)

// world is a centre in AWS, as one function sees it. Its clock is the real one.
type world struct {
	t        *testing.T
	centre   *functiontest.Centre
	internet *internet
	files    *objects.Store

	mu    sync.Mutex
	asked map[string][]asked // by stand-in
}

// asked is a request that a stand-in has got: method and path, or the operation.
type asked struct {
	what string
	body string
}

func newWorld(t *testing.T) *world {
	t.Helper()
	files, err := objects.Open(t.TempDir())
	require.NoError(t, err)
	w := &world{t: t, centre: functiontest.WithChats(t), files: files, asked: map[string][]asked{}}
	w.clock(0)
	w.centre.Configure(t, func(d *store.Directory) { d.Inboxes[store.InboxKey("messenger", page)] = functiontest.AutomaticID })
	database, err := url.Parse(dynamotest.Endpoint(t))
	require.NoError(t, err)
	host := func(service string) string { return service + "." + region + ".amazonaws.com" }
	w.internet = newInternet(t, map[string]http.Handler{
		host("dynamodb"):                  w.signed("dynamodb", httputil.NewSingleHostReverseProxy(database)),
		host("secretsmanager"):            w.signed("secretsmanager", http.HandlerFunc(w.secret)),
		host("states"):                    w.signed("states", http.HandlerFunc(w.states)),
		host(realtimeID + ".execute-api"): w.signed("execute-api", w.noting("connections", "")),
		objects.Bucket + "." + host("s3"): w.signed("s3", bucket(files)),
		"api.twilio.com":                  http.HandlerFunc(w.twilio),
		"graph.facebook.com":              w.noting("graph", `{"first_name":"Jeanne","last_name":"Martin"}`),
		publicHost:                        w.noting("front", ""),
	})
	t.Cleanup(func() {
		assert.Empty(t, w.internet.strangers(), "hosts that nobody plays")
		assert.Empty(t, w.requests("unsigned"), "requests that AWS would refuse")
	})
	return w
}

// clock sets the centre's own clock apart from the functions'.
func (w *world) clock(behind time.Duration) {
	now := func() time.Time { return dispatch.Clock().Add(-behind) }
	w.centre.Now, w.centre.Conversations.Now = now, now
}

func (w *world) note(standIn string, r *http.Request, body []byte) {
	what := r.Method + " " + r.URL.Path
	if target := r.Header.Get("X-Amz-Target"); target != "" {
		what = target
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.asked[standIn] = append(w.asked[standIn], asked{what, string(body)})
}

// requests are those that a stand-in has got so far.
func (w *world) requests(standIn string) []asked {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]asked{}, w.asked[standIn]...)
}

// noting takes whatever is asked for, and answers the same.
func (w *world) noting(standIn, answer string) http.Handler {
	return http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.note(standIn, r, body)
		out.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(out, answer)
	})
}

// secret is Secrets Manager (https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html).
func (w *world) secret(out http.ResponseWriter, r *http.Request) {
	var in struct{ SecretId string }
	err := json.NewDecoder(r.Body).Decode(&in)
	value, known := map[string]string{
		w.values()["${data.mediakey}"]: string(functiontest.Key),
		w.values()["${data.twilio}"]:   `{"accountSid":"` + accountSID + `","authToken":"` + authToken + `"}`,
		w.values()["${data.meta}"]:     `{"appSecret":"` + appSecret + `","verifyToken":"` + verifyToken + `","pages":{"` + page + `":"token-of-the-page"},"instagram":{}}`,
		w.values()["${data.origin}"]:   originSecret,
	}[in.SecretId]
	out.Header().Set("Content-Type", "application/x-amz-json-1.1")
	if err != nil || !known || r.Header.Get("X-Amz-Target") != "secretsmanager.GetSecretValue" {
		out.WriteHeader(http.StatusBadRequest)
		_, _ = io.WriteString(out, `{"__type":"ResourceNotFoundException"}`)
		return
	}
	_ = json.NewEncoder(out).Encode(map[string]string{"ARN": in.SecretId, "SecretString": value})
}

// states is Step Functions: it starts what it is told to, and nothing follows.
func (w *world) states(out http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	w.note("states", r, body)
	out.Header().Set("Content-Type", "application/x-amz-json-1.0")
	if r.Header.Get("X-Amz-Target") == "AWSStepFunctions.StartExecution" {
		_, _ = io.WriteString(out, `{"executionArn":"arn:aws:states:`+region+`:`+account+`:execution:guichet:1","startDate":1795000000.123}`)
		return
	}
	_, _ = io.WriteString(out, `{}`)
}

// twilio is the REST API, for the account alone: calls go on, and every recording is a second of sound.
func (w *world) twilio(out http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	w.note("twilio", r, body)
	if sid, token, _ := r.BasicAuth(); sid != accountSID || token != authToken {
		http.Error(out, `{"code":20003}`, http.StatusUnauthorized)
		return
	}
	name := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
	switch {
	case r.Method == http.MethodDelete:
		out.WriteHeader(http.StatusNoContent)
	case strings.HasSuffix(name, ".wav"):
		out.Header().Set("Content-Type", "audio/x-wav")
		_, _ = out.Write(wavtest.Tone(440, time.Second))
	default:
		out.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(out).Encode(map[string]string{"sid": strings.TrimSuffix(name, ".json"), "status": "in-progress"})
	}
}

// items are all of the centre's table, as JSON by their keys.
func (w *world) items() map[string]string {
	w.t.Helper()
	items := map[string]string{}
	pages := dynamodb.NewScanPaginator(storetest.Client(dynamotest.Endpoint(w.t)), &dynamodb.ScanInput{TableName: &w.centre.Table})
	for pages.HasMorePages() {
		read, err := pages.NextPage(w.t.Context())
		require.NoError(w.t, err)
		for _, it := range read.Items {
			var plain map[string]any
			require.NoError(w.t, attributevalue.UnmarshalMap(it, &plain))
			text, err := json.Marshal(plain)
			require.NoError(w.t, err)
			items[plain[store.PartitionKey].(string)+" "+plain[store.SortKey].(string)] = string(text)
		}
	}
	return items
}

// written are the keys of what has been written since, and of what has gone.
func (w *world) written(before map[string]string) []string {
	w.t.Helper()
	var keys []string
	after := w.items()
	for key := range maps.Keys(after) {
		if before[key] != after[key] {
			keys = append(keys, key)
		}
	}
	for key := range before {
		if after[key] == "" {
			keys = append(keys, key)
		}
	}
	return keys
}

// checkLog holds a function to what may be logged.
func (w *world) checkLog(p *process) {
	for _, private := range []string{caller, strings.TrimPrefix(caller, "+"), authToken, appSecret, originSecret, credentials.SecretAccessKey, string(functiontest.Key)} {
		assert.NotContains(w.t, p.log(), private, p.name)
	}
}

// object reads a file out of the centre's bucket, as it is.
func (w *world) object(key string) *http.Response {
	w.t.Helper()
	answer := httptest.NewRecorder()
	bucket(w.files).ServeHTTP(answer, httptest.NewRequestWithContext(w.t.Context(), http.MethodGet, "/"+key, nil))
	return answer.Result()
}
