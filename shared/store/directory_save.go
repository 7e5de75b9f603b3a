package store

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
)

// SaveDirectory makes the configuration this one: first comes what is in it, then goes what is not. What is so already is not
// written.
func (s *Store) SaveDirectory(ctx context.Context, d *Directory) error {
	stored, err := s.configItems(ctx)
	if err != nil {
		return err
	}
	for _, r := range d.records() {
		wanted, err := attributevalue.MarshalMap(r)
		if err != nil {
			return fmt.Errorf("encode %s: %w", r.SK, err)
		}
		if was, known := stored[r.SK]; !known || !sameItem(was, wanted) {
			if err := s.saveConfig(ctx, r, stored); err != nil {
				return err
			}
		}
		delete(stored, r.SK)
	}
	// In the order of their keys numbers and inboxes go before the queues that they lead to.
	for _, sk := range slices.Sorted(maps.Keys(stored)) {
		if err := s.delete(ctx, configPartition, sk); err != nil {
			return err
		}
	}
	return nil
}

// saveConfig writes a record. A number that was a queue's and becomes an agent's own, or the other way round, does so in one write: it
// is never both's.
func (s *Store) saveConfig(ctx context.Context, r configRecord, stored map[string]item) error {
	other := ""
	if number, ok := strings.CutPrefix(r.SK, lineNumberPrefix); ok {
		other = numberSortPrefix + number
	} else if number, ok := strings.CutPrefix(r.SK, numberSortPrefix); ok {
		other = lineNumberPrefix + number
	}
	if _, moves := stored[other]; !moves {
		return s.put(ctx, put{record: r})
	}
	delete(stored, other)
	return s.transactAll(ctx, []put{{record: r}}, &listRecord{PK: configPartition, SK: other})
}

// records are what the table has of a configuration: queues before what leads to them.
func (d *Directory) records() []configRecord {
	records := []configRecord{{SK: settingsSort, Settings: &d.Settings}}
	for id, q := range d.Queues {
		records = append(records, configRecord{SK: queueSortPrefix + id, Queue: &q})
	}
	for number, id := range d.Numbers {
		records = append(records, configRecord{SK: numberSortPrefix + number, QueueID: id})
	}
	for number, l := range d.Lines {
		records = append(records, configRecord{SK: lineNumberPrefix + number, Line: &l})
	}
	for inbox, id := range d.Inboxes {
		records = append(records, configRecord{SK: inboxSortPrefix + inbox, QueueID: id})
	}
	for key, w := range d.Widgets {
		records = append(records, configRecord{SK: widgetSortPrefix + key, Widget: &w})
	}
	for i := range records {
		records[i].PK = configPartition
	}
	return records
}

// configItems are the configuration's records, by sort key.
func (s *Store) configItems(ctx context.Context) (map[string]item, error) {
	items := map[string]item{}
	err := s.query(ctx, &dynamodb.QueryInput{
		KeyConditionExpression: aws.String("pk = :pk"), ExpressionAttributeValues: item{":pk": text(configPartition)}, ConsistentRead: aws.Bool(true),
	}, func(page []item) (bool, error) {
		for _, it := range page {
			items[sortOf(it)] = it
		}
		return true, nil
	})
	return items, err
}
