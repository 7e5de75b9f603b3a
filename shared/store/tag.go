package store

import (
	"context"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
)

// tagLimit is how many tags are suggested at most.
const tagLimit = 1000

type tagRecord struct {
	PK  string `dynamodbav:"pk"`
	SK  string `dynamodbav:"sk"`
	TTL int64  `dynamodbav:"ttl"`
}

// AddTags makes tags known. They are forgotten when no chat can have them any more.
func (s *Store) AddTags(ctx context.Context, tags []string, now time.Time) error {
	for _, tag := range tags {
		record := tagRecord{PK: tagPartition, SK: tagSortPrefix + tag, TTL: now.Add(2 * chatRetention).Unix()}
		if err := s.put(ctx, put{record: record}); err != nil {
			return err
		}
	}
	return nil
}

// Tags reads the known tags, sorted.
func (s *Store) Tags(ctx context.Context) ([]string, error) {
	tags := []string{}
	err := s.query(ctx, &dynamodb.QueryInput{
		KeyConditionExpression:    aws.String("pk = :pk"),
		ExpressionAttributeValues: item{":pk": text(tagPartition)},
		Limit:                     aws.Int32(tagLimit),
	}, func(page []item) (bool, error) {
		for _, it := range page {
			tags = append(tags, strings.TrimPrefix(sortOf(it), tagSortPrefix))
		}
		return len(tags) < tagLimit, nil
	})
	return tags, err
}
