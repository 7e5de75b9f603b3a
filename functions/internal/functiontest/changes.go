package functiontest

import (
	"context"
	"crypto/rand"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams"
	"github.com/stretchr/testify/require"

	"guichet/infra/local/dynamo/dynamotest"
	"guichet/infra/local/streams"
)

// Changes reads what is written to a centre's table from the table's real stream.
type Changes struct {
	centre *Centre
	mu     sync.Mutex
	read   []events.DynamoDBEventRecord
}

// Follow starts to read the changes of a centre's table, until the test ends.
func Follow(t *testing.T, c *Centre) *Changes {
	t.Helper()
	changes := &Changes{centre: c}
	checkpoints, err := streams.OpenCheckpoints(t.TempDir() + "/checkpoints")
	require.NoError(t, err)
	client := dynamodbstreams.New(dynamodbstreams.Options{
		Region: "local", BaseEndpoint: aws.String(dynamotest.Endpoint(t)),
		Credentials: credentials.NewStaticCredentialsProvider("test", "test", ""),
	})
	source, err := streams.Open(t.Context(), client, streams.Options{Table: c.Table, Checkpoints: checkpoints}, changes.keep)
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); source.Run(ctx) }()
	t.Cleanup(func() { cancel(); <-done })
	return changes
}

func (c *Changes) keep(_ context.Context, e events.DynamoDBEvent) (events.DynamoDBEventResponse, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.read = append(c.read, e.Records...)
	return events.DynamoDBEventResponse{}, nil
}

// Take takes everything that has been written so far: a ticket, used now, marks the end.
func (c *Changes) Take(t require.TestingT) []events.DynamoDBEventRecord {
	require.NoError(t, c.centre.Store.UseTicket(context.Background(), rand.Text(), c.centre.Now()))
	var taken []events.DynamoDBEventRecord
	require.Eventually(t, func() bool {
		c.mu.Lock()
		defer c.mu.Unlock()
		n := len(c.read)
		if n == 0 || c.read[n-1].Change.Keys["sk"].String() != "TICKET" {
			return false
		}
		taken, c.read = c.read[:n-1], nil
		return true
	}, 30*time.Second, 5*time.Millisecond)
	return taken
}
