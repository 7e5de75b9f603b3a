// Package realtime keeps the WebSocket connections of desks and of webchats' pages: who is behind each, and the lease on
// their presence.
package realtime

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"slices"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"guichet/shared/center"
	"guichet/shared/channel/webchat"
	"guichet/shared/deskapi"
	"guichet/shared/dispatch"
	"guichet/shared/mediaapi"
)

// Connections answers and closes connections.
type Connections interface {
	dispatch.Pusher
	Close(ctx context.Context, connectionID string) error
}

// Chats is what connections tell the conversations.
type Chats interface {
	webchat.Chats
	// AgentTypes tells that an agent is writing in a chat.
	AgentTypes(ctx context.Context, agentID, chatID string) error
}

// Handler serves the routes $connect, $default and $disconnect.
type Handler struct {
	dispatcher  *dispatch.Dispatcher
	connections Connections
	chats       Chats
	visitors    *webchat.Presence
	key         mediaapi.Key
	log         *slog.Logger
}

// New returns the handler. key is the one that tickets are signed with.
func New(d *dispatch.Dispatcher, c Connections, chats Chats, key mediaapi.Key, log *slog.Logger) *Handler {
	return &Handler{
		dispatcher: d, connections: c, chats: chats, visitors: &webchat.Presence{Store: d.Store, Chats: chats, Now: d.Now},
		key: key, log: log.With("component", "realtime"),
	}
}

// Handle is the Lambda function's handler.
func (h *Handler) Handle(ctx context.Context, e events.APIGatewayWebsocketProxyRequest) (events.APIGatewayProxyResponse, error) {
	id := e.RequestContext.ConnectionID
	switch e.RequestContext.RouteKey {
	case "$connect":
		return h.connect(ctx, id, e.QueryStringParameters["ticket"])
	case "$disconnect":
		return respond(http.StatusOK), errors.Join(h.dispatcher.Disconnect(ctx, id), h.visitors.Disconnect(ctx, id))
	default:
		return h.message(ctx, id, e.Body)
	}
}

// connect admits a desk or a visitor's page by its ticket, once.
func (h *Handler) connect(ctx context.Context, id, token string) (events.APIGatewayProxyResponse, error) {
	now := h.dispatcher.Now()
	ticket, err := h.key.Verify(token, mediaapi.PurposeRealtime, now)
	if errors.Is(err, mediaapi.ErrTicketPurpose) {
		ticket, err = h.key.Verify(token, mediaapi.PurposeVisitor, now)
	}
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
	if ticket.Purpose == mediaapi.PurposeVisitor {
		err = h.visitors.Connect(ctx, ticket.ChatID, id)
	} else {
		err = h.dispatcher.Connect(ctx, ticket.AgentID, id)
	}
	if center.CodeOf(err) == center.NotFound {
		return respond(http.StatusForbidden), nil
	}
	return respond(http.StatusOK), err
}

// inbound is any message that comes over a connection.
type inbound struct {
	Type string `json:"type"`
	// Visitor tells that a webchat's page pings, so that its connection need not be looked for among the desks'.
	Visitor bool   `json:"visitor"`
	ChatID  string `json:"chatId"` // typing
	// QueueIDs are those whose cards the desk watches, AgentsOf those of which it shows the agents.
	QueueIDs []string `json:"queueIds"`
	AgentsOf []string `json:"agentsOf"`
}

func (h *Handler) message(ctx context.Context, id, body string) (events.APIGatewayProxyResponse, error) {
	var in inbound
	if err := json.Unmarshal([]byte(body), &in); err != nil {
		return respond(http.StatusBadRequest), nil
	}
	switch in.Type {
	case deskapi.TypePing:
		return h.ping(ctx, id, in.Visitor)
	case deskapi.TypeTyping:
		return h.typing(ctx, id, in.ChatID)
	case deskapi.TypeWatch:
		return h.watch(ctx, id, in.QueueIDs, in.AgentsOf)
	}
	return respond(http.StatusBadRequest), nil
}

// ping answers a heartbeat. A page whose connection has been given up is cut off, so that it opens another.
func (h *Handler) ping(ctx context.Context, id string, visitor bool) (events.APIGatewayProxyResponse, error) {
	var pong any
	var err error
	if visitor {
		pong, err = h.visitors.Heartbeat(ctx, id)
	} else {
		pong, err = h.dispatcher.Heartbeat(ctx, id)
	}
	if center.CodeOf(err) == center.NotFound {
		return respond(http.StatusGone), ignoreGone(h.connections.Close(ctx, id))
	}
	if err != nil {
		return respond(http.StatusInternalServerError), err
	}
	return respond(http.StatusOK), ignoreGone(h.connections.Push(ctx, id, pong))
}

// typing passes on that a desk's agent is writing. Visitors say so over HTTP, where they are counted.
func (h *Handler) typing(ctx context.Context, id, chatID string) (events.APIGatewayProxyResponse, error) {
	desk, err := h.dispatcher.Store.Connection(ctx, id)
	if err == nil {
		err = h.chats.AgentTypes(ctx, desk.AgentID, chatID)
	}
	if center.CodeOf(err) != "" {
		return respond(http.StatusForbidden), nil
	}
	return respond(http.StatusOK), err
}

// watch notes whose cards a desk wants to be told of: of the agent's queues, or of any for supervisors.
func (h *Handler) watch(ctx context.Context, id string, queueIDs, agentsOf []string) (events.APIGatewayProxyResponse, error) {
	if len(queueIDs) > deskapi.MaxWatched || len(agentsOf) > deskapi.MaxWatched {
		return respond(http.StatusBadRequest), nil
	}
	desk, err := h.dispatcher.Store.Connection(ctx, id)
	if err == nil {
		allowed := func(ids []string) []string {
			ids = slices.DeleteFunc(slices.Clone(ids), func(q string) bool { return !desk.MayWatch(q) })
			slices.Sort(ids)
			return slices.Compact(ids)
		}
		err = h.dispatcher.Store.Watch(ctx, id, allowed(queueIDs), allowed(agentsOf))
	}
	if center.CodeOf(err) != "" {
		return respond(http.StatusForbidden), nil
	}
	return respond(http.StatusOK), err
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
