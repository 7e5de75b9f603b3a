package webchat

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// FuzzSessionToken: nothing but what was signed here is a session, and nothing makes the reader fall.
func FuzzSessionToken(f *testing.F) {
	key, now := sessionKey("0123456789abcdef0123456789abcdef"), time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	good, err := key.sign(session{Visitor: "vs_1", Widget: "shop", Issued: now.Unix()})
	require.NoError(f, err)
	s, ok := key.verify(good, "shop", now)
	require.True(f, ok)
	require.Equal(f, "vs_1", s.Visitor)
	f.Add(good[:len(good)-1])
	f.Add(".")
	f.Add("e30.e30")
	f.Fuzz(func(t *testing.T, token string) {
		if _, ok := key.verify(token, "shop", now); ok {
			assert.Equal(t, good, token)
		}
		c := Channel{Config: Config{Now: func() time.Time { return now }}}
		if at, err := c.timeOfKey(token); err == nil {
			assert.False(t, at.After(now.Add(ahead)))
		}
	})
}
