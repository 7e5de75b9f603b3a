package webchat_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/mediaapi"
)

// every is each request that needs a session.
var every = map[string]string{
	"messages": "POST", "messages?after=": "GET", "read": "POST", "typing": "POST", "profile": "POST", "files": "POST",
	"files/fl_1": "GET", "tickets": "POST",
}

func TestOnlySessionsOfOursAreServed(t *testing.T) {
	t.Parallel()
	s := open(t)
	good := s.visitor(t, "192.0.2.1").token
	payload, signature, _ := strings.Cut(good, ".")
	ticket, err := ticketKey.Sign(mediaapi.Ticket{ID: "t", Purpose: mediaapi.PurposeVisitor, ExpiresUnix: s.time().Add(time.Minute).Unix()})
	require.NoError(t, err)
	for name, token := range map[string]string{
		"none": "", "made up": "a.b", "half": payload, "another's signature": strings.ToUpper(payload) + "." + signature, "a ticket": ticket,
	} {
		b := s.browser("192.0.2.1")
		b.token = token
		for resource, method := range every {
			t.Log(name, method, resource)
			b.refused(t, http.StatusUnauthorized, "session-unknown", method, resource, posted{ID: s.newID(), Text: "x"})
		}
	}
	elsewhere := s.browser("192.0.2.1")
	elsewhere.key, elsewhere.token = closedKey, good
	elsewhere.refused(t, http.StatusUnauthorized, "session-unknown", "GET", "messages", nil)

	s.pass(401 * 24 * time.Hour)
	old := s.browser("192.0.2.1")
	old.token = good
	old.refused(t, http.StatusUnauthorized, "session-unknown", "GET", "messages", nil)
	chats, err := s.Store.ChatLine(t.Context(), queueID)
	require.NoError(t, err)
	assert.Empty(t, chats, "nothing was written")
}

func TestSessionsAreResumedAndRenewed(t *testing.T) {
	t.Parallel()
	s := open(t)
	v := s.visitor(t, "192.0.2.1")
	v.write(t, "Hello")
	var again struct{ Token string }
	v.do(t, http.StatusOK, "POST", "sessions", nil, &again)
	assert.Equal(t, v.token, again.Token)
	s.pass(31 * 24 * time.Hour)
	v.do(t, http.StatusOK, "POST", "sessions", nil, &again)
	assert.NotEqual(t, v.token, again.Token, "a fresh one")
	v.token = again.Token
	assert.Len(t, v.read(t, "").Messages, 1, "of the same visitor")
}

func TestOrigins(t *testing.T) {
	t.Parallel()
	s := open(t)
	for _, tc := range []struct {
		key, origin string
		status      int
	}{
		{widgetKey, "https://anywhere.example", http.StatusOK},
		{widgetKey, "", http.StatusOK},
		{closedKey, shop, http.StatusOK},
		{closedKey, "https://anywhere.example", http.StatusForbidden},
		{closedKey, "null", http.StatusForbidden},
		{closedKey, "http://example.com", http.StatusOK}, // httptest's host: a page of our own
		{"unknown", shop, http.StatusNotFound},
	} {
		b := &browser{site: s, key: tc.key, origin: tc.origin, address: "192.0.2.1"}
		w := b.do(t, tc.status, "GET", "widget", nil, nil)
		want := ""
		if tc.status == http.StatusOK {
			want = tc.origin
		}
		assert.Equal(t, want, w.Header().Get("Access-Control-Allow-Origin"), "%+v", tc)
	}
	b := &browser{site: s, key: closedKey, origin: shop}
	w := b.do(t, http.StatusNoContent, "OPTIONS", "files/fl_1", nil, nil)
	assert.Equal(t, "Authorization, Content-Type", w.Header().Get("Access-Control-Allow-Headers"))
	b.origin = "https://anywhere.example"
	b.refused(t, http.StatusForbidden, "origin-not-allowed", "OPTIONS", "messages", nil)
	var widget struct {
		Name, Colour string
		Greeting     map[string]string
		Files        struct{ Bytes int64 }
	}
	b.origin = shop
	b.do(t, http.StatusOK, "GET", "widget", nil, &widget)
	assert.Equal(t, "The Shop", widget.Name)
	assert.Equal(t, "#663399", widget.Colour)
	assert.Equal(t, map[string]string{"en": "Hi"}, widget.Greeting)
	assert.Equal(t, int64(1000), widget.Files.Bytes)
	s.browser("").do(t, http.StatusOK, "GET", "widget", nil, &widget)
	assert.Equal(t, "The Centre", widget.Name, "a widget without a record has the defaults")
}

func TestMessagesThatSayNothingOrTooMuch(t *testing.T) {
	t.Parallel()
	s := open(t)
	v := s.visitor(t, "192.0.2.1")
	for name, tc := range map[string]struct {
		status int
		slug   string
		body   any
	}{
		"no json":    {http.StatusUnprocessableEntity, "body-invalid", "{"},
		"no id":      {http.StatusUnprocessableEntity, "id-invalid", posted{Text: "x"}},
		"another id": {http.StatusUnprocessableEntity, "id-invalid", posted{ID: "fl_01K00000000000000000000000", Text: "x"}},
		"empty":      {http.StatusUnprocessableEntity, "message-empty", posted{ID: s.newID(), Text: " \n"}},
		"too long":   {http.StatusUnprocessableEntity, "text-too-long", posted{ID: s.newID(), Text: strings.Repeat("é", 5001)}},
		"files":      {http.StatusUnprocessableEntity, "too-many-files", posted{ID: s.newID(), Files: make([]string, 11)}},
		"huge":       {http.StatusRequestEntityTooLarge, "too-large", posted{ID: s.newID(), Text: strings.Repeat("x", 70<<10)}},
	} {
		t.Log(name)
		v.refused(t, tc.status, tc.slug, "POST", "messages", tc.body)
	}
	v.do(t, http.StatusOK, "POST", "messages", posted{ID: s.newID(), Text: strings.Repeat("é", 5000)}, nil)
	for _, query := range []string{"?after=x", "?before=MESSAGE", "?after=2026-11-22T09:00:00.000Z&before=2026-11-22T09:00:00.000Z"} {
		v.refused(t, http.StatusUnprocessableEntity, "key-invalid", "GET", "messages"+query, nil)
	}
	for _, key := range []string{"x", "2026-99-99T99:99:99.999Z"} {
		v.refused(t, http.StatusUnprocessableEntity, "key-invalid", "POST", "read", map[string]string{"seen": key})
	}
}

func TestVisitorsAndAddressesAreLimited(t *testing.T) {
	t.Parallel()
	s := open(t)
	var visitors []*browser
	for range 10 {
		visitors = append(visitors, s.visitor(t, "2001:db8::1"))
	}
	sameHouse := s.browser("2001:db8::2")
	w := sameHouse.refused(t, http.StatusTooManyRequests, "too-many-requests", "POST", "sessions", nil)
	assert.Equal(t, "3600", w.Header().Get("Retry-After"))
	s.visitor(t, "2001:db8:0:1::1")

	s.pass(30 * time.Second)
	for range 20 {
		visitors[0].write(t, "again")
	}
	w = visitors[0].refused(t, http.StatusTooManyRequests, "too-many-requests", "POST", "messages", posted{ID: s.newID(), Text: "again"})
	assert.Equal(t, "30", w.Header().Get("Retry-After"))
	assert.Equal(t, shop, w.Header().Get("Access-Control-Allow-Origin"), "the widget must be able to read it")
	visitors[0].read(t, "")
	for range 20 {
		visitors[1].write(t, "again")
		// One that the visitor's own limit refused has counted for the address too.
		if w := visitors[2].request(t, "POST", "messages", posted{ID: s.newID(), Text: "again"}); w.Code != http.StatusOK {
			break
		}
	}
	visitors[3].refused(t, http.StatusTooManyRequests, "too-many-requests", "POST", "messages", posted{ID: s.newID(), Text: "one too many"})
	s.pass(time.Minute)
	visitors[0].write(t, "a minute later")
}
