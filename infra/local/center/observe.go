package center

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/aws/aws-lambda-go/events"
)

// observed tells of every invocation of a function, with its event: a request, a batch of the stream, a task.
func (f functions) observed(tell func(function string, event any)) functions {
	serving := func(name string, next http.Handler) http.Handler { return observing(name, tell, next) }
	f.api, f.reports, f.voice = serving("agentapi", f.api), serving("reportapi", f.reports), serving("voice", f.voice)
	f.channelHook, f.mediaHook = serving("channelhook", f.channelHook), serving("mediahook", f.mediaHook)
	realtime, stream, cards, workflow := f.realtime, f.stream, f.cards, f.workflow
	f.realtime = func(ctx context.Context, e events.APIGatewayWebsocketProxyRequest) (events.APIGatewayProxyResponse, error) {
		tell("realtime", e)
		return realtime(ctx, e)
	}
	f.stream = func(ctx context.Context, e events.DynamoDBEvent) (events.DynamoDBEventResponse, error) {
		tell("stream", e)
		return stream(ctx, e)
	}
	f.cards = func(ctx context.Context, e events.DynamoDBTimeWindowEvent) (events.DynamoDBTimeWindowEventResponse, error) {
		tell("cards", e.DynamoDBEvent)
		return cards(ctx, e)
	}
	f.workflow = func(ctx context.Context, task json.RawMessage) (json.RawMessage, error) {
		tell("workflow", task)
		return workflow(ctx, task)
	}
	return f
}

// observing tells of every request; without an observer it is the handler itself.
func observing(name string, tell func(string, any), next http.Handler) http.Handler {
	if tell == nil {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		tell(name, r)
		next.ServeHTTP(w, r)
	})
}
