package store

import (
	"context"
	"time"
)

// Visitor is the realtime connection of a webchat's page. It stands apart from the desks' connections, which every
// change of the centre is pushed to.
type Visitor struct {
	ConnectionID string
	ChatID       string
	LeaseUntil   time.Time
}

type visitorRecord struct {
	PK         string `dynamodbav:"pk"`
	SK         string `dynamodbav:"sk"`
	ChatID     string `dynamodbav:"chat"`
	LeaseUntil string `dynamodbav:"lease"`
}

// AddVisitor records a visitor's connection.
func (s *Store) AddVisitor(ctx context.Context, v Visitor) error {
	return s.put(ctx, put{record: visitorRecord{
		PK: visitorPartition, SK: v.ConnectionID, ChatID: v.ChatID, LeaseUntil: formatTime(v.LeaseUntil),
	}})
}

var visitors = leased[visitorRecord, Visitor]{visitorPartition, visitorRecord.visitor}

// Visitor reads a visitor's connection, with strong consistency; an unknown one is NotFound.
func (s *Store) Visitor(ctx context.Context, connectionID string) (Visitor, error) {
	return visitors.read(ctx, s, connectionID)
}

// RenewVisitor prolongs a lease and returns whose it is; an unknown connection is NotFound.
func (s *Store) RenewVisitor(ctx context.Context, connectionID string, until time.Time) (Visitor, error) {
	return visitors.renew(ctx, s, connectionID, until)
}

// RemoveVisitor forgets a visitor's connection, if it is known.
func (s *Store) RemoveVisitor(ctx context.Context, connectionID string) error {
	return s.delete(ctx, visitorPartition, connectionID)
}

// Visitors reads the connections of all visitors, eventually consistent.
func (s *Store) Visitors(ctx context.Context) ([]Visitor, error) { return visitors.all(ctx, s) }

func (r visitorRecord) visitor() (Visitor, error) {
	var d timeDecoder
	v := Visitor{ConnectionID: r.SK, ChatID: r.ChatID, LeaseUntil: d.time(r.LeaseUntil)}
	return v, d.failure("visitor " + r.SK)
}
