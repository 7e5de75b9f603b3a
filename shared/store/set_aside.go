package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"guichet/shared/center"
)

const (
	// setAsideRetention is how long a payload is kept that could not be understood.
	setAsideRetention = 30 * 24 * time.Hour
	// setAsideBytes is how much of it is kept: an item holds 400 KB, an answer of the API 6 MB.
	setAsideBytes = 64 << 10
	// SetAsideLimit is how many are listed at most.
	SetAsideLimit = 50
)

type setAsideRecord struct {
	PK      string `dynamodbav:"pk"`
	SK      string `dynamodbav:"sk"`
	TTL     int64  `dynamodbav:"ttl"`
	Channel string `dynamodbav:"channel"`
	At      string `dynamodbav:"at"`
	Reason  string `dynamodbav:"reason"`
	Payload string `dynamodbav:"payload"`
}

// SetAside keeps a payload of a channel's provider for 30 days; of a very large one, the beginning.
func (s *Store) SetAside(ctx context.Context, channel string, payload []byte, reason string, at time.Time) error {
	return s.put(ctx, put{record: setAsideRecord{
		PK: setAsidePartition, SK: center.NewID(center.PrefixSetAside, at), TTL: at.Add(setAsideRetention).Unix(),
		Channel: channel, At: formatTime(at), Reason: beginning(reason), Payload: beginning(string(payload)),
	}})
}

// SetAsides reads the latest payloads that were set aside, the newest first.
func (s *Store) SetAsides(ctx context.Context) ([]*center.SetAside, error) {
	var list []*center.SetAside
	err := s.query(ctx, &dynamodb.QueryInput{
		KeyConditionExpression:    aws.String("pk = :pk"),
		ExpressionAttributeValues: item{":pk": text(setAsidePartition)},
		ScanIndexForward:          aws.Bool(false),
		ConsistentRead:            aws.Bool(true),
		Limit:                     aws.Int32(SetAsideLimit),
	}, func(page []item) (bool, error) {
		for _, it := range page {
			var r setAsideRecord
			if err := attributevalue.UnmarshalMap(it, &r); err != nil {
				return false, fmt.Errorf("decode what was set aside: %w", err)
			}
			one, err := r.setAside()
			if err != nil {
				return false, err
			}
			if len(list) < SetAsideLimit {
				list = append(list, one)
			}
		}
		return len(list) < SetAsideLimit, nil
	})
	return list, err
}

func (r setAsideRecord) setAside() (*center.SetAside, error) {
	at, err := parseTime(r.At)
	if err != nil {
		return nil, fmt.Errorf("decode what was set aside: %w", err)
	}
	return &center.SetAside{ID: r.SK, Channel: r.Channel, At: at, Reason: r.Reason, Payload: r.Payload}, nil
}

// RemoveSetAside removes a payload that was set aside. Removing it twice is harmless.
func (s *Store) RemoveSetAside(ctx context.Context, id string) error {
	return s.delete(ctx, setAsidePartition, id)
}

// beginning is what is kept of a text, as valid UTF-8: DynamoDB takes no other.
func beginning(s string) string {
	if len(s) > setAsideBytes {
		s = s[:setAsideBytes]
	}
	return strings.ToValidUTF8(s, "�")
}
