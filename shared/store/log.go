package store

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"guichet/shared/center"
	"guichet/shared/metrics"
)

// lineRecord is a line of the contact log. Its wrap-up may be written apart, before or after the rest.
type lineRecord struct {
	TTL            int64  `dynamodbav:"ttl"`
	ContactID      string `dynamodbav:"contact,omitempty"`
	Kind           string `dynamodbav:"kind"`
	QueueID        string `dynamodbav:"queue,omitempty"`
	LineOf         string `dynamodbav:"lineOf,omitempty"`
	Number         string `dynamodbav:"number,omitempty"`
	Name           string `dynamodbav:"name,omitempty"`
	EnteredAt      string `dynamodbav:"entered,omitempty"`
	AcceptedAt     string `dynamodbav:"accepted,omitempty"`
	ConnectedAt    string `dynamodbav:"connected,omitempty"`
	LeftAt         string `dynamodbav:"left"`
	Wait           int64  `dynamodbav:"waitMs,omitempty"`
	Talk           int64  `dynamodbav:"talkMs,omitempty"`
	Hold           int64  `dynamodbav:"holdMs,omitempty"`
	WrapUp         int64  `dynamodbav:"wrapUpMs,omitempty"`
	Idle           int64  `dynamodbav:"idleMs,omitempty"`
	Chatting       int64  `dynamodbav:"chattingMs,omitempty"`
	Attempt        int    `dynamodbav:"attempt,omitempty"`
	Outcome        string `dynamodbav:"outcome,omitempty"`
	Closes         string `dynamodbav:"closes,omitempty"`
	Asked          bool   `dynamodbav:"asked,omitempty"`
	Begins         bool   `dynamodbav:"begins,omitempty"`
	Event          string `dynamodbav:"event,omitempty"`
	Channel        string `dynamodbav:"channel,omitempty"`
	Answered       bool   `dynamodbav:"answered,omitempty"`
	AnsweredWithin bool   `dynamodbav:"answeredWithin,omitempty"`
	RemovedWithin  bool   `dynamodbav:"removedWithin,omitempty"`
	Short          bool   `dynamodbav:"short,omitempty"`
}

// Log writes a line, of the given day by the centre's clock. Writing it again changes nothing, and what was written of its wrap-up
// stays unless the line says it.
func (s *Store) Log(ctx context.Context, day string, l metrics.Line) error {
	attributes, err := attributevalue.MarshalMap(lineRecord{
		TTL: l.LeftAt.Add(contactRetention).Unix(), ContactID: l.ContactID, Kind: string(l.Kind), QueueID: l.QueueID, LineOf: l.LineOf,
		Number: l.Number, Name: l.Name, EnteredAt: formatTime(l.EnteredAt), AcceptedAt: formatTime(l.AcceptedAt),
		ConnectedAt: formatTime(l.ConnectedAt), LeftAt: formatTime(l.LeftAt), Wait: l.Wait.Milliseconds(), Talk: l.Talk.Milliseconds(),
		Hold: l.Hold.Milliseconds(), WrapUp: l.WrapUp.Milliseconds(), Idle: l.Idle.Milliseconds(), Chatting: l.Chatting.Milliseconds(),
		Attempt: l.Attempt, Outcome: string(l.Outcome), Closes: string(l.Closes),
		Asked: l.Asked, Begins: l.Begins, Event: string(l.Event), Channel: l.Channel,
		Answered: l.Answered, AnsweredWithin: l.AnsweredWithin, RemovedWithin: l.RemovedWithin, Short: l.Short,
	})
	if err != nil {
		return fmt.Errorf("encode log line: %w", err)
	}
	return s.setLine(ctx, day, l, attributes)
}

// LogWrapUp writes the wrap-up of a part whose line is written apart.
func (s *Store) LogWrapUp(ctx context.Context, day string, l metrics.Line) error {
	return s.setLine(ctx, day, l, item{"wrapUpMs": number(l.WrapUp.Milliseconds()), "ttl": number(l.AcceptedAt.Add(contactRetention).Unix())})
}

func (s *Store) setLine(ctx context.Context, day string, l metrics.Line, attributes item) error {
	pk, sk := lineKey(day, l)
	in := &dynamodb.UpdateItemInput{
		TableName: &s.table, Key: key(pk, sk), ReturnConsumedCapacity: types.ReturnConsumedCapacityTotal,
		ExpressionAttributeNames: map[string]string{}, ExpressionAttributeValues: item{},
	}
	var sets []string
	for i, name := range slices.Sorted(maps.Keys(attributes)) {
		n := strconv.Itoa(i)
		in.ExpressionAttributeNames["#"+n], in.ExpressionAttributeValues[":"+n] = name, attributes[name]
		sets = append(sets, "#"+n+" = :"+n)
	}
	in.UpdateExpression = aws.String("SET " + strings.Join(sets, ", "))
	out, err := s.client.UpdateItem(ctx, in)
	if err != nil {
		return fmt.Errorf("log %s %s: %w", pk, sk, err)
	}
	meter(ctx).write(out.ConsumedCapacity)
	return nil
}

// AgentLog reads the lines of an agent's parts of a day, and of the chats that they resolved, eventually consistent, in order.
func (s *Store) AgentLog(ctx context.Context, agentID, day string) ([]metrics.Line, error) {
	return s.lines(ctx, agentLogPartition(agentID, day), agentID)
}

// QueueLog reads the lines of a queue's, or an agent's own line's, calls that no agent had, and of its chats, of the day on which they
// count.
func (s *Store) QueueLog(ctx context.Context, lineID, day string) ([]metrics.Line, error) {
	return s.lines(ctx, queueLogPartition(lineID, day), "")
}

func (s *Store) lines(ctx context.Context, pk, agentID string) ([]metrics.Line, error) {
	var lines []metrics.Line
	err := s.query(ctx, &dynamodb.QueryInput{
		KeyConditionExpression: aws.String("pk = :pk"), ExpressionAttributeValues: item{":pk": text(pk)},
	}, func(page []item) (bool, error) {
		for _, it := range page {
			var r lineRecord
			if err := attributevalue.UnmarshalMap(it, &r); err != nil {
				return false, fmt.Errorf("decode log line: %w", err)
			}
			if r.Kind == "" {
				continue // so far only its wrap-up is known
			}
			l, err := r.line(agentID)
			if err != nil {
				return false, err
			}
			lines = append(lines, l)
		}
		return true, nil
	})
	return lines, err
}

func (r lineRecord) line(agentID string) (metrics.Line, error) {
	var d timeDecoder
	ms := func(n int64) time.Duration { return time.Duration(n) * time.Millisecond }
	return metrics.Line{
		AgentID: agentID, ContactID: r.ContactID, Kind: center.ContactKind(r.Kind), QueueID: r.QueueID, LineOf: r.LineOf, Number: r.Number, Name: r.Name,
		EnteredAt: d.time(r.EnteredAt), AcceptedAt: d.time(r.AcceptedAt), ConnectedAt: d.time(r.ConnectedAt), LeftAt: d.time(r.LeftAt),
		Wait: ms(r.Wait), Talk: ms(r.Talk), Hold: ms(r.Hold), WrapUp: ms(r.WrapUp), Idle: ms(r.Idle), Chatting: ms(r.Chatting), Attempt: r.Attempt,
		Outcome: center.Outcome(r.Outcome), Closes: center.Outcome(r.Closes), Asked: r.Asked, Begins: r.Begins, Event: metrics.Figure(r.Event), Channel: r.Channel,
		Answered: r.Answered, AnsweredWithin: r.AnsweredWithin, RemovedWithin: r.RemovedWithin, Short: r.Short,
	}, d.failure("log line of " + r.ContactID)
}

// lineKey is where a line is. An agent has one for each acceptance; a stay in a queue, and a chat, one for each thing that is told of it.
func lineKey(day string, l metrics.Line) (pk, sk string) {
	sk = formatTime(l.At()) + "#" + l.ContactID
	if l.Event != "" {
		sk += "#" + string(l.Event)
	}
	switch {
	case l.AgentID != "":
		return agentLogPartition(l.AgentID, day), sk
	case l.Asked:
		sk += "#asked"
	case l.Begins:
		sk += "#begins"
	}
	line := l.QueueID
	if l.LineOf != "" {
		line = center.OwnLine(l.LineOf)
	}
	return queueLogPartition(line, day), sk
}
