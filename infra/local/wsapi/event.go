package wsapi

import (
	"net"
	"time"

	"github.com/aws/aws-lambda-go/events"
)

// The events have the shape of
// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-keys-connect-disconnect.html

func (c *connection) connectEvent() events.APIGatewayWebsocketProxyRequest {
	event := events.APIGatewayWebsocketProxyRequest{RequestContext: c.requestContext("$connect", "CONNECT")}
	event.Headers, event.MultiValueHeaders = flatten(c.request.Header), c.request.Header.Clone()
	event.Headers["Host"], event.MultiValueHeaders["Host"] = c.request.Host, []string{c.request.Host}
	// API Gateway leaves the fields out when there is no query string.
	if query := c.request.URL.Query(); len(query) > 0 {
		event.QueryStringParameters, event.MultiValueQueryStringParameters = flatten(query), query
	}
	return event
}

func (c *connection) messageEvent(body string) events.APIGatewayWebsocketProxyRequest {
	event := events.APIGatewayWebsocketProxyRequest{RequestContext: c.requestContext("$default", "MESSAGE"), Body: body}
	event.RequestContext.MessageID = newConnectionID()
	return event
}

func (c *connection) disconnectEvent(ending closure) events.APIGatewayWebsocketProxyRequest {
	event := events.APIGatewayWebsocketProxyRequest{RequestContext: c.requestContext("$disconnect", "DISCONNECT")}
	event.Headers = map[string]string{"Host": c.request.Host}
	event.RequestContext.DisconnectStatusCode = int64(ending.code)
	event.RequestContext.DisconnectReason = &ending.reason
	return event
}

func (c *connection) requestContext(route, kind string) events.APIGatewayWebsocketProxyRequestContext {
	now := time.Now()
	id := newConnectionID()
	return events.APIGatewayWebsocketProxyRequestContext{
		RouteKey: route, EventType: kind, MessageDirection: "IN",
		Stage: c.api.stage, APIID: "local", DomainName: c.request.Host,
		ConnectionID: c.id, ConnectedAt: c.connectedAt.UnixMilli(),
		RequestID: id, ExtendedRequestID: id,
		RequestTime: now.UTC().Format("02/Jan/2006:15:04:05 -0700"), RequestTimeEpoch: now.UnixMilli(),
		Identity: events.APIGatewayRequestIdentity{SourceIP: c.sourceIP(), UserAgent: c.request.UserAgent()},
	}
}

func (c *connection) sourceIP() string {
	host, _, err := net.SplitHostPort(c.request.RemoteAddr)
	if err != nil {
		return c.request.RemoteAddr
	}
	return host
}

// flatten keeps the last value of each name, as API Gateway does.
func flatten(values map[string][]string) map[string]string {
	flat := make(map[string]string, len(values))
	for name, all := range values {
		flat[name] = all[len(all)-1]
	}
	return flat
}
