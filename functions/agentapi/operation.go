package agentapi

import (
	"context"

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
	rest.Add(a.routes(api), method, path, id, summary, func(ctx context.Context, agentID string, in *I) (O, error) {
		return bodyOf(handle(ctx, agentID, in))
	})
}

// addFor declares an operation whose handler is given the agent.
func addFor[I, O any](
	a *API, api huma.API, method, path, id, summary string, handle func(context.Context, *center.Agent, *I) (*output[O], error),
) {
	rest.AddFor(a.routes(api), method, path, id, summary, func(ctx context.Context, me *center.Agent, in *I) (O, error) {
		return bodyOf(handle(ctx, me, in))
	})
}

// addSilent declares an operation that has nothing to say when it is done.
func addSilent[I any](a *API, api huma.API, method, path, id, summary string, handle func(context.Context, string, *I) error) {
	rest.AddSilent(a.routes(api), method, path, id, summary, handle)
}

func (a *API) routes(api huma.API) rest.Routes { return rest.Routes{API: api, Agent: a.me, Log: a.log} }

func bodyOf[O any](out *output[O], err error) (body O, _ error) {
	if err == nil {
		body = out.Body
	}
	return body, err
}
