// Package store is the only package that speaks DynamoDB: one table, every access pattern a method, one file a noun.
// Writes are conditional on the version that was read; rules about what may be written live in center.
package store

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// Store reads and writes one table.
type Store struct {
	client *dynamodb.Client
	table  string
}

// New returns a store over a table that exists.
func New(client *dynamodb.Client, table string) *Store {
	return &Store{client: client, table: table}
}

// ErrStale means that an item changed since it was read: read again and decide again.
var ErrStale = errors.New("the record has changed since it was read")

type item = map[string]types.AttributeValue

func key(pk, sk string) item {
	return item{PartitionKey: &types.AttributeValueMemberS{Value: pk}, SortKey: &types.AttributeValueMemberS{Value: sk}}
}

// get reads one item into a record; it returns false when there is none.
func (s *Store) get(ctx context.Context, pk, sk string, consistent bool, record any) (bool, error) {
	out, err := s.client.GetItem(ctx, &dynamodb.GetItemInput{
		TableName: &s.table, Key: key(pk, sk), ConsistentRead: &consistent,
		ReturnConsumedCapacity: types.ReturnConsumedCapacityTotal,
	})
	if err != nil {
		return false, fmt.Errorf("get %s %s: %w", pk, sk, err)
	}
	meter(ctx).read(out.ConsumedCapacity)
	if out.Item == nil {
		return false, nil
	}
	if err := attributevalue.UnmarshalMap(out.Item, record); err != nil {
		return false, fmt.Errorf("decode %s %s: %w", pk, sk, err)
	}
	return true, nil
}

// query reads pages until each has been given to page, or page returns false.
func (s *Store) query(ctx context.Context, in *dynamodb.QueryInput, page func([]item) (bool, error)) error {
	in.TableName, in.ReturnConsumedCapacity = &s.table, types.ReturnConsumedCapacityTotal
	for {
		out, err := s.client.Query(ctx, in)
		if err != nil {
			return fmt.Errorf("query: %w", err)
		}
		meter(ctx).read(out.ConsumedCapacity)
		more, err := page(out.Items)
		if err != nil || !more || out.LastEvaluatedKey == nil {
			return err
		}
		in.ExclusiveStartKey = out.LastEvaluatedKey
	}
}

// put is one conditional write.
type put struct {
	record    any
	condition string
	values    item
	names     map[string]string // of attributes whose names are reserved words
	lost      error             // what a lost condition means; nil: ErrStale
	own       bool              // a lost condition against this very record means that an earlier attempt of ours got through
}

// versioned writes a record whose version was v when it was read; zero means that it must not exist yet.
func versioned(record any, v int64) put {
	if v == 0 {
		return put{record: record, condition: "attribute_not_exists(pk)", own: true}
	}
	return put{record: record, condition: "v = :v", values: item{":v": number(v)}, own: true}
}

func (s *Store) put(ctx context.Context, p put) error {
	av, err := attributevalue.MarshalMap(p.record)
	if err != nil {
		return fmt.Errorf("encode: %w", err)
	}
	in := &dynamodb.PutItemInput{
		TableName: &s.table, Item: av, ExpressionAttributeValues: p.values, ExpressionAttributeNames: p.names,
		ReturnConsumedCapacity: types.ReturnConsumedCapacityTotal,
	}
	if p.condition != "" {
		in.ConditionExpression = &p.condition
		in.ReturnValuesOnConditionCheckFailure = types.ReturnValuesOnConditionCheckFailureAllOld
	}
	out, err := s.client.PutItem(ctx, in)
	if p.own && lostTo(err, av) {
		return nil
	}
	var condition *types.ConditionalCheckFailedException
	if p.lost != nil && errors.As(err, &condition) {
		return p.lost
	}
	if err != nil {
		return asStale("put", err)
	}
	meter(ctx).write(out.ConsumedCapacity)
	return nil
}

// batchLimit is how many items DynamoDB reads in one BatchGetItem.
const batchLimit = 100

// batchGet reads items by key, eventually consistent, in no order.
func (s *Store) batchGet(ctx context.Context, keys []item, each func(item) error) error {
	for chunk := range slices.Chunk(keys, batchLimit) {
		ask := map[string]types.KeysAndAttributes{s.table: {Keys: chunk}}
		for len(ask) > 0 {
			out, err := s.client.BatchGetItem(ctx, &dynamodb.BatchGetItemInput{
				RequestItems: ask, ReturnConsumedCapacity: types.ReturnConsumedCapacityTotal,
			})
			if err != nil {
				return fmt.Errorf("batch get: %w", err)
			}
			for _, c := range out.ConsumedCapacity {
				meter(ctx).read(&c)
			}
			for _, it := range out.Responses[s.table] {
				if err := each(it); err != nil {
					return err
				}
			}
			ask = out.UnprocessedKeys
		}
	}
	return nil
}

// lostTo tells whether a write lost its condition against the very item that it wanted to write. The SDK repeats a
// request whose answer it did not get, and so loses to itself; who takes that for somebody else's write would leave
// undone what was to follow it.
func lostTo(err error, written item) bool {
	var condition *types.ConditionalCheckFailedException
	return errors.As(err, &condition) && sameItem(condition.Item, written)
}

// writeLength is how many of 32 letters tell the writers of one item apart.
const writeLength = 8

// newWrite is another one in every write of an item. By it a writer whose request was repeated tells itself from somebody
// else who wants to write the same: else two would send one message, or count two as one.
func newWrite() string { return rand.Text()[:writeLength] }

// sameItem compares items; sets have no order.
func sameItem(a, b item) bool {
	return maps.EqualFunc(a, b, func(v, w types.AttributeValue) bool {
		s, isSet := v.(*types.AttributeValueMemberSS)
		t, both := w.(*types.AttributeValueMemberSS)
		if isSet && both {
			return slices.Equal(slices.Sorted(slices.Values(s.Value)), slices.Sorted(slices.Values(t.Value)))
		}
		return reflect.DeepEqual(v, w)
	})
}

func (s *Store) delete(ctx context.Context, pk, sk string) error {
	out, err := s.client.DeleteItem(ctx, &dynamodb.DeleteItemInput{
		TableName: &s.table, Key: key(pk, sk), ReturnConsumedCapacity: types.ReturnConsumedCapacityTotal,
	})
	if err != nil {
		return fmt.Errorf("delete %s %s: %w", pk, sk, err)
	}
	meter(ctx).write(out.ConsumedCapacity)
	return nil
}

// asStale maps lost conditions to ErrStale.
func asStale(op string, err error) error {
	if err == nil {
		return nil
	}
	var condition *types.ConditionalCheckFailedException
	var cancelled *types.TransactionCanceledException
	var conflict *types.TransactionConflictException
	switch {
	case errors.As(err, &condition), errors.As(err, &conflict):
		return fmt.Errorf("%s: %w", op, ErrStale)
	case errors.As(err, &cancelled):
		for _, r := range cancelled.CancellationReasons {
			switch aws.ToString(r.Code) {
			case "ConditionalCheckFailed", "TransactionConflict":
				return fmt.Errorf("%s: %w", op, ErrStale)
			}
		}
	}
	return fmt.Errorf("%s: %w", op, err)
}

func number(n int64) types.AttributeValue {
	return &types.AttributeValueMemberN{Value: fmt.Sprint(n)}
}

func text(s string) types.AttributeValue { return &types.AttributeValueMemberS{Value: s} }
