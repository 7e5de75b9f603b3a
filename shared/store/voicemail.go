package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"guichet/shared/center"
)

// DoneVoicemailLimit is how many messages that were dealt with are listed of a line, at most.
const DoneVoicemailLimit = 100

type voicemailRecord struct {
	PK           string `dynamodbav:"pk"`
	SK           string `dynamodbav:"sk"`
	V            int64  `dynamodbav:"v"`
	TTL          int64  `dynamodbav:"ttl,omitempty"`
	LineID       string `dynamodbav:"line"`
	RecordingSID string `dynamodbav:"recording"`
	CallSID      string `dynamodbav:"call"`
	From         string `dynamodbav:"from,omitempty"`
	CallerName   string `dynamodbav:"callerName,omitempty"`
	At           string `dynamodbav:"at"`
	LengthMs     int64  `dynamodbav:"lengthMs"`
	Sound        string `dynamodbav:"sound"`
	DoneBy       string `dynamodbav:"doneBy,omitempty"`
	DoneAt       string `dynamodbav:"doneAt,omitempty"`
	Write        string `dynamodbav:"w"` // tells writers of the same apart
}

// AddVoicemail writes a message that a caller has left. One that is there already stays as it is.
func (s *Store) AddVoicemail(ctx context.Context, v *center.Voicemail) error {
	err := s.SaveVoicemail(ctx, v)
	if errors.Is(err, ErrStale) {
		return nil
	}
	return err
}

// SaveVoicemail writes a caller's message if it is still as it was read, and raises its version. It fails with ErrStale.
func (s *Store) SaveVoicemail(ctx context.Context, v *center.Voicemail) error {
	r := voicemailRecord{
		PK: voicemailPartition(v.LineID), SK: v.ID, V: v.Version + 1, LineID: v.LineID, RecordingSID: v.RecordingSID, CallSID: v.CallSID,
		From: v.From, CallerName: v.CallerName, At: formatTime(v.At), LengthMs: v.Length.Milliseconds(), Sound: string(v.Sound),
		DoneBy: v.DoneBy, DoneAt: formatTime(v.DoneAt), Write: newWrite(),
	}
	if !v.ExpiresAt.IsZero() {
		r.TTL = v.ExpiresAt.Unix()
	}
	err := s.put(ctx, versioned(r, v.Version))
	if err == nil {
		v.Version++
	}
	return err
}

// Voicemail reads a caller's message, with strong consistency. One that has expired is NotFound, as one that never was.
func (s *Store) Voicemail(ctx context.Context, lineID, id string, now time.Time) (*center.Voicemail, error) {
	var r voicemailRecord
	found, err := s.get(ctx, voicemailPartition(lineID), id, true, &r)
	if err != nil {
		return nil, err
	}
	if found {
		v, err := r.voicemail()
		if err != nil || !v.Expired(now) {
			return v, err
		}
	}
	return nil, center.Errorf(center.NotFound, "voicemail-unknown", "no message %s", id)
}

// Voicemails reads the messages that callers have left for a line, the newest first: all that are to be dealt with, and the last
// DoneVoicemailLimit of the others.
func (s *Store) Voicemails(ctx context.Context, lineID string, now time.Time) ([]*center.Voicemail, error) {
	var list []*center.Voicemail
	done := 0
	err := s.query(ctx, &dynamodb.QueryInput{
		KeyConditionExpression:    aws.String("pk = :pk"),
		ExpressionAttributeValues: item{":pk": text(voicemailPartition(lineID))},
		ScanIndexForward:          aws.Bool(false),
		ConsistentRead:            aws.Bool(true),
	}, func(page []item) (bool, error) {
		for _, it := range page {
			var r voicemailRecord
			if err := attributevalue.UnmarshalMap(it, &r); err != nil {
				return false, fmt.Errorf("decode voicemail: %w", err)
			}
			v, err := r.voicemail()
			if err != nil {
				return false, err
			}
			if v.State() == center.VoicemailDone {
				done++
			}
			if !v.Expired(now) && (v.State() != center.VoicemailDone || done <= DoneVoicemailLimit) {
				list = append(list, v)
			}
		}
		return true, nil
	})
	return list, err
}

// RemoveVoicemail removes a caller's message. Removing it twice is harmless.
func (s *Store) RemoveVoicemail(ctx context.Context, lineID, id string) error {
	return s.delete(ctx, voicemailPartition(lineID), id)
}

func (r voicemailRecord) voicemail() (*center.Voicemail, error) {
	at, err := parseTime(r.At)
	if err != nil {
		return nil, fmt.Errorf("decode voicemail %s: %w", r.SK, err)
	}
	doneAt, err := parseTime(r.DoneAt)
	if err != nil {
		return nil, fmt.Errorf("decode voicemail %s: %w", r.SK, err)
	}
	v := &center.Voicemail{
		ID: r.SK, LineID: r.LineID, RecordingSID: r.RecordingSID, CallSID: r.CallSID, From: r.From, CallerName: r.CallerName, At: at,
		Length: time.Duration(r.LengthMs) * time.Millisecond, Sound: center.Sound(r.Sound), DoneBy: r.DoneBy, DoneAt: doneAt, Version: r.V,
	}
	if r.TTL != 0 {
		v.ExpiresAt = time.Unix(r.TTL, 0).UTC()
	}
	return v, nil
}
