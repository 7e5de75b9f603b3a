package store

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"guichet/shared/center"
)

// Place is one contact's place in a queue's line. It may outlive its contact's wait: look before you trust it.
type Place struct {
	ContactID string
	QueueID   string
	Priority  int
	EnteredAt time.Time
	sort      string
}

// Waiting reads the first places of a queue's line, at most want of them. The read is strongly consistent: whoever
// took a place before it is in it.
func (s *Store) Waiting(ctx context.Context, queueID string, want int) ([]Place, error) {
	in := &dynamodb.QueryInput{
		KeyConditionExpression:    aws.String("pk = :pk AND begins_with(sk, :wait)"),
		ExpressionAttributeValues: item{":pk": text(queuePartition(queueID)), ":wait": text(waitSortPrefix)},
		ConsistentRead:            aws.Bool(true),
	}
	if want < math.MaxInt32 {
		in.Limit = aws.Int32(int32(want))
	}
	var line []Place
	err := s.query(ctx, in, func(page []item) (bool, error) {
		for _, it := range page {
			p, err := parsePlace(queueID, it)
			if err != nil {
				return false, err
			}
			line = append(line, p)
		}
		return len(line) < want, nil
	})
	return line, err
}

// Due reads the places on a queue's schedule whose time had come at the given one, with strong consistency.
func (s *Store) Due(ctx context.Context, queueID string, at time.Time) ([]Place, error) {
	var due []Place
	err := s.query(ctx, &dynamodb.QueryInput{
		KeyConditionExpression: aws.String("pk = :pk AND sk BETWEEN :first AND :last"),
		ExpressionAttributeValues: item{
			":pk": text(queuePartition(queueID)), ":first": text(laterSortPrefix), ":last": text(laterSortPrefix + formatTime(at)),
		},
		ConsistentRead: aws.Bool(true),
	}, func(page []item) (bool, error) {
		for _, it := range page {
			sk, _ := it[SortKey].(*types.AttributeValueMemberS)
			parts := strings.Split(sk.Value, "#")
			if len(parts) != 3 {
				return false, fmt.Errorf("decode place %s", sk.Value)
			}
			due = append(due, Place{ContactID: parts[2], QueueID: queueID, sort: sk.Value})
		}
		return true, nil
	})
	return due, err
}

// AnyoneWaiting tells, eventually consistent, whether a queue's line is not empty.
func (s *Store) AnyoneWaiting(ctx context.Context, queueID string) (bool, error) {
	any := false
	err := s.query(ctx, &dynamodb.QueryInput{
		KeyConditionExpression:    aws.String("pk = :pk AND begins_with(sk, :wait)"),
		ExpressionAttributeValues: item{":pk": text(queuePartition(queueID)), ":wait": text(waitSortPrefix)},
		Limit:                     aws.Int32(1),
	}, func(page []item) (bool, error) {
		any = any || len(page) > 0
		return false, nil
	})
	return any, err
}

// Ahead counts the places before the contact's own in its queue's line, eventually consistent.
func (s *Store) Ahead(ctx context.Context, c *center.Contact) (int, error) {
	ahead := 0
	err := s.query(ctx, &dynamodb.QueryInput{
		KeyConditionExpression: aws.String("pk = :pk AND sk BETWEEN :wait AND :own"),
		ExpressionAttributeValues: item{
			":pk": text(queuePartition(c.LineID())), ":wait": text(waitSortPrefix), ":own": text(waitSort(c)),
		},
	}, func(page []item) (bool, error) {
		for _, it := range page {
			if sk, ok := it[SortKey].(*types.AttributeValueMemberS); ok && sk.Value < waitSort(c) {
				ahead++
			}
		}
		return true, nil
	})
	return ahead, err
}

// Forget removes a place whose contact does not wait: c as it was read, or nil if there is none. It does nothing when
// the contact has changed since, because it may be waiting again.
func (s *Store) Forget(ctx context.Context, p Place, c *center.Contact) error {
	check := &types.ConditionCheck{
		TableName: &s.table, Key: key(contactPartition(p.ContactID), contactSort),
		ConditionExpression: aws.String("attribute_not_exists(pk)"),
	}
	if c != nil {
		check.ConditionExpression = aws.String("v = :v")
		check.ExpressionAttributeValues = item{":v": number(c.Version)}
	}
	gone := &types.Delete{TableName: &s.table, Key: key(queuePartition(p.QueueID), p.sort)}
	out, err := s.client.TransactWriteItems(ctx, &dynamodb.TransactWriteItemsInput{
		TransactItems:          []types.TransactWriteItem{{ConditionCheck: check}, {Delete: gone}},
		ReturnConsumedCapacity: types.ReturnConsumedCapacityTotal,
	})
	if err = asStale("forget", err); errors.Is(err, ErrStale) {
		return nil
	}
	if err != nil {
		return err
	}
	meter(ctx).transaction(out.ConsumedCapacity)
	return nil
}

func parsePlace(queueID string, it item) (Place, error) {
	sk, ok := it[SortKey].(*types.AttributeValueMemberS)
	if !ok {
		return Place{}, fmt.Errorf("decode place in %s: no sort key", queueID)
	}
	parts := strings.Split(sk.Value, "#")
	if len(parts) != 4 {
		return Place{}, fmt.Errorf("decode place %s", sk.Value)
	}
	p := Place{QueueID: queueID, ContactID: parts[3], sort: sk.Value}
	if _, err := fmt.Sscanf(parts[1], "%d", &p.Priority); err != nil {
		return Place{}, fmt.Errorf("decode place %s: %w", sk.Value, err)
	}
	at, err := parseTime(parts[2])
	if err != nil {
		return Place{}, fmt.Errorf("decode place %s: %w", sk.Value, err)
	}
	p.EnteredAt = at
	return p, nil
}
