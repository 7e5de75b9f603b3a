package store

import (
	"context"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"guichet/shared/center"
)

type membershipRecord struct {
	Status string `dynamodbav:"s"`
	Reason string `dynamodbav:"r,omitempty"`
	Since  string `dynamodbav:"at"`
	By     string `dynamodbav:"by,omitempty"`
}

type wrapUpRecord struct {
	ContactID string `dynamodbav:"contact"`
	QueueID   string `dynamodbav:"queue"`
	Since     string `dynamodbav:"since"`
	Until     string `dynamodbav:"until"`
	Accepted  string `dynamodbav:"accepted,omitempty"`
	Entered   string `dynamodbav:"entered,omitempty"`
}

type nextRecord struct {
	Status string `dynamodbav:"s"`
	Reason string `dynamodbav:"r,omitempty"`
	By     string `dynamodbav:"by,omitempty"`
}

type agentRecord struct {
	PK          string                      `dynamodbav:"pk"`
	SK          string                      `dynamodbav:"sk"`
	V           int64                       `dynamodbav:"v"`
	Ready       string                      `dynamodbav:"ready,omitempty"`
	ReadyQueues []string                    `dynamodbav:"readyQueues,omitempty,stringset"`
	Name        string                      `dynamodbav:"name"`
	Role        string                      `dynamodbav:"role"`
	Language    string                      `dynamodbav:"language"`
	Queues      []string                    `dynamodbav:"queues"`
	Levels      map[string]int              `dynamodbav:"levels,omitempty"`
	Line        string                      `dynamodbav:"line,omitempty"`
	TakenDay    string                      `dynamodbav:"takenDay,omitempty"`
	Taken       int                         `dynamodbav:"taken,omitempty"`
	WrappedUpAt string                      `dynamodbav:"wrappedUp,omitempty"`
	Memberships map[string]membershipRecord `dynamodbav:"memberships,omitempty"`
	ContactID   string                      `dynamodbav:"contact,omitempty"`
	WrapUp      *wrapUpRecord               `dynamodbav:"wrapUp,omitempty"`
	Next        *nextRecord                 `dynamodbav:"next,omitempty"`
	IdleSince   string                      `dynamodbav:"idleSince,omitempty"`
	Connections []string                    `dynamodbav:"connections,omitempty"`
	AudioID     string                      `dynamodbav:"audio,omitempty"`
	Chats       []string                    `dynamodbav:"chats,omitempty"`
	ChattedAt   string                      `dynamodbav:"chattedAt,omitempty"`
	AwaySince   string                      `dynamodbav:"awaySince,omitempty"`
	Spell       *spellRecord                `dynamodbav:"spell,omitempty"`
	Over        []spellRecord               `dynamodbav:"over,omitempty"`
}

type spellRecord struct {
	From     string `dynamodbav:"from"`
	Until    string `dynamodbav:"to"`
	Idle     int64  `dynamodbav:"idle,omitempty"` // milliseconds, as the next
	Chatting int64  `dynamodbav:"chats,omitempty"`
	Doing    string `dynamodbav:"now,omitempty"`
}

func newSpellRecord(s center.Spell) spellRecord {
	return spellRecord{formatTime(s.From), formatTime(s.Until), s.Idle.Milliseconds(), s.Chatting.Milliseconds(), string(s.Doing)}
}

func (r spellRecord) spell(d *timeDecoder) center.Spell {
	ms := func(n int64) time.Duration { return time.Duration(n) * time.Millisecond }
	return center.Spell{From: d.time(r.From), Until: d.time(r.Until), Idle: ms(r.Idle), Chatting: ms(r.Chatting), Doing: center.Doing(r.Doing)}
}

// Agent reads an agent; a consistent read costs twice an eventual one.
func (s *Store) Agent(ctx context.Context, id string, consistent bool) (*center.Agent, error) {
	var r agentRecord
	found, err := s.get(ctx, agentPartition, id, consistent, &r)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, center.Errorf(center.NotFound, "agent-unknown", "no agent %s", id)
	}
	return r.agent()
}

// Agents reads every agent, by id.
func (s *Store) Agents(ctx context.Context) ([]*center.Agent, error) {
	var agents []*center.Agent
	err := s.query(ctx, &dynamodb.QueryInput{
		KeyConditionExpression:    aws.String("pk = :pk"),
		ExpressionAttributeValues: item{":pk": text(agentPartition)},
		ConsistentRead:            aws.Bool(true),
	}, func(page []item) (bool, error) {
		more, err := decodeAgents(page)
		agents = append(agents, more...)
		return true, err
	})
	return agents, err
}

// readyPage is how many available agents one request looks at.
const readyPage = 25

// ReadyAgents reads the agents who are available for the queue, longest idle first, until enough says so. Whoever became
// available before a consistent read is in it; it costs twice an eventual one.
func (s *Store) ReadyAgents(ctx context.Context, queueID string, consistent bool, enough func([]*center.Agent) bool) ([]*center.Agent, error) {
	var agents []*center.Agent
	err := s.query(ctx, &dynamodb.QueryInput{
		IndexName:              aws.String(ReadyIndex),
		KeyConditionExpression: aws.String("pk = :pk"),
		FilterExpression:       aws.String("contains(readyQueues, :queue)"),
		ExpressionAttributeValues: item{
			":pk": text(agentPartition), ":queue": text(queueID),
		},
		ConsistentRead: &consistent,
		Limit:          aws.Int32(readyPage),
	}, func(page []item) (bool, error) {
		more, err := decodeAgents(page)
		agents = append(agents, more...)
		return !enough(agents), err
	})
	return agents, err
}

func decodeAgents(page []item) ([]*center.Agent, error) {
	agents := make([]*center.Agent, 0, len(page))
	for _, it := range page {
		var r agentRecord
		if err := attributevalue.UnmarshalMap(it, &r); err != nil {
			return nil, fmt.Errorf("decode agent: %w", err)
		}
		a, err := r.agent()
		if err != nil {
			return nil, err
		}
		agents = append(agents, a)
	}
	return agents, nil
}

func newAgentRecord(a *center.Agent) agentRecord {
	r := agentRecord{
		PK: agentPartition, SK: a.ID, V: a.Version + 1, Ready: readySort(a),
		Name: a.Name, Role: string(a.Role), Language: a.Language, Queues: a.Queues,
		ContactID: a.ContactID, IdleSince: formatTime(a.IdleSince), Connections: a.Connections, AudioID: a.AudioID,
		Chats: a.Chats, ChattedAt: formatTime(a.ChattedAt), AwaySince: formatTime(a.AwaySince),
		Levels: a.Levels, Line: a.Line, TakenDay: a.Taken.Day, Taken: a.Taken.Calls,
		WrappedUpAt: formatTime(a.WrappedUpAt),
		Memberships: make(map[string]membershipRecord, len(a.Memberships)),
	}
	if r.Ready != "" {
		r.ReadyQueues = a.ReadyQueues()
	}
	for id, m := range a.Memberships {
		r.Memberships[id] = membershipRecord{Status: string(m.Status), Reason: m.Reason, Since: formatTime(m.Since), By: m.By}
	}
	if n := a.Next; n != nil {
		r.Next = &nextRecord{Status: string(n.Status), Reason: n.Reason, By: n.By}
	}
	if w := a.WrapUp; w != nil {
		r.WrapUp = &wrapUpRecord{
			ContactID: w.ContactID, QueueID: w.QueueID, Since: formatTime(w.Since), Until: formatTime(w.Until),
			Accepted: formatTime(w.AcceptedAt), Entered: formatTime(w.EnteredAt),
		}
	}
	if a.Spell != nil {
		s := newSpellRecord(*a.Spell)
		r.Spell = &s
	}
	for _, s := range a.Over {
		r.Over = append(r.Over, newSpellRecord(s))
	}
	return r
}

func (r agentRecord) agent() (*center.Agent, error) {
	var d timeDecoder
	a := &center.Agent{
		ID: r.SK, Name: r.Name, Role: center.Role(r.Role), Language: r.Language, Queues: r.Queues,
		Memberships: make(map[string]center.Membership, len(r.Memberships)),
		ContactID:   r.ContactID, IdleSince: d.time(r.IdleSince), Connections: r.Connections, AudioID: r.AudioID,
		Chats: r.Chats, ChattedAt: d.time(r.ChattedAt), AwaySince: d.time(r.AwaySince), Version: r.V,
		Levels: r.Levels, Line: r.Line, Taken: center.Taken{Day: r.TakenDay, Calls: r.Taken},
		WrappedUpAt: d.time(r.WrappedUpAt),
	}
	for id, m := range r.Memberships {
		a.Memberships[id] = center.Membership{Status: center.Status(m.Status), Reason: m.Reason, Since: d.time(m.Since), By: m.By}
	}
	if n := r.Next; n != nil {
		a.Next = &center.NextStatus{Status: center.Status(n.Status), Reason: n.Reason, By: n.By}
	}
	if w := r.WrapUp; w != nil {
		a.WrapUp = &center.WrapUp{
			ContactID: w.ContactID, QueueID: w.QueueID, Since: d.time(w.Since), Until: d.time(w.Until),
			AcceptedAt: d.time(w.Accepted), EnteredAt: d.time(w.Entered),
		}
	}
	if r.Spell != nil {
		s := r.Spell.spell(&d)
		a.Spell = &s
	}
	for _, s := range r.Over {
		a.Over = append(a.Over, s.spell(&d))
	}
	return a, d.failure("agent " + r.SK)
}

// timeDecoder parses several times and remembers the first failure.
type timeDecoder struct{ err error }

func (d *timeDecoder) time(s string) time.Time {
	t, err := parseTime(s)
	if err != nil && d.err == nil {
		d.err = err
	}
	return t
}

func (d *timeDecoder) failure(what string) error {
	if d.err != nil {
		return fmt.Errorf("decode %s: %w", what, d.err)
	}
	return nil
}
