package openid

import (
	"context"
	"crypto/rand"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	jose "github.com/go-jose/go-jose/v4"
	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
	"golang.org/x/text/language"
)

// storage is what the library asks for: sign-ins in memory, sessions in a file, people and client as given.
type storage struct {
	key      *signingKey
	sessions *sessions
	people   []Person
	client   *client

	mu       sync.Mutex
	requests map[string]*authRequest
}

var (
	errNoRequest = oidc.ErrInvalidRequest().WithDescription("this sign-in is over")
	errNotHere   = errors.New("not supported")
)

func (s *storage) CreateAuthRequest(_ context.Context, request *oidc.AuthRequest, _ string) (op.AuthRequest, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	maps.DeleteFunc(s.requests, func(_ string, r *authRequest) bool { return r.expired(time.Now()) })
	created := &authRequest{AuthRequest: request, id: rand.Text(), created: time.Now()}
	s.requests[created.id] = created
	return created, nil
}

func (s *storage) AuthRequestByID(_ context.Context, id string) (op.AuthRequest, error) {
	return s.find(func(r *authRequest) bool { return r.id == id })
}

func (s *storage) AuthRequestByCode(_ context.Context, code string) (op.AuthRequest, error) {
	return s.find(func(r *authRequest) bool { return r.code != "" && r.code == code })
}

// find returns a copy, since requests change while others read them.
func (s *storage) find(condition func(*authRequest) bool) (*authRequest, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.requests {
		if condition(r) && !r.expired(time.Now()) {
			found := *r
			return &found, nil
		}
	}
	return nil, errNoRequest
}

func (s *storage) SaveAuthCode(_ context.Context, id, code string) error {
	return s.update(id, func(r *authRequest) { r.code = code })
}

// pick signs a person in.
func (s *storage) pick(id, subject string) error {
	return s.update(id, func(r *authRequest) { r.subject, r.signedIn = subject, time.Now() })
}

func (s *storage) update(id string, change func(*authRequest)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, ok := s.requests[id]
	if !ok || r.expired(time.Now()) {
		return errNoRequest
	}
	change(r)
	return nil
}

func (s *storage) DeleteAuthRequest(_ context.Context, id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.requests, id)
	return nil
}

func (s *storage) CreateAccessToken(context.Context, op.TokenRequest) (string, time.Time, error) {
	return rand.Text(), time.Now().Add(tokenLifetime), nil
}

func (s *storage) CreateAccessAndRefreshTokens(_ context.Context, request op.TokenRequest, current string) (string, string, time.Time, error) {
	id, expires := rand.Text(), time.Now().Add(tokenLifetime)
	if current != "" {
		return id, current, expires, nil
	}
	token, err := s.sessions.begin(session{Subject: request.GetSubject(), ClientID: ClientID, Scopes: request.GetScopes(), SignedIn: time.Now()})
	return id, token, expires, err
}

func (s *storage) TokenRequestByRefreshToken(_ context.Context, token string) (op.RefreshTokenRequest, error) {
	found, ok := s.sessions.find(token)
	if !ok {
		return nil, op.ErrInvalidRefreshToken
	}
	if _, ok := s.person(found.Subject); !ok {
		return nil, op.ErrInvalidRefreshToken
	}
	return &found, nil
}

func (s *storage) GetRefreshTokenInfo(_ context.Context, _, token string) (string, string, error) {
	found, ok := s.sessions.find(token)
	if !ok {
		return "", "", op.ErrInvalidRefreshToken
	}
	return found.Subject, token, nil
}

func (s *storage) TerminateSession(_ context.Context, subject, _ string) error {
	return s.sessions.end(func(_ string, of session) bool { return of.Subject == subject })
}

func (s *storage) RevokeToken(_ context.Context, token, _, _ string) *oidc.Error {
	if err := s.sessions.end(func(other string, _ session) bool { return other == token }); err != nil {
		return oidc.ErrServerError().WithParent(err)
	}
	return nil
}

func (s *storage) SigningKey(context.Context) (op.SigningKey, error) { return s.key, nil }

func (s *storage) SignatureAlgorithms(context.Context) ([]jose.SignatureAlgorithm, error) {
	return []jose.SignatureAlgorithm{jose.RS256}, nil
}

func (s *storage) KeySet(context.Context) ([]op.Key, error) { return []op.Key{publicKey{s.key}}, nil }

func (s *storage) GetClientByClientID(_ context.Context, id string) (op.Client, error) {
	if id != ClientID {
		return nil, oidc.ErrInvalidClient().WithDescription("unknown client")
	}
	return s.client, nil
}

func (s *storage) person(id string) (Person, bool) {
	i := slices.IndexFunc(s.people, func(p Person) bool { return p.ID == id })
	if i < 0 {
		return Person{}, false
	}
	return s.people[i], true
}

// SetUserinfoFromScopes fills identity tokens with what Cognito's have.
func (s *storage) SetUserinfoFromScopes(_ context.Context, info *oidc.UserInfo, subject, _ string, _ []string) error {
	person, ok := s.person(subject)
	if !ok {
		return oidc.ErrInvalidRequest().WithDescription("unknown person")
	}
	info.Subject, info.Name, info.PreferredUsername = person.ID, person.Name, person.ID
	info.Locale = oidc.NewLocale(language.Make(person.Language))
	info.AppendClaims("cognito:username", person.ID)
	info.AppendClaims("token_use", "id")
	if person.Role != "" {
		info.AppendClaims("cognito:groups", []string{person.Role})
	}
	return nil
}

func (s *storage) SetUserinfoFromToken(ctx context.Context, info *oidc.UserInfo, _, subject, _ string) error {
	return s.SetUserinfoFromScopes(ctx, info, subject, ClientID, nil)
}

// GetPrivateClaimsFromScopes fills access tokens with what Cognito's have:
// https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html
func (s *storage) GetPrivateClaimsFromScopes(_ context.Context, subject, _ string, _ []string) (map[string]any, error) {
	person, ok := s.person(subject)
	if !ok {
		return nil, oidc.ErrInvalidRequest().WithDescription("unknown person")
	}
	claims := map[string]any{"username": person.ID, "name": person.Name, "token_use": "access", "client_id": ClientID}
	if person.Role != "" {
		claims["cognito:groups"] = []string{person.Role}
	}
	return claims, nil
}

func (s *storage) Health(context.Context) error { return nil }

// What follows is for kinds of clients that are not here.

func (s *storage) AuthorizeClientIDSecret(context.Context, string, string) error { return errNotHere }

func (s *storage) SetIntrospectionFromToken(context.Context, *oidc.IntrospectionResponse, string, string, string) error {
	return errNotHere
}

func (s *storage) GetKeyByIDAndClientID(context.Context, string, string) (*jose.JSONWebKey, error) {
	return nil, errNotHere
}

func (s *storage) ValidateJWTProfileScopes(context.Context, string, []string) ([]string, error) {
	return nil, errNotHere
}
