package awsapi_test

import (
	"fmt"
	"io"
	"net/http"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sfn"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/infra/local/awsapi"
)

func TestOnlyKnownClientsReachServices(t *testing.T) {
	t.Parallel()
	one, err := awsapi.Listen(t.Context())
	require.NoError(t, err)
	t.Cleanup(one.Close)
	other, err := awsapi.Listen(t.Context())
	require.NoError(t, err)
	t.Cleanup(other.Close)
	one.Mount("/states", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = fmt.Fprintf(w, `{"executionArn":"path is %s","startDate":1}`, r.URL.Path)
	}))
	input := &sfn.StartExecutionInput{StateMachineArn: aws.String("arn")}

	started, err := sfn.NewFromConfig(one.Config(one.URL("/states"))).StartExecution(t.Context(), input)
	require.NoError(t, err)
	assert.Equal(t, "path is ", *started.ExecutionArn)

	_, err = sfn.NewFromConfig(other.Config(one.URL("/states"))).StartExecution(t.Context(), input)
	require.ErrorContains(t, err, "UnrecognizedClientException")

	response, err := http.Get(one.URL("/states/"))
	require.NoError(t, err)
	defer func() { _ = response.Body.Close() }()
	assert.Equal(t, http.StatusForbidden, response.StatusCode)
	_, err = io.Copy(io.Discard, response.Body)
	require.NoError(t, err)
}
