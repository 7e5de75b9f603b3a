package channel_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/channel"
	"guichet/shared/channel/channeltest"
)

// pigeons is a channel of no provider.
type pigeons struct{ name, routes string }

func (p *pigeons) Name() string { return p.name }

func (p *pigeons) Routes(router channel.Router, _ channel.Receiver) {
	router.Handle(p.routes, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write([]byte(p.name + r.URL.Path)) }))
}

func (p *pigeons) Send(context.Context, channel.Outgoing) (string, error) { return "", nil }

func TestSet(t *testing.T) {
	t.Parallel()
	first, second, third := &pigeons{"a", "POST /in"}, &pigeons{"b", "/any/{thing}"}, &pigeons{"a", "/other"}
	s := channel.NewSet(first, second, third)
	assert.Equal(t, []channel.Channel{first, second}, s.All(), "a name is there once")
	got, ok := s.Get("b")
	require.True(t, ok)
	assert.Same(t, second, got)
	_, ok = s.Get("c")
	assert.False(t, ok)

	mux := http.NewServeMux()
	s.Mount(mux, &channeltest.Receiver{})
	for _, tc := range []struct {
		method, path string
		status       int
		body         string
	}{
		{http.MethodPost, "/channels/a/in", http.StatusOK, "a/channels/a/in"},
		{http.MethodGet, "/channels/a/in", http.StatusMethodNotAllowed, ""},
		{http.MethodGet, "/channels/b/any/one", http.StatusOK, "b/channels/b/any/one"},
		{http.MethodGet, "/channels/a/any/one", http.StatusNotFound, ""},
		{http.MethodPost, "/channels/c/in", http.StatusNotFound, ""},
	} {
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), tc.method, tc.path, nil))
		assert.Equal(t, tc.status, w.Code, tc)
		if tc.body != "" {
			assert.Equal(t, tc.body, w.Body.String())
		}
	}
}

func TestSendErrors(t *testing.T) {
	t.Parallel()
	detailed := channel.ErrThrottled.With("the provider's error 4")
	require.ErrorIs(t, detailed, channel.ErrThrottled)
	require.NotErrorIs(t, detailed, channel.ErrRefused)
	assert.Equal(t, "throttled: the provider's error 4", detailed.Error())
	assert.Same(t, detailed, channel.AsSendError(detailed))
	other := channel.AsSendError(errors.New("broken pipe"))
	assert.True(t, other.Retryable)
	require.ErrorIs(t, other, channel.ErrUnreachable)
}
