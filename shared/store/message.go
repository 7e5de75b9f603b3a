package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"guichet/shared/center"
)

// Message reads a message of a chat by its key; a consistent read costs twice an eventual one.
func (s *Store) Message(ctx context.Context, chatID, messageKey string, consistent bool) (*center.Message, error) {
	var r messageRecord
	found, err := s.get(ctx, chatPartition(chatID), messageSortPrefix+messageKey, consistent, &r)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, center.Errorf(center.NotFound, "message-unknown", "no such message in chat %s", chatID)
	}
	return r.message()
}

// AddMessage writes a new message. It returns ErrStaleMessage when it is known already.
func (s *Store) AddMessage(ctx context.Context, m *center.Message) error {
	return s.CommitChat(ctx, ChatChange{Messages: []*center.Message{m}})
}

// UpdateMessage writes a message if its version is still the one that was read; else it returns ErrStale.
func (s *Store) UpdateMessage(ctx context.Context, m *center.Message) error {
	if err := s.put(ctx, versioned(newMessageRecord(m), m.Version)); err != nil {
		return err
	}
	m.Version++
	return nil
}

// Page is a part of a thread: the newest messages, those before a key, or those after one.
type Page struct {
	Before, After string // keys; at most one
	Limit         int    // zero: all
}

// Messages reads a page of a chat's thread, oldest first, and tells whether there are more beyond it. The read is
// strongly consistent.
func (s *Store) Messages(ctx context.Context, chatID string, p Page) ([]*center.Message, bool, error) {
	from, to := messageSortPrefix, messageSortPrefix+"~" // "~" sorts after every key
	if p.Before != "" {
		to = messageSortPrefix + p.Before
	}
	if p.After != "" {
		from = messageSortPrefix + p.After
	}
	forward := p.After != ""
	in := &dynamodb.QueryInput{
		KeyConditionExpression:    aws.String("pk = :pk AND sk BETWEEN :from AND :to"),
		ExpressionAttributeValues: item{":pk": text(chatPartition(chatID)), ":from": text(from), ":to": text(to)},
		ConsistentRead:            aws.Bool(true), ScanIndexForward: &forward,
	}
	if p.Limit > 0 {
		in.Limit = aws.Int32(int32(p.Limit + 2)) //nolint:gosec // the end that is known already, and one more to know of
	}
	var messages []*center.Message
	err := s.query(ctx, in, func(page []item) (bool, error) {
		for _, it := range page {
			m, err := decodeMessage(it)
			if err != nil {
				return false, err
			}
			if k := m.Key(); k != p.Before && k != p.After {
				messages = append(messages, m)
			}
		}
		return p.Limit == 0 || len(messages) <= p.Limit, nil
	})
	more := p.Limit > 0 && len(messages) > p.Limit
	if more {
		messages = messages[:p.Limit]
	}
	if !forward {
		slices.Reverse(messages)
	}
	return messages, more, err
}

// FindMessage looks for the message that has an id, or that the provider knows by an id, from the newest back. NotFound
// when there is none.
func (s *Store) FindMessage(ctx context.Context, chatID, id, providerID string) (*center.Message, error) {
	var found *center.Message
	err := s.query(ctx, &dynamodb.QueryInput{
		KeyConditionExpression: aws.String("pk = :pk AND begins_with(sk, :messages)"),
		FilterExpression:       aws.String("id = :id OR provider = :provider"),
		ExpressionAttributeValues: item{
			":pk": text(chatPartition(chatID)), ":messages": text(messageSortPrefix), ":id": text(id), ":provider": text(providerID),
		},
		ConsistentRead: aws.Bool(true), ScanIndexForward: aws.Bool(false),
	}, func(page []item) (more bool, err error) {
		if len(page) == 0 {
			return true, nil
		}
		found, err = decodeMessage(page[0])
		return false, err
	})
	if err == nil && found == nil {
		err = center.Errorf(center.NotFound, "message-unknown", "no such message in chat %s", chatID)
	}
	return found, err
}

// seenRetention is how long a provider may repeat a message whose time it does not tell.
const seenRetention = 7 * 24 * time.Hour

// FirstSeen returns when a message was seen first: now, or the time that an earlier delivery of it was given. It gives a
// time to messages of providers that tell none, the same in every repeat.
func (s *Store) FirstSeen(ctx context.Context, chatID, messageID string, now time.Time) (time.Time, error) {
	record, err := attributevalue.MarshalMap(seenRecord{
		PK: chatPartition(chatID), SK: seenSortPrefix + messageID, At: formatTime(now), TTL: now.Add(seenRetention).Unix(),
	})
	if err != nil {
		return now, fmt.Errorf("encode: %w", err)
	}
	out, err := s.client.PutItem(ctx, &dynamodb.PutItemInput{
		TableName: &s.table, Item: record, ConditionExpression: aws.String("attribute_not_exists(pk)"),
		ReturnValuesOnConditionCheckFailure: types.ReturnValuesOnConditionCheckFailureAllOld,
		ReturnConsumedCapacity:              types.ReturnConsumedCapacityTotal,
	})
	var known *types.ConditionalCheckFailedException
	if errors.As(err, &known) {
		var r seenRecord
		if err := attributevalue.UnmarshalMap(known.Item, &r); err != nil {
			return now, fmt.Errorf("decode: %w", err)
		}
		return parseTime(r.At)
	}
	if err != nil {
		return now, fmt.Errorf("first seen: %w", err)
	}
	meter(ctx).write(out.ConsumedCapacity)
	return now, nil
}

type seenRecord struct {
	PK  string `dynamodbav:"pk"`
	SK  string `dynamodbav:"sk"`
	At  string `dynamodbav:"at"`
	TTL int64  `dynamodbav:"ttl"`
}

func decodeMessage(it item) (*center.Message, error) {
	var r messageRecord
	if err := attributevalue.UnmarshalMap(it, &r); err != nil {
		return nil, fmt.Errorf("decode message: %w", err)
	}
	return r.message()
}
