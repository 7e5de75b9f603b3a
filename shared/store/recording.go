package store

import (
	"context"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"guichet/shared/center"
)

type recordingRecord struct {
	PK       string   `dynamodbav:"pk"`
	SK       string   `dynamodbav:"sk"`
	V        int64    `dynamodbav:"v"`
	Name     string   `dynamodbav:"name"`
	Tags     []string `dynamodbav:"tags,omitempty"`
	FileID   string   `dynamodbav:"file"`
	LengthMs int64    `dynamodbav:"lengthMs"`
	Archived bool     `dynamodbav:"archived,omitempty"`
	At       string   `dynamodbav:"at"`
}

// Recordings reads an agent's recorded messages, the oldest first.
func (s *Store) Recordings(ctx context.Context, agentID string) ([]*center.Recording, error) {
	var list []*center.Recording
	err := s.query(ctx, &dynamodb.QueryInput{
		KeyConditionExpression:    aws.String("pk = :pk"),
		ExpressionAttributeValues: item{":pk": text(recordingPartition(agentID))},
		ConsistentRead:            aws.Bool(true),
	}, func(page []item) (bool, error) {
		for _, it := range page {
			var r recordingRecord
			if err := attributevalue.UnmarshalMap(it, &r); err != nil {
				return false, fmt.Errorf("decode recording: %w", err)
			}
			one, err := r.recording(agentID)
			if err != nil {
				return false, err
			}
			list = append(list, one)
		}
		return true, nil
	})
	return list, err
}

// Recording reads one of an agent's recorded messages.
func (s *Store) Recording(ctx context.Context, agentID, id string) (*center.Recording, error) {
	var r recordingRecord
	found, err := s.get(ctx, recordingPartition(agentID), id, true, &r)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, center.Errorf(center.NotFound, "recording-unknown", "no recording %s", id)
	}
	return r.recording(agentID)
}

// SaveRecording writes a recorded message if it is still as it was read, and raises its version. It fails with ErrStale.
func (s *Store) SaveRecording(ctx context.Context, r *center.Recording) error {
	err := s.put(ctx, versioned(recordingRecord{
		PK: recordingPartition(r.OwnerID), SK: r.ID, V: r.Version + 1, Name: r.Name, Tags: r.Tags, FileID: r.FileID,
		LengthMs: r.Length.Milliseconds(), Archived: r.Archived, At: formatTime(r.At),
	}, r.Version))
	if err == nil {
		r.Version++
	}
	return err
}

// DeleteRecording removes a recorded message.
func (s *Store) DeleteRecording(ctx context.Context, agentID, id string) error {
	return s.delete(ctx, recordingPartition(agentID), id)
}

func (r recordingRecord) recording(agentID string) (*center.Recording, error) {
	at, err := parseTime(r.At)
	if err != nil {
		return nil, fmt.Errorf("decode recording %s: %w", r.SK, err)
	}
	return &center.Recording{
		ID: r.SK, OwnerID: agentID, Name: r.Name, Tags: r.Tags, FileID: r.FileID,
		Length: time.Duration(r.LengthMs) * time.Millisecond, Archived: r.Archived, At: at, Version: r.V,
	}, nil
}
