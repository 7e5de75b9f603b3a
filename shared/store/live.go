package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"guichet/shared/center"
)

// Live is what is going on in a queue.
type Live struct {
	Waiting   []LivePlace
	Scheduled []LivePlace
	LoggedIn  []string // agents, by id
	Chats     []LiveChat
}

// LivePlace is a call in line, or on the schedule.
type LivePlace struct {
	ContactID string
	At        time.Time // since when it waits, or when it is due
	Attempt   int       // attempts so far
}

// LiveChat is an open chat.
type LiveChat struct {
	ChatID       string
	Assigned     bool
	WaitingSince time.Time // zero when the customer has the word
}

// stateRecord is what is known of an agent in a queue, or of a chat, as of its version. One that is gone is kept for a while, so
// that an older version does not bring it back.
type stateRecord struct {
	PK      string `dynamodbav:"pk"`
	SK      string `dynamodbav:"sk"`
	V       int64  `dynamodbav:"v"`
	TTL     int64  `dynamodbav:"ttl,omitempty"`
	Gone    bool   `dynamodbav:"gone,omitempty"`
	Taken   bool   `dynamodbav:"taken,omitempty"`   // of a chat: an agent has it
	Waiting string `dynamodbav:"waiting,omitempty"` // of a chat: since when the customer waits
	Attempt int    `dynamodbav:"attempt,omitempty"` // of a place
}

// goneFor is how long it is kept: stream records live for a day.
const goneFor = 48 * time.Hour

// SetLoggedIn notes whether an agent is logged in to a queue, as of a version of theirs. An older version changes nothing.
func (s *Store) SetLoggedIn(ctx context.Context, queueID string, a *center.Agent, in bool, now time.Time) error {
	return s.setState(ctx, stateRecord{PK: queuePartition(queueID), SK: inSortPrefix + a.ID, V: a.Version, Gone: !in}, now)
}

// SetOpenChat notes how an open chat stands in a queue, as of a version of it; open is false when it is not there any more.
func (s *Store) SetOpenChat(ctx context.Context, queueID string, c *center.Chat, open bool, now time.Time) error {
	return s.setState(ctx, stateRecord{
		PK: queuePartition(queueID), SK: openSortPrefix + c.ID, V: c.Version, Gone: !open,
		Taken: c.HeldBy() != "", Waiting: formatTime(c.WaitingSince),
	}, now)
}

func (s *Store) setState(ctx context.Context, r stateRecord, now time.Time) error {
	if r.Gone {
		r.TTL = now.Add(goneFor).Unix()
	}
	err := s.put(ctx, put{record: r, condition: "attribute_not_exists(v) OR v < :v", values: item{":v": number(r.V)}, lost: errOlder})
	if err == errOlder { //nolint:errorlint // put returns it as it is
		return nil
	}
	return err
}

var errOlder = fmt.Errorf("a newer version is known: %w", ErrStale)

// Live reads what is going on in a queue, with strong consistency: a card that is pushed after a change has it. It is one query,
// since what it wants lies together.
func (s *Store) Live(ctx context.Context, queueID string) (Live, error) {
	var live Live
	err := s.query(ctx, &dynamodb.QueryInput{
		KeyConditionExpression: aws.String("pk = :pk AND sk BETWEEN :first AND :last"),
		ExpressionAttributeValues: item{
			":pk": text(queuePartition(queueID)), ":first": text(inSortPrefix), ":last": text(waitSortPrefix + "~"),
		},
		ConsistentRead: aws.Bool(true),
	}, func(page []item) (bool, error) {
		for _, it := range page {
			if err := live.add(it); err != nil {
				return false, err
			}
		}
		return true, nil
	})
	return live, err
}

func (l *Live) add(it item) error {
	var r stateRecord
	if err := attributevalue.UnmarshalMap(it, &r); err != nil {
		return fmt.Errorf("decode state: %w", err)
	}
	if r.Gone {
		return nil
	}
	var d timeDecoder
	parts := strings.Split(r.SK, "#")
	switch {
	case strings.HasPrefix(r.SK, inSortPrefix):
		l.LoggedIn = append(l.LoggedIn, strings.TrimPrefix(r.SK, inSortPrefix))
	case strings.HasPrefix(r.SK, openSortPrefix):
		l.Chats = append(l.Chats, LiveChat{ChatID: strings.TrimPrefix(r.SK, openSortPrefix), Assigned: r.Taken, WaitingSince: d.time(r.Waiting)})
	case strings.HasPrefix(r.SK, laterSortPrefix) && len(parts) == 3:
		l.Scheduled = append(l.Scheduled, LivePlace{ContactID: parts[2], At: d.time(parts[1]), Attempt: r.Attempt})
	case strings.HasPrefix(r.SK, waitSortPrefix) && len(parts) == 4:
		l.Waiting = append(l.Waiting, LivePlace{ContactID: parts[3], At: d.time(parts[2]), Attempt: r.Attempt})
	}
	return d.failure("state " + r.SK)
}

// queueOf is the queue whose live figures a stream record's key belongs to; empty when to none.
func queueOf(pk, sk string) string {
	for _, prefix := range []string{inSortPrefix, openSortPrefix, laterSortPrefix, waitSortPrefix} {
		if id, ok := strings.CutPrefix(pk, queuePartition("")); ok && strings.HasPrefix(sk, prefix) {
			return id
		}
	}
	return ""
}

// AgentsByID reads agents, eventually consistent and in no order. Those that do not exist are left out.
func (s *Store) AgentsByID(ctx context.Context, ids []string) ([]*center.Agent, error) {
	keys := make([]item, len(ids))
	for i, id := range ids {
		keys[i] = key(agentPartition, id)
	}
	var agents []*center.Agent
	err := s.batchGet(ctx, keys, func(it item) error {
		some, err := decodeAgents([]item{it})
		agents = append(agents, some...)
		return err
	})
	return agents, err
}

// ContactsByID reads contacts, eventually consistent and in no order. Those that do not exist are left out.
func (s *Store) ContactsByID(ctx context.Context, ids []string) ([]*center.Contact, error) {
	keys := make([]item, len(ids))
	for i, id := range ids {
		keys[i] = key(contactPartition(id), contactSort)
	}
	var contacts []*center.Contact
	err := s.batchGet(ctx, keys, func(it item) error {
		var r contactRecord
		if err := attributevalue.UnmarshalMap(it, &r); err != nil {
			return fmt.Errorf("decode contact: %w", err)
		}
		c, err := r.contact()
		contacts = append(contacts, c)
		return err
	})
	return contacts, err
}
