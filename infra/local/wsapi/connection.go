package wsapi

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
)

// closure is how a connection ended: what the close frame says, and $disconnect after it.
type closure struct {
	code   websocket.StatusCode
	reason string
}

var (
	goingAway = closure{websocket.StatusGoingAway, "Going away"}
	deleted   = closure{websocket.StatusNormalClosure, "Connection Closed Normally"}
	textOnly  = closure{websocket.StatusUnsupportedData, "Binary messages are not supported"}
	dropped   = closure{code: -1}

	errDropped = errors.New("connection dropped")
)

// sendLimit is how long a client may take to accept a message.
const sendLimit = 10 * time.Second

// connection is one client, from $connect to $disconnect.
type connection struct {
	api         *API
	id          string
	request     *http.Request
	connectedAt time.Time
	socket      *websocket.Conn
	cancel      context.CancelCauseFunc
	activity    chan struct{} // a message went either way

	mu         sync.Mutex
	lastActive time.Time
	ending     *closure
}

// serve reads messages, one at a time and in order, until either side ends the connection.
func (c *connection) serve(socket *websocket.Conn) {
	ctx, cancel := context.WithCancelCause(context.WithoutCancel(c.request.Context()))
	defer cancel(nil)
	c.socket, c.cancel = socket, cancel
	socket.SetReadLimit(c.api.limits.InboundBytes)
	c.active()
	c.api.add(c)
	go c.expire(ctx)

	err := c.read(ctx)
	c.api.remove(c.id)
	ending := c.ended(err)
	cancel(err)
	if ending == dropped {
		_ = socket.CloseNow()
		return
	}
	// When the client closed first, or is gone, this only lets go of the socket.
	_ = socket.Close(ending.code, ending.reason)
	c.disconnected(ending)
}

func (c *connection) read(ctx context.Context) error {
	for {
		kind, message, err := c.socket.Read(ctx)
		if err != nil {
			return err
		}
		if kind != websocket.MessageText {
			c.end(textOnly)
			return errors.New("binary message")
		}
		c.active()
		c.route(ctx, message)
	}
}

// route invokes $default. What the route answers goes nowhere, as on a route without a route response.
func (c *connection) route(ctx context.Context, message []byte) {
	event := c.messageEvent(string(message))
	response, err := c.invoke(ctx, event)
	if err == nil && response.StatusCode < http.StatusInternalServerError {
		return
	}
	slog.Error("$default failed", "component", "wsapi", "connection", c.id, "status", response.StatusCode, "error", err)
	ctx, cancel := context.WithTimeout(ctx, sendLimit)
	defer cancel()
	_ = wsjson.Write(ctx, c.socket, map[string]string{
		"message": "Internal server error", "connectionId": c.id, "requestId": event.RequestContext.RequestID,
	})
}

// invoke runs the function to its end, as Lambda does, even if the client leaves before.
func (c *connection) invoke(ctx context.Context, event events.APIGatewayWebsocketProxyRequest) (response events.APIGatewayProxyResponse, err error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.api.limits.Integration)
	defer cancel()
	defer func() {
		// A Lambda that panics fails that invocation alone.
		if cause := recover(); cause != nil {
			err = fmt.Errorf("panic: %v", cause)
		}
	}()
	return c.api.handler(ctx, event)
}

func (c *connection) disconnected(ending closure) {
	if _, err := c.invoke(c.request.Context(), c.disconnectEvent(ending)); err != nil {
		slog.Error("$disconnect failed", "component", "wsapi", "connection", c.id, "error", err)
	}
}

// send writes a text message; a client that does not take it in time is gone. Whoever posted it may leave meanwhile: a
// write that is broken off would take the connection with it.
func (c *connection) send(ctx context.Context, message []byte) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), sendLimit)
	defer cancel()
	if err := c.socket.Write(ctx, websocket.MessageText, message); err != nil {
		return fmt.Errorf("send to %s: %w", c.id, err)
	}
	c.active()
	return nil
}

// end makes the reader stop; the first closure wins.
func (c *connection) end(how closure) {
	c.mu.Lock()
	if c.ending == nil {
		c.ending = &how
	}
	c.mu.Unlock()
	if how == dropped {
		c.cancel(errDropped)
		return
	}
	// The closing handshake is what ends the read, so that the client learns the code.
	go func() { _ = c.socket.Close(how.code, how.reason) }()
}

// ended tells how the connection ended: by our decision, by the client's close frame, by a limit or by a broken line.
func (c *connection) ended(err error) closure {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ending != nil {
		return *c.ending
	}
	var closed websocket.CloseError
	switch {
	case errors.As(err, &closed):
		return closure{closed.Code, closed.Reason}
	case errors.Is(err, websocket.ErrMessageTooBig):
		return closure{websocket.StatusMessageTooBig, "Message too big"}
	default:
		return closure{websocket.StatusAbnormalClosure, "Abnormal closure"}
	}
}

// expire ends the connection at its idle or lifetime limit.
func (c *connection) expire(ctx context.Context) {
	lifetime := time.NewTimer(c.api.limits.Lifetime)
	defer lifetime.Stop()
	idle := time.NewTimer(c.api.limits.Idle)
	defer idle.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-c.activity:
			idle.Reset(c.api.limits.Idle)
		case <-idle.C:
			c.end(goingAway)
			return
		case <-lifetime.C:
			c.end(goingAway)
			return
		}
	}
}

func (c *connection) active() {
	c.mu.Lock()
	c.lastActive = time.Now()
	c.mu.Unlock()
	select {
	case c.activity <- struct{}{}:
	default:
	}
}
