package streams_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/infra/local/dynamo/dynamotest"
	"guichet/infra/local/streams"
)

// table is a table of DynamoDB Local with a stream.
type table struct {
	t      *testing.T
	name   string
	db     *dynamodb.Client
	stream *dynamodbstreams.Client
}

func newTable(t *testing.T) *table {
	t.Helper()
	endpoint, keys := aws.String(dynamotest.Endpoint(t)), credentials.NewStaticCredentialsProvider("local", "local", "")
	tb := &table{
		t: t, name: dynamotest.Table(t),
		db:     dynamodb.New(dynamodb.Options{Region: "local", BaseEndpoint: endpoint, Credentials: keys}),
		stream: dynamodbstreams.New(dynamodbstreams.Options{Region: "local", BaseEndpoint: endpoint, Credentials: keys}),
	}
	_, err := tb.db.CreateTable(t.Context(), &dynamodb.CreateTableInput{
		TableName: aws.String(tb.name), BillingMode: types.BillingModePayPerRequest,
		AttributeDefinitions: []types.AttributeDefinition{{AttributeName: aws.String("pk"), AttributeType: types.ScalarAttributeTypeS}},
		KeySchema:            []types.KeySchemaElement{{AttributeName: aws.String("pk"), KeyType: types.KeyTypeHash}},
		StreamSpecification:  &types.StreamSpecification{StreamEnabled: aws.Bool(true), StreamViewType: types.StreamViewTypeNewAndOldImages},
	})
	require.NoError(t, err)
	return tb
}

func (tb *table) put(keys ...string) {
	tb.t.Helper()
	for _, key := range keys {
		_, err := tb.db.PutItem(tb.t.Context(), &dynamodb.PutItemInput{TableName: aws.String(tb.name), Item: map[string]types.AttributeValue{
			"pk": &types.AttributeValueMemberS{Value: key},
		}})
		require.NoError(tb.t, err)
	}
}

func (tb *table) options(checkpoints string) streams.Options {
	tb.t.Helper()
	opened, err := streams.OpenCheckpoints(checkpoints)
	require.NoError(tb.t, err)
	return streams.Options{Table: tb.name, Region: "local", Checkpoints: opened, Backoff: time.Millisecond, Attempts: 3}
}

// run reads the stream until the function returned is called.
func run(t *testing.T, client streams.Client, options streams.Options, handler streams.Handler) (stop func()) {
	t.Helper()
	source, err := streams.Open(t.Context(), client, options, handler)
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		source.Run(ctx)
	}()
	stop = sync.OnceFunc(func() {
		cancel()
		<-done
	})
	t.Cleanup(stop)
	return stop
}

// taker is a function that takes records, except those that fails says.
type taker struct {
	mu      sync.Mutex
	fails   func(key string) bool
	partial bool // report failures by item instead of failing the batch
	taken   []string
	batches int
}

func (k *taker) handle(_ context.Context, event events.DynamoDBEvent) (events.DynamoDBEventResponse, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.batches++
	var keys []string
	for _, record := range event.Records {
		key := record.Change.Keys["pk"].String()
		if k.fails != nil && k.fails(key) {
			if !k.partial {
				return events.DynamoDBEventResponse{}, fmt.Errorf("%s failed", key)
			}
			k.taken = append(k.taken, keys...)
			return events.DynamoDBEventResponse{BatchItemFailures: []events.DynamoDBBatchItemFailure{{ItemIdentifier: record.Change.SequenceNumber}}}, nil
		}
		keys = append(keys, key)
	}
	k.taken = append(k.taken, keys...)
	return events.DynamoDBEventResponse{}, nil
}

func (k *taker) eventually(t *testing.T, want ...string) {
	t.Helper()
	require.EventuallyWithT(t, func(c *assert.CollectT) {
		k.mu.Lock()
		defer k.mu.Unlock()
		assert.Equal(c, want, k.taken)
	}, 20*time.Second, 5*time.Millisecond)
}

func TestRecordsComeInOrderAndOnlyOnceOverRestarts(t *testing.T) {
	t.Parallel()
	tb, checkpoints, all := newTable(t), filepath.Join(t.TempDir(), "streams.json"), &taker{}
	tb.put("a", "b")
	stop := run(t, tb.stream, tb.options(checkpoints), all.handle)
	all.eventually(t, "a", "b")
	tb.put("c")
	all.eventually(t, "a", "b", "c")
	stop()
	tb.put("d")

	again := &taker{}
	run(t, tb.stream, tb.options(checkpoints), again.handle)
	again.eventually(t, "d")
}

func TestFailures(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		partial  bool
		times    int // how often "c" fails before it is taken; more than the attempts sets it aside
		aside    []string
		expected []string
	}{
		"batch that fails once is given again":        {times: 1, expected: []string{"a", "b", "c", "d", "e"}},
		"record that always fails is bisected out":    {times: 1000, aside: []string{"c"}, expected: []string{"a", "b", "d", "e"}},
		"item that fails once is given again":         {partial: true, times: 1, expected: []string{"a", "b", "c", "d", "e"}},
		"item that always fails does not block later": {partial: true, times: 1000, aside: []string{"c"}, expected: []string{"a", "b", "d", "e"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tb, failed := newTable(t), 0
			k := &taker{partial: c.partial, fails: func(key string) bool {
				if key == "c" {
					failed++
				}
				return key == "c" && failed <= c.times
			}}
			tb.put("a", "b", "c", "d", "e")
			options, aside := tb.options(filepath.Join(t.TempDir(), "streams.json")), make(chan string, 10)
			options.SetAside = func(record events.DynamoDBEventRecord) { aside <- record.Change.Keys["pk"].String() }
			stop := run(t, tb.stream, options, k.handle)
			k.eventually(t, c.expected...)
			stop()
			close(aside)
			assert.Equal(t, c.aside, slices.Collect(func(yield func(string) bool) {
				for key := range aside {
					yield(key)
				}
			}))
		})
	}
}

func TestUnknownItemFailsTheWholeBatch(t *testing.T) {
	t.Parallel()
	tb, calls := newTable(t), make(chan int, 100)
	tb.put("a", "b")
	first := true
	run(t, tb.stream, tb.options(filepath.Join(t.TempDir(), "streams.json")), func(_ context.Context, e events.DynamoDBEvent) (events.DynamoDBEventResponse, error) {
		calls <- len(e.Records)
		response := events.DynamoDBEventResponse{}
		if first {
			response.BatchItemFailures = []events.DynamoDBBatchItemFailure{{ItemIdentifier: "not one of them"}}
		}
		first = false
		return response, nil
	})
	assert.Equal(t, []int{2, 1, 1}, []int{<-calls, <-calls, <-calls})
}

func TestEventHasWhatLambdaGives(t *testing.T) {
	t.Parallel()
	tb, got := newTable(t), make(chan events.DynamoDBEventRecord, 2)
	item := map[string]types.AttributeValue{
		"pk": &types.AttributeValueMemberS{Value: "contact"}, "seconds": &types.AttributeValueMemberN{Value: "20"},
		"live": &types.AttributeValueMemberBOOL{Value: true}, "none": &types.AttributeValueMemberNULL{Value: true},
		"bytes": &types.AttributeValueMemberB{Value: []byte{1}}, "names": &types.AttributeValueMemberSS{Value: []string{"x"}},
		"numbers": &types.AttributeValueMemberNS{Value: []string{"7"}}, "blobs": &types.AttributeValueMemberBS{Value: [][]byte{{2}}},
		"list": &types.AttributeValueMemberL{Value: []types.AttributeValue{&types.AttributeValueMemberS{Value: "in list"}}},
		"map":  &types.AttributeValueMemberM{Value: map[string]types.AttributeValue{"in": &types.AttributeValueMemberS{Value: "map"}}},
	}
	_, err := tb.db.PutItem(t.Context(), &dynamodb.PutItemInput{TableName: aws.String(tb.name), Item: item})
	require.NoError(t, err)
	_, err = tb.db.DeleteItem(t.Context(), &dynamodb.DeleteItemInput{TableName: aws.String(tb.name), Key: map[string]types.AttributeValue{"pk": item["pk"]}})
	require.NoError(t, err)
	run(t, tb.stream, tb.options(filepath.Join(t.TempDir(), "streams.json")), func(_ context.Context, e events.DynamoDBEvent) (events.DynamoDBEventResponse, error) {
		for _, record := range e.Records {
			got <- record
		}
		return events.DynamoDBEventResponse{}, nil
	})
	inserted, removed := <-got, <-got
	assert.Equal(t, "INSERT", inserted.EventName)
	assert.Equal(t, "aws:dynamodb", inserted.EventSource)
	assert.Equal(t, "NEW_AND_OLD_IMAGES", inserted.Change.StreamViewType)
	assert.WithinDuration(t, time.Now(), inserted.Change.ApproximateCreationDateTime.Time, 2*time.Minute)
	assert.Nil(t, inserted.Change.OldImage)
	image := inserted.Change.NewImage
	assert.Equal(t, "20", image["seconds"].Number())
	assert.True(t, image["live"].Boolean())
	assert.True(t, image["none"].IsNull())
	assert.Equal(t, []byte{1}, image["bytes"].Binary())
	assert.Equal(t, []string{"x"}, image["names"].StringSet())
	assert.Equal(t, []string{"7"}, image["numbers"].NumberSet())
	assert.Equal(t, [][]byte{{2}}, image["blobs"].BinarySet())
	assert.Equal(t, "in list", image["list"].List()[0].String())
	assert.Equal(t, "map", image["map"].Map()["in"].String())
	assert.Equal(t, "REMOVE", removed.EventName)
	assert.Equal(t, "contact", removed.Change.OldImage["pk"].String())
	assert.Nil(t, removed.Change.NewImage)
}

func TestPanicIsAFailure(t *testing.T) {
	t.Parallel()
	tb, calls := newTable(t), make(chan struct{}, 10)
	tb.put("a")
	run(t, tb.stream, tb.options(filepath.Join(t.TempDir(), "streams.json")), func(context.Context, events.DynamoDBEvent) (events.DynamoDBEventResponse, error) {
		calls <- struct{}{}
		panic("bad record")
	})
	<-calls
	<-calls
}

func TestOpenNeedsAStream(t *testing.T) {
	t.Parallel()
	tb := newTable(t)
	options := tb.options(filepath.Join(t.TempDir(), "streams.json"))
	options.Table = "absent"
	_, err := streams.Open(t.Context(), tb.stream, options, (&taker{}).handle)
	assert.Error(t, err)
}
