package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// Limit is how often something may be done in a window of time. Windows are counted from the epoch, so that two in a
// row may let through twice the count in a moment, and never more.
type Limit struct {
	Count  int
	Window time.Duration
}

// Use counts one use of a limit by somebody. When nothing is left of it, it returns how long until there is again, and
// counts nothing.
func (s *Store) Use(ctx context.Context, who string, l Limit, now time.Time) (wait time.Duration, err error) {
	start := now.Truncate(l.Window)
	end := start.Add(l.Window)
	out, err := s.client.UpdateItem(ctx, &dynamodb.UpdateItemInput{
		TableName: &s.table, Key: key(limitPartition(who), formatTime(start)),
		UpdateExpression:         aws.String("ADD n :one SET #ttl = :end"),
		ConditionExpression:      aws.String("attribute_not_exists(n) OR n < :count"),
		ExpressionAttributeNames: map[string]string{"#ttl": TTLAttribute},
		ExpressionAttributeValues: item{
			":one": number(1), ":count": number(int64(l.Count)), ":end": number(end.Unix()),
		},
		ReturnConsumedCapacity: types.ReturnConsumedCapacityTotal,
	})
	var condition *types.ConditionalCheckFailedException
	if errors.As(err, &condition) {
		return end.Sub(now), nil
	}
	if err != nil {
		return 0, fmt.Errorf("use limit: %w", err)
	}
	meter(ctx).write(out.ConsumedCapacity)
	return 0, nil
}
