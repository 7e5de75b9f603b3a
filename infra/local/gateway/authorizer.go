package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/coreos/go-oidc/v3/oidc"
)

// Authorizer is API Gateway's JWT authorizer: it lets requests with a valid token pass, with the token's claims. See
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
type Authorizer struct {
	// Issuer and ClientID are what tokens must name; Keys are the issuer's.
	Issuer, ClientID string
	Keys             oidc.KeySet
	// WithClaims puts the claims into the request's context, for the function behind.
	WithClaims func(context.Context, map[string]string) context.Context
}

func (a Authorizer) require(next http.Handler) http.Handler {
	// The audience is checked here, since Cognito's access tokens name the client in client_id instead.
	verifier := oidc.NewVerifier(a.Issuer, a.Keys, &oidc.Config{SkipClientIDCheck: true, SupportedSigningAlgs: []string{oidc.RS256}})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		claims, err := a.claims(r, verifier)
		if err != nil {
			w.Header().Set("WWW-Authenticate", "Bearer")
			problem(w, http.StatusUnauthorized, "sign in again: "+err.Error())
			return
		}
		next.ServeHTTP(w, r.WithContext(a.WithClaims(r.Context(), claims)))
	})
}

func (a Authorizer) claims(r *http.Request, verifier *oidc.IDTokenVerifier) (map[string]string, error) {
	scheme, raw, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") || raw == "" {
		return nil, errors.New("the request has no token")
	}
	token, err := verifier.Verify(r.Context(), strings.TrimSpace(raw))
	var expired *oidc.TokenExpiredError
	if errors.As(err, &expired) {
		return nil, errors.New("the token has expired")
	}
	if err != nil {
		return nil, errors.New("the token is not valid")
	}
	var claims map[string]any
	if err := token.Claims(&claims); err != nil {
		return nil, errors.New("the token is not valid")
	}
	if !a.audience(token, claims) {
		return nil, errors.New("the token is for another application")
	}
	flat := make(map[string]string, len(claims))
	for name, value := range claims {
		flat[name] = flatten(value)
	}
	return flat, nil
}

func (a Authorizer) audience(token *oidc.IDToken, claims map[string]any) bool {
	if len(token.Audience) == 0 {
		return claims["client_id"] == a.ClientID
	}
	for _, audience := range token.Audience {
		if audience == a.ClientID {
			return true
		}
	}
	return false
}

// flatten writes a claim as the authorizer passes it on: text as it is, a list in square brackets, without commas.
func flatten(claim any) string {
	switch v := claim.(type) {
	case string:
		return v
	case []any:
		parts := make([]string, len(v))
		for i, element := range v {
			parts[i] = flatten(element)
		}
		return "[" + strings.Join(parts, " ") + "]"
	case float64:
		return fmt.Sprintf("%.0f", v) // times, in seconds
	default:
		text, err := json.Marshal(v)
		if err != nil {
			return ""
		}
		return string(text)
	}
}
