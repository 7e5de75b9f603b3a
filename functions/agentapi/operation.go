package agentapi

import (
	"context"
	"net/http"
	"reflect"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"guichet/shared/center"
)

// output is an answer with a body.
type output[T any] struct{ Body T }

// add registers an operation whose handler is given the signed-in agent's id. huma.Register is compiled anew for each pair
// of types that it is given, which makes the function 20 KB larger: it is told of the answer's type by a schema instead.
func add[I, O any](
	a *API, api huma.API, method, path, id, summary string, handle func(context.Context, string, *I) (*output[O], error),
) {
	op := operation(method, path, id, summary)
	answer := reflect.TypeFor[O]()
	op.Responses = map[string]*huma.Response{strconv.Itoa(http.StatusOK): {Content: map[string]*huma.MediaType{
		"application/json": {Schema: api.OpenAPI().Components.Schemas.Schema(answer, true, answer.Name())},
	}}}
	huma.Register(api, op, func(ctx context.Context, in *I) (*output[any], error) {
		agentID, err := agentOf(ctx)
		if err != nil {
			return nil, problem(err)
		}
		out, err := handle(ctx, agentID, in)
		if err != nil {
			return nil, a.failed(ctx, id, agentID, err)
		}
		return &output[any]{out.Body}, nil
	})
}

// addFor registers an operation whose handler is given the agent.
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

// addSilent registers an operation that has nothing to say when it is done.
func addSilent[I any](a *API, api huma.API, method, path, id, summary string, handle func(context.Context, string, *I) error) {
	huma.Register(api, operation(method, path, id, summary), func(ctx context.Context, in *I) (*struct{}, error) {
		agentID, err := agentOf(ctx)
		if err != nil {
			return nil, problem(err)
		}
		if err := handle(ctx, agentID, in); err != nil {
			return nil, a.failed(ctx, id, agentID, err)
		}
		return nil, nil
	})
}

func operation(method, path, id, summary string) huma.Operation {
	return huma.Operation{
		OperationID: id, Method: method, Path: path, Summary: summary, MaxBodyBytes: maxBody,
		Errors: []int{http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusConflict},
	}
}

// failed is the error document of a failure, which is logged when it is ours.
func (a *API) failed(ctx context.Context, operation, agentID string, err error) error {
	p := problem(err)
	if p.Status == http.StatusInternalServerError {
		a.log.ErrorContext(ctx, "request failed", "operation", operation, "agent", agentID, "error", err)
	}
	return p
}
