package deskapi

import (
	"time"

	"guichet/shared/center"
)

// Customer is who writes to us.
type Customer struct {
	ID       string `json:"id" doc:"On the channel: a number in E.164, a page-scoped id, a visitor's id."`
	Name     string `json:"name,omitempty"`
	Email    string `json:"email,omitempty"`
	Phone    string `json:"phone,omitempty" doc:"E.164"`
	Language string `json:"language,omitempty" doc:"BCP 47"`
}

// Chat is the conversation with one customer on one channel. Keep the one with the highest version.
type Chat struct {
	ID           string      `json:"id"`
	Channel      string      `json:"channel" doc:"sms, messenger, instagram, webchat"`
	Inbox        string      `json:"inbox" doc:"Our side: a number, a page's id, a widget's key."`
	Customer     Customer    `json:"customer"`
	QueueID      string      `json:"queueId"`
	State        string      `json:"state" enum:"unassigned,assigned,resolved"`
	AgentID      string      `json:"agentId,omitempty" doc:"Who holds the chat, or held it last."`
	OpenedAt     time.Time   `json:"openedAt"`
	AssignedAt   *time.Time  `json:"assignedAt,omitempty"`
	ResolvedAt   *time.Time  `json:"resolvedAt,omitempty"`
	WaitingSince *time.Time  `json:"waitingSince,omitempty" doc:"The oldest message that waits for an agent's reply."`
	LastInAt     *time.Time  `json:"lastInAt,omitempty"`
	LastAt       *time.Time  `json:"lastAt,omitempty"`
	Preview      string      `json:"preview,omitempty" doc:"The beginning of the last message, or a word with # for what it carries."`
	PreviewFrom  string      `json:"previewFrom,omitempty" enum:"customer,agent,elsewhere,system"`
	Unread       int         `json:"unread"`
	DeliveredTo  *time.Time  `json:"deliveredTo,omitempty" doc:"The customer's device has what was sent until then."`
	SeenTo       *time.Time  `json:"seenTo,omitempty" doc:"The customer has read what was sent until then."`
	Tags         []string    `json:"tags" nullable:"false"`
	OptedOut     bool        `json:"optedOut,omitempty" doc:"The customer said STOP: nothing may be sent."`
	Window       *ChatWindow `json:"window,omitempty" doc:"Where the channel limits how long after the customer's last message we may write."`
	CallID       string      `json:"callId,omitempty" doc:"The last call that was made from the chat."`
	RoomID       string      `json:"roomId,omitempty"`
	VisitorHere  bool        `json:"visitorHere,omitempty" doc:"Of webchat: the visitor has the page open."`
	Version      int64       `json:"version"`
}

// ChatWindow is until when we may write.
type ChatWindow struct {
	StandardUntil time.Time `json:"standardUntil"`
	HumanUntil    time.Time `json:"humanUntil" doc:"Until then an answer is sent with the human-agent tag."`
}

// Attachment is a file of a message.
type Attachment struct {
	ID     string `json:"id"`
	Name   string `json:"name,omitempty"`
	Type   string `json:"type,omitempty" doc:"Media type"`
	Bytes  int64  `json:"bytes,omitempty"`
	State  string `json:"state" enum:"fetching,stored,refused"`
	Reason string `json:"reason,omitempty" enum:"type,size,missing"`
}

// Location is a point that a customer shared.
type Location struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
	Label     string  `json:"label,omitempty"`
}

// ChatEvent is something that happened to a chat.
type ChatEvent struct {
	Kind    string `json:"kind" enum:"assigned,transferred,resolved,reopened,optedOut,optedIn,call,meeting"`
	By      string `json:"by,omitempty" doc:"Agent id; absent when nobody did it."`
	AgentID string `json:"agentId,omitempty"`
	QueueID string `json:"queueId,omitempty"`
}

// Message is one entry of a thread. Keep the one with the highest version; order by key.
type Message struct {
	ID          string            `json:"id"`
	ChatID      string            `json:"chatId"`
	Key         string            `json:"key" doc:"Orders a thread's messages, as text."`
	Kind        string            `json:"kind" enum:"text,postback,unsupported,note,event"`
	From        string            `json:"from" enum:"customer,agent,elsewhere,system"`
	AgentID     string            `json:"agentId,omitempty"`
	At          time.Time         `json:"at"`
	Text        string            `json:"text,omitempty"`
	Attachments []Attachment      `json:"attachments,omitempty"`
	Location    *Location         `json:"location,omitempty"`
	ReplyTo     string            `json:"replyTo,omitempty" doc:"ID of the message that this one answers."`
	Reactions   map[string]string `json:"reactions,omitempty" doc:"Emoji, by 'customer' or 'us'."`
	EditedAt    *time.Time        `json:"editedAt,omitempty"`
	Deleted     bool              `json:"deleted,omitempty" doc:"The sender took it back."`
	Event       *ChatEvent        `json:"event,omitempty"`
	Delivery    string            `json:"delivery,omitempty" enum:"sending,retrying,sent,delivered,read,failed"`
	Failure     string            `json:"failure,omitempty" doc:"Why it failed, or has to be tried again: unreachable, throttled, opted-out, no-recipient, window-closed, content, unauthorized, refused, unconfirmed."`
	Version     int64             `json:"version"`
}

// ViewChat renders a chat. window is nil where the channel has none.
func ViewChat(c *center.Chat, window *ChatWindow) Chat {
	tags := c.Tags
	if tags == nil {
		tags = []string{}
	}
	return Chat{
		ID: c.ID, Channel: c.Channel, Inbox: c.Inbox, Customer: Customer(c.Customer), QueueID: c.QueueID,
		State: string(c.State), AgentID: c.AgentID, OpenedAt: c.OpenedAt, AssignedAt: optional(c.AssignedAt),
		ResolvedAt: optional(c.ResolvedAt), WaitingSince: optional(c.WaitingSince), LastInAt: optional(c.LastInAt),
		LastAt: optional(c.LastAt), Preview: c.Preview, PreviewFrom: string(c.PreviewFrom), Unread: c.Unread,
		DeliveredTo: optional(c.DeliveredTo), SeenTo: optional(c.SeenTo), Tags: tags, OptedOut: c.OptedOut, Window: window,
		CallID: c.CallID, RoomID: c.RoomID, VisitorHere: len(c.Visitors) > 0, Version: c.Version,
	}
}

// ViewMessage renders a message.
func ViewMessage(m *center.Message) Message {
	v := Message{
		ID: m.ID, ChatID: m.ChatID, Key: m.Key(), Kind: string(m.Kind), From: string(m.From), AgentID: m.AgentID, At: m.At,
		Text: m.Text, ReplyTo: m.ReplyTo, Reactions: m.Reactions, EditedAt: optional(m.EditedAt), Deleted: m.Deleted,
		Delivery: string(m.Delivery), Failure: m.Failure, Version: m.Version,
	}
	for _, a := range m.Attachments {
		v.Attachments = append(v.Attachments, Attachment{
			ID: a.ID, Name: a.Name, Type: a.Type, Bytes: a.Bytes, State: string(a.State), Reason: a.Reason,
		})
	}
	if l := m.Location; l != nil {
		v.Location = &Location{Latitude: l.Latitude, Longitude: l.Longitude, Label: l.Label}
	}
	if e := m.Event; e != nil {
		v.Event = &ChatEvent{Kind: string(e.Kind), By: e.By, AgentID: e.AgentID, QueueID: e.QueueID}
	}
	return v
}
