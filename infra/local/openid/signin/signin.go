// Package signin signs people in at the one-machine runner's OpenID provider, without a browser.
package signin

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"golang.org/x/oauth2"

	"guichet/infra/local/openid"
)

// Token picks a person on the sign-in page of the origin's provider and returns an access token.
func Token(ctx context.Context, origin, person string) (string, error) {
	config := oauth2.Config{
		ClientID: openid.ClientID, RedirectURL: origin + "/signed-in", Scopes: strings.Fields(openid.Scope),
		Endpoint: oauth2.Endpoint{
			AuthURL: openid.Issuer(origin) + "/authorize", TokenURL: openid.Issuer(origin) + "/oauth/token", AuthStyle: oauth2.AuthStyleInParams,
		},
	}
	verifier := oauth2.GenerateVerifier()
	page, err := location(ctx, http.MethodGet, config.AuthCodeURL("state", oauth2.S256ChallengeOption(verifier)), nil)
	if err != nil {
		return "", err
	}
	callback, err := location(ctx, http.MethodPost, origin+page.Path, url.Values{"request": {page.Query().Get("request")}, "person": {person}})
	if err != nil {
		return "", err
	}
	back, err := location(ctx, http.MethodGet, callback.String(), nil)
	if err != nil {
		return "", err
	}
	token, err := config.Exchange(ctx, back.Query().Get("code"), oauth2.VerifierOption(verifier))
	if err != nil {
		return "", fmt.Errorf("sign in as %s: %w", person, err)
	}
	return token.AccessToken, nil
}

// location is where the answer redirects to.
func location(ctx context.Context, method, target string, form url.Values) (*url.URL, error) {
	request, err := http.NewRequestWithContext(ctx, method, target, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	browser := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := browser.Do(request)
	if err != nil {
		return nil, err
	}
	_ = response.Body.Close()
	redirect, err := response.Location()
	if err != nil {
		return nil, fmt.Errorf("sign in: %s answered %s without a redirect", request.URL.Path, response.Status)
	}
	return redirect, nil
}
