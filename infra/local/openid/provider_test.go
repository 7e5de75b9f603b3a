package openid_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/oauth2"

	"guichet/infra/local/openid"
)

var people = []openid.Person{
	{ID: "agt_camille", Name: "Camille Martin", Role: "agent", Language: "fr"},
	{ID: "agt_<b>", Name: `Sam "<b>" O'Neil`, Role: "supervisor", Language: "en"},
	{ID: "nobody", Name: "Robin Petit", Language: "fr"},
}

// rig is a provider behind a server, and a browser that follows no redirect.
type rig struct {
	t       *testing.T
	origin  string
	browser *http.Client
	oauth   oauth2.Config
	oidc    *oidc.Provider
}

func newRig(t *testing.T, dir string) *rig {
	t.Helper()
	var provider http.Handler
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { provider.ServeHTTP(w, r) }))
	t.Cleanup(server.Close)
	return start(t, dir, server.URL, &provider)
}

// start opens a provider for the origin; a second one for the same is a restart.
func start(t *testing.T, dir, origin string, into *http.Handler) *rig {
	t.Helper()
	opened, err := openid.New(openid.Options{Origin: origin, Dir: dir, People: people})
	require.NoError(t, err)
	*into = opened
	discovered, err := oidc.NewProvider(t.Context(), openid.Issuer(origin))
	require.NoError(t, err)
	return &rig{
		t: t, origin: origin, oidc: discovered,
		browser: &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
		oauth: oauth2.Config{
			ClientID: openid.ClientID, Endpoint: discovered.Endpoint(), RedirectURL: origin + "/signed-in", Scopes: strings.Fields(openid.Scope),
		},
	}
}

type answer struct {
	status   int
	location string
	body     string
	header   http.Header
}

func (r *rig) do(request *http.Request) answer {
	r.t.Helper()
	response, err := r.browser.Do(request)
	require.NoError(r.t, err)
	body, err := io.ReadAll(response.Body)
	require.NoError(r.t, err)
	require.NoError(r.t, response.Body.Close())
	return answer{response.StatusCode, response.Header.Get("Location"), string(body), response.Header}
}

func (r *rig) get(target string, languages ...string) answer {
	r.t.Helper()
	request, err := http.NewRequestWithContext(r.t.Context(), http.MethodGet, target, http.NoBody)
	require.NoError(r.t, err)
	request.Header.Set("Accept-Language", strings.Join(languages, ","))
	return r.do(request)
}

func (r *rig) post(target string, form url.Values) answer {
	r.t.Helper()
	request, err := http.NewRequestWithContext(r.t.Context(), http.MethodPost, target, strings.NewReader(form.Encode()))
	require.NoError(r.t, err)
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r.do(request)
}

// authorize goes to the sign-in page and returns its URL.
func (r *rig) authorize(options ...oauth2.AuthCodeOption) string {
	r.t.Helper()
	redirected := r.get(r.oauth.AuthCodeURL("some state", options...))
	require.Equal(r.t, http.StatusFound, redirected.status, redirected.body)
	return redirected.location
}

func (r *rig) pick(page, person string) answer {
	r.t.Helper()
	request := regexp.MustCompile(`request=(\w+)`).FindStringSubmatch(page)
	require.NotNil(r.t, request, page)
	return r.post(r.origin+"/oidc/sign-in", url.Values{"request": {request[1]}, "person": {person}})
}

// code signs the person in and returns the authorization code.
func (r *rig) code(person, verifier string) string {
	r.t.Helper()
	picked := r.pick(r.authorize(oauth2.S256ChallengeOption(verifier)), person)
	require.Equal(r.t, http.StatusSeeOther, picked.status, picked.body)
	back := r.get(picked.location)
	require.Equal(r.t, http.StatusFound, back.status, back.body)
	target, err := url.Parse(back.location)
	require.NoError(r.t, err)
	assert.Equal(r.t, "/signed-in", target.Path)
	assert.Equal(r.t, "some state", target.Query().Get("state"))
	return target.Query().Get("code")
}

func (r *rig) signIn(person string) *oauth2.Token {
	r.t.Helper()
	verifier := oauth2.GenerateVerifier()
	token, err := r.oauth.Exchange(r.t.Context(), r.code(person, verifier), oauth2.VerifierOption(verifier))
	require.NoError(r.t, err)
	return token
}

// claims verifies a token with the keys that the provider publishes.
func (r *rig) claims(raw string) map[string]any {
	r.t.Helper()
	verified, err := r.oidc.Verifier(&oidc.Config{ClientID: openid.ClientID}).Verify(r.t.Context(), raw)
	require.NoError(r.t, err)
	claims := map[string]any{}
	require.NoError(r.t, verified.Claims(&claims))
	return claims
}

func (r *rig) refresh(token string) error {
	_, err := r.oauth.TokenSource(r.t.Context(), &oauth2.Token{RefreshToken: token}).Token()
	return err
}

func TestTokensHaveWhatCognitoGives(t *testing.T) {
	t.Parallel()
	r := newRig(t, t.TempDir())
	token := r.signIn("agt_camille")
	access := r.claims(token.AccessToken)
	assert.Equal(t, "agt_camille", access["username"])
	assert.Equal(t, []any{"agent"}, access["cognito:groups"])
	assert.Equal(t, "access", access["token_use"])
	assert.Equal(t, openid.ClientID, access["client_id"])
	identity := r.claims(token.Extra("id_token").(string))
	assert.Equal(t, "Camille Martin", identity["name"])
	assert.Equal(t, "agt_camille", identity["preferred_username"])
	assert.Equal(t, "fr", identity["locale"])

	nobody := r.claims(r.signIn("nobody").AccessToken)
	assert.NotContains(t, nobody, "cognito:groups")
}

func TestRefreshSurvivesARestartAndEndsWithTheSession(t *testing.T) {
	t.Parallel()
	var provider http.Handler
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { provider.ServeHTTP(w, r) }))
	t.Cleanup(server.Close)
	dir := t.TempDir()
	before := start(t, dir, server.URL, &provider)
	token, other := before.signIn("agt_camille"), before.signIn("agt_<b>")

	after := start(t, dir, server.URL, &provider)
	after.claims(token.AccessToken)
	require.NoError(t, after.refresh(token.RefreshToken))
	require.Error(t, after.refresh("made up"))

	var endpoints struct {
		EndSession string `json:"end_session_endpoint"`
	}
	require.NoError(t, after.oidc.Claims(&endpoints))
	out := after.get(endpoints.EndSession + "?" + url.Values{
		"id_token_hint": {token.Extra("id_token").(string)}, "post_logout_redirect_uri": {server.URL + "/"},
	}.Encode())
	assert.Equal(t, http.StatusFound, out.status, out.body)
	assert.Equal(t, server.URL+"/", out.location)
	require.Error(t, after.refresh(token.RefreshToken))
	require.NoError(t, after.refresh(other.RefreshToken), "somebody else's session goes on")
}

func TestCodeNeedsItsVerifierAndWorksOnce(t *testing.T) {
	t.Parallel()
	r := newRig(t, t.TempDir())
	verifier := oauth2.GenerateVerifier()
	code := r.code("agt_camille", verifier)
	_, err := r.oauth.Exchange(t.Context(), code, oauth2.VerifierOption(oauth2.GenerateVerifier()))
	require.Error(t, err)
	code = r.code("agt_camille", verifier)
	_, err = r.oauth.Exchange(t.Context(), code, oauth2.VerifierOption(verifier))
	require.NoError(t, err)
	_, err = r.oauth.Exchange(t.Context(), code, oauth2.VerifierOption(verifier))
	require.Error(t, err)

	bare := r.pick(r.authorize(), "agt_camille")
	target, err := url.Parse(r.get(bare.location).location)
	require.NoError(t, err)
	_, err = r.oauth.Exchange(t.Context(), target.Query().Get("code"))
	require.Error(t, err, "no challenge was given")
}

func TestRedirectsToTheDashboardOnly(t *testing.T) {
	t.Parallel()
	r := newRig(t, t.TempDir())
	for redirect, status := range map[string]int{
		"http://localhost:5173/signed-in": http.StatusFound, // the dashboard's development server
		"http://evil.example/signed-in":   http.StatusBadRequest,
		r.origin + "/elsewhere":           http.StatusBadRequest,
	} {
		r.oauth.RedirectURL = redirect
		assert.Equal(t, status, r.get(r.oauth.AuthCodeURL("s")).status, redirect)
	}
}

func TestPageSpeaksTheirLanguage(t *testing.T) {
	t.Parallel()
	r := newRig(t, t.TempDir())
	const french, english = "Qui êtes-vous", "Who are you"
	cases := map[string]struct {
		locales, switched string
		accepts           []string
		says              string
	}{
		"browser":                         {accepts: []string{"fr-CA", "en;q=0.5"}, says: french},
		"neither":                         {accepts: []string{"de"}, says: english},
		"dashboard over browser":          {locales: "fr", accepts: []string{"en"}, says: french},
		"switch over dashboard":           {locales: "fr", switched: "en", says: english},
		"switch to an unknown language":   {switched: "xx", accepts: []string{"fr"}, says: french},
		"switch to something meaningless": {switched: "<b>", says: english},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			page := r.authorize(oauth2.SetAuthURLParam("ui_locales", c.locales))
			assert.Contains(t, r.get(page+"&lang="+url.QueryEscape(c.switched), c.accepts...).body, c.says)
		})
	}
}

func TestPageIsSafeAndReadable(t *testing.T) {
	t.Parallel()
	r := newRig(t, t.TempDir())
	shown := r.get(r.authorize())
	assert.Equal(t, http.StatusOK, shown.status)
	assert.Contains(t, shown.header.Get("Content-Security-Policy"), "default-src 'none'")
	assert.Contains(t, shown.body, `<html lang="en">`)
	assert.Contains(t, shown.body, "Not an agent")
	assert.Contains(t, shown.body, `Sam &#34;&lt;b&gt;&#34; O&#39;Neil`)
	assert.NotContains(t, shown.body, "<script")
	assert.NotContains(t, shown.body, "style=")
	style := r.get(r.origin + "/oidc/sign-in/style.css")
	assert.Equal(t, http.StatusOK, style.status)
	assert.Contains(t, style.header.Get("Content-Type"), "text/css")
}

func TestBadSignIns(t *testing.T) {
	t.Parallel()
	r := newRig(t, t.TempDir())
	assert.Equal(t, http.StatusGone, r.get(r.origin+"/oidc/sign-in?request=unknown").status)
	assert.Equal(t, http.StatusGone, r.post(r.origin+"/oidc/sign-in", url.Values{"request": {"unknown"}, "person": {"agt_camille"}}).status)
	assert.Equal(t, http.StatusUnprocessableEntity, r.pick(r.authorize(), "stranger").status)
}

func TestTokensMayBeAskedForFromLoopbackOnly(t *testing.T) {
	t.Parallel()
	r := newRig(t, t.TempDir())
	for origin, allowed := range map[string]bool{"http://localhost:5173": true, "http://127.0.0.1:1": true, "http://evil.example": false} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, r.origin+"/oidc/.well-known/openid-configuration", http.NoBody)
		require.NoError(t, err)
		request.Header.Set("Origin", origin)
		got := r.do(request)
		assert.Equal(t, allowed, got.header.Get("Access-Control-Allow-Origin") != "", origin)
		assert.True(t, json.Valid([]byte(got.body)))
	}
}

func TestDamagedFilesAreNamed(t *testing.T) {
	t.Parallel()
	for name, content := range map[string]string{"openid-key.pem": "no PEM", "openid-sessions.json": "{"} {
		dir := t.TempDir()
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600))
		_, err := openid.New(openid.Options{Origin: "http://localhost:1", Dir: dir})
		require.ErrorContains(t, err, name)
	}
}
