// Package streams is Lambda's event source mapping for DynamoDB Streams on one machine: it reads every shard in
// order and hands batches to a function until that has taken them. It knows no table and no item.
package streams

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams"
	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams/types"
)

// Handler is the function that takes the batches. It answers with the records that failed; the first of them and
// all after it are given again.
type Handler func(context.Context, events.DynamoDBEvent) (events.DynamoDBEventResponse, error)

// Windowed is a function whose batches come with their shard's id, as those of an event source mapping with a tumbling window.
type Windowed func(context.Context, events.DynamoDBTimeWindowEvent) (events.DynamoDBTimeWindowEventResponse, error)

// function is either kind of function, told the shard.
type function func(ctx context.Context, shard string, e events.DynamoDBEvent) (events.DynamoDBEventResponse, error)

// Client is what is called of the DynamoDB Streams API.
type Client interface {
	ListStreams(context.Context, *dynamodbstreams.ListStreamsInput, ...func(*dynamodbstreams.Options)) (*dynamodbstreams.ListStreamsOutput, error)
	DescribeStream(context.Context, *dynamodbstreams.DescribeStreamInput, ...func(*dynamodbstreams.Options)) (*dynamodbstreams.DescribeStreamOutput, error)
	GetShardIterator(context.Context, *dynamodbstreams.GetShardIteratorInput, ...func(*dynamodbstreams.Options)) (*dynamodbstreams.GetShardIteratorOutput, error)
	GetRecords(context.Context, *dynamodbstreams.GetRecordsInput, ...func(*dynamodbstreams.Options)) (*dynamodbstreams.GetRecordsOutput, error)
}

// Options are those of the event source mapping, with the intervals that suit one machine when zero.
type Options struct {
	// Table is the table whose stream is read.
	Table string
	// Region is told in the events.
	Region string
	// Checkpoints remembers how far each shard was read.
	Checkpoints *Checkpoints
	// BatchSize is the largest batch (100), Attempts how often a record that fails alone is tried (10).
	BatchSize, Attempts int
	// Timeout is how long the function may take (30 seconds).
	Timeout time.Duration
	// Idle is the time between two looks at a quiet shard (100 ms), Busy at one that had records in the last second (20 ms).
	Idle, Busy time.Duration
	// Backoff is the first pause after a failure (50 ms); it doubles up to a hundredfold.
	Backoff time.Duration
	// SetAside takes a record that failed every attempt; nil only logs it.
	SetAside func(events.DynamoDBEventRecord)
}

func (o Options) withDefaults() Options {
	set := func(d *time.Duration, value time.Duration) {
		if *d == 0 {
			*d = value
		}
	}
	set(&o.Timeout, 30*time.Second)
	set(&o.Idle, 100*time.Millisecond)
	set(&o.Busy, 20*time.Millisecond)
	set(&o.Backoff, 50*time.Millisecond)
	if o.BatchSize == 0 {
		o.BatchSize = 100
	}
	if o.Attempts == 0 {
		o.Attempts = 10
	}
	if o.SetAside == nil {
		o.SetAside = func(events.DynamoDBEventRecord) {}
	}
	return o
}

// discovery is the time between two looks for new shards. A shard that ends is looked for at once.
const discovery = 5 * time.Second

// Source reads one table's stream.
type Source struct {
	client  Client
	handler function
	options Options
	arn     string
}

// OpenWindowed finds the table's stream for a function that wants to know the shard. As on AWS, a function that gives no state
// back has failed: https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-windows.html
func OpenWindowed(ctx context.Context, client Client, options Options, handler Windowed) (*Source, error) {
	return open(ctx, client, options, func(ctx context.Context, shard string, e events.DynamoDBEvent) (events.DynamoDBEventResponse, error) {
		start := time.Now().UTC().Truncate(window)
		out, err := handler(ctx, events.DynamoDBTimeWindowEvent{
			DynamoDBEvent: e,
			TimeWindowProperties: events.TimeWindowProperties{
				Window: events.Window{Start: events.RFC3339EpochTime{Time: start}, End: events.RFC3339EpochTime{Time: start.Add(window)}},
				State:  map[string]string{}, ShardID: shard,
				EventSourceARN: e.Records[0].EventSourceArn,
			},
		})
		if err == nil && out.State == nil {
			err = errors.New("the function gave no state back")
		}
		return events.DynamoDBEventResponse{BatchItemFailures: out.BatchItemFailures}, err
	})
}

// window is how long a window is on AWS at most. Here none ends.
const window = 15 * time.Minute

// Open finds the table's stream.
func Open(ctx context.Context, client Client, options Options, handler Handler) (*Source, error) {
	return open(ctx, client, options, func(ctx context.Context, _ string, e events.DynamoDBEvent) (events.DynamoDBEventResponse, error) {
		return handler(ctx, e)
	})
}

func open(ctx context.Context, client Client, options Options, handler function) (*Source, error) {
	listed, err := client.ListStreams(ctx, &dynamodbstreams.ListStreamsInput{TableName: aws.String(options.Table)})
	if err != nil {
		return nil, fmt.Errorf("list the streams of %s: %w", options.Table, err)
	}
	if len(listed.Streams) == 0 {
		return nil, fmt.Errorf("table %s has no stream", options.Table)
	}
	latest := listed.Streams[0]
	for _, s := range listed.Streams {
		if aws.ToString(s.StreamLabel) > aws.ToString(latest.StreamLabel) {
			latest = s
		}
	}
	return &Source{client: client, handler: handler, options: options.withDefaults(), arn: aws.ToString(latest.StreamArn)}, nil
}

// Run reads until the context ends. It lets batches that are being handled finish.
func (s *Source) Run(ctx context.Context) {
	var readers sync.WaitGroup
	defer readers.Wait()
	started := map[string]bool{}
	ended := make(chan struct{}, 1)
	tick := time.NewTicker(discovery)
	defer tick.Stop()
	for ctx.Err() == nil {
		shards, err := s.shards(ctx)
		if err != nil && ctx.Err() == nil {
			slog.Error("describe stream", "component", "streams", "error", err)
		}
		for _, shard := range s.readable(shards, started) {
			started[shard] = true
			readers.Go(func() {
				s.newReader(shard).run(ctx)
				select {
				case ended <- struct{}{}:
				default:
				}
			})
		}
		select {
		case <-ctx.Done():
		case <-ended:
		case <-tick.C:
		}
	}
}

// shards lists every shard, oldest first, and forgets the checkpoints of those that are no longer there.
func (s *Source) shards(ctx context.Context) ([]types.Shard, error) {
	var all []types.Shard
	input := &dynamodbstreams.DescribeStreamInput{StreamArn: aws.String(s.arn)}
	for {
		page, err := s.client.DescribeStream(ctx, input)
		if err != nil {
			return nil, err
		}
		if page.StreamDescription == nil {
			return nil, errors.New("no description")
		}
		all = append(all, page.StreamDescription.Shards...)
		if input.ExclusiveStartShardId = page.StreamDescription.LastEvaluatedShardId; input.ExclusiveStartShardId == nil {
			break
		}
	}
	ids := make([]string, len(all))
	for i, shard := range all {
		ids[i] = aws.ToString(shard.ShardId)
	}
	return all, s.options.Checkpoints.keep(ids)
}

// readable are the shards to start on: not yet started, not read to the end in an earlier run, and with a parent
// that has been, or that the stream no longer has.
func (s *Source) readable(shards []types.Shard, started map[string]bool) []string {
	present := map[string]bool{}
	for _, shard := range shards {
		present[aws.ToString(shard.ShardId)] = true
	}
	var ids []string
	for _, shard := range shards {
		id, parent := aws.ToString(shard.ShardId), aws.ToString(shard.ParentShardId)
		if started[id] || s.options.Checkpoints.of(id).Finished {
			continue
		}
		if !present[parent] || s.options.Checkpoints.of(parent).Finished {
			ids = append(ids, id)
		}
	}
	return ids
}
