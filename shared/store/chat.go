package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"

	"guichet/shared/center"
)

// chatRetention is how long a chat and its messages are kept after the last change.
const chatRetention = 400 * 24 * time.Hour

type customerRecord struct {
	ID       string `dynamodbav:"id"`
	Name     string `dynamodbav:"name,omitempty"`
	Email    string `dynamodbav:"email,omitempty"`
	Phone    string `dynamodbav:"phone,omitempty"`
	Language string `dynamodbav:"language,omitempty"`
}

type chatRecord struct {
	PK           string         `dynamodbav:"pk"`
	SK           string         `dynamodbav:"sk"`
	V            int64          `dynamodbav:"v"`
	TTL          int64          `dynamodbav:"ttl"`
	ID           string         `dynamodbav:"id"`
	Channel      string         `dynamodbav:"channel"`
	Inbox        string         `dynamodbav:"inbox"`
	Customer     customerRecord `dynamodbav:"customer"`
	QueueID      string         `dynamodbav:"queue"`
	State        string         `dynamodbav:"state"`
	AgentID      string         `dynamodbav:"agent,omitempty"`
	OpenedAt     string         `dynamodbav:"opened"`
	EnteredAt    string         `dynamodbav:"entered,omitempty"`
	AssignedAt   string         `dynamodbav:"assigned,omitempty"`
	ResolvedAt   string         `dynamodbav:"resolved,omitempty"`
	WaitingSince string         `dynamodbav:"waiting,omitempty"`
	LastOutAt    string         `dynamodbav:"lastOut,omitempty"`
	LastKey      string         `dynamodbav:"lastKey,omitempty"` // begins with LastAt
	Preview      string         `dynamodbav:"preview,omitempty"`
	PreviewFrom  string         `dynamodbav:"previewFrom,omitempty"`
	LastInKey    string         `dynamodbav:"lastInKey,omitempty"` // begins with LastInAt
	Unread       int            `dynamodbav:"unread,omitempty"`
	ReadTo       string         `dynamodbav:"readTo,omitempty"`
	DoneTo       string         `dynamodbav:"doneTo,omitempty"`
	DeliveredTo  string         `dynamodbav:"delivered,omitempty"`
	SeenTo       string         `dynamodbav:"seen,omitempty"`
	Tags         []string       `dynamodbav:"tags,omitempty"`
	OptedOut     bool           `dynamodbav:"optedOut,omitempty"`
	ConsentAt    string         `dynamodbav:"consent,omitempty"`
	CallID       string         `dynamodbav:"call,omitempty"`
	RoomID       string         `dynamodbav:"room,omitempty"`
	Visitors     []string       `dynamodbav:"visitors,omitempty"`
	Write        string         `dynamodbav:"w"`
}

// Chat reads a chat; a consistent read costs twice an eventual one.
func (s *Store) Chat(ctx context.Context, id string, consistent bool) (*center.Chat, error) {
	var r chatRecord
	found, err := s.get(ctx, chatPartition(id), chatSort, consistent, &r)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, center.Errorf(center.NotFound, "chat-unknown", "no chat %s", id)
	}
	return r.chat()
}

// Chats reads several chats, eventually consistent and in no order. Those that do not exist are left out.
func (s *Store) Chats(ctx context.Context, ids []string) ([]*center.Chat, error) {
	keys := make([]item, len(ids))
	for i, id := range ids {
		keys[i] = key(chatPartition(id), chatSort)
	}
	var chats []*center.Chat
	err := s.batchGet(ctx, keys, func(it item) error {
		var r chatRecord
		if err := attributevalue.UnmarshalMap(it, &r); err != nil {
			return fmt.Errorf("decode chat: %w", err)
		}
		c, err := r.chat()
		chats = append(chats, c)
		return err
	})
	return chats, err
}

func newChatRecord(c *center.Chat) chatRecord {
	last := c.OpenedAt
	if c.LastAt.After(last) {
		last = c.LastAt
	}
	return chatRecord{
		PK: chatPartition(c.ID), SK: chatSort, V: c.Version + 1, TTL: last.Add(chatRetention).Unix(), ID: c.ID,
		Channel: c.Channel, Inbox: c.Inbox, Customer: customerRecord(c.Customer), QueueID: c.QueueID,
		State: string(c.State), AgentID: c.AgentID, OpenedAt: formatTime(c.OpenedAt), EnteredAt: formatTime(c.EnteredAt),
		AssignedAt: formatTime(c.AssignedAt), ResolvedAt: formatTime(c.ResolvedAt), WaitingSince: formatTime(c.WaitingSince),
		LastOutAt: formatTime(c.LastOutAt), LastKey: c.LastKey, LastInKey: c.LastInKey,
		Preview: c.Preview, PreviewFrom: string(c.PreviewFrom), Unread: c.Unread, ReadTo: c.ReadTo, DoneTo: c.DoneTo,
		DeliveredTo: formatTime(c.DeliveredTo), SeenTo: formatTime(c.SeenTo), Tags: c.Tags, OptedOut: c.OptedOut,
		ConsentAt: formatTime(c.ConsentAt), CallID: c.CallID, RoomID: c.RoomID, Visitors: c.Visitors, Write: newWrite(),
	}
}

func (r chatRecord) chat() (*center.Chat, error) {
	var d timeDecoder
	c := &center.Chat{
		ID: r.ID, Channel: r.Channel, Inbox: r.Inbox, Customer: center.Customer(r.Customer), QueueID: r.QueueID,
		State: center.ChatState(r.State), AgentID: r.AgentID, OpenedAt: d.time(r.OpenedAt), EnteredAt: d.time(r.EnteredAt),
		AssignedAt: d.time(r.AssignedAt), ResolvedAt: d.time(r.ResolvedAt), WaitingSince: d.time(r.WaitingSince),
		LastOutAt: d.time(r.LastOutAt), LastAt: d.keyTime(r.LastKey), LastKey: r.LastKey,
		LastInAt: d.keyTime(r.LastInKey), LastInKey: r.LastInKey,
		Preview: r.Preview, PreviewFrom: center.Author(r.PreviewFrom), Unread: r.Unread, ReadTo: r.ReadTo, DoneTo: r.DoneTo,
		DeliveredTo: d.time(r.DeliveredTo), SeenTo: d.time(r.SeenTo), Tags: r.Tags, OptedOut: r.OptedOut,
		ConsentAt: d.time(r.ConsentAt), CallID: r.CallID, RoomID: r.RoomID, Visitors: r.Visitors, Version: r.V,
	}
	return c, d.failure("chat " + r.ID)
}

// keyTime is the time that a message's key begins with.
func (d *timeDecoder) keyTime(key string) time.Time {
	at, _, _ := strings.Cut(key, "#")
	return d.time(at)
}
