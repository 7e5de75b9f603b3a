package center

import (
	"fmt"
	"maps"
	"strconv"
	"time"
	"unicode/utf8"
)

// Author says on whose side a message was written.
type Author string

// Authors of messages.
const (
	FromCustomer Author = "customer"
	FromAgent    Author = "agent"
	FromElse     Author = "elsewhere" // ours, but written outside Guichet, as in the page's own inbox
	FromSystem   Author = "system"    // events
)

// MessageKind says what a message is.
type MessageKind string

// Kinds of messages. Attachments and a location may come with any of the first three.
const (
	KindText        MessageKind = "text"
	KindPostback    MessageKind = "postback"    // the customer pressed a button; Text is its title
	KindUnsupported MessageKind = "unsupported" // the channel has a kind that we do not know; Text names it
	KindNote        MessageKind = "note"        // between agents: never sent
	KindEvent       MessageKind = "event"       // something happened to the chat: see Event
)

// EventKind says what happened to a chat.
type EventKind string

// Events that a thread shows between its messages.
const (
	EventAssigned    EventKind = "assigned"    // to AgentID, by By (empty: by the system)
	EventTransferred EventKind = "transferred" // to QueueID, by By (empty: its agent was away)
	EventResolved    EventKind = "resolved"    // by By
	EventReopened    EventKind = "reopened"    // by By, or by the customer's message
	EventOptedOut    EventKind = "optedOut"    // the customer said STOP
	EventOptedIn     EventKind = "optedIn"     // the customer said START
	EventCall        EventKind = "call"        // By called the customer
	EventMeeting     EventKind = "meeting"     // By opened a meeting room
)

// Event is what happened, and who is concerned.
type Event struct {
	Kind    EventKind
	By      string // agent id; empty when nobody did it
	AgentID string
	QueueID string
}

// Delivery is how far a message of ours has come. Webhooks move it forwards only.
type Delivery string

// Deliveries. Read and delivered may also follow from the chat's SeenTo and DeliveredTo.
const (
	DeliverySending   Delivery = "sending"   // handed to the channel, no answer yet
	DeliveryRetrying  Delivery = "retrying"  // refused for now: it is tried again by itself
	DeliverySent      Delivery = "sent"      // the provider has it
	DeliveryDelivered Delivery = "delivered" // the customer's device has it
	DeliveryRead      Delivery = "read"
	DeliveryFailed    Delivery = "failed" // final; Failure says why
)

// deliveryOrder is the order in which a delivery goes forwards. A provider may report failure after it took a message.
var deliveryOrder = map[Delivery]int{
	DeliverySending: 1, DeliveryRetrying: 1, DeliverySent: 2, DeliveryFailed: 3, DeliveryDelivered: 4, DeliveryRead: 5,
}

// AttachmentState says whether a file is with us.
type AttachmentState string

// States of an attachment.
const (
	AttachmentFetching AttachmentState = "fetching" // being copied from the provider
	AttachmentStored   AttachmentState = "stored"   // Key names it in the object store
	AttachmentRefused  AttachmentState = "refused"  // Reason says why: it was not copied, or not kept
)

// Reasons for which an attachment is refused.
const (
	RefusedType    = "type"    // not on the allow-list, or not what it says it is
	RefusedSize    = "size"    // larger than Settings.AttachmentBytes
	RefusedMissing = "missing" // the provider no longer has it
)

// Attachment is a file that goes with a message.
type Attachment struct {
	ID     string
	Name   string // as the sender called it; may be empty
	Type   string // media type, as found in its content once stored
	Bytes  int64
	State  AttachmentState
	Reason string
	Key    string // in the object store
	Source string // the provider's address, until stored
}

// Location is a point that a customer shared.
type Location struct {
	Latitude, Longitude float64
	Label               string
}

// Message is one entry of a chat's thread. Version counts its writes.
type Message struct {
	ID          string
	ChatID      string
	Kind        MessageKind
	From        Author
	AgentID     string // who wrote it, FromAgent
	At          time.Time
	Text        string
	Attachments []Attachment
	Location    *Location
	ReplyTo     string            // ID of the message that it answers
	Reactions   map[string]string // emoji, by who reacted: "customer" or "us"
	ReactedAt   map[string]time.Time
	EditedAt    time.Time
	Deleted     bool // the sender took it back: its content is gone
	Event       *Event
	Delivery    Delivery  // of FromAgent, but notes
	Failure     string    // slug of the reason of a failed or retrying delivery
	Attempts    int       // to send it
	TriedAt     time.Time // since when an attempt is under way; zero when none is
	ProviderID  string
	Version     int64
}

// Key orders a chat's messages: by time, then by ID.
func (m *Message) Key() string {
	return keyTime(m.At) + m.ID
}

// keyTime begins the keys of all messages of that time.
func keyTime(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") + "#" }

// Preview is the beginning of the message's text, or a word for what it carries: "#image", "#file", "#location" and so on.
func (m *Message) Preview() string {
	switch {
	case m.Deleted:
		return "#deleted"
	case m.Kind == KindUnsupported:
		return "#unsupported"
	case m.Text != "":
		return firstCharacters(m.Text, PreviewLength)
	case len(m.Attachments) > 0:
		return "#" + mediaClass(m.Attachments[0].Type)
	case m.Location != nil:
		return "#location"
	}
	return ""
}

// Advance moves the delivery forwards; it tells whether that changed anything.
func (m *Message) Advance(d Delivery, failure string) bool {
	if deliveryOrder[d] < deliveryOrder[m.Delivery] || d == m.Delivery && failure == m.Failure {
		return false
	}
	m.Delivery, m.Failure = d, failure
	return true
}

// Unsend takes the message back: its content goes, its place stays. It tells whether it was there.
func (m *Message) Unsend() bool {
	if m.Deleted {
		return false
	}
	m.Deleted, m.Text, m.Attachments, m.Location, m.Reactions, m.EditedAt = true, "", nil, nil, nil, time.Time{}
	return true
}

// Edit replaces the text, unless a later edit has done so. It tells whether that changed anything.
func (m *Message) Edit(text string, at time.Time) bool {
	if m.Deleted || at.Before(m.EditedAt) || at.Equal(m.EditedAt) && text == m.Text {
		return false
	}
	m.Text, m.EditedAt = text, at
	return true
}

// React notes how one side reacts to the message, or that it no longer does, unless it has done otherwise later. It tells
// whether that changed anything.
func (m *Message) React(who, emoji string, at time.Time) bool {
	if m.Deleted || at.Before(m.ReactedAt[who]) || at.Equal(m.ReactedAt[who]) && emoji == m.Reactions[who] {
		return false
	}
	reactions, times := maps.Clone(m.Reactions), maps.Clone(m.ReactedAt)
	if reactions == nil {
		reactions = map[string]string{}
	}
	if times == nil {
		times = map[string]time.Time{}
	}
	reactions[who], times[who] = emoji, at
	if emoji == "" {
		delete(reactions, who)
	}
	m.Reactions, m.ReactedAt = reactions, times
	return true
}

// Claim begins an attempt to send the message. It tells whether none is under way.
func (m *Message) Claim(now time.Time) bool {
	if !m.TriedAt.IsZero() {
		return false
	}
	m.TriedAt = now
	return true
}

// mediaClass is image, audio, video or file.
func mediaClass(mediaType string) string {
	for _, class := range []string{"image", "audio", "video"} {
		if len(mediaType) > len(class) && mediaType[:len(class)+1] == class+"/" {
			return class
		}
	}
	return "file"
}

func firstCharacters(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return fmt.Sprintf("%.*s", n, s)
}

// MessageIDOf names the message that a provider knows by an id, so that a repeated webhook finds it.
func MessageIDOf(channel, providerID string) string {
	return derivedID(PrefixMessage, channel+":"+providerID)
}

// FileIDOf names the n-th attachment of a message.
func FileIDOf(messageID string, n int) string {
	return derivedID(PrefixFile, messageID+":"+strconv.Itoa(n))
}
