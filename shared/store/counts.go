package store

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"guichet/shared/metrics"
)

// lastCounted is the attribute of a record of counts that says up to which stream record it has counted.
const lastCounted = "last"

// Counted is what one stream record counts.
type Counted struct {
	Sequence string // of the stream record; within a shard they go up
	metrics.Counts
}

// Counters writes the counts of queues. There is a record for every queue, hour and shard of the stream, so that a record has one
// writer, and each says itself what it has counted: docs/decisions/counters.md.
type Counters struct {
	store *Store
	mu    sync.Mutex
	known map[[2]string]position
}

// position is how far a record has counted, and its greatest figures.
type position struct {
	last     string
	greatest metrics.Counts
}

// NewCounters returns a writer of s's counts.
func NewCounters(s *Store) *Counters { return &Counters{store: s, known: map[[2]string]position{}} }

// knownRecords bounds what is remembered of records; they are read anew when it is forgotten.
const knownRecords = 2000

// Count adds what a batch of stream records of one shard counts in a slot, in order. What was counted before counts no more: a
// batch may be repeated, split, or cut off. It returns what counted now. day is the date of the slot by the centre's clock.
func (c *Counters) Count(ctx context.Context, shard, day string, slot metrics.Slot, batch []Counted) ([]Counted, error) {
	pk, sk := countPartition(slot.QueueID, day), countSort(day, slot.Hour, shard)
	at, err := c.position(ctx, pk, sk)
	for range attempts {
		if err != nil {
			return nil, err
		}
		var news []Counted
		sum, last := metrics.Counts{}, at.last
		for _, e := range batch {
			if seq := padSequence(e.Sequence); seq > at.last {
				news = append(news, e)
				sum.Add(e.Counts)
				last = max(last, seq)
			}
		}
		if last == at.last {
			return nil, nil
		}
		var lost bool
		if at, lost, err = c.add(ctx, pk, sk, at, sum, last); !lost && err == nil {
			return news, nil
		}
	}
	return nil, errors.Join(err, fmt.Errorf("count in %s %s: %w", pk, sk, ErrStale))
}

// position is what is remembered of a record, or read. What is read may be old: then the write loses its condition.
func (c *Counters) position(ctx context.Context, pk, sk string) (position, error) {
	c.mu.Lock()
	at, ok := c.known[[2]string{pk, sk}]
	c.mu.Unlock()
	if ok {
		return at, nil
	}
	out, err := c.store.client.GetItem(ctx, &dynamodb.GetItemInput{
		TableName: &c.store.table, Key: key(pk, sk), ReturnConsumedCapacity: types.ReturnConsumedCapacityTotal,
	})
	if err != nil {
		return position{}, fmt.Errorf("get %s %s: %w", pk, sk, err)
	}
	meter(ctx).read(out.ConsumedCapacity)
	return positionOf(out.Item), nil
}

func positionOf(it item) position {
	p := position{greatest: metrics.Counts{}}
	if last, ok := it[lastCounted].(*types.AttributeValueMemberS); ok {
		p.last = last.Value
	}
	for f, n := range countsOf(it) {
		if f.Greatest() {
			p.greatest[f] = n
		}
	}
	return p
}

// add writes counts on condition that the record is where it was. When it is not, lost is true and the position is its own.
func (c *Counters) add(ctx context.Context, pk, sk string, at position, sum metrics.Counts, last string) (now position, lost bool, err error) {
	in := &dynamodb.UpdateItemInput{
		TableName: &c.store.table, Key: key(pk, sk), ReturnConsumedCapacity: types.ReturnConsumedCapacityTotal,
		ExpressionAttributeNames:            map[string]string{"#last": lastCounted, "#ttl": TTLAttribute},
		ExpressionAttributeValues:           item{":last": text(last), ":ttl": number(expiry(sk))},
		ConditionExpression:                 aws.String("attribute_not_exists(#last)"),
		ReturnValuesOnConditionCheckFailure: types.ReturnValuesOnConditionCheckFailureAllOld,
	}
	if at.last != "" {
		in.ConditionExpression = aws.String("#last = :at")
		in.ExpressionAttributeValues[":at"] = text(at.last)
	}
	now = position{last: last, greatest: maps.Clone(at.greatest)}
	in.UpdateExpression = countExpression(in, now.greatest, sum)
	out, err := c.store.client.UpdateItem(ctx, in)
	var condition *types.ConditionalCheckFailedException
	switch {
	case errors.As(err, &condition):
		now, lost, err = positionOf(condition.Item), true, nil
	case err != nil:
		return now, false, fmt.Errorf("count in %s %s: %w", pk, sk, err)
	default:
		meter(ctx).write(out.ConsumedCapacity)
	}
	c.remember([2]string{pk, sk}, now)
	return now, lost, err
}

// countExpression adds what is added up and sets what is greater than before, which it notes in greatest.
func countExpression(in *dynamodb.UpdateItemInput, greatest, sum metrics.Counts) *string {
	sets, adds := []string{"#last = :last", "#ttl = :ttl"}, []string{}
	for i, f := range slices.Sorted(maps.Keys(sum)) {
		name, value := "#f"+strconv.Itoa(i), ":f"+strconv.Itoa(i)
		switch {
		case !f.Greatest():
			adds = append(adds, name+" "+value)
		case sum[f] > greatest[f]:
			sets = append(sets, name+" = "+value)
			greatest[f] = sum[f]
		default:
			continue
		}
		in.ExpressionAttributeNames[name], in.ExpressionAttributeValues[value] = string(f), number(sum[f])
	}
	e := "SET " + strings.Join(sets, ", ")
	if len(adds) > 0 {
		e += " ADD " + strings.Join(adds, ", ")
	}
	return &e
}

func (c *Counters) remember(record [2]string, at position) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.known) >= knownRecords {
		clear(c.known)
	}
	c.known[record] = at
}

// sequenceDigits is more than a sequence number has: at most 40, https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_StreamRecord.html
const sequenceDigits = 40

// padSequence makes sequence numbers sort as text.
func padSequence(sequence string) string {
	if n := sequenceDigits - len(sequence); n > 0 {
		return strings.Repeat("0", n) + sequence
	}
	return sequence
}

// countsOf reads the figures of a record.
func countsOf(it item) metrics.Counts {
	c := metrics.Counts{}
	for name, v := range it {
		n, ok := v.(*types.AttributeValueMemberN)
		if !ok || name == TTLAttribute {
			continue
		}
		if value, err := strconv.ParseInt(n.Value, 10, 64); err == nil {
			c[metrics.Figure(name)] = value
		}
	}
	return c
}

// expiry is when a record of counts may go: its sort key begins with its day.
func expiry(sk string) int64 {
	day, err := time.Parse(time.DateOnly, sk[:min(len(sk), len(time.DateOnly))])
	if err != nil {
		return 0
	}
	return day.Add(contactRetention).Unix()
}
