package store

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"guichet/shared/center"
	"guichet/shared/metrics"
)

// EraseEntry takes out of a line of the log whom it was with: what it counts stays. A chat's id follows from its customer's, so that its
// line goes on under another one, which is the caller's to choose. Repeating it is harmless.
func (s *Store) EraseEntry(ctx context.Context, e *Entry, otherChatID string) error {
	if e.Line.Kind == metrics.KindChat {
		return s.renameEntry(ctx, e, otherChatID)
	}
	out, err := s.client.UpdateItem(ctx, &dynamodb.UpdateItemInput{
		TableName: &s.table, Key: key(e.pk, e.sk), ReturnConsumedCapacity: types.ReturnConsumedCapacityTotal,
		UpdateExpression: aws.String("REMOVE #number, #name"), ConditionExpression: aws.String("attribute_exists(pk)"),
		ExpressionAttributeNames: map[string]string{"#number": "number", "#name": "name"},
	})
	if err = asStale("erase line "+e.Line.ContactID, err); errors.Is(err, ErrStale) {
		return nil // it has expired
	}
	if err == nil {
		meter(ctx).write(out.ConsumedCapacity)
	}
	return err
}

// renameEntry moves a line, all or nothing: at no time would a recount find it twice, or not at all.
func (s *Store) renameEntry(ctx context.Context, e *Entry, chatID string) error {
	read, err := s.client.GetItem(ctx, &dynamodb.GetItemInput{
		TableName: &s.table, Key: key(e.pk, e.sk), ConsistentRead: aws.Bool(true), ReturnConsumedCapacity: types.ReturnConsumedCapacityTotal,
	})
	if err != nil {
		return fmt.Errorf("get line %s: %w", e.sk, err)
	}
	meter(ctx).read(read.ConsumedCapacity)
	if read.Item == nil {
		return nil // moved before
	}
	moved := maps.Clone(read.Item)
	moved[SortKey] = text(strings.Replace(e.sk, e.Line.ContactID, chatID, 1))
	moved["contact"] = text(chatID)
	delete(moved, "number")
	delete(moved, "name")
	exists := aws.String("attribute_exists(pk)")
	out, err := s.client.TransactWriteItems(ctx, &dynamodb.TransactWriteItemsInput{
		TransactItems: []types.TransactWriteItem{
			{Delete: &types.Delete{TableName: &s.table, Key: key(e.pk, e.sk), ConditionExpression: exists}},
			{Put: &types.Put{TableName: &s.table, Item: moved}},
		},
		ReturnConsumedCapacity: types.ReturnConsumedCapacityTotal,
	})
	if err != nil {
		return asStale("move line", err)
	}
	meter(ctx).transaction(out.ConsumedCapacity)
	return nil
}

// Release gives a claim back, as it was read: whoever has taken it since keeps it, and the error is ErrStale.
func (s *Store) Release(ctx context.Context, c Claim) error {
	out, err := s.client.DeleteItem(ctx, &dynamodb.DeleteItemInput{
		TableName: &s.table, Key: key(claimPartition(c.What), claimSort), ReturnConsumedCapacity: types.ReturnConsumedCapacityTotal,
		ConditionExpression:      aws.String("attribute_not_exists(pk) OR #write = :seen"),
		ExpressionAttributeNames: map[string]string{"#write": "write"}, ExpressionAttributeValues: item{":seen": text(c.seen)},
	})
	if err != nil {
		return asStale("release", err)
	}
	meter(ctx).write(out.ConsumedCapacity)
	return nil
}

// EmptyChat removes what a chat consists of, but its own record. each is called before a message goes.
func (s *Store) EmptyChat(ctx context.Context, chatID string, each func(*center.Message) error) error {
	return s.query(ctx, &dynamodb.QueryInput{
		KeyConditionExpression: aws.String("pk = :pk"), ExpressionAttributeValues: item{":pk": text(chatPartition(chatID))}, ConsistentRead: aws.Bool(true),
	}, func(page []item) (bool, error) {
		for _, it := range page {
			sk := sortOf(it)
			if sk == chatSort {
				continue
			}
			if strings.HasPrefix(sk, messageSortPrefix) {
				m, err := decodeMessage(it)
				if err == nil {
					err = each(m)
				}
				if err != nil {
					return false, err
				}
			}
			if err := s.delete(ctx, chatPartition(chatID), sk); err != nil {
				return false, err
			}
		}
		return true, nil
	})
}

// RemoveChat removes a chat's record as it was read, and its entry in a list; ErrStale when it has changed since.
func (s *Store) RemoveChat(ctx context.Context, c *center.Chat) error {
	deletes := []types.Delete{{
		TableName: &s.table, Key: key(chatPartition(c.ID), chatSort),
		ConditionExpression: aws.String("v = :v"), ExpressionAttributeValues: item{":v": number(c.Version)},
	}}
	if l := listed(c); l != nil {
		deletes = append(deletes, types.Delete{TableName: &s.table, Key: key(l.PK, l.SK)})
	}
	return s.transactWrites(ctx, nil, deletes)
}

// ForgetChatInQueue forgets how a chat stood in a queue. Should the chat begin anew, its versions do, too, and would be taken for old.
func (s *Store) ForgetChatInQueue(ctx context.Context, c ChatInQueue) error {
	return s.delete(ctx, queuePartition(c.QueueID), openSortPrefix+c.ChatID)
}
