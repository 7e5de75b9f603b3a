package agentapi

import (
	"context"

	"guichet/shared/center"
)

type claimsKey struct{}

// WithClaims puts the claims of a verified token into a request's context. Whoever mounts the API does so: API Gateway's
// JWT authorizer has verified the token before.
func WithClaims(ctx context.Context, claims map[string]string) context.Context {
	return context.WithValue(ctx, claimsKey{}, claims)
}

// agentOf returns the agent's id: the user name of the identity provider.
func agentOf(ctx context.Context) (string, error) {
	claims, _ := ctx.Value(claimsKey{}).(map[string]string)
	for _, name := range []string{"username", "cognito:username", "sub"} {
		if id := claims[name]; id != "" {
			return id, nil
		}
	}
	return "", &signedOut{}
}

// signedOut is the error of a request without an identity.
type signedOut struct{}

func (*signedOut) Error() string { return "sign in first" }

// supervise refuses whoever may not act on others.
func (a *API) supervise(ctx context.Context, agentID string) error {
	me, err := a.dispatcher.Store.Agent(ctx, agentID, false)
	if err != nil {
		return err
	}
	if !me.Role.Supervises() {
		return center.Errorf(center.Forbidden, "not-a-supervisor", "only supervisors may do this")
	}
	return nil
}
