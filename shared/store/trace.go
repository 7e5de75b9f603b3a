package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"guichet/shared/center"
	"guichet/shared/metrics"
)

// Trace is a record that may tell of a customer. One of its parts is set.
type Trace struct {
	Contact   *center.Contact
	Chat      *center.Chat
	Voicemail *center.Voicemail
	SetAside  *center.SetAside
	Claim     *Claim
	Entry     *Entry
	State     *ChatInQueue
	OptOut    *OptOut
}

// Entry is a line of the contact log and where it is.
type Entry struct {
	Line   metrics.Line
	pk, sk string
}

// ChatInQueue is what is kept of how a chat stood in a queue.
type ChatInQueue struct{ QueueID, ChatID string }

// Traces reads the whole table with strong consistency, 1 MB at a time, and hands out what may tell of customers, in no order. It is
// for an operator's rare command: a gigabyte is a quarter of a million read units.
func (s *Store) Traces(ctx context.Context, each func(Trace) error) error {
	in := &dynamodb.ScanInput{TableName: &s.table, ConsistentRead: aws.Bool(true), ReturnConsumedCapacity: types.ReturnConsumedCapacityTotal}
	for {
		out, err := s.client.Scan(ctx, in)
		if err != nil {
			return fmt.Errorf("scan: %w", err)
		}
		meter(ctx).read(out.ConsumedCapacity)
		for _, it := range out.Items {
			t, err := traceOf(it)
			if err != nil {
				return err
			}
			if t == (Trace{}) {
				continue
			}
			if err := each(t); err != nil {
				return err
			}
		}
		if out.LastEvaluatedKey == nil {
			return nil
		}
		in.ExclusiveStartKey = out.LastEvaluatedKey
	}
}

func traceOf(it item) (t Trace, err error) {
	pk, sk := partitionOf(it), sortOf(it)
	switch {
	case sk == contactSort:
		t.Contact, err = decoded(it, contactRecord.contact)
	case sk == chatSort:
		t.Chat, err = decoded(it, chatRecord.chat)
	case strings.HasPrefix(pk, voicemailPrefix):
		t.Voicemail, err = decoded(it, voicemailRecord.voicemail)
	case pk == setAsidePartition:
		t.SetAside, err = decoded(it, setAsideRecord.setAside)
	case sk == optOutSort:
		t.OptOut, err = decoded(it, optOutRecord.optOut)
	case sk == claimSort:
		t.Claim, err = decoded(it, claimRecord.claim)
	case strings.HasPrefix(pk, agentLogPrefix), strings.HasPrefix(pk, queueLogPrefix):
		t.Entry, err = entryOf(it)
	case strings.HasPrefix(sk, openSortPrefix):
		t.State = &ChatInQueue{strings.TrimPrefix(pk, queuePartition("")), strings.TrimPrefix(sk, openSortPrefix)}
	}
	return t, err
}

func decoded[R, T any](it item, decode func(R) (*T, error)) (*T, error) {
	var r R
	if err := attributevalue.UnmarshalMap(it, &r); err != nil {
		return nil, fmt.Errorf("decode %s %s: %w", partitionOf(it), sortOf(it), err)
	}
	return decode(r)
}

// entryOf reads a line of the log; nil when so far only its wrap-up is known.
func entryOf(it item) (*Entry, error) {
	return decoded(it, func(r lineRecord) (*Entry, error) {
		if r.Kind == "" {
			return nil, nil
		}
		pk := partitionOf(it)
		agentID := ""
		if rest, ok := strings.CutPrefix(pk, agentLogPrefix); ok {
			agentID, _, _ = cutLast(rest)
		}
		l, err := r.line(agentID)
		return &Entry{Line: l, pk: pk, sk: sortOf(it)}, err
	})
}

func partitionOf(it item) string {
	if pk, ok := it[PartitionKey].(*types.AttributeValueMemberS); ok {
		return pk.Value
	}
	return ""
}

// cutLast cuts a text at its last #.
func cutLast(s string) (before, after string, found bool) {
	i := strings.LastIndexByte(s, '#')
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+1:], true
}
