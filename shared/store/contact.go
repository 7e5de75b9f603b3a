package store

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"guichet/shared/center"
)

// contactRetention is how long a contact is kept after its last change: 13 months of reports.
const contactRetention = 400 * 24 * time.Hour

type offerRecord struct {
	ID        string `dynamodbav:"id"`
	AgentID   string `dynamodbav:"agent"`
	At        string `dynamodbav:"at"`
	ExpiresAt string `dynamodbav:"expires"`
}

type playbackRecord struct {
	ID          string `dynamodbav:"id"`
	RecordingID string `dynamodbav:"recording"`
	Name        string `dynamodbav:"name"`
	At          string `dynamodbav:"at"`
	Until       string `dynamodbav:"until"`
	ThenEnd     bool   `dynamodbav:"thenEnd,omitempty"`
}

type contactRecord struct {
	PK          string            `dynamodbav:"pk"`
	SK          string            `dynamodbav:"sk"`
	V           int64             `dynamodbav:"v"`
	TTL         int64             `dynamodbav:"ttl"`
	ID          string            `dynamodbav:"id"`
	Kind        string            `dynamodbav:"kind"`
	State       string            `dynamodbav:"state"`
	Outcome     string            `dynamodbav:"outcome,omitempty"`
	QueueID     string            `dynamodbav:"queue"`
	Priority    int               `dynamodbav:"priority"`
	From        string            `dynamodbav:"from,omitempty"`
	To          string            `dynamodbav:"to"`
	ChatID      string            `dynamodbav:"chat,omitempty"`
	InWidget    bool              `dynamodbav:"widget,omitempty"`
	CallerName  string            `dynamodbav:"callerName,omitempty"`
	CallSID     string            `dynamodbav:"callSid,omitempty"`
	EnteredAt   string            `dynamodbav:"entered"`
	AcceptedAt  string            `dynamodbav:"accepted,omitempty"`
	ConnectedAt string            `dynamodbav:"connected,omitempty"`
	EndedAt     string            `dynamodbav:"ended,omitempty"`
	HeldAt      string            `dynamodbav:"held,omitempty"`
	HoldMs      int64             `dynamodbav:"holdMs,omitempty"`
	Offer       *offerRecord      `dynamodbav:"offer,omitempty"`
	Playback    *playbackRecord   `dynamodbav:"playback,omitempty"`
	AgentID     string            `dynamodbav:"agent,omitempty"`
	Asked       []string          `dynamodbav:"asked,omitempty"`
	Declined    map[string]string `dynamodbav:"declined,omitempty"`
}

// Contact reads a contact; a consistent read costs twice an eventual one.
func (s *Store) Contact(ctx context.Context, id string, consistent bool) (*center.Contact, error) {
	var r contactRecord
	found, err := s.get(ctx, contactPartition(id), contactSort, consistent, &r)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, center.Errorf(center.NotFound, "contact-unknown", "no contact %s", id)
	}
	return r.contact()
}

// Place is one contact's place in a queue's line. It may outlive its contact's wait: look before you trust it.
type Place struct {
	ContactID string
	QueueID   string
	Priority  int
	EnteredAt time.Time
	sort      string
}

// Waiting reads the first places of a queue's line, at most want of them. The read is strongly consistent: whoever
// took a place before it is in it.
func (s *Store) Waiting(ctx context.Context, queueID string, want int) ([]Place, error) {
	in := &dynamodb.QueryInput{
		KeyConditionExpression:    aws.String("pk = :pk AND begins_with(sk, :wait)"),
		ExpressionAttributeValues: item{":pk": text(queuePartition(queueID)), ":wait": text(waitSortPrefix)},
		ConsistentRead:            aws.Bool(true),
	}
	if want < math.MaxInt32 {
		in.Limit = aws.Int32(int32(want))
	}
	var line []Place
	err := s.query(ctx, in, func(page []item) (bool, error) {
		for _, it := range page {
			p, err := parsePlace(queueID, it)
			if err != nil {
				return false, err
			}
			line = append(line, p)
		}
		return len(line) < want, nil
	})
	return line, err
}

// AnyoneWaiting tells, eventually consistent, whether a queue's line is not empty.
func (s *Store) AnyoneWaiting(ctx context.Context, queueID string) (bool, error) {
	any := false
	err := s.query(ctx, &dynamodb.QueryInput{
		KeyConditionExpression:    aws.String("pk = :pk AND begins_with(sk, :wait)"),
		ExpressionAttributeValues: item{":pk": text(queuePartition(queueID)), ":wait": text(waitSortPrefix)},
		Limit:                     aws.Int32(1),
	}, func(page []item) (bool, error) {
		any = any || len(page) > 0
		return false, nil
	})
	return any, err
}

// Ahead counts the places before the contact's own in its queue's line, eventually consistent.
func (s *Store) Ahead(ctx context.Context, c *center.Contact) (int, error) {
	ahead := 0
	err := s.query(ctx, &dynamodb.QueryInput{
		KeyConditionExpression: aws.String("pk = :pk AND sk BETWEEN :wait AND :own"),
		ExpressionAttributeValues: item{
			":pk": text(queuePartition(c.QueueID)), ":wait": text(waitSortPrefix), ":own": text(waitSort(c)),
		},
	}, func(page []item) (bool, error) {
		for _, it := range page {
			if sk, ok := it[SortKey].(*types.AttributeValueMemberS); ok && sk.Value < waitSort(c) {
				ahead++
			}
		}
		return true, nil
	})
	return ahead, err
}

// Forget removes a place whose contact does not wait: c as it was read, or nil if there is none. It does nothing when
// the contact has changed since, because it may be waiting again.
func (s *Store) Forget(ctx context.Context, p Place, c *center.Contact) error {
	check := &types.ConditionCheck{
		TableName: &s.table, Key: key(contactPartition(p.ContactID), contactSort),
		ConditionExpression: aws.String("attribute_not_exists(pk)"),
	}
	if c != nil {
		check.ConditionExpression = aws.String("v = :v")
		check.ExpressionAttributeValues = item{":v": number(c.Version)}
	}
	gone := &types.Delete{TableName: &s.table, Key: key(queuePartition(p.QueueID), p.sort)}
	out, err := s.client.TransactWriteItems(ctx, &dynamodb.TransactWriteItemsInput{
		TransactItems:          []types.TransactWriteItem{{ConditionCheck: check}, {Delete: gone}},
		ReturnConsumedCapacity: types.ReturnConsumedCapacityTotal,
	})
	if err = asStale("forget", err); errors.Is(err, ErrStale) {
		return nil
	}
	if err != nil {
		return err
	}
	meter(ctx).transaction(out.ConsumedCapacity)
	return nil
}

func parsePlace(queueID string, it item) (Place, error) {
	sk, ok := it[SortKey].(*types.AttributeValueMemberS)
	if !ok {
		return Place{}, fmt.Errorf("decode place in %s: no sort key", queueID)
	}
	parts := strings.Split(sk.Value, "#")
	if len(parts) != 4 {
		return Place{}, fmt.Errorf("decode place %s", sk.Value)
	}
	p := Place{QueueID: queueID, ContactID: parts[3], sort: sk.Value}
	if _, err := fmt.Sscanf(parts[1], "%d", &p.Priority); err != nil {
		return Place{}, fmt.Errorf("decode place %s: %w", sk.Value, err)
	}
	at, err := parseTime(parts[2])
	if err != nil {
		return Place{}, fmt.Errorf("decode place %s: %w", sk.Value, err)
	}
	p.EnteredAt = at
	return p, nil
}

func newContactRecord(c *center.Contact) contactRecord {
	last := c.EnteredAt
	if c.Ended() {
		last = c.EndedAt
	}
	r := contactRecord{
		PK: contactPartition(c.ID), SK: contactSort, V: c.Version + 1, TTL: last.Add(contactRetention).Unix(),
		ID: c.ID, Kind: string(c.Kind), State: string(c.State), Outcome: string(c.Outcome), QueueID: c.QueueID, Priority: c.Priority,
		From: c.From, To: c.To, ChatID: c.ChatID, InWidget: c.InWidget,
		CallerName: c.CallerName, CallSID: c.CallSID,
		EnteredAt: formatTime(c.EnteredAt), AcceptedAt: formatTime(c.AcceptedAt),
		ConnectedAt: formatTime(c.ConnectedAt), EndedAt: formatTime(c.EndedAt),
		HeldAt: formatTime(c.HeldAt), HoldMs: c.HoldTime.Milliseconds(), AgentID: c.AgentID, Asked: c.Asked,
	}
	if o := c.Offer; o != nil {
		r.Offer = &offerRecord{ID: o.ID, AgentID: o.AgentID, At: formatTime(o.At), ExpiresAt: formatTime(o.ExpiresAt)}
	}
	if p := c.Playback; p != nil {
		r.Playback = &playbackRecord{
			ID: p.ID, RecordingID: p.RecordingID, Name: p.Name, At: formatTime(p.At), Until: formatTime(p.Until), ThenEnd: p.ThenEnd,
		}
	}
	if len(c.Declined) > 0 {
		r.Declined = make(map[string]string, len(c.Declined))
		for agent, until := range c.Declined {
			r.Declined[agent] = formatTime(until)
		}
	}
	return r
}

func (r contactRecord) contact() (*center.Contact, error) {
	var d timeDecoder
	c := &center.Contact{
		ID: r.ID, Kind: center.ContactKind(r.Kind), State: center.State(r.State), Outcome: center.Outcome(r.Outcome),
		QueueID: r.QueueID, Priority: r.Priority, From: r.From, To: r.To, ChatID: r.ChatID,
		InWidget: r.InWidget, CallerName: r.CallerName, CallSID: r.CallSID,
		EnteredAt: d.time(r.EnteredAt), AcceptedAt: d.time(r.AcceptedAt),
		ConnectedAt: d.time(r.ConnectedAt), EndedAt: d.time(r.EndedAt),
		HeldAt: d.time(r.HeldAt), HoldTime: time.Duration(r.HoldMs) * time.Millisecond, AgentID: r.AgentID, Asked: r.Asked, Version: r.V,
	}
	if o := r.Offer; o != nil {
		c.Offer = &center.Offer{ID: o.ID, AgentID: o.AgentID, At: d.time(o.At), ExpiresAt: d.time(o.ExpiresAt)}
	}
	if p := r.Playback; p != nil {
		c.Playback = &center.Playback{
			ID: p.ID, RecordingID: p.RecordingID, Name: p.Name, At: d.time(p.At), Until: d.time(p.Until), ThenEnd: p.ThenEnd,
		}
	}
	if len(r.Declined) > 0 {
		c.Declined = make(map[string]time.Time, len(r.Declined))
		for agent, until := range r.Declined {
			c.Declined[agent] = d.time(until)
		}
	}
	return c, d.failure("contact " + r.ID)
}
