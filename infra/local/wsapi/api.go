// Package wsapi is API Gateway's WebSocket API on one machine: its routes, its limits and its management API.
// It knows nothing of what the messages say.
package wsapi

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/coder/websocket"
)

// Handler is the Lambda function behind every route.
type Handler func(context.Context, events.APIGatewayWebsocketProxyRequest) (events.APIGatewayProxyResponse, error)

// Limits are those of the service, which the tests shorten. See
// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html
type Limits struct {
	// Idle closes a connection on which no message went either way.
	Idle time.Duration
	// Lifetime closes a connection however busy it is.
	Lifetime time.Duration
	// InboundBytes is the largest message taken from a client. The service takes 128 KiB in frames of 32 KiB, but a
	// browser sends a message in one frame and can't be told otherwise.
	InboundBytes int64
	// OutboundBytes is the largest message that PostToConnection takes.
	OutboundBytes int64
	// Integration is how long a route may take.
	Integration time.Duration
}

// ServiceLimits are the limits on AWS.
func ServiceLimits() Limits {
	return Limits{
		Idle: 10 * time.Minute, Lifetime: 2 * time.Hour, InboundBytes: 32 << 10, OutboundBytes: 128 << 10, Integration: 29 * time.Second,
	}
}

// API is one WebSocket API with one stage. It serves the WebSocket itself; Management serves the rest.
type API struct {
	handler Handler
	limits  Limits
	stage   string

	mu     sync.Mutex
	open   map[string]*connection
	closed bool
	served sync.WaitGroup
}

// New returns an API whose stage has the given name.
func New(stage string, limits Limits, handler Handler) *API {
	return &API{handler: handler, limits: limits, stage: stage, open: map[string]*connection{}}
}

// ServeHTTP runs $connect, and if that agrees, accepts the WebSocket and serves it to its end.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c := &connection{api: a, id: newConnectionID(), request: r, connectedAt: time.Now(), activity: make(chan struct{}, 1)}
	if !a.begin() {
		refuse(w, http.StatusServiceUnavailable, "Service Unavailable")
		return
	}
	defer a.served.Done()
	response, err := c.invoke(r.Context(), c.connectEvent())
	if err != nil {
		slog.Error("$connect failed", "component", "wsapi", "error", err)
		refuse(w, http.StatusBadGateway, "Internal server error")
		return
	}
	if response.StatusCode < 200 || response.StatusCode > 299 {
		refuse(w, response.StatusCode, http.StatusText(response.StatusCode))
		return
	}
	options := &websocket.AcceptOptions{InsecureSkipVerify: true} // API Gateway checks no origin: the ticket is what protects
	if protocol := response.Headers["Sec-WebSocket-Protocol"]; protocol != "" {
		options.Subprotocols = []string{protocol}
	}
	socket, err := websocket.Accept(w, r, options)
	if err != nil {
		c.disconnected(closure{websocket.StatusAbnormalClosure, "Handshake failed"})
		return
	}
	c.serve(socket)
}

func (a *API) begin() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.closed {
		return false
	}
	a.served.Add(1)
	return true
}

func (a *API) add(c *connection) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.open[c.id] = c
	if a.closed {
		c.end(goingAway)
	}
}

func (a *API) remove(id string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.open, id)
}

func (a *API) find(id string) (*connection, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	c, ok := a.open[id]
	return c, ok
}

// Connections are the identifiers of the open connections.
func (a *API) Connections() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	ids := make([]string, 0, len(a.open))
	for id := range a.open {
		ids = append(ids, id)
	}
	return ids
}

// Drop cuts a connection without a closing handshake and without $disconnect, whose delivery the service does not
// promise either. It reports whether the connection was open.
func (a *API) Drop(id string) bool {
	c, ok := a.find(id)
	if ok {
		c.end(dropped)
	}
	return ok
}

// Close ends every connection, and returns when their $disconnect routes have.
func (a *API) Close() {
	a.mu.Lock()
	a.closed = true
	for _, c := range a.open {
		c.end(goingAway)
	}
	a.mu.Unlock()
	a.served.Wait()
}

// newConnectionID looks as the service's do, trailing "=" included, which has to be escaped in a URL.
func newConnectionID() string {
	random := make([]byte, 11)
	_, _ = rand.Read(random)
	return base64.URLEncoding.EncodeToString(random)
}

func refuse(w http.ResponseWriter, status int, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]string{"message": message})
}
