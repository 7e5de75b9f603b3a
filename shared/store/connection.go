package store

import (
	"context"
	"time"

	"guichet/shared/center"
)

// Connection is one desk's realtime connection and its lease on presence.
type Connection struct {
	ID         string
	AgentID    string
	Role       center.Role
	Queues     []string // assigned to the agent when they connected
	LeaseUntil time.Time
}

type connectionRecord struct {
	PK         string   `dynamodbav:"pk"`
	SK         string   `dynamodbav:"sk"`
	AgentID    string   `dynamodbav:"agent"`
	Role       string   `dynamodbav:"role"`
	Queues     []string `dynamodbav:"queues,omitempty"`
	LeaseUntil string   `dynamodbav:"lease"`
}

// AddConnection records a connection.
func (s *Store) AddConnection(ctx context.Context, c Connection) error {
	return s.put(ctx, put{record: connectionRecord{
		PK: connectionPartition, SK: c.ID, AgentID: c.AgentID, Role: string(c.Role), Queues: c.Queues,
		LeaseUntil: formatTime(c.LeaseUntil),
	}})
}

var desks = leased[connectionRecord, Connection]{connectionPartition, connectionRecord.connection}

// Connection reads a connection, with strong consistency; an unknown one is NotFound.
func (s *Store) Connection(ctx context.Context, id string) (Connection, error) {
	return desks.read(ctx, s, id)
}

// RenewConnection prolongs a lease and returns whose it is; an unknown connection is NotFound.
func (s *Store) RenewConnection(ctx context.Context, id string, until time.Time) (Connection, error) {
	return desks.renew(ctx, s, id, until)
}

// RemoveConnection forgets a connection, if it is known.
func (s *Store) RemoveConnection(ctx context.Context, id string) error {
	return s.delete(ctx, connectionPartition, id)
}

// Connections reads every connection, eventually consistent: one that was added in the last moment may be missing,
// which is why a desk takes a second snapshot (deskapi.SettleSeconds).
func (s *Store) Connections(ctx context.Context) ([]Connection, error) { return desks.all(ctx, s) }

func (r connectionRecord) connection() (Connection, error) {
	var d timeDecoder
	c := Connection{ID: r.SK, AgentID: r.AgentID, Role: center.Role(r.Role), Queues: r.Queues, LeaseUntil: d.time(r.LeaseUntil)}
	return c, d.failure("connection " + r.SK)
}
