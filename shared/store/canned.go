package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"guichet/shared/center"
)

// ErrShortcutTaken means that another canned message of the same scope has the shortcut.
var ErrShortcutTaken = errors.New("the shortcut is taken")

type cannedRecord struct {
	PK         string   `dynamodbav:"pk"`
	SK         string   `dynamodbav:"sk"`
	V          int64    `dynamodbav:"v"`
	ID         string   `dynamodbav:"id"`
	OwnerID    string   `dynamodbav:"owner"`
	Title      string   `dynamodbav:"title"`
	Text       string   `dynamodbav:"text"`
	Shortcut   string   `dynamodbav:"shortcut,omitempty"`
	Categories []string `dynamodbav:"categories,omitempty"`
	Public     bool     `dynamodbav:"public,omitempty"`
}

// shortcutRecord marks a shortcut of a scope as taken. It comes and goes in one transaction with its message, so that two
// who choose the same at once don't both get it.
type shortcutRecord struct {
	PK string `dynamodbav:"pk"`
	SK string `dynamodbav:"sk"`
	ID string `dynamodbav:"id"`
}

// CannedMessages reads an agent's own canned messages and the public ones, by title.
func (s *Store) CannedMessages(ctx context.Context, agentID string) ([]*center.CannedMessage, error) {
	var list []*center.CannedMessage
	for _, public := range []bool{false, true} {
		err := s.query(ctx, &dynamodb.QueryInput{
			KeyConditionExpression: aws.String("pk = :pk AND begins_with(sk, :canned)"),
			ExpressionAttributeValues: item{
				":pk": text(cannedPartition(agentID, public)), ":canned": text(cannedSortPrefix),
			},
			ConsistentRead: aws.Bool(true),
		}, func(page []item) (bool, error) {
			for _, it := range page {
				var r cannedRecord
				if err := attributevalue.UnmarshalMap(it, &r); err != nil {
					return false, fmt.Errorf("decode canned message: %w", err)
				}
				list = append(list, r.message())
			}
			return true, nil
		})
		if err != nil {
			return nil, err
		}
	}
	// One that is being made public between the two reads is in both.
	slices.SortFunc(list, func(a, b *center.CannedMessage) int {
		return cmp.Or(cmp.Compare(a.Title, b.Title), cmp.Compare(a.ID, b.ID), cmp.Compare(b.Version, a.Version))
	})
	return slices.CompactFunc(list, func(a, b *center.CannedMessage) bool { return a.ID == b.ID }), nil
}

// CannedMessage reads a canned message that is the agent's own or public.
func (s *Store) CannedMessage(ctx context.Context, agentID, id string) (*center.CannedMessage, error) {
	for _, public := range []bool{false, true} {
		var r cannedRecord
		found, err := s.get(ctx, cannedPartition(agentID, public), cannedSortPrefix+id, true, &r)
		if err != nil {
			return nil, err
		}
		if found {
			return r.message(), nil
		}
	}
	return nil, center.Errorf(center.NotFound, "canned-message-unknown", "no canned message %s", id)
}

// SaveCannedMessage writes a canned message over what was read of it; before is nil for a new one, after for one that
// goes. It returns ErrStale when somebody else was first, ErrShortcutTaken when the shortcut is another message's.
func (s *Store) SaveCannedMessage(ctx context.Context, before, after *center.CannedMessage) error {
	puts, deletes := s.cannedPuts(before, after), s.cannedDeletes(before, after)
	var err error
	if len(puts) == 1 && len(deletes) == 0 {
		err = s.put(ctx, puts[0])
	} else {
		err = s.transactWrites(ctx, puts, deletes)
	}
	if err == nil && after != nil {
		after.Version++
	}
	return err
}

// cannedPuts are the message where it belongs now, and the mark of its shortcut if that is new there.
func (s *Store) cannedPuts(before, after *center.CannedMessage) []put {
	if after == nil {
		return nil
	}
	r := newCannedRecord(after)
	message := put{record: r, condition: "attribute_not_exists(pk)"}
	if before != nil && placeOf(before) == r.PK {
		message = versioned(r, before.Version)
	}
	if mark := markOf(after); mark != nil && !sameMark(mark, markOf(before)) {
		return []put{message, {record: *mark, condition: "attribute_not_exists(pk)", lost: ErrShortcutTaken}}
	}
	return []put{message}
}

// cannedDeletes are the message where it no longer belongs, and the mark that is no longer its own.
func (s *Store) cannedDeletes(before, after *center.CannedMessage) []types.Delete {
	if before == nil {
		return nil
	}
	var deletes []types.Delete
	if after == nil || placeOf(after) != placeOf(before) {
		deletes = append(deletes, types.Delete{
			TableName: &s.table, Key: key(placeOf(before), cannedSortPrefix+before.ID),
			ConditionExpression: aws.String("v = :v"), ExpressionAttributeValues: item{":v": number(before.Version)},
		})
	}
	if mark := markOf(before); mark != nil && !sameMark(mark, markOf(after)) {
		deletes = append(deletes, types.Delete{TableName: &s.table, Key: key(mark.PK, mark.SK)})
	}
	return deletes
}

func placeOf(m *center.CannedMessage) string { return cannedPartition(m.OwnerID, m.Public) }

// markOf is the mark of a message's shortcut; nil when it has none.
func markOf(m *center.CannedMessage) *shortcutRecord {
	if m == nil || m.Shortcut == "" {
		return nil
	}
	return &shortcutRecord{PK: placeOf(m), SK: shortcutSortPrefix + m.Shortcut, ID: m.ID}
}

func sameMark(a, b *shortcutRecord) bool { return a != nil && b != nil && *a == *b }

func newCannedRecord(m *center.CannedMessage) cannedRecord {
	return cannedRecord{
		PK: placeOf(m), SK: cannedSortPrefix + m.ID, V: m.Version + 1, ID: m.ID, OwnerID: m.OwnerID, Title: m.Title,
		Text: m.Text, Shortcut: m.Shortcut, Categories: m.Categories, Public: m.Public,
	}
}

func (r cannedRecord) message() *center.CannedMessage {
	return &center.CannedMessage{
		ID: r.ID, OwnerID: r.OwnerID, Title: r.Title, Text: r.Text, Shortcut: r.Shortcut, Categories: r.Categories,
		Public: r.Public, Version: r.V,
	}
}
