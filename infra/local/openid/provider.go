// Package openid is the OpenID provider of the one-machine runner, in Cognito's place: authorization code with PKCE,
// refresh tokens, and a page to pick one of the seeded people. It asks for no password and is for one machine only.
package openid

import (
	"crypto"
	"crypto/rand"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/rs/cors"
	"github.com/zitadel/oidc/v3/pkg/op"
	"golang.org/x/text/language"
)

// What the dashboard is known by, and where it is returned to.
const (
	ClientID     = "guichet-desk"
	Scope        = "openid profile offline_access"
	signedInPath = "/signed-in"
)

// Person is someone who can be picked.
type Person struct {
	// ID is the agent's identifier; tokens carry it as "username".
	ID   string
	Name string
	// Role is the group that tokens carry ("agent", "supervisor", "admin"); empty for somebody who is no agent.
	Role string
	// Language is BCP 47.
	Language string
}

// Options say who signs in where.
type Options struct {
	// Origin is the public URL, without a slash at the end. The issuer is Origin + "/oidc".
	Origin string
	// Dir keeps the signing key and the sessions, so that a restart signs nobody out.
	Dir    string
	People []Person
}

// Provider serves everything below /oidc/.
type Provider struct {
	handler http.Handler
	keys    oidc.KeySet
}

// Issuer is the issuer of an origin.
func Issuer(origin string) string { return origin + "/oidc" }

// New opens the provider.
func New(options Options) (*Provider, error) {
	key, err := openKey(options.Dir)
	if err != nil {
		return nil, err
	}
	sessions, err := openSessions(options.Dir)
	if err != nil {
		return nil, err
	}
	store := &storage{
		key: key, sessions: sessions, people: options.People, requests: map[string]*authRequest{},
		client: &client{origin: options.Origin},
	}
	// It encrypts authorization codes only, which no restart needs to survive.
	config := &op.Config{
		CodeMethodS256: true, GrantTypeRefreshToken: true, SupportedScopes: strings.Fields(Scope),
		SupportedUILocales: []language.Tag{language.French, language.English}, DefaultLogoutRedirectURI: options.Origin + "/",
	}
	if _, err := rand.Read(config.CryptoKey[:]); err != nil {
		return nil, fmt.Errorf("make a key: %w", err)
	}
	provider, err := op.NewProvider(config, store, op.StaticIssuer(Issuer(options.Origin)), op.WithAllowInsecure(), op.WithCORSOptions(loopbackOnly()))
	if err != nil {
		return nil, fmt.Errorf("open the OpenID provider: %w", err)
	}
	login := &login{storage: store, callback: op.AuthCallbackURL(provider), issuer: op.NewIssuerInterceptor(provider.IssuerFromRequest)}
	mux := http.NewServeMux()
	mux.Handle("/oidc/", http.StripPrefix("/oidc", provider))
	login.mount(mux)
	keys := &oidc.StaticKeySet{PublicKeys: []crypto.PublicKey{&key.private.PublicKey}}
	return &Provider{handler: mux, keys: keys}, nil
}

func (p *Provider) ServeHTTP(w http.ResponseWriter, r *http.Request) { p.handler.ServeHTTP(w, r) }

// loopbackOnly lets a page of the dashboard's development server, which has another port, ask for tokens.
func loopbackOnly() *cors.Options {
	return &cors.Options{
		AllowedMethods: []string{http.MethodGet, http.MethodPost},
		AllowedHeaders: []string{"Authorization", "Content-Type"},
		AllowOriginFunc: func(origin string) bool {
			u, err := url.Parse(origin)
			return err == nil && (u.Hostname() == "localhost" || u.Hostname() == "127.0.0.1")
		},
	}
}

// Keys verify the tokens that the provider signs.
func (p *Provider) Keys() oidc.KeySet { return p.keys }
