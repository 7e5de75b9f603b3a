package store

import (
	"context"
	"strings"
	"time"

	"guichet/shared/center"
)

// OptOut says since when a customer wants no more messages on an inbox. It outlives the chat in which they said so, which expires and may
// be erased: they would be written to again. Who it is follows from it for those alone who know, or try, the customer's id there.
type OptOut struct {
	ChatID, Channel, Inbox string
	At                     time.Time
}

type optOutRecord struct {
	PK      string `dynamodbav:"pk"`
	SK      string `dynamodbav:"sk"`
	Channel string `dynamodbav:"channel"`
	Inbox   string `dynamodbav:"inbox"`
	At      string `dynamodbav:"at"`
}

// OptedOut reads since when the customer of a chat wants no messages, whether or not the chat is there; zero: they have said nothing of the kind.
func (s *Store) OptedOut(ctx context.Context, chatID string) (time.Time, error) {
	var r optOutRecord
	found, err := s.get(ctx, optOutPartition(chatID), optOutSort, true, &r)
	if err != nil || !found {
		return time.Time{}, err
	}
	o, err := r.optOut()
	if err != nil {
		return time.Time{}, err
	}
	return o.At, nil
}

func (r optOutRecord) optOut() (*OptOut, error) {
	var d timeDecoder
	o := &OptOut{ChatID: strings.TrimPrefix(r.PK, optOutPartition("")), Channel: r.Channel, Inbox: r.Inbox, At: d.time(r.At)}
	return o, d.failure("opt-out " + o.ChatID)
}

// optOut tells what a change says of its customer's wish: a record when they want no more messages, or that there is to be none.
func (ch ChatChange) optOut() (said *optOutRecord, takenBack bool) {
	if ch.After == nil {
		return nil, false
	}
	before := ch.Before != nil && ch.Before.OptedOut
	if ch.After.OptedOut && !before {
		return newOptOutRecord(ch.After), false
	}
	return nil, before && !ch.After.OptedOut
}

func newOptOutRecord(c *center.Chat) *optOutRecord {
	return &optOutRecord{PK: optOutPartition(c.ID), SK: optOutSort, Channel: c.Channel, Inbox: c.Inbox, At: formatTime(c.ConsentAt)}
}
