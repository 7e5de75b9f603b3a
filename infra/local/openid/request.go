package openid

import (
	"time"

	"github.com/zitadel/oidc/v3/pkg/oidc"
)

// requestLifetime is how long a person may take to pick.
const requestLifetime = 30 * time.Minute

// authRequest is one sign-in, from the dashboard's redirect to the exchange of its code.
type authRequest struct {
	*oidc.AuthRequest
	id      string
	created time.Time
	code    string
	// subject is empty until a person is picked.
	subject  string
	signedIn time.Time
}

func (r *authRequest) GetID() string              { return r.id }
func (r *authRequest) GetACR() string             { return "" }
func (r *authRequest) GetAMR() []string           { return nil }
func (r *authRequest) GetAudience() []string      { return []string{r.ClientID} }
func (r *authRequest) GetAuthTime() time.Time     { return r.signedIn }
func (r *authRequest) GetClientID() string        { return r.ClientID }
func (r *authRequest) GetNonce() string           { return r.Nonce }
func (r *authRequest) GetScopes() []string        { return r.Scopes }
func (r *authRequest) GetSubject() string         { return r.subject }
func (r *authRequest) Done() bool                 { return r.subject != "" }
func (r *authRequest) expired(now time.Time) bool { return now.Sub(r.created) > requestLifetime }

func (r *authRequest) GetCodeChallenge() *oidc.CodeChallenge {
	if r.CodeChallenge == "" {
		return nil
	}
	return &oidc.CodeChallenge{Challenge: r.CodeChallenge, Method: r.CodeChallengeMethod}
}
