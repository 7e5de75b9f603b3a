package store

import (
	"context"
	"time"
)

// UseTicket marks a ticket as used. The second use of an id returns ErrStale.
func (s *Store) UseTicket(ctx context.Context, id string, expires time.Time) error {
	return s.put(ctx, put{
		record: struct {
			PK  string `dynamodbav:"pk"`
			SK  string `dynamodbav:"sk"`
			TTL int64  `dynamodbav:"ttl"`
		}{ticketPartition(id), ticketSort, expires.Unix()},
		condition: "attribute_not_exists(pk)",
	})
}
