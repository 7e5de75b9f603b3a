package store

import (
	"time"

	"guichet/shared/center"
)

type attachmentRecord struct {
	ID     string `dynamodbav:"id"`
	Name   string `dynamodbav:"name,omitempty"`
	Type   string `dynamodbav:"type,omitempty"`
	Bytes  int64  `dynamodbav:"bytes,omitempty"`
	State  string `dynamodbav:"state"`
	Reason string `dynamodbav:"reason,omitempty"`
	Key    string `dynamodbav:"key,omitempty"`
	Source string `dynamodbav:"source,omitempty"`
}

type locationRecord struct {
	Latitude  float64 `dynamodbav:"lat"`
	Longitude float64 `dynamodbav:"long"`
	Label     string  `dynamodbav:"label,omitempty"`
}

type eventRecord struct {
	Kind    string `dynamodbav:"kind"`
	By      string `dynamodbav:"by,omitempty"`
	AgentID string `dynamodbav:"agent,omitempty"`
	QueueID string `dynamodbav:"queue,omitempty"`
}

type messageRecord struct {
	PK          string             `dynamodbav:"pk"`
	SK          string             `dynamodbav:"sk"`
	V           int64              `dynamodbav:"v"`
	TTL         int64              `dynamodbav:"ttl"`
	ID          string             `dynamodbav:"id"`
	ChatID      string             `dynamodbav:"chat"`
	Kind        string             `dynamodbav:"kind"`
	From        string             `dynamodbav:"from"`
	AgentID     string             `dynamodbav:"agent,omitempty"`
	At          string             `dynamodbav:"at"`
	Text        string             `dynamodbav:"text,omitempty"`
	Attachments []attachmentRecord `dynamodbav:"files,omitempty"`
	Location    *locationRecord    `dynamodbav:"location,omitempty"`
	ReplyTo     string             `dynamodbav:"replyTo,omitempty"`
	Reactions   map[string]string  `dynamodbav:"reactions,omitempty"`
	EditedAt    string             `dynamodbav:"edited,omitempty"`
	Deleted     bool               `dynamodbav:"deleted,omitempty"`
	Event       *eventRecord       `dynamodbav:"event,omitempty"`
	Delivery    string             `dynamodbav:"delivery,omitempty"`
	Failure     string             `dynamodbav:"failure,omitempty"`
	Attempts    int                `dynamodbav:"attempts,omitempty"`
	ProviderID  string             `dynamodbav:"provider,omitempty"`
	ReactedAt   map[string]string  `dynamodbav:"reacted,omitempty"`
	TriedAt     string             `dynamodbav:"tried,omitempty"`
	Write       string             `dynamodbav:"w"`
}

func newMessageRecord(m *center.Message) messageRecord {
	r := messageRecord{
		PK: chatPartition(m.ChatID), SK: messageSortPrefix + m.Key(), V: m.Version + 1, TTL: m.At.Add(chatRetention).Unix(),
		ID: m.ID, ChatID: m.ChatID, Kind: string(m.Kind), From: string(m.From), AgentID: m.AgentID, At: formatTime(m.At),
		Text: m.Text, ReplyTo: m.ReplyTo, Reactions: m.Reactions, EditedAt: formatTime(m.EditedAt), Deleted: m.Deleted,
		Delivery: string(m.Delivery), Failure: m.Failure, Attempts: m.Attempts, ProviderID: m.ProviderID,
		TriedAt: formatTime(m.TriedAt), Write: newWrite(),
	}
	if len(m.ReactedAt) > 0 {
		r.ReactedAt = make(map[string]string, len(m.ReactedAt))
	}
	for who, at := range m.ReactedAt {
		r.ReactedAt[who] = formatTime(at)
	}
	for _, a := range m.Attachments {
		r.Attachments = append(r.Attachments, attachmentRecord{
			ID: a.ID, Name: a.Name, Type: a.Type, Bytes: a.Bytes, State: string(a.State), Reason: a.Reason, Key: a.Key, Source: a.Source,
		})
	}
	if l := m.Location; l != nil {
		r.Location = &locationRecord{Latitude: l.Latitude, Longitude: l.Longitude, Label: l.Label}
	}
	if e := m.Event; e != nil {
		r.Event = &eventRecord{Kind: string(e.Kind), By: e.By, AgentID: e.AgentID, QueueID: e.QueueID}
	}
	return r
}

func (r messageRecord) message() (*center.Message, error) {
	var d timeDecoder
	m := &center.Message{
		ID: r.ID, ChatID: r.ChatID, Kind: center.MessageKind(r.Kind), From: center.Author(r.From), AgentID: r.AgentID,
		At: d.time(r.At), Text: r.Text, ReplyTo: r.ReplyTo, Reactions: r.Reactions, EditedAt: d.time(r.EditedAt), Deleted: r.Deleted,
		Delivery: center.Delivery(r.Delivery), Failure: r.Failure, Attempts: r.Attempts, ProviderID: r.ProviderID, TriedAt: d.time(r.TriedAt), Version: r.V,
	}
	if len(r.ReactedAt) > 0 {
		m.ReactedAt = make(map[string]time.Time, len(r.ReactedAt))
	}
	for who, at := range r.ReactedAt {
		m.ReactedAt[who] = d.time(at)
	}
	for _, a := range r.Attachments {
		m.Attachments = append(m.Attachments, center.Attachment{
			ID: a.ID, Name: a.Name, Type: a.Type, Bytes: a.Bytes, State: center.AttachmentState(a.State), Reason: a.Reason,
			Key: a.Key, Source: a.Source,
		})
	}
	if l := r.Location; l != nil {
		m.Location = &center.Location{Latitude: l.Latitude, Longitude: l.Longitude, Label: l.Label}
	}
	if e := r.Event; e != nil {
		m.Event = &center.Event{Kind: center.EventKind(e.Kind), By: e.By, AgentID: e.AgentID, QueueID: e.QueueID}
	}
	return m, d.failure("message " + r.ID)
}
