package agentapi

import (
	"context"

	"guichet/functions/internal/rest"
	"guichet/shared/center"
)

// WithClaims puts the claims of a verified token into a request's context, for every API. Whoever mounts them does so.
func WithClaims(ctx context.Context, claims map[string]string) context.Context {
	return rest.WithClaims(ctx, claims)
}

// invalid is a 422 that names the field.
func invalid(location, message string, value any) error {
	return rest.Invalid(location, message, value)
}

// me reads the agent who asks. Not everybody who is signed in is one.
func (a *API) me(ctx context.Context, agentID string) (*center.Agent, error) {
	return rest.Me(ctx, a.dispatcher.Store, agentID)
}

// supervise refuses whoever may not act on others.
func (a *API) supervise(ctx context.Context, agentID string) error {
	me, err := a.me(ctx, agentID)
	if err != nil {
		return err
	}
	return rest.Supervise(me)
}
