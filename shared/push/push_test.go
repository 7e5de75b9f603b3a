package push_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/apigatewaymanagementapi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/dispatch"
	"guichet/shared/push"
)

// open returns a pusher to an API whose every connection answers with the status.
func open(t *testing.T, status int, asked *[]string) *push.Pusher {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		*asked = append(*asked, r.Method+" "+r.URL.Path+" "+string(body))
		if status == http.StatusGone {
			w.Header().Set("X-Amzn-ErrorType", "GoneException")
		}
		w.WriteHeader(status)
	}))
	t.Cleanup(server.Close)
	endpoint := server.URL + "/realtime"
	return push.New(apigatewaymanagementapi.New(apigatewaymanagementapi.Options{
		Region: "eu-west-3", BaseEndpoint: &endpoint, RetryMaxAttempts: 1,
		Credentials: credentials.NewStaticCredentialsProvider("x", "x", ""),
	}))
}

func TestPush(t *testing.T) {
	t.Parallel()
	var asked []string
	p := open(t, http.StatusOK, &asked)
	require.NoError(t, p.Push(t.Context(), "c1", map[string]int{"n": 1}))
	require.NoError(t, p.Close(t.Context(), "c1"))
	assert.Equal(t, []string{`POST /realtime/@connections/c1 {"n":1}`, "DELETE /realtime/@connections/c1 "}, asked)
	require.Error(t, p.Push(t.Context(), "c1", func() {}), "what is no JSON is not sent")
}

func TestGoneAndBroken(t *testing.T) {
	t.Parallel()
	var asked []string
	gone := open(t, http.StatusGone, &asked)
	require.ErrorIs(t, gone.Push(t.Context(), "c1", 1), dispatch.ErrConnectionGone)
	require.ErrorIs(t, gone.Close(t.Context(), "c1"), dispatch.ErrConnectionGone)
	err := open(t, http.StatusForbidden, &asked).Push(t.Context(), "c1", 1)
	require.Error(t, err)
	assert.NotErrorIs(t, err, dispatch.ErrConnectionGone)
}
