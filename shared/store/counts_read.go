package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"guichet/shared/metrics"
)

// HourCounts are a queue's counts of one hour, of all shards together.
type HourCounts struct {
	Day  string    // by the centre's clock
	Hour time.Time // when it begins
	metrics.Counts
}

// Counts reads a queue's counts by hour, eventually consistent, in order: from one day to another, which belongs to them, within one
// month.
func (s *Store) Counts(ctx context.Context, queueID, from, to string) ([]HourCounts, error) {
	return s.counts(ctx, queueID, from, to, false, func(string) bool { return true })
}

// CountsOf reads a queue's counts of a day by hour, with strong consistency, in order.
func (s *Store) CountsOf(ctx context.Context, queueID, day string) ([]HourCounts, error) {
	return s.counts(ctx, queueID, day, day, true, func(string) bool { return true })
}

func (s *Store) counts(ctx context.Context, queueID, from, to string, consistent bool, shard func(string) bool) ([]HourCounts, error) {
	var hours []HourCounts
	err := s.query(ctx, &dynamodb.QueryInput{
		KeyConditionExpression: aws.String("pk = :pk AND sk BETWEEN :from AND :to"),
		ExpressionAttributeValues: item{
			":pk": text(countPartition(queueID, from)), ":from": text(from), ":to": text(to + "#~"),
		},
		ConsistentRead: &consistent,
	}, func(page []item) (bool, error) {
		for _, it := range page {
			parts := strings.SplitN(sortOf(it), "#", 3)
			if len(parts) != 3 {
				return false, fmt.Errorf("decode counts %s", sortOf(it))
			}
			at, err := parseTime(parts[1])
			if err != nil {
				return false, fmt.Errorf("decode counts %s: %w", sortOf(it), err)
			}
			if !shard(parts[2]) {
				continue
			}
			if n := len(hours); n == 0 || !hours[n-1].Hour.Equal(at) {
				hours = append(hours, HourCounts{Day: parts[0], Hour: at, Counts: metrics.Counts{}})
			}
			hours[len(hours)-1].Add(countsOf(it))
		}
		return true, nil
	})
	return hours, err
}

// recountShard is the place of the shard in the record that corrects a queue's hour.
const recountShard = "recount"

// Correct makes the counts of a queue's hour what a recount says: the difference to what was counted is written beside it. The
// greatest figures stay. It may be repeated; nothing may be counted in the hour meanwhile.
func (s *Store) Correct(ctx context.Context, queueID, day string, recount map[time.Time]metrics.Counts) error {
	counted, err := s.counts(ctx, queueID, day, day, true, func(shard string) bool { return shard != recountShard })
	if err != nil {
		return err
	}
	for _, h := range counted {
		if recount[h.Hour.UTC()] == nil {
			recount[h.Hour.UTC()] = metrics.Counts{}
		}
	}
	for _, h := range counted {
		want := recount[h.Hour.UTC()]
		for f, n := range h.Counts {
			want[f] -= n
		}
	}
	for hour, difference := range recount {
		sk := countSort(day, hour, recountShard)
		it := key(countPartition(queueID, day), sk)
		it[TTLAttribute] = number(expiry(sk))
		for f, n := range difference {
			if n != 0 && !f.Greatest() {
				it[string(f)] = number(n)
			}
		}
		if err := s.putRaw(ctx, it); err != nil {
			return fmt.Errorf("correct %s: %w", sk, err)
		}
	}
	return nil
}
