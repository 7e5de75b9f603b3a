package store

import (
	"context"
	"errors"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"guichet/shared/center"
)

// ChatChange is what one commit writes about a chat: all of it, or nothing. Chat and agents are written if their version
// is still the one that was read; messages must be new. The lists that the chat stands in, and the note that its customer wants no more messages,
// follow from Before and After.
type ChatChange struct {
	Before   *center.Chat // nil for a new chat
	After    *center.Chat // nil when only agents change
	Agents   []*center.Agent
	Messages []*center.Message
}

// ErrStaleMessage is the ErrStale of a change whose first message exists already.
var ErrStaleMessage = errors.New("the message exists already")

// CommitChat writes a change. It returns ErrStale when somebody else was first, the ErrStale that is ErrStaleContact if
// that was about the chat, and ErrStaleMessage when a message is no news. A change of one record is a plain write; more records are a transaction, which costs twice as much.
func (s *Store) CommitChat(ctx context.Context, ch ChatChange) error {
	var puts []put
	for _, m := range ch.Messages {
		puts = append(puts, put{record: newMessageRecord(m), condition: "attribute_not_exists(pk)", lost: ErrStaleMessage, own: true})
	}
	if ch.After != nil {
		chat := versioned(newChatRecord(ch.After), ch.After.Version)
		chat.lost = ErrStaleContact
		puts = append(puts, chat)
	}
	for _, a := range ch.Agents {
		puts = append(puts, versioned(newAgentRecord(a), a.Version))
	}
	follows, goes := s.following(ch)
	puts = append(puts, follows...)
	var err error
	if len(puts) == 1 && len(goes) == 0 {
		err = s.put(ctx, puts[0])
	} else {
		err = s.transactWrites(ctx, puts, goes)
	}
	if err != nil {
		return err
	}
	for _, m := range ch.Messages {
		m.Version++
	}
	if ch.After != nil {
		ch.After.Version++
	}
	for _, a := range ch.Agents {
		a.Version++
	}
	return nil
}

// following are the records that follow from what a chat was and is: those that appear, and those that go.
func (s *Store) following(ch ChatChange) (puts []put, deletes []types.Delete) {
	enter, leave := ch.lists()
	if enter != nil {
		puts = append(puts, put{record: *enter})
	}
	if leave != nil {
		deletes = append(deletes, types.Delete{TableName: &s.table, Key: key(leave.PK, leave.SK)})
	}
	optOut, takenBack := ch.optOut()
	if optOut != nil {
		puts = append(puts, put{record: *optOut})
	}
	if takenBack {
		deletes = append(deletes, types.Delete{TableName: &s.table, Key: key(optOutPartition(ch.After.ID), optOutSort)})
	}
	return puts, deletes
}

// listRecord is a chat's entry in a list: the line of those who wait for an agent, or the pile of the resolved.
type listRecord struct {
	PK  string `dynamodbav:"pk"`
	SK  string `dynamodbav:"sk"`
	TTL int64  `dynamodbav:"ttl"`
}

// lists tells which entry appears and which one goes.
func (ch ChatChange) lists() (enter, leave *listRecord) {
	enter, leave = listed(ch.After), listed(ch.Before)
	if ch.After == nil || enter != nil && leave != nil && enter.PK == leave.PK && enter.SK == leave.SK {
		return nil, nil
	}
	return enter, leave
}

func listed(c *center.Chat) *listRecord {
	if c == nil {
		return nil
	}
	switch c.State {
	case center.ChatUnassigned:
		return &listRecord{queuePartition(c.QueueID), lineSort(c), c.LastAt.Add(chatRetention).Unix()}
	case center.ChatResolved:
		return &listRecord{queuePartition(c.QueueID), doneSort(c), c.ResolvedAt.Add(chatRetention).Unix()}
	case center.ChatAssigned:
	}
	return nil
}
