// Package agentapi is the dashboard's REST API. Its Go types are the source of validation, of the error documents and
// of openapi.json; what a request does is the business of dispatch and conversation.
package agentapi

import (
	"context"
	"log/slog"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"guichet/shared/center"
	"guichet/shared/conversation"
	"guichet/shared/dispatch"
	"guichet/shared/mediaapi"
)

// maxBody holds any request of the dashboard's: a message of 5000 characters, however they are escaped.
const maxBody = 64 << 10

// API answers for signed-in people. It expects WithClaims in the request's context.
type API struct {
	dispatcher *dispatch.Dispatcher
	chats      *conversation.Service
	objects    Objects
	key        mediaapi.Key
	log        *slog.Logger
}

// New returns the handler of /api/. key signs the tickets for media nodes and the realtime connection.
func New(d *dispatch.Dispatcher, chats *conversation.Service, objects Objects, key mediaapi.Key, log *slog.Logger) http.Handler {
	mux := http.NewServeMux()
	a := &API{dispatcher: d, chats: chats, objects: objects, key: key, log: log.With("component", "agentapi")}
	a.register(humago.New(mux, config()))
	return mux
}

// OpenAPI returns the API's description, as checked in beside this file.
func OpenAPI() ([]byte, error) {
	api := humago.New(http.NewServeMux(), config())
	(&API{}).register(api)
	return api.OpenAPI().MarshalJSON()
}

func config() huma.Config {
	c := huma.DefaultConfig("Guichet agent API", "1")
	c.OpenAPIPath, c.DocsPath, c.SchemasPath = "", "", "" // the file in the repository is the documentation
	c.CreateHooks = nil                                   // no $schema links in answers
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"signedIn": {Type: "http", Scheme: "bearer", BearerFormat: "JWT"},
	}
	c.Security = []map[string][]string{{"signedIn": {}}}
	return c
}

// output is an answer with a body.
type output[T any] struct{ Body T }

// add registers an operation whose handler is given the signed-in agent's id.
func add[I, O any](a *API, api huma.API, method, path, id, summary string, handle func(context.Context, string, *I) (*O, error)) {
	huma.Register(api, huma.Operation{
		OperationID: id, Method: method, Path: path, Summary: summary, MaxBodyBytes: maxBody,
		Errors: []int{http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusConflict},
	}, func(ctx context.Context, in *I) (*O, error) {
		agentID, err := agentOf(ctx)
		if err != nil {
			return nil, problem(err)
		}
		out, err := handle(ctx, agentID, in)
		if err != nil {
			p := problem(err)
			if p.Status == http.StatusInternalServerError {
				a.log.ErrorContext(ctx, "request failed", "operation", id, "agent", agentID, "error", err)
			}
			return nil, p
		}
		return out, nil
	})
}

// addFor registers an operation whose handler is given the agent.
func addFor[I, O any](
	a *API, api huma.API, method, path, id, summary string, handle func(context.Context, *center.Agent, *I) (*O, error),
) {
	add(a, api, method, path, id, summary, func(ctx context.Context, agentID string, in *I) (*O, error) {
		me, err := a.me(ctx, agentID)
		if err != nil {
			return nil, err
		}
		return handle(ctx, me, in)
	})
}
