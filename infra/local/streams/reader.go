package streams

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams"
	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams/types"
)

// reader reads one shard from its checkpoint to its end.
type reader struct {
	*Source
	shard    string
	iterator *string
	active   time.Time // when there was a record last
}

func (s *Source) newReader(shard string) *reader { return &reader{Source: s, shard: shard} }

func (r *reader) run(ctx context.Context) {
	for failures := 0; ctx.Err() == nil; {
		finished, err := r.step(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			failures++
			slog.Error("read shard", "component", "streams", "shard", r.shard, "error", err)
			pause(ctx, r.backoff(failures))
		case finished:
			return
		default:
			failures = 0
			pause(ctx, r.interval())
		}
	}
}

// step takes what the shard has now. It reports true when the shard is closed and all of it is delivered.
func (r *reader) step(ctx context.Context) (finished bool, err error) {
	if r.iterator == nil {
		if err := r.position(ctx); err != nil {
			return false, err
		}
	}
	page, err := r.client.GetRecords(ctx, &dynamodbstreams.GetRecordsInput{ShardIterator: r.iterator})
	if err != nil {
		// Whatever was wrong with the iterator, a new one from the checkpoint loses nothing.
		r.iterator = nil
		var expired *types.ExpiredIteratorException
		if errors.As(err, &expired) {
			return false, nil
		}
		return false, fmt.Errorf("get records: %w", err)
	}
	if len(page.Records) > 0 {
		r.active = time.Now()
		if err := r.deliver(ctx, page.Records); err != nil {
			r.iterator = nil
			return false, err
		}
	}
	if r.iterator = page.NextShardIterator; r.iterator != nil {
		return false, nil
	}
	return true, r.options.Checkpoints.finish(r.shard)
}

// position gets an iterator after the checkpoint, or at the oldest record when there is none or it was trimmed.
func (r *reader) position(ctx context.Context) error {
	input := &dynamodbstreams.GetShardIteratorInput{
		StreamArn: aws.String(r.arn), ShardId: aws.String(r.shard), ShardIteratorType: types.ShardIteratorTypeTrimHorizon,
	}
	if after := r.options.Checkpoints.of(r.shard).After; after != "" {
		input.ShardIteratorType, input.SequenceNumber = types.ShardIteratorTypeAfterSequenceNumber, aws.String(after)
	}
	output, err := r.client.GetShardIterator(ctx, input)
	var trimmed *types.TrimmedDataAccessException
	if errors.As(err, &trimmed) {
		slog.Warn("records were trimmed before they were read", "component", "streams", "shard", r.shard)
		input.ShardIteratorType, input.SequenceNumber = types.ShardIteratorTypeTrimHorizon, nil
		output, err = r.client.GetShardIterator(ctx, input)
	}
	if err != nil {
		return fmt.Errorf("get shard iterator: %w", err)
	}
	r.iterator = output.ShardIterator
	return nil
}

func (r *reader) interval() time.Duration {
	if time.Since(r.active) < time.Second {
		return r.options.Busy
	}
	return r.options.Idle
}

func (r *reader) backoff(failures int) time.Duration {
	return min(r.options.Backoff<<min(failures-1, 10), 100*r.options.Backoff)
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}
