package meta

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"guichet/shared/center"
	"guichet/shared/channel"
)

// Event is one entry of a batch (https://developers.facebook.com/docs/messenger-platform/reference/webhook-events). At most
// one of the pointers is set.
type Event struct {
	Inbox    string    `json:"-"` // the page or account
	Customer string    `json:"-"` // the other side
	Ours     bool      `json:"-"` // our side did it
	At       time.Time `json:"-"`
	Name     string    `json:"-"` // of the part that says what happened, as Meta calls it

	Message  *Message `json:"message"`
	Edit     *Edit    `json:"message_edit"`
	Reaction *struct {
		Reaction string `json:"reaction"`
		Emoji    string `json:"emoji"`
		Action   string `json:"action"`
		MID      string `json:"mid"`
	} `json:"reaction"`
	Postback *struct {
		MID     string `json:"mid"`
		Title   string `json:"title"`
		Payload string `json:"payload"`
	} `json:"postback"`
	Read *struct {
		Watermark int64  `json:"watermark"` // of Messenger
		MID       string `json:"mid"`       // of Instagram
	} `json:"read"`
	Delivery *struct {
		Watermark int64 `json:"watermark"`
	} `json:"delivery"`
	Referral *struct {
		Ref string `json:"ref"`
	} `json:"referral"`
	OptIn *struct {
		Ref   string `json:"ref"`
		Title string `json:"title"`
	} `json:"optin"`
}

// Edit is a message's new text.
type Edit struct {
	MID  string `json:"mid"`
	Text string `json:"text"`
}

type party struct {
	ID string `json:"id"`
}

// readEvent reads an event of an inbox. Whoever is not the inbox is the customer.
func readEvent(inbox string, raw json.RawMessage) (Event, error) {
	var head struct {
		Sender    party `json:"sender"`
		Recipient party `json:"recipient"`
		Timestamp int64 `json:"timestamp"`
	}
	var parts map[string]json.RawMessage
	var e Event
	if err := errors.Join(json.Unmarshal(raw, &head), json.Unmarshal(raw, &parts), json.Unmarshal(raw, &e)); err != nil {
		return e, fmt.Errorf("no event: %w", err)
	}
	for _, name := range []string{"sender", "recipient", "timestamp", "hop_context"} {
		delete(parts, name)
	}
	if len(parts) == 0 {
		return e, errors.New("an event that says nothing")
	}
	e.Inbox, e.Customer, e.At, e.Name = inbox, head.Sender.ID, At(head.Timestamp), slices.Min(slices.Collect(maps.Keys(parts)))
	if head.Sender.ID == inbox {
		e.Customer, e.Ours = head.Recipient.ID, true
	}
	if e.Inbox == "" || e.Customer == "" {
		return e, errors.New("an event of nobody")
	}
	return e, nil
}

// At reads a time in milliseconds since 1970. Some events have seconds.
func At(timestamp int64) time.Time {
	switch {
	case timestamp <= 0:
		return time.Time{}
	case timestamp < 1e11: // in milliseconds, that would be before 1973
		return time.Unix(timestamp, 0).UTC()
	}
	return time.UnixMilli(timestamp).UTC()
}

// Is is the event for the conversation, yet without what happened.
func (e Event) Is(name string) channel.Event {
	return channel.Event{Channel: name, Inbox: e.Inbox, Customer: center.Customer{ID: e.Customer}, At: e.At}
}

// id names what Meta gives no id, the same in every repeat.
func (e Event) id() string {
	return e.Name + "." + e.Customer + "." + strconv.FormatInt(e.At.UnixMilli(), 10)
}

// translate says what an event means; nil for nothing.
func (a *App) translate(e Event) (*channel.Event, error) {
	if own, ok := a.Event(e); ok {
		return &own, nil
	}
	event := e.Is(a.Channel)
	switch {
	case e.Message != nil:
		return a.message(event, e)
	case e.Edit != nil && e.Edit.MID != "" && e.Edit.Text != "":
		event.Edit = &channel.Edit{ProviderID: e.Edit.MID, Text: e.Edit.Text}
	case e.Reaction != nil && e.Reaction.MID != "":
		event.Reaction = &channel.Reaction{ProviderID: e.Reaction.MID, Emoji: emoji(e), ByUs: e.Ours}
	case e.Postback != nil:
		event.Message = pressed(e, e.Postback.MID, e.Postback.Title, e.Postback.Payload)
	case e.OptIn != nil:
		event.Message = pressed(e, "", e.OptIn.Title, e.OptIn.Ref)
	case e.Referral != nil:
		event.Message = pressed(e, "", e.Referral.Ref, "")
	case e.Edit != nil, e.Reaction != nil:
		return nil, errors.New("about no message, or without a text")
	default:
		event.Message = unsupported(e.id(), e.Name)
	}
	return &event, nil
}

// message is what somebody wrote. What we sent ourselves comes back with the id that we gave it, which tells that it has
// been sent, even if the answer to our request was lost.
func (a *App) message(event channel.Event, e Event) (*channel.Event, error) {
	switch {
	case e.Message.MID == "":
		return nil, errors.New("a message without an id")
	case !e.Message.Echo && !e.Ours:
		event.Message = a.incoming(e.Message)
	case isPart(e.Message.Metadata):
		return nil, nil
	case strings.HasPrefix(e.Message.Metadata, center.PrefixMessage):
		event.Status = &channel.Status{MessageID: e.Message.Metadata, Delivery: center.DeliverySent}
	default:
		event.Echo = a.incoming(e.Message)
	}
	return &event, nil
}

// pressed is a button or a link that the customer followed, by the first of its names.
func pressed(e Event, id string, names ...string) *channel.Incoming {
	if id == "" {
		id = e.id()
	}
	for _, name := range names {
		if name != "" {
			return &channel.Incoming{ProviderID: id, Kind: center.KindPostback, Text: name}
		}
	}
	return unsupported(id, e.Name)
}

func unsupported(id, name string) *channel.Incoming {
	return &channel.Incoming{ProviderID: id, Kind: center.KindUnsupported, Text: name}
}

// emoji is the customer's reaction, empty when they took it back. Some come by name only.
func emoji(e Event) string {
	switch r := e.Reaction; {
	case r.Action == "unreact":
		return ""
	case r.Emoji != "":
		return r.Emoji
	default:
		return emojiOf(r.Reaction)
	}
}

// emojiOf is the picture of a reaction's name
// (https://developers.facebook.com/docs/messenger-platform/reference/webhook-events/message-reactions).
func emojiOf(name string) string {
	switch name {
	case "love":
		return "❤️"
	case "smile", "laugh":
		return "😆"
	case "wow":
		return "😮"
	case "sad":
		return "😢"
	case "angry":
		return "😠"
	case "like":
		return "👍"
	case "dislike":
		return "👎"
	}
	return "❔"
}
