package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"guichet/shared/center"
)

// leased is a partition of realtime connections, each with a lease on presence: R is a connection's record, T what it says.
type leased[R, T any] struct {
	partition string
	decode    func(R) (T, error)
}

// read reads a connection, with strong consistency; an unknown one is NotFound.
func (l leased[R, T]) read(ctx context.Context, s *Store, id string) (T, error) {
	var r R
	found, err := s.get(ctx, l.partition, id, true, &r)
	if err == nil && !found {
		err = connectionUnknown(id)
	}
	if err != nil {
		var none T
		return none, err
	}
	return l.decode(r)
}

// renew prolongs a lease and returns whose it is; an unknown connection is NotFound.
func (l leased[R, T]) renew(ctx context.Context, s *Store, id string, until time.Time) (T, error) {
	return l.update(ctx, s, id, &dynamodb.UpdateItemInput{
		UpdateExpression:          aws.String("SET lease = :until"),
		ExpressionAttributeValues: item{":until": text(formatTime(until))},
	})
}

// update changes a connection and returns it; an unknown one is NotFound.
func (l leased[R, T]) update(ctx context.Context, s *Store, id string, in *dynamodb.UpdateItemInput) (T, error) {
	in.TableName, in.Key, in.ConditionExpression = &s.table, key(l.partition, id), aws.String("attribute_exists(pk)")
	in.ReturnValues, in.ReturnConsumedCapacity = types.ReturnValueAllNew, types.ReturnConsumedCapacityTotal
	out, err := s.client.UpdateItem(ctx, in)
	if err = connectionGone(id, err); err != nil {
		var none T
		return none, err
	}
	meter(ctx).write(out.ConsumedCapacity)
	return l.unmarshal(out.Attributes)
}

// all reads every connection, eventually consistent.
func (l leased[R, T]) all(ctx context.Context, s *Store) ([]T, error) {
	var all []T
	err := s.query(ctx, &dynamodb.QueryInput{
		KeyConditionExpression:    aws.String("pk = :pk"),
		ExpressionAttributeValues: item{":pk": text(l.partition)},
	}, func(page []item) (bool, error) {
		for _, it := range page {
			c, err := l.unmarshal(it)
			if err != nil {
				return false, err
			}
			all = append(all, c)
		}
		return true, nil
	})
	return all, err
}

func (l leased[R, T]) unmarshal(it item) (T, error) {
	var r R
	if err := attributevalue.UnmarshalMap(it, &r); err != nil {
		var none T
		return none, fmt.Errorf("decode connection: %w", err)
	}
	return l.decode(r)
}

func connectionUnknown(id string) error {
	return center.Errorf(center.NotFound, "connection-unknown", "no connection %s", id)
}

func connectionGone(id string, err error) error {
	var condition *types.ConditionalCheckFailedException
	if errors.As(err, &condition) {
		return connectionUnknown(id)
	}
	if err != nil {
		return fmt.Errorf("connection %s: %w", id, err)
	}
	return nil
}
