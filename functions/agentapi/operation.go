package agentapi

import (
	"context"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"guichet/functions/internal/rest"
	"guichet/shared/center"
)

// output is an answer with a body.
type output[T any] struct{ Body T }

// add declares an operation whose handler is given the signed-in agent's id.
func add[I, O any](
	a *API, api huma.API, method, path, id, summary string, handle func(context.Context, string, *I) (*output[O], error),
) {
	rest.Register(a.routes(api), method, path, id, summary, reflect.TypeFor[O](), func(ctx context.Context, agentID string, in *I) (any, error) {
		out, err := handle(ctx, agentID, in)
		if err != nil {
			return nil, err
		}
		return out.Body, nil
	})
}

// addFor declares an operation whose handler is given the agent.
func addFor[I, O any](
	a *API, api huma.API, method, path, id, summary string, handle func(context.Context, *center.Agent, *I) (*output[O], error),
) {
	add(a, api, method, path, id, summary, func(ctx context.Context, agentID string, in *I) (*output[O], error) {
		me, err := a.me(ctx, agentID)
		if err != nil {
			return nil, err
		}
		return handle(ctx, me, in)
	})
}

// addSilent declares an operation that has nothing to say when it is done.
func addSilent[I any](a *API, api huma.API, method, path, id, summary string, handle func(context.Context, string, *I) error) {
	rest.AddSilent(a.routes(api), method, path, id, summary, handle)
}

func (a *API) routes(api huma.API) rest.Routes { return rest.Routes{API: api, Agent: a.me, Log: a.log} }
