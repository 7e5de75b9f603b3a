package store

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"guichet/shared/metrics"
)

// AgentDays reads what was kept of an agent's days, by date, from one to another, which belongs to them.
func (s *Store) AgentDays(ctx context.Context, agentID, from, to string) (map[string]metrics.Counts, error) {
	days := map[string]metrics.Counts{}
	err := s.query(ctx, &dynamodb.QueryInput{
		KeyConditionExpression:    aws.String("pk = :pk AND sk BETWEEN :from AND :to"),
		ExpressionAttributeValues: item{":pk": text(agentDaysPartition(agentID)), ":from": text(from), ":to": text(to)},
	}, func(page []item) (bool, error) {
		for _, it := range page {
			days[sortOf(it)] = countsOf(it)
		}
		return true, nil
	})
	return days, err
}

// KeepAgentDay keeps the sums of an agent's day that is over, so that reports need not read its calls again. Keeping it twice is
// harmless.
func (s *Store) KeepAgentDay(ctx context.Context, agentID, day string, c metrics.Counts) error {
	it := key(agentDaysPartition(agentID), day)
	it[TTLAttribute] = number(expiry(day))
	for f, n := range c {
		it[string(f)] = number(n)
	}
	return s.putRaw(ctx, it)
}

// putRaw writes an item over what is there.
func (s *Store) putRaw(ctx context.Context, it item) error {
	out, err := s.client.PutItem(ctx, &dynamodb.PutItemInput{
		TableName: &s.table, Item: it, ReturnConsumedCapacity: types.ReturnConsumedCapacityTotal,
	})
	if err != nil {
		return asStale("put", err)
	}
	meter(ctx).write(out.ConsumedCapacity)
	return nil
}
