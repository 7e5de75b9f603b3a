// Package messaging is the customers' side of message providers: the threads as customers see them, and what a person or a
// test does in them. How that reaches the product is each Provider's business.
package messaging

import (
	"slices"
	"time"
)

// Side is who wrote a message.
type Side string

// Sides.
const (
	FromCustomer Side = "customer"
	FromBusiness Side = "business"
	FromProvider Side = "provider" // its own replies, as to STOP
)

// State is how far a message has come.
type State string

// States. A customer's message is sending until the product has taken it; then delivered, or failed.
const (
	Sending     State = "sending"
	Queued      State = "queued"
	Sent        State = "sent"
	Delivered   State = "delivered"
	Read        State = "read"
	Undelivered State = "undelivered"
	Failed      State = "failed"
)

// Inbox is the business's side of a channel: a number, a page, an account.
type Inbox struct {
	Channel string `json:"channel"`
	ID      string `json:"id"`
	Label   string `json:"label,omitempty"`
}

// Abilities are what customers can do on a channel beside writing text and attaching files.
type Abilities struct {
	Location    bool `json:"location"`
	Reactions   bool `json:"reactions"`
	Unsend      bool `json:"unsend"`
	Edits       bool `json:"edits"`
	Replies     bool `json:"replies"`
	Reads       bool `json:"reads"`
	Postbacks   bool `json:"postbacks"`
	Unsupported bool `json:"unsupported"` // kinds of which the product learns only that there was one
	Elsewhere   bool `json:"elsewhere"`   // the business can write from the provider's own inbox
	Aged        bool `json:"aged"`        // messages carry the provider's time
}

// Location is a point.
type Location struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
	Label     string  `json:"label,omitempty"`
}

// Message is one entry of a thread. ID is the provider's.
type Message struct {
	ID       string    `json:"id"`
	From     Side      `json:"from"`
	At       time.Time `json:"at"`
	Text     string    `json:"text,omitempty"`
	Files    []File    `json:"files,omitempty"`
	Location *Location `json:"location,omitempty"`
	ReplyTo  string    `json:"replyTo,omitempty"`
	Reaction string    `json:"reaction,omitempty"` // emoji, the customer's
	Edits    int       `json:"edits,omitempty"`    // how often it was changed
	Deleted  bool      `json:"deleted,omitempty"`
	State    State     `json:"state"`
	Code     int       `json:"code,omitempty"` // the provider's error
	// Unsupported is a message of a kind that the provider tells nothing about.
	Unsupported bool `json:"unsupported,omitempty"`
	// Payload is of a button that the customer pressed; Text is its title.
	Payload string `json:"payload,omitempty"`
	// Elsewhere is a message of the business's that the product did not send.
	Elsewhere bool `json:"elsewhere,omitempty"`
}

// Thread is what one customer sees of one inbox.
type Thread struct {
	ID       string    `json:"id"`
	Channel  string    `json:"channel"`
	Inbox    string    `json:"inbox"`
	Customer string    `json:"customer"` // E.164, or an id for this inbox alone
	Name     string    `json:"name,omitempty"`
	OptedOut bool      `json:"optedOut,omitempty"`
	SeenAt   time.Time `json:"seenAt,omitzero"` // the business has seen what came before
	// TypingUntil is until when the business is shown to be typing.
	TypingUntil time.Time `json:"typingUntil,omitzero"`
	Messages    []Message `json:"messages"`
	Version     int64     `json:"version"`
	// Answered is the status with which the product answered the last webhook; 0 when it did not answer.
	Answered int `json:"answered,omitempty"`

	hooks map[string]Webhook // the last about each message; of all under ""
}

// Message finds one by its ID.
func (t *Thread) Message(id string) *Message {
	if i := slices.IndexFunc(t.Messages, func(m Message) bool { return m.ID == id }); i >= 0 {
		return &t.Messages[i]
	}
	return nil
}

// LastIn is when the customer last wrote; zero when never.
func (t *Thread) LastIn() time.Time {
	var last time.Time
	for _, m := range t.Messages {
		if m.From == FromCustomer && m.At.After(last) {
			last = m.At
		}
	}
	return last
}

func (t *Thread) clone() Thread {
	c := *t
	c.Messages = slices.Clone(t.Messages)
	return c
}
