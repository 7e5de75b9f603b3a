package webchat

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

const (
	// sessionLifetime is how long a visitor who does not return is remembered: as long as the chat is kept.
	sessionLifetime = 400 * 24 * time.Hour
	// renewAge is from when on a visitor who returns gets a fresh token.
	renewAge = 30 * 24 * time.Hour

	maxToken = 512
)

// session says who a browser is, for one widget. It travels as a signed opaque string, and is kept nowhere else.
type session struct {
	Visitor string `json:"v"`
	Widget  string `json:"w"`
	Issued  int64  `json:"i"` // seconds since the epoch
}

func (s session) age(now time.Time) time.Duration { return now.Sub(time.Unix(s.Issued, 0)) }

type sessionKey []byte

// sign returns base64url(JSON) "." base64url(signature).
func (k sessionKey) sign(s session) (string, error) {
	body, err := json.Marshal(s)
	if err != nil {
		return "", fmt.Errorf("sign session: %w", err)
	}
	payload := base64.RawURLEncoding.EncodeToString(body)
	return payload + "." + base64.RawURLEncoding.EncodeToString(k.mac(payload)), nil
}

// verify tells whose token it is; ok is false if it is not one of ours for this widget, or too old.
func (k sessionKey) verify(token, widget string, now time.Time) (s session, ok bool) {
	payload, signature, found := strings.Cut(token, ".")
	given, err := base64.RawURLEncoding.DecodeString(signature)
	if !found || err != nil || len(token) > maxToken || !hmac.Equal(given, k.mac(payload)) {
		return session{}, false
	}
	body, err := base64.RawURLEncoding.DecodeString(payload)
	if err != nil || json.Unmarshal(body, &s) != nil {
		return session{}, false
	}
	return s, s.Widget == widget && s.age(now) < sessionLifetime
}

func (k sessionKey) mac(payload string) []byte {
	h := hmac.New(sha256.New, k)
	h.Write([]byte(payload))
	return h.Sum(nil)
}
