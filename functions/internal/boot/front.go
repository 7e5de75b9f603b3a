package boot

import (
	"context"
	"crypto/subtle"
	"net/http"
	"strings"

	"github.com/aws/aws-lambda-go/events"
)

// OriginHeader carries the secret by which a function knows that a request came through the front.
const OriginHeader = "X-Origin-Secret"

// isFront tells whether who sent this is the front. No secret is nobody's.
func isFront(secret, sent string) bool {
	return secret != "" && subtle.ConstantTimeCompare([]byte(sent), []byte(secret)) == 1
}

// fromFront refuses requests that did not come through the front.
func fromFront(secret string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !isFront(secret, r.Header.Get(OriginHeader)) {
			http.Error(w, "come through the front", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// Connections handles the events of a WebSocket API.
type Connections = func(context.Context, events.APIGatewayWebsocketProxyRequest) (events.APIGatewayProxyResponse, error)

// OpenedByFront refuses to open connections that did not come through the front. What comes over an open one, and its end, have no
// headers of the front: API Gateway alone tells of them.
func OpenedByFront(secret string, next Connections) Connections {
	return func(ctx context.Context, e events.APIGatewayWebsocketProxyRequest) (events.APIGatewayProxyResponse, error) {
		if e.RequestContext.RouteKey == "$connect" && !isFront(secret, headerOf(e.Headers, OriginHeader)) {
			return events.APIGatewayProxyResponse{StatusCode: http.StatusForbidden}, nil
		}
		return next(ctx, e)
	}
}

// headerOf is one of an event's headers, which have the letters that they were sent with.
func headerOf(headers map[string]string, name string) string {
	for sent, value := range headers {
		if strings.EqualFold(sent, name) {
			return value
		}
	}
	return ""
}
