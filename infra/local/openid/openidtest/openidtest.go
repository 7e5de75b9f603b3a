// Package openidtest signs in without a browser, for tests of a whole centre.
package openidtest

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/oauth2"

	"guichet/infra/local/openid"
)

// Token picks a person on the sign-in page of the origin's provider and returns an access token.
func Token(t testing.TB, origin, person string) string {
	t.Helper()
	config := oauth2.Config{
		ClientID: openid.ClientID, RedirectURL: origin + "/signed-in", Scopes: strings.Fields(openid.Scope),
		Endpoint: oauth2.Endpoint{
			AuthURL: openid.Issuer(origin) + "/authorize", TokenURL: openid.Issuer(origin) + "/oauth/token", AuthStyle: oauth2.AuthStyleInParams,
		},
	}
	verifier := oauth2.GenerateVerifier()
	page := location(t, http.MethodGet, config.AuthCodeURL("state", oauth2.S256ChallengeOption(verifier)), nil)
	callback := location(t, http.MethodPost, origin+page.Path, url.Values{"request": {page.Query().Get("request")}, "person": {person}})
	back := location(t, http.MethodGet, callback.String(), nil)
	token, err := config.Exchange(t.Context(), back.Query().Get("code"), oauth2.VerifierOption(verifier))
	if err != nil {
		t.Fatalf("sign in as %s: %v", person, err)
	}
	return token.AccessToken
}

// location is where the answer redirects to.
func location(t testing.TB, method, target string, form url.Values) *url.URL {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, target, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	browser := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := browser.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	redirect, err := response.Location()
	if err != nil {
		t.Fatalf("%s %s answered %s without a redirect", method, target, response.Status)
	}
	return redirect
}
