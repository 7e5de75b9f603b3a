package boot

import (
	"context"
	"log/slog"
	"net/http"
	"testing"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambdacontext"
	"github.com/awslabs/aws-lambda-go-api-proxy/httpadapter"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const header = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1"

// lambdaContext is one as the runtime makes it.
func lambdaContext(t *testing.T) context.Context {
	t.Helper()
	ctx := lambdacontext.NewContext(t.Context(), &lambdacontext.LambdaContext{AwsRequestID: "r-1"})
	return context.WithValue(ctx, traceKey, header) //nolint:revive,staticcheck // the runtime's own key
}

func texts(attrs []slog.Attr) map[string]string {
	said := map[string]string{}
	for _, a := range attrs {
		said[a.Key] = a.Value.String()
	}
	return said
}

func TestLinesSayTheirInvocation(t *testing.T) {
	t.Parallel()
	assert.Equal(t, map[string]string{"request": "r-1", "trace": "1-5759e988-bd862e3fe1be46a994272793"}, texts(invocation(lambdaContext(t))))
	assert.Empty(t, invocation(t.Context()), "at the start there is none")
}

// TestLinesOfARequestSayWhomItNames looks at a request's context as a handler has it.
func TestLinesOfARequestSayWhomItNames(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]map[string]string{
		"/api/contacts/ct_1/accept":       {"contact": "ct_1"},
		"/api/chats/ch_2/messages/ms_3":   {"chat": "ch_2", "message": "ms_3"},
		"/twilio/voice/incoming":          {},
		"/channels/webchat/shop/messages": {},
	} {
		var said map[string]string
		proxy := httpadapter.NewV2(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			said = texts(invocation(r.Context()))
			w.WriteHeader(http.StatusNoContent)
		}))
		event := events.APIGatewayV2HTTPRequest{RawPath: path}
		event.RequestContext.HTTP.Method, event.RequestContext.HTTP.Path = http.MethodPost, path
		_, err := proxy.ProxyWithContext(lambdaContext(t), event)
		require.NoError(t, err)
		want["request"], want["trace"] = "r-1", "1-5759e988-bd862e3fe1be46a994272793"
		assert.Equal(t, want, said, path)
	}
}

func TestTracesRoot(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		header: "1-5759e988-bd862e3fe1be46a994272793", "Sampled=0;Root=1-a": "1-a", "Sampled=1": "", "": "",
	} {
		assert.Equal(t, want, traceRoot(given), given)
	}
}
