package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"guichet/shared/center"
)

// Connection is one desk's realtime connection and its lease on presence.
type Connection struct {
	ID         string
	AgentID    string
	Role       center.Role
	Queues     []string // assigned to the agent, as of the last heartbeat
	LeaseUntil time.Time
	Watched    []string // queues whose cards the desk wants to be told of
	AgentsOf   []string // those of them of which it shows the agents
}

type connectionRecord struct {
	PK         string   `dynamodbav:"pk"`
	SK         string   `dynamodbav:"sk"`
	AgentID    string   `dynamodbav:"agent"`
	Role       string   `dynamodbav:"role"`
	Queues     []string `dynamodbav:"queues,omitempty"`
	LeaseUntil string   `dynamodbav:"lease"`
	Watched    []string `dynamodbav:"watch,omitempty,stringset"`
}

const watchAttribute = "watch"

// agentsMark follows the queues of which a desk shows the agents, in the same set.
const agentsMark = "#agents"

// MayWatch tells whether the desk may be told of a queue: of the agent's own, or of any if they supervise.
func (c Connection) MayWatch(queueID string) bool {
	return queueID != "" && (c.Role.Supervises() || slices.Contains(c.Queues, queueID))
}

// AddConnection records a connection.
func (s *Store) AddConnection(ctx context.Context, c Connection) error {
	return s.put(ctx, put{record: connectionRecord{
		PK: connectionPartition, SK: c.ID, AgentID: c.AgentID, Role: string(c.Role), Queues: c.Queues,
		LeaseUntil: formatTime(c.LeaseUntil),
	}})
}

var desks = leased[connectionRecord, Connection]{connectionPartition, connectionRecord.connection}

// Connection reads a connection, with strong consistency; an unknown one is NotFound.
func (s *Store) Connection(ctx context.Context, id string) (Connection, error) {
	return desks.read(ctx, s, id)
}

// RenewConnection prolongs a lease and returns whose it is; an unknown connection is NotFound.
func (s *Store) RenewConnection(ctx context.Context, id string, until time.Time) (Connection, error) {
	return desks.renew(ctx, s, id, until)
}

// Watch names the queues whose cards a connection's desk wants to be told of, and those of which it shows the agents; an unknown
// connection is NotFound.
func (s *Store) Watch(ctx context.Context, id string, queueIDs, agentsOf []string) error {
	names := slices.Clone(queueIDs)
	for _, q := range agentsOf {
		names = append(names, q+agentsMark)
	}
	in := &dynamodb.UpdateItemInput{
		TableName: &s.table, Key: key(connectionPartition, id), UpdateExpression: aws.String("REMOVE " + watchAttribute),
		ConditionExpression: aws.String("attribute_exists(pk)"), ReturnConsumedCapacity: types.ReturnConsumedCapacityTotal,
	}
	if len(names) > 0 { // a set is not empty
		in.UpdateExpression = aws.String("SET " + watchAttribute + " = :queues")
		in.ExpressionAttributeValues = item{":queues": &types.AttributeValueMemberSS{Value: names}}
	}
	out, err := s.client.UpdateItem(ctx, in)
	if err = connectionGone(id, err); err == nil {
		meter(ctx).write(out.ConsumedCapacity)
	}
	return err
}

// Reassign gives a connection the role and the queues that its agent has by now, and returns it; an unknown connection is NotFound.
func (s *Store) Reassign(ctx context.Context, id string, a *center.Agent) (Connection, error) {
	queues, err := attributevalue.Marshal(a.Queues)
	if err != nil {
		return Connection{}, fmt.Errorf("encode queues: %w", err)
	}
	return desks.update(ctx, s, id, &dynamodb.UpdateItemInput{
		UpdateExpression:          aws.String("SET #role = :role, queues = :queues"),
		ExpressionAttributeNames:  map[string]string{"#role": "role"}, // a reserved word
		ExpressionAttributeValues: item{":role": text(string(a.Role)), ":queues": queues},
	})
}

// RemoveConnection forgets a connection, if it is known.
func (s *Store) RemoveConnection(ctx context.Context, id string) error {
	return s.delete(ctx, connectionPartition, id)
}

// Connections reads every connection, eventually consistent: one that was added in the last moment may be missing,
// which is why a desk takes a second snapshot (deskapi.SettleSeconds).
func (s *Store) Connections(ctx context.Context) ([]Connection, error) { return desks.all(ctx, s) }

func (r connectionRecord) connection() (Connection, error) {
	var d timeDecoder
	c := Connection{ID: r.SK, AgentID: r.AgentID, Role: center.Role(r.Role), Queues: r.Queues, LeaseUntil: d.time(r.LeaseUntil)}
	for _, name := range r.Watched {
		if queueID, agents := strings.CutSuffix(name, agentsMark); agents {
			c.AgentsOf = append(c.AgentsOf, queueID)
		} else {
			c.Watched = append(c.Watched, name)
		}
	}
	return c, d.failure("connection " + r.SK)
}
