package channelhook_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"guichet/functions/channelhook"
	"guichet/shared/center"
	"guichet/shared/channel"
	"guichet/shared/channel/channeltest"
)

// post is a channel whose body is one event a line, unsigned for the sake of brevity: what channels check is tested there.
type post struct{}

func (post) Name() string { return "post" }

func (post) Send(context.Context, channel.Outgoing) (string, error) { return "", nil }

func (post) Routes(router channel.Router, r channel.Receiver) {
	router.Handle("POST /in", http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		body, err := io.ReadAll(req.Body)
		if err == nil {
			err = r.Receive(req.Context(), channel.Event{Channel: "post", Inbox: "box", Customer: center.Customer{ID: "secret-customer"}})
		}
		if center.CodeOf(err) == center.Invalid {
			err = r.SetAside(req.Context(), "post", body, err)
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusTeapot)
		}
	}))
}

func TestHandler(t *testing.T) {
	t.Parallel()
	down := errors.New("the table is away")
	invalid := center.Errorf(center.Invalid, "inbox-unknown", "no such inbox")
	for name, tc := range map[string]struct {
		method, path string
		body         string
		receive      error
		aside        error
		status       int
		log          string // what the log must tell; nothing when empty
	}{
		"taken":               {http.MethodPost, "/channels/post/in", "x", nil, nil, http.StatusOK, ""},
		"set aside":           {http.MethodPost, "/channels/post/in", "x", invalid, nil, http.StatusOK, ""},
		"not taken":           {http.MethodPost, "/channels/post/in", "x", down, nil, http.StatusTeapot, "the table is away"},
		"not even set aside":  {http.MethodPost, "/channels/post/in", "x", invalid, down, http.StatusTeapot, "payload not set aside"},
		"too long":            {http.MethodPost, "/channels/post/in", strings.Repeat("x", 1<<20+1), nil, nil, http.StatusTeapot, ""},
		"wrong method":        {http.MethodGet, "/channels/post/in", "", nil, nil, http.StatusMethodNotAllowed, ""},
		"unknown channel":     {http.MethodPost, "/channels/pigeon/in", "", nil, nil, http.StatusNotFound, ""},
		"outside of channels": {http.MethodPost, "/post/in", "", nil, nil, http.StatusNotFound, ""},
	} {
		var log strings.Builder
		r := &channeltest.Receiver{AsideErr: tc.aside}
		if tc.receive != nil {
			r.Refuse = func(channel.Event) error { return tc.receive }
		}
		h := channelhook.New(channel.NewSet(post{}), r, slog.New(slog.NewTextHandler(&log, nil)))
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), tc.method, tc.path, strings.NewReader(tc.body)))
		assert.Equal(t, tc.status, w.Code, name)
		assert.Contains(t, log.String(), tc.log, name)
		if tc.log == "" {
			assert.Empty(t, log.String(), name)
		}
		assert.NotContains(t, log.String(), "secret-customer", name)
	}
}
