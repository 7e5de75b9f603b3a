package main

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPublicAddress(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, answer, want string
		status             int
	}{
		{"with a line end", "203.0.113.7\n", "203.0.113.7", http.StatusOK},
		{"version 6", "2001:db8::7", "2001:db8::7", http.StatusOK},
		{"a page", "<html>" + strings.Repeat(" ", 1000), "", http.StatusOK},
		{"nothing", "", "", http.StatusOK},
		{"out of order", "203.0.113.7", "", http.StatusServiceUnavailable},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(c.status)
				_, _ = w.Write([]byte(c.answer))
			}))
			defer service.Close()
			got, err := publicAddress(t.Context(), service.URL)
			if c.want == "" {
				require.Error(t, err)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, netip.MustParseAddr(c.want), got)
		})
	}
}
