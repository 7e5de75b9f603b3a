package store

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"guichet/shared/center"
)

// EnsureAgent gives an agent their profile, or writes one who is new. What agents do stays as it is, but for queues that are no longer
// theirs. A profile that is so already is not written; whoever acts in the same moment loses nothing.
func (s *Store) EnsureAgent(ctx context.Context, profile *center.Agent) error {
	return Retry(func(consistent bool) error {
		a, err := s.Agent(ctx, profile.ID, consistent)
		if center.CodeOf(err) == center.NotFound {
			a, err = &center.Agent{ID: profile.ID}, nil
		}
		if err != nil {
			return err
		}
		now := time.Now().UTC().Truncate(time.Millisecond)
		if changed := a.Assign(profile, now); !changed && a.Version > 0 {
			return ErrUnchanged
		}
		if a.Spell != nil { // they may be ready nowhere now
			if err := NewDirectories(s).Account(ctx, now, a); err != nil {
				return err
			}
		}
		return s.Commit(ctx, Change{Agent: a})
	})
}

// RemoveAgent deletes an agent, as they were read: whoever has changed since stays, and the error is ErrStale. What they did stays in the
// log.
func (s *Store) RemoveAgent(ctx context.Context, a *center.Agent) error {
	out, err := s.client.DeleteItem(ctx, &dynamodb.DeleteItemInput{
		TableName: &s.table, Key: key(agentPartition, a.ID), ReturnConsumedCapacity: types.ReturnConsumedCapacityTotal,
		ConditionExpression: aws.String("v = :v"), ExpressionAttributeValues: item{":v": number(a.Version)},
	})
	if err != nil {
		return asStale("remove agent "+a.ID, err)
	}
	meter(ctx).write(out.ConsumedCapacity)
	return nil
}
