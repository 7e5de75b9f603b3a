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

// Connection is one desk's realtime connection and its lease on presence.
type Connection struct {
	ID         string
	AgentID    string
	Role       center.Role
	Queues     []string // assigned to the agent when they connected
	LeaseUntil time.Time
}

type connectionRecord struct {
	PK         string   `dynamodbav:"pk"`
	SK         string   `dynamodbav:"sk"`
	AgentID    string   `dynamodbav:"agent"`
	Role       string   `dynamodbav:"role"`
	Queues     []string `dynamodbav:"queues,omitempty"`
	LeaseUntil string   `dynamodbav:"lease"`
}

// AddConnection records a connection.
func (s *Store) AddConnection(ctx context.Context, c Connection) error {
	return s.put(ctx, put{record: connectionRecord{
		PK: connectionPartition, SK: c.ID, AgentID: c.AgentID, Role: string(c.Role), Queues: c.Queues,
		LeaseUntil: formatTime(c.LeaseUntil),
	}})
}

// Connection reads a connection, with strong consistency; an unknown one is NotFound.
func (s *Store) Connection(ctx context.Context, id string) (Connection, error) {
	var r connectionRecord
	found, err := s.get(ctx, connectionPartition, id, true, &r)
	if err != nil {
		return Connection{}, err
	}
	if !found {
		return Connection{}, center.Errorf(center.NotFound, "connection-unknown", "no connection %s", id)
	}
	return r.connection()
}

// RenewConnection prolongs a lease and returns whose it is; an unknown connection is NotFound.
func (s *Store) RenewConnection(ctx context.Context, id string, until time.Time) (Connection, error) {
	out, err := s.client.UpdateItem(ctx, &dynamodb.UpdateItemInput{
		TableName: &s.table, Key: key(connectionPartition, id),
		UpdateExpression:          aws.String("SET lease = :until"),
		ConditionExpression:       aws.String("attribute_exists(pk)"),
		ExpressionAttributeValues: item{":until": text(formatTime(until))},
		ReturnValues:              types.ReturnValueAllNew,
		ReturnConsumedCapacity:    types.ReturnConsumedCapacityTotal,
	})
	if err = connectionGone(id, err); err != nil {
		return Connection{}, err
	}
	meter(ctx).write(out.ConsumedCapacity)
	return decodeConnection(out.Attributes)
}

// RemoveConnection forgets a connection, if it is known.
func (s *Store) RemoveConnection(ctx context.Context, id string) error {
	return s.delete(ctx, connectionPartition, id)
}

// Connections reads every connection, eventually consistent: one that was added in the last moment may be missing,
// which is why a desk takes a second snapshot (deskapi.SettleSeconds).
func (s *Store) Connections(ctx context.Context) ([]Connection, error) {
	var all []Connection
	err := s.query(ctx, &dynamodb.QueryInput{
		KeyConditionExpression:    aws.String("pk = :pk"),
		ExpressionAttributeValues: item{":pk": text(connectionPartition)},
	}, func(page []item) (bool, error) {
		for _, it := range page {
			c, err := decodeConnection(it)
			if err != nil {
				return false, err
			}
			all = append(all, c)
		}
		return true, nil
	})
	return all, err
}

func decodeConnection(it item) (Connection, error) {
	var r connectionRecord
	if err := attributevalue.UnmarshalMap(it, &r); err != nil {
		return Connection{}, fmt.Errorf("decode connection: %w", err)
	}
	return r.connection()
}

func (r connectionRecord) connection() (Connection, error) {
	var d timeDecoder
	c := Connection{ID: r.SK, AgentID: r.AgentID, Role: center.Role(r.Role), Queues: r.Queues, LeaseUntil: d.time(r.LeaseUntil)}
	return c, d.failure("connection " + r.SK)
}

func connectionGone(id string, err error) error {
	var condition *types.ConditionalCheckFailedException
	if errors.As(err, &condition) {
		return center.Errorf(center.NotFound, "connection-unknown", "no connection %s", id)
	}
	if err != nil {
		return fmt.Errorf("connection %s: %w", id, err)
	}
	return nil
}
