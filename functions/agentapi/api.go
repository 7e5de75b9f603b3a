// Package agentapi is the dashboard's REST API. Its Go types are the source of validation, of the error documents and
// of openapi.json; what a request does is the business of dispatch and conversation.
package agentapi

import (
	"log/slog"
	"net/http"

	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"guichet/functions/internal/rest"
	"guichet/shared/conversation"
	"guichet/shared/dispatch"
	"guichet/shared/mediaapi"
)

const title = "Guichet agent API"

// API answers for signed-in people. It expects rest.WithClaims in the request's context.
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
	a.register(humago.New(mux, rest.Config(title)))
	return mux
}

// OpenAPI returns the API's description, as checked in beside this file.
func OpenAPI() ([]byte, error) {
	api := humago.New(http.NewServeMux(), rest.Config(title))
	(&API{}).register(api)
	return api.OpenAPI().MarshalJSON()
}
