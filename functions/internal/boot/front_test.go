package boot

import (
	"context"
	"net/http"
	"testing"

	"github.com/aws/aws-lambda-go/events"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A ticket opens no connection at API Gateway's own address, which anybody may find out: floods and attacks would go round the web ACL.
func TestConnectionsAreOpenedThroughTheFront(t *testing.T) {
	t.Parallel()
	const secret = "what-the-front-says"
	for name, c := range map[string]struct {
		secret, route string
		headers       map[string]string
		want          int
	}{
		"through the front":          {secret, "$connect", map[string]string{"Host": "x", "X-Origin-Secret": secret}, http.StatusOK},
		"in whatever letters":        {secret, "$connect", map[string]string{"x-origin-secret": secret}, http.StatusOK},
		"past it":                    {secret, "$connect", map[string]string{"Host": "x"}, http.StatusForbidden},
		"without headers":            {secret, "$connect", nil, http.StatusForbidden},
		"with something made up":     {secret, "$connect", map[string]string{"X-Origin-Secret": "made-up"}, http.StatusForbidden},
		"with nothing":               {secret, "$connect", map[string]string{"X-Origin-Secret": ""}, http.StatusForbidden},
		"where there is no secret":   {"", "$connect", map[string]string{"X-Origin-Secret": ""}, http.StatusForbidden},
		"a message over an open one": {secret, "$default", nil, http.StatusOK},
		"the end of one":             {secret, "$disconnect", map[string]string{"Host": "x"}, http.StatusOK},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			asked := false
			handle := OpenedByFront(c.secret, func(context.Context, events.APIGatewayWebsocketProxyRequest) (events.APIGatewayProxyResponse, error) {
				asked = true
				return events.APIGatewayProxyResponse{StatusCode: http.StatusOK}, nil
			})
			out, err := handle(t.Context(), events.APIGatewayWebsocketProxyRequest{
				Headers: c.headers, RequestContext: events.APIGatewayWebsocketProxyRequestContext{RouteKey: c.route},
			})
			require.NoError(t, err)
			assert.Equal(t, c.want, out.StatusCode)
			assert.Equal(t, c.want == http.StatusOK, asked)
		})
	}
}
