// Package metatest is Meta as the tests of its channels need it: it signs webhooks, asks whether an address is ours, and says
// what the Graph API is to be asked.
package metatest

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"guichet/shared/channel"
	"guichet/shared/channel/channeltest"
	"guichet/shared/channel/internal/meta"
)

// What the apps of tests are given.
const (
	Secret      = "app-secret"
	Token       = "page-token"
	verifyToken = "verify-me"
)

// Now is the time on the clock of tests.
var Now = time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)

// Config is an app's, with a token for one inbox.
func Config(inbox, graphURL string) meta.Config {
	return meta.Config{
		AppSecret: Secret, VerifyToken: verifyToken, Tokens: map[string]string{inbox: Token}, GraphURL: graphURL, GraphVersion: "v24.0",
		HTTP: channeltest.Client(), Now: func() time.Time { return Now },
	}
}

// Provider signs webhooks for a channel.
func Provider(build func(meta.Config) channel.Channel) channeltest.Provider {
	return channeltest.Provider{
		New: func(key string) channel.Channel { return build(meta.Config{AppSecret: key}) },
		Sign: func(r *http.Request, body []byte, key, _ string) {
			r.Header.Set("X-Hub-Signature-256", "sha256="+mac(key, string(body)))
		},
		Header:      "X-Hub-Signature-256",
		ContentType: "application/json",
	}
}

func mac(key, text string) string {
	h := hmac.New(sha256.New, []byte(key))
	h.Write([]byte(text))
	return hex.EncodeToString(h.Sum(nil))
}

// Confirm checks how the channel answers when Meta asks whether the address is ours.
func Confirm(t *testing.T, build func(meta.Config) channel.Channel) {
	t.Helper()
	for name, tc := range map[string]struct {
		own, query string
		want       int
	}{
		"as agreed":          {verifyToken, "hub.mode=subscribe&hub.verify_token=verify-me&hub.challenge=1158201444%3Cb%3E", http.StatusOK},
		"another token":      {verifyToken, "hub.mode=subscribe&hub.verify_token=verify-you&hub.challenge=1", http.StatusForbidden},
		"no token":           {verifyToken, "hub.mode=subscribe&hub.challenge=1", http.StatusForbidden},
		"another mode":       {verifyToken, "hub.mode=unsubscribe&hub.verify_token=verify-me&hub.challenge=1", http.StatusForbidden},
		"none agreed":        {"", "hub.mode=subscribe&hub.verify_token=&hub.challenge=1", http.StatusForbidden},
		"nothing said":       {verifyToken, "", http.StatusForbidden},
		"the token as a key": {verifyToken, "verify-me", http.StatusForbidden},
	} {
		mux := http.NewServeMux()
		c := build(meta.Config{AppSecret: Secret, VerifyToken: tc.own})
		channel.NewSet(c).Mount(mux, &channeltest.Receiver{})
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, channel.PathPrefix+c.Name()+"/webhook?"+tc.query, nil))
		assert.Equal(t, tc.want, w.Code, name)
		if tc.want == http.StatusOK {
			assert.Equal(t, "1158201444<b>", w.Body.String())
			assert.Equal(t, "text/plain; charset=utf-8", w.Header().Get("Content-Type"), "a challenge is no page")
			assert.Equal(t, "nosniff", w.Header().Get("X-Content-Type-Options"))
		}
	}
}

// Headers are those of a request to the Graph API that matter.
var Headers = []string{"Authorization", "Content-Type"}

// Post is a request to the Graph API at a node's messages.
func Post(node, body string) channeltest.Request {
	return channeltest.Request{
		Method: http.MethodPost, Path: "/v24.0/" + node + "/messages", Body: body,
		Query:  url.Values{"appsecret_proof": {mac(Secret, Token)}},
		Header: map[string]string{"Authorization": "Bearer " + Token, "Content-Type": "application/json"},
	}
}

// Get is a request to the Graph API for fields of a node.
func Get(node, fields string) channeltest.Request {
	return channeltest.Request{
		Method: http.MethodGet, Path: "/v24.0/" + node,
		Query:  url.Values{"appsecret_proof": {mac(Secret, Token)}, "fields": {fields}},
		Header: map[string]string{"Authorization": "Bearer " + Token, "Content-Type": ""},
	}
}

// Sent is the Graph API's answer to a message that it takes.
func Sent(mid string) channeltest.Answer {
	return channeltest.Answer{Status: http.StatusOK, Body: `{"recipient_id":"1","message_id":"` + mid + `"}`}
}

// Fuzz sends any body, signed: it is understood or set aside, but never too much for us.
func Fuzz(f *testing.F, build func(meta.Config) channel.Channel) {
	channeltest.Seeds(f)
	provider := Provider(build)
	f.Fuzz(func(t *testing.T, body []byte) {
		r := &channeltest.Receiver{}
		w := provider.Post(t, r, channeltest.Incoming{Target: "/webhook", Body: string(body)})
		if w.Code != http.StatusOK {
			t.Fatalf("%d", w.Code)
		}
		for _, e := range r.Events() {
			if e.Customer.ID == "" || e.Inbox == "" || e.Message != nil && (e.Message.ProviderID == "" || e.Message.Kind == "") {
				t.Fatalf("incomplete: %+v", e)
			}
		}
	})
}
