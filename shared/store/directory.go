package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"guichet/shared/center"
)

// Directory is the centre's configuration: what changes by deployment, not by calls.
type Directory struct {
	Settings center.Settings
	Queues   map[string]center.Queue
	Numbers  map[string]string      // E.164 → queue id
	Lines    map[string]center.Line // E.164 → an agent's own line
	Inboxes  map[string]string      // InboxKey → queue id
	Widgets  map[string]center.Widget
}

// InboxKey names our side of a channel: a number, a page, a widget.
func InboxKey(channel, inbox string) string { return channel + ":" + inbox }

// Queue returns a queue by id.
func (d *Directory) Queue(id string) (center.Queue, error) {
	q, ok := d.Queues[id]
	if !ok {
		return center.Queue{}, center.Errorf(center.NotFound, "queue-unknown", "no queue %s", id)
	}
	return q, nil
}

// QueueIDs lists the queues by name.
func (d *Directory) QueueIDs() []string {
	ids := make([]string, 0, len(d.Queues))
	for id := range d.Queues {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b string) int { return strings.Compare(d.Queues[a].Name+a, d.Queues[b].Name+b) })
	return ids
}

// DirectoryLifetime is how long a function trusts the configuration that it has read.
const DirectoryLifetime = time.Minute

// Directories reads the configuration and keeps it for a minute, so that it costs calls nothing.
type Directories struct {
	store *Store
	mu    sync.Mutex
	last  *Directory
	until time.Time
}

// NewDirectories returns a reader of s's configuration.
func NewDirectories(s *Store) *Directories { return &Directories{store: s} }

// Directory returns the configuration, at most a minute old.
func (d *Directories) Directory(ctx context.Context) (*Directory, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.last != nil && time.Now().Before(d.until) {
		return d.last, nil
	}
	// The read is nobody's in particular: it serves every contact of the next minute.
	dir, err := d.store.directory(WithMeter(ctx, nil))
	if err != nil {
		return nil, err
	}
	d.last, d.until = dir, time.Now().Add(DirectoryLifetime)
	return dir, nil
}

// Account brings agents' spells up to a moment, by the centre's clock, before they are written; nil ones are nobody.
func (d *Directories) Account(ctx context.Context, now time.Time, agents ...*center.Agent) error {
	for _, a := range agents {
		if a == nil {
			continue
		}
		dir, err := d.Directory(ctx)
		if err != nil {
			return err
		}
		a.Account(now, dir.Settings.Home())
	}
	return nil
}

type configRecord struct {
	PK       string           `dynamodbav:"pk"`
	SK       string           `dynamodbav:"sk"`
	Queue    *center.Queue    `dynamodbav:"queue,omitempty"`
	QueueID  string           `dynamodbav:"queueId,omitempty"`
	Settings *center.Settings `dynamodbav:"settings,omitempty"`
	Widget   *center.Widget   `dynamodbav:"widget,omitempty"`
	Line     *center.Line     `dynamodbav:"line,omitempty"`
}

func (s *Store) directory(ctx context.Context) (*Directory, error) {
	dir := &Directory{
		Queues: map[string]center.Queue{}, Numbers: map[string]string{}, Lines: map[string]center.Line{},
		Inboxes: map[string]string{}, Widgets: map[string]center.Widget{},
	}
	err := s.query(ctx, &dynamodb.QueryInput{
		KeyConditionExpression:    aws.String("pk = :pk"),
		ExpressionAttributeValues: item{":pk": text(configPartition)},
	}, func(page []item) (bool, error) {
		for _, it := range page {
			var r configRecord
			if err := attributevalue.UnmarshalMap(it, &r); err != nil {
				return false, fmt.Errorf("decode configuration: %w", err)
			}
			dir.add(r)
		}
		return true, nil
	})
	return dir, err
}

func (d *Directory) add(r configRecord) {
	switch {
	case r.Queue != nil:
		d.Queues[r.Queue.ID] = *r.Queue
	case r.Settings != nil:
		d.Settings = *r.Settings
	case r.Line != nil:
		d.Lines[r.Line.Number] = *r.Line
	case r.Widget != nil:
		d.Widgets[r.Widget.Key] = *r.Widget
	case strings.HasPrefix(r.SK, numberSortPrefix):
		d.Numbers[strings.TrimPrefix(r.SK, numberSortPrefix)] = r.QueueID
	case strings.HasPrefix(r.SK, inboxSortPrefix):
		d.Inboxes[strings.TrimPrefix(r.SK, inboxSortPrefix)] = r.QueueID
	}
}
