package openid

import (
	"net/url"
	"time"

	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

// tokenLifetime is Cognito's default for access and identity tokens.
const tokenLifetime = time.Hour

// client is the dashboard: public, so that PKCE is required. As a native client it may come back to any port of the
// loopback interface, which is where its development server is.
type client struct{ origin string }

func (c *client) GetID() string                       { return ClientID }
func (c *client) RedirectURIs() []string              { return []string{c.origin + signedInPath} }
func (c *client) PostLogoutRedirectURIs() []string    { return []string{c.origin + "/"} }
func (c *client) ApplicationType() op.ApplicationType { return op.ApplicationTypeNative }
func (c *client) AuthMethod() oidc.AuthMethod         { return oidc.AuthMethodNone }
func (c *client) AccessTokenType() op.AccessTokenType { return op.AccessTokenTypeJWT }
func (c *client) IDTokenLifetime() time.Duration      { return tokenLifetime }
func (c *client) ClockSkew() time.Duration            { return 0 }

// DevMode allows http for a host other than loopback, such as the machine's name in a test network.
func (c *client) DevMode() bool { return true }

func (c *client) ResponseTypes() []oidc.ResponseType {
	return []oidc.ResponseType{oidc.ResponseTypeCode}
}

func (c *client) GrantTypes() []oidc.GrantType {
	return []oidc.GrantType{oidc.GrantTypeCode, oidc.GrantTypeRefreshToken}
}

func (c *client) LoginURL(requestID string) string {
	return c.origin + loginPath + "?" + url.Values{"request": {requestID}}.Encode()
}

func (c *client) RestrictAdditionalIdTokenScopes() func([]string) []string     { return unrestricted }
func (c *client) RestrictAdditionalAccessTokenScopes() func([]string) []string { return unrestricted }

func (c *client) IsScopeAllowed(string) bool { return false }

// IDTokenUserinfoClaimsAssertion puts the profile into the identity token, as Cognito does.
func (c *client) IDTokenUserinfoClaimsAssertion() bool { return true }

func unrestricted(scopes []string) []string { return scopes }
