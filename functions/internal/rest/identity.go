package rest

import (
	"context"

	"guichet/shared/center"
	"guichet/shared/store"
)

type claimsKey struct{}

// WithClaims puts the claims of a verified token into a request's context. Whoever mounts an API does so: API Gateway's
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

// Me reads the agent who asks. Not everybody who is signed in is one.
func Me(ctx context.Context, s *store.Store, agentID string) (*center.Agent, error) {
	me, err := s.Agent(ctx, agentID, false)
	return me, NotAnAgent(err, agentID)
}

// NotAnAgent tells a person without an agent's record that they are none.
func NotAnAgent(err error, agentID string) error {
	if center.SlugOf(err) == "agent-unknown" {
		return center.Errorf(center.Forbidden, "not-an-agent", "%s is signed in, but is not an agent of this centre", agentID)
	}
	return err
}

// Supervise refuses whoever may not act on others.
func Supervise(me *center.Agent) error {
	if !me.Role.Supervises() {
		return center.Errorf(center.Forbidden, "not-a-supervisor", "only supervisors may do this")
	}
	return nil
}
