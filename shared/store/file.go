package store

import (
	"context"
	"fmt"

	"guichet/shared/center"
)

type fileRecord struct {
	PK      string `dynamodbav:"pk"`
	SK      string `dynamodbav:"sk"`
	TTL     int64  `dynamodbav:"ttl"`
	AgentID string `dynamodbav:"agent"`
	Name    string `dynamodbav:"name,omitempty"`
	Type    string `dynamodbav:"type"`
	Bytes   int64  `dynamodbav:"bytes"`
	At      string `dynamodbav:"at"`
}

// AddFile notes an upload that an agent announced.
func (s *Store) AddFile(ctx context.Context, f *center.File) error {
	return s.put(ctx, put{record: fileRecord{
		PK: filePartition(f.ID), SK: fileSort, TTL: f.At.Add(center.FileLifetime).Unix(),
		AgentID: f.AgentID, Name: f.Name, Type: f.Type, Bytes: f.Bytes, At: formatTime(f.At),
	}})
}

// File reads an announced upload; NotFound once its time is over.
func (s *Store) File(ctx context.Context, id string) (*center.File, error) {
	var r fileRecord
	found, err := s.get(ctx, filePartition(id), fileSort, true, &r)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, center.Errorf(center.NotFound, "file-unknown", "no file %s", id)
	}
	at, err := parseTime(r.At)
	if err != nil {
		return nil, fmt.Errorf("decode file %s: %w", id, err)
	}
	return &center.File{ID: id, AgentID: r.AgentID, Name: r.Name, Type: r.Type, Bytes: r.Bytes, At: at}, nil
}
