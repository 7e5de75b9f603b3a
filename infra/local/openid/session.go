package openid

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// sessionLifetime is Cognito's default for refresh tokens.
const sessionLifetime = 30 * 24 * time.Hour

// session is what a refresh token stands for. As with Cognito, the token stays the same when it is used.
type session struct {
	Subject  string    `json:"subject"`
	ClientID string    `json:"clientId"`
	Scopes   []string  `json:"scopes"`
	SignedIn time.Time `json:"signedIn"`
}

func (s *session) GetAMR() []string              { return nil }
func (s *session) GetAudience() []string         { return []string{s.ClientID} }
func (s *session) GetAuthTime() time.Time        { return s.SignedIn }
func (s *session) GetClientID() string           { return s.ClientID }
func (s *session) GetScopes() []string           { return s.Scopes }
func (s *session) GetSubject() string            { return s.Subject }
func (s *session) SetCurrentScopes(now []string) { s.Scopes = now }

// sessions keeps the sessions in a file, by refresh token.
type sessions struct {
	path string
	mu   sync.Mutex
	open map[string]session
}

func openSessions(dir string) (*sessions, error) {
	s := &sessions{path: filepath.Join(dir, "openid-sessions.json"), open: map[string]session{}}
	content, err := os.ReadFile(s.path)
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read sessions: %w", err)
	}
	if err := json.Unmarshal(content, &s.open); err != nil {
		return nil, fmt.Errorf("read sessions in %s: %w", s.path, err)
	}
	return s, nil
}

// find returns a copy: a refresh may narrow its scopes for once.
func (s *sessions) find(token string) (session, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	found, ok := s.open[token]
	return found, ok && time.Since(found.SignedIn) < sessionLifetime
}

func (s *sessions) begin(begun session) (token string, err error) {
	token = rand.Text()
	return token, s.change(func() { s.open[token] = begun })
}

// end forgets the sessions that the condition is true of, and those that are over.
func (s *sessions) end(condition func(token string, of session) bool) error {
	return s.change(func() {
		maps.DeleteFunc(s.open, func(token string, of session) bool {
			return condition(token, of) || time.Since(of.SignedIn) >= sessionLifetime
		})
	})
}

func (s *sessions) change(apply func()) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	apply()
	content, err := json.Marshal(s.open)
	if err != nil {
		return fmt.Errorf("write sessions: %w", err)
	}
	if err := os.WriteFile(s.path+".new", content, 0o600); err != nil {
		return fmt.Errorf("write sessions: %w", err)
	}
	if err := os.Rename(s.path+".new", s.path); err != nil {
		return fmt.Errorf("write sessions: %w", err)
	}
	return nil
}
