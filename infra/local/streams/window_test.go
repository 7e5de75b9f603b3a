package streams_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/infra/local/streams"
)

func TestWindowedFunctionsLearnTheShard(t *testing.T) {
	t.Parallel()
	tb := newTable(t)
	tb.put("a")
	var mu sync.Mutex
	var shards, keys []string
	source, err := streams.OpenWindowed(t.Context(), tb.stream, tb.options(t.TempDir()+"/checkpoints"), func(_ context.Context, e events.DynamoDBTimeWindowEvent) (events.DynamoDBTimeWindowEventResponse, error) {
		mu.Lock()
		defer mu.Unlock()
		var out events.DynamoDBTimeWindowEventResponse
		if len(shards) > 0 { // the first answer has no state, and the batch comes again
			out.State = map[string]string{}
		}
		shards = append(shards, e.ShardID)
		for _, r := range e.Records {
			keys = append(keys, r.Change.Keys["pk"].String())
		}
		return out, nil
	})
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); source.Run(ctx) }()
	t.Cleanup(func() { cancel(); <-done })
	require.EventuallyWithT(t, func(c *assert.CollectT) {
		mu.Lock()
		defer mu.Unlock()
		assert.Equal(c, []string{"a", "a"}, keys)
	}, 30*time.Second, 5*time.Millisecond)
	mu.Lock()
	defer mu.Unlock()
	assert.Contains(t, shards[0], "shardId-")
	assert.Equal(t, shards[0], shards[1])
}
