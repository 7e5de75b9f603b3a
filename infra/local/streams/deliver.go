package streams

import (
	"context"
	"fmt"
	"log/slog"
	"slices"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams/types"
)

// deliver gives the records to the function, in order, until it has taken each or failed it too often. A batch that
// fails whole is bisected down to the record that fails, which is retried and at last set aside. The error is about
// the checkpoint or the context.
func (r *reader) deliver(ctx context.Context, records []types.Record) error {
	pending := make([]events.DynamoDBEventRecord, len(records))
	for i, record := range records {
		pending[i] = eventRecord(record, r.arn, r.options.Region)
	}
	size, failures := r.options.BatchSize, 0
	for len(pending) > 0 {
		batch := pending[:min(size, len(pending))]
		taken := r.invoke(ctx, batch)
		if taken > 0 {
			if err := r.pass(batch[taken-1]); err != nil {
				return err
			}
			pending, failures = pending[taken:], 0
		}
		switch {
		case taken == len(batch):
			size = r.options.BatchSize
			continue
		case taken == 0 && len(batch) > 1:
			size = (len(batch) + 1) / 2
		case taken == 0 && failures+1 >= r.options.Attempts:
			slog.Error("record set aside", "component", "streams", "event", batch[0].EventID, "attempts", failures+1)
			r.options.SetAside(batch[0])
			if err := r.pass(batch[0]); err != nil {
				return err
			}
			pending, failures, size = pending[1:], 0, r.options.BatchSize
			continue
		}
		failures++
		if pause(ctx, r.backoff(failures)); ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return nil
}

// invoke returns how many of the leading records the function has taken. It runs to its end although the context
// ends, as a Lambda does.
func (r *reader) invoke(ctx context.Context, batch []events.DynamoDBEventRecord) int {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), r.options.Timeout)
	defer cancel()
	response, err := r.call(ctx, events.DynamoDBEvent{Records: batch})
	if err != nil {
		slog.Error("stream function failed", "component", "streams", "records", len(batch), "error", err)
		return 0
	}
	taken := len(batch)
	for _, failure := range response.BatchItemFailures {
		// An identifier that is not in the batch fails it whole, as on AWS:
		// https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
		at := slices.IndexFunc(batch, func(record events.DynamoDBEventRecord) bool {
			return record.Change.SequenceNumber == failure.ItemIdentifier
		})
		taken = min(taken, max(at, 0))
	}
	return taken
}

func (r *reader) call(ctx context.Context, event events.DynamoDBEvent) (response events.DynamoDBEventResponse, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("panic: %v", cause)
		}
	}()
	return r.handler(ctx, r.shard, event)
}

func (r *reader) pass(record events.DynamoDBEventRecord) error {
	return r.options.Checkpoints.advance(r.shard, record.Change.SequenceNumber)
}
