package wsapi_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/aws/aws-lambda-go/events"
	"github.com/coder/websocket"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/infra/local/wsapi"
)

// A page may be closed while it connects. What $connect has begun it ends, and $disconnect tells that nobody is there.
func TestWhoLeavesWhileConnecting(t *testing.T) {
	t.Parallel()
	left := make(chan struct{})
	broken := make(chan error, 2)
	routes := make(chan string, 2)
	api := wsapi.New("realtime", wsapi.ServiceLimits(), func(ctx context.Context, e events.APIGatewayWebsocketProxyRequest) (events.APIGatewayProxyResponse, error) {
		routes <- e.RequestContext.RouteKey
		<-left
		broken <- ctx.Err()
		return agree(e)
	})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		context.AfterFunc(r.Context(), func() { close(left) })
		api.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	ctx, leave := context.WithCancel(t.Context())
	go func() {
		assert.Equal(t, "$connect", <-routes)
		leave()
	}()
	_, _, err := websocket.Dial(ctx, server.URL, nil) //nolint:bodyclose // there is none
	require.Error(t, err)
	require.NoError(t, <-broken)
	assert.Equal(t, "$disconnect", <-routes)
	require.NoError(t, <-broken)
}
