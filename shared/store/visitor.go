package store

import (
	"context"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"guichet/shared/center"
)

// Visitor is the realtime connection of a webchat's page. It stands apart from the desks' connections, which every
// change of the centre is pushed to.
type Visitor struct {
	ConnectionID string
	ChatID       string
	LeaseUntil   time.Time
}

type visitorRecord struct {
	PK         string `dynamodbav:"pk"`
	SK         string `dynamodbav:"sk"`
	ChatID     string `dynamodbav:"chat"`
	LeaseUntil string `dynamodbav:"lease"`
}

// AddVisitor records a visitor's connection.
func (s *Store) AddVisitor(ctx context.Context, v Visitor) error {
	return s.put(ctx, put{record: visitorRecord{
		PK: visitorPartition, SK: v.ConnectionID, ChatID: v.ChatID, LeaseUntil: formatTime(v.LeaseUntil),
	}})
}

// Visitor reads a visitor's connection, with strong consistency; an unknown one is NotFound.
func (s *Store) Visitor(ctx context.Context, connectionID string) (Visitor, error) {
	var r visitorRecord
	found, err := s.get(ctx, visitorPartition, connectionID, true, &r)
	if err != nil {
		return Visitor{}, err
	}
	if !found {
		return Visitor{}, center.Errorf(center.NotFound, "connection-unknown", "no visitor's connection %s", connectionID)
	}
	return r.visitor()
}

// RenewVisitor prolongs a lease and returns whose it is; an unknown connection is NotFound.
func (s *Store) RenewVisitor(ctx context.Context, connectionID string, until time.Time) (Visitor, error) {
	out, err := s.client.UpdateItem(ctx, &dynamodb.UpdateItemInput{
		TableName: &s.table, Key: key(visitorPartition, connectionID),
		UpdateExpression:          aws.String("SET lease = :until"),
		ConditionExpression:       aws.String("attribute_exists(pk)"),
		ExpressionAttributeValues: item{":until": text(formatTime(until))},
		ReturnValues:              types.ReturnValueAllNew,
		ReturnConsumedCapacity:    types.ReturnConsumedCapacityTotal,
	})
	if err = connectionGone(connectionID, err); err != nil {
		return Visitor{}, err
	}
	meter(ctx).write(out.ConsumedCapacity)
	return decodeVisitor(out.Attributes)
}

// RemoveVisitor forgets a visitor's connection, if it is known.
func (s *Store) RemoveVisitor(ctx context.Context, connectionID string) error {
	return s.delete(ctx, visitorPartition, connectionID)
}

// Visitors reads the connections of all visitors, eventually consistent.
func (s *Store) Visitors(ctx context.Context) ([]Visitor, error) {
	var all []Visitor
	err := s.query(ctx, &dynamodb.QueryInput{
		KeyConditionExpression:    aws.String("pk = :pk"),
		ExpressionAttributeValues: item{":pk": text(visitorPartition)},
	}, func(page []item) (bool, error) {
		for _, it := range page {
			v, err := decodeVisitor(it)
			if err != nil {
				return false, err
			}
			all = append(all, v)
		}
		return true, nil
	})
	return all, err
}

func decodeVisitor(it item) (Visitor, error) {
	var r visitorRecord
	if err := attributevalue.UnmarshalMap(it, &r); err != nil {
		return Visitor{}, fmt.Errorf("decode visitor: %w", err)
	}
	return r.visitor()
}

func (r visitorRecord) visitor() (Visitor, error) {
	var d timeDecoder
	v := Visitor{ConnectionID: r.SK, ChatID: r.ChatID, LeaseUntil: d.time(r.LeaseUntil)}
	return v, d.failure("visitor " + r.SK)
}
