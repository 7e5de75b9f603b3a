package store

import (
	"context"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"guichet/shared/metrics"
)

type paceRecord struct {
	HandleMs int64 `dynamodbav:"handleMs"`
	Staff    int   `dynamodbav:"staff"`
}

// Pace reads how fast a queue is served, eventually consistent.
func (s *Store) Pace(ctx context.Context, queueID string) (metrics.Pace, error) {
	var r paceRecord
	_, err := s.get(ctx, queuePartition(queueID), paceSort, false, &r)
	return metrics.Pace{Handle: time.Duration(r.HandleMs) * time.Millisecond, Staff: r.Staff}, err
}

// SetHandle writes what the calls of a queue took lately. Of two at once, one is forgotten: it is an estimate.
func (s *Store) SetHandle(ctx context.Context, queueID string, took time.Duration) error {
	return s.setPace(ctx, queueID, "handleMs", took.Milliseconds())
}

// SetStaff writes how many agents serve a queue.
func (s *Store) SetStaff(ctx context.Context, queueID string, agents int) error {
	return s.setPace(ctx, queueID, "staff", int64(agents))
}

func (s *Store) setPace(ctx context.Context, queueID, figure string, value int64) error {
	out, err := s.client.UpdateItem(ctx, &dynamodb.UpdateItemInput{
		TableName: &s.table, Key: key(queuePartition(queueID), paceSort),
		UpdateExpression:          aws.String("SET " + figure + " = :value"),
		ExpressionAttributeValues: item{":value": number(value)},
		ReturnValues:              types.ReturnValueAllNew,
		ReturnConsumedCapacity:    types.ReturnConsumedCapacityTotal,
	})
	if err != nil {
		return fmt.Errorf("pace of %s: %w", queueID, err)
	}
	meter(ctx).write(out.ConsumedCapacity)
	return nil
}
