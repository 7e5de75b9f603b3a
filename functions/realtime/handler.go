// Package realtime keeps the dashboards' WebSocket connections: who is behind each, and the lease on their presence.
package realtime

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"guichet/shared/center"
	"guichet/shared/deskapi"
	"guichet/shared/dispatch"
	"guichet/shared/mediaapi"
)

// Connections answers and closes connections.
type Connections interface {
	dispatch.Pusher
	Close(ctx context.Context, connectionID string) error
}

// Handler serves the routes $connect, $default and $disconnect.
type Handler struct {
	dispatcher  *dispatch.Dispatcher
	connections Connections
	key         mediaapi.Key
	log         *slog.Logger
}

// New returns the handler. key is the one that agentapi signs tickets with.
func New(d *dispatch.Dispatcher, c Connections, key mediaapi.Key, log *slog.Logger) *Handler {
	return &Handler{dispatcher: d, connections: c, key: key, log: log.With("component", "realtime")}
}

// Handle is the Lambda function's handler.
func (h *Handler) Handle(ctx context.Context, e events.APIGatewayWebsocketProxyRequest) (events.APIGatewayProxyResponse, error) {
	id := e.RequestContext.ConnectionID
	switch e.RequestContext.RouteKey {
	case "$connect":
		return h.connect(ctx, id, e.QueryStringParameters["ticket"])
	case "$disconnect":
		return respond(http.StatusOK), h.dispatcher.Disconnect(ctx, id)
	default:
		return h.message(ctx, id, e.Body)
	}
}

// connect admits a desk by its ticket, once.
func (h *Handler) connect(ctx context.Context, id, token string) (events.APIGatewayProxyResponse, error) {
	ticket, err := h.key.Verify(token, mediaapi.PurposeRealtime, h.dispatcher.Now())
	if err != nil {
		return respond(http.StatusUnauthorized), nil
	}
	err = h.dispatcher.RedeemTicket(ctx, ticket.ID, time.Unix(ticket.ExpiresUnix, 0))
	if center.CodeOf(err) == center.Forbidden {
		return respond(http.StatusUnauthorized), nil
	}
	if err != nil {
		return respond(http.StatusInternalServerError), err
	}
	err = h.dispatcher.Connect(ctx, ticket.AgentID, id)
	if center.CodeOf(err) == center.NotFound {
		return respond(http.StatusForbidden), nil
	}
	return respond(http.StatusOK), err
}

// message answers a heartbeat. A desk whose connection has been given up is cut off, so that it opens another.
func (h *Handler) message(ctx context.Context, id, body string) (events.APIGatewayProxyResponse, error) {
	var ping deskapi.Ping
	if err := json.Unmarshal([]byte(body), &ping); err != nil || ping.Type != deskapi.TypePing {
		return respond(http.StatusBadRequest), nil
	}
	pong, err := h.dispatcher.Heartbeat(ctx, id)
	if center.CodeOf(err) == center.NotFound {
		return respond(http.StatusGone), ignoreGone(h.connections.Close(ctx, id))
	}
	if err != nil {
		return respond(http.StatusInternalServerError), err
	}
	return respond(http.StatusOK), ignoreGone(h.connections.Push(ctx, id, pong))
}

func ignoreGone(err error) error {
	if errors.Is(err, dispatch.ErrConnectionGone) {
		return nil
	}
	return err
}

func respond(status int) events.APIGatewayProxyResponse {
	return events.APIGatewayProxyResponse{StatusCode: status}
}
