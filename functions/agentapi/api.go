// Package agentapi is the dashboard's REST API. Its Go types are the source of validation, of the error documents and
// of openapi.json; what a request does is dispatch's business.
package agentapi

import (
	"context"
	"log/slog"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"guichet/shared/dispatch"
	"guichet/shared/mediaapi"
)

// maxBody is far above any request of the dashboard's.
const maxBody = 16 << 10

// API answers for signed-in people. It expects WithClaims in the request's context.
type API struct {
	dispatcher *dispatch.Dispatcher
	key        mediaapi.Key
	log        *slog.Logger
}

// New returns the handler of /api/. key signs the tickets for media nodes and the realtime connection.
func New(d *dispatch.Dispatcher, key mediaapi.Key, log *slog.Logger) http.Handler {
	mux := http.NewServeMux()
	a := &API{dispatcher: d, key: key, log: log.With("component", "agentapi")}
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

// register lists every operation.
func (a *API) register(api huma.API) {
	add(a, api, http.MethodGet, "/api/desk", "getDesk", "Everything a desk needs to start or to catch up", a.getDesk)
	add(a, api, http.MethodPut, "/api/desk/status", "setStatus", "Set the agent's status in some or all joined queues", a.setStatus)
	add(a, api, http.MethodPost, "/api/desk/wrap-up/end", "endWrapUp", "End the own wrap-up early", a.endWrapUp)
	add(a, api, http.MethodPost, "/api/contacts/{contactId}/accept", "acceptContact", "Answer an offered call", a.accept)
	add(a, api, http.MethodPost, "/api/contacts/{contactId}/decline", "declineContact", "Send an offered call to the next agent", a.decline)
	add(a, api, http.MethodPost, "/api/contacts/{contactId}/end", "endContact", "Hang up", a.end)
	add(a, api, http.MethodGet, "/api/agents", "listAgents", "Every agent and their calls, for supervisors", a.listAgents)
	add(a, api, http.MethodPost, "/api/agents/{agentId}/wrap-up/end", "endAgentWrapUp", "End an agent's wrap-up, for supervisors", a.endAgentWrapUp)
	add(a, api, http.MethodPost, "/api/realtime-tickets", "createRealtimeTicket", "A ticket for the realtime connection", a.realtimeTicket)
	add(a, api, http.MethodPost, "/api/media-tickets", "createMediaTicket", "A ticket for the agent's audio", a.mediaTicket)
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
