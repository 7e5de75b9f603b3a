package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"guichet/shared/center"
)

// Change is what one commit writes: all of it, or nothing. Agent and contact are written if their version is still the
// one that was read, and theirs goes up by one when the commit succeeds.
type Change struct {
	Agent   *center.Agent
	Guest   *center.Agent // who was the contact's guest, or becomes it
	Contact *center.Contact
	Enter   bool            // the contact takes its place: in line, or on the schedule
	Leave   *center.Contact // as it was in the place that it gives up; nil when it gives up none
	Claim   *Claim          // taken with it
}

// Commit writes a change. It returns ErrStale when somebody else was first. A change of one record is a plain write;
// more records are a transaction, which costs twice as much.
func (s *Store) Commit(ctx context.Context, ch Change) error {
	var puts []put
	if ch.Contact != nil {
		contact := versioned(newContactRecord(ch.Contact), ch.Contact.Version)
		if ch.Agent != nil || ch.Claim != nil {
			contact.lost = ErrStaleContact
		}
		puts = append(puts, contact)
	}
	if ch.Agent != nil {
		puts = append(puts, versioned(newAgentRecord(ch.Agent), ch.Agent.Version))
	}
	if ch.Guest != nil {
		puts = append(puts, versioned(newAgentRecord(ch.Guest), ch.Guest.Version))
	}
	if ch.Enter {
		puts = append(puts, place(ch.Contact))
	}
	if ch.Claim != nil {
		puts = append(puts, ch.Claim.put(newContactRecord(ch.Contact)))
	}
	var err error
	if len(puts) == 1 && ch.Leave == nil {
		err = s.put(ctx, puts[0])
	} else {
		err = s.transact(ctx, puts, ch)
	}
	if err != nil {
		return err
	}
	if ch.Contact != nil {
		ch.Contact.Version++
	}
	if ch.Agent != nil {
		ch.Agent.Version++
	}
	if ch.Guest != nil {
		ch.Guest.Version++
	}
	return nil
}

// Admit writes a new waiting contact: its place first, so that no crash can leave a waiting contact that nobody would
// find. Two plain writes cost half a transaction; a place without a contact is forgotten by whoever meets it.
func (s *Store) Admit(ctx context.Context, c *center.Contact) error {
	if err := s.put(ctx, place(c)); err != nil {
		return err
	}
	err := s.Commit(ctx, Change{Contact: c})
	if !errors.Is(err, ErrStale) {
		return err
	}
	return errors.Join(err, s.withdraw(ctx, c))
}

// withdraw takes back the place that a repeat of the webhook took. The contact has its own, which is this very one if
// both came in the same millisecond: then it goes only if the contact does not wait.
func (s *Store) withdraw(ctx context.Context, c *center.Contact) error {
	first, err := s.Contact(ctx, c.ID, true)
	switch {
	case err != nil:
		return err
	case waitSort(first) != waitSort(c):
		return s.LeaveLine(ctx, c)
	case first.Waiting():
		return nil
	}
	return s.Forget(ctx, Place{ContactID: c.ID, QueueID: c.LineID(), sort: waitSort(c)}, first)
}

// LeaveLine removes the place of a contact that has just been written as having it no longer: c as it was in it.
func (s *Store) LeaveLine(ctx context.Context, c *center.Contact) error {
	return s.delete(ctx, queuePartition(c.LineID()), placeSort(c))
}

func place(c *center.Contact) put {
	return put{record: struct {
		PK      string `dynamodbav:"pk"`
		SK      string `dynamodbav:"sk"`
		TTL     int64  `dynamodbav:"ttl"`
		Attempt int    `dynamodbav:"attempt,omitempty"`
	}{queuePartition(c.LineID()), placeSort(c), c.EnteredAt.Add(contactRetention).Unix(), c.Attempt}}
}

// ErrStaleContact is the ErrStale of a pair whose contact has changed, whatever happened to its agent.
var ErrStaleContact = fmt.Errorf("contact: %w", ErrStale)

func (s *Store) transact(ctx context.Context, puts []put, ch Change) error {
	var leave *listRecord
	if c := ch.Leave; c != nil {
		leave = &listRecord{PK: queuePartition(c.LineID()), SK: placeSort(c)}
	}
	return s.transactAll(ctx, puts, leave)
}

// transactAll writes records and removes one place, all or nothing.
func (s *Store) transactAll(ctx context.Context, puts []put, leave *listRecord) error {
	var deletes []types.Delete
	if leave != nil {
		deletes = append(deletes, types.Delete{TableName: &s.table, Key: key(leave.PK, leave.SK)})
	}
	return s.transactWrites(ctx, puts, deletes)
}

// transactWrites writes and removes records, all or nothing.
func (s *Store) transactWrites(ctx context.Context, puts []put, deletes []types.Delete) error {
	var writes []types.TransactWriteItem
	for _, p := range puts {
		av, err := attributevalue.MarshalMap(p.record)
		if err != nil {
			return fmt.Errorf("encode: %w", err)
		}
		w := &types.Put{TableName: &s.table, Item: av, ExpressionAttributeValues: p.values, ExpressionAttributeNames: p.names}
		if p.condition != "" {
			w.ConditionExpression = &p.condition
		}
		writes = append(writes, types.TransactWriteItem{Put: w})
	}
	for _, d := range deletes {
		writes = append(writes, types.TransactWriteItem{Delete: &d})
	}
	out, err := s.client.TransactWriteItems(ctx, &dynamodb.TransactWriteItemsInput{
		TransactItems: writes, ReturnConsumedCapacity: types.ReturnConsumedCapacityTotal,
	})
	if err != nil {
		return lostPut(err, puts)
	}
	meter(ctx).transaction(out.ConsumedCapacity)
	return nil
}

// lostPut names the first put that lost its condition, if that one has a name for it.
func lostPut(err error, puts []put) error {
	var cancelled *types.TransactionCanceledException
	if errors.As(err, &cancelled) {
		for i, r := range cancelled.CancellationReasons {
			if i < len(puts) && puts[i].lost != nil && aws.ToString(r.Code) == "ConditionalCheckFailed" {
				return puts[i].lost
			}
		}
	}
	return asStale("transact", err)
}
