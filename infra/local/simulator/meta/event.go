package meta

import (
	"time"

	"guichet/infra/local/simulator/messaging"
)

// event is one element of entry.messaging in a webhook
// (https://developers.facebook.com/docs/messenger-platform/reference/webhook-events). Exactly one pointer is set.
type event struct {
	Sender    party     `json:"sender"`
	Recipient party     `json:"recipient"`
	Timestamp int64     `json:"timestamp"` // milliseconds
	Message   *message  `json:"message,omitempty"`
	Edit      *edit     `json:"message_edit,omitempty"`
	Reaction  *reaction `json:"reaction,omitempty"`
	Postback  *postback `json:"postback,omitempty"`
	Delivery  *delivery `json:"delivery,omitempty"`
	Read      *readMark `json:"read,omitempty"`
}

type party struct {
	ID string `json:"id"`
}

type message struct {
	MID         string       `json:"mid"`
	Text        string       `json:"text,omitempty"`
	Attachments []attachment `json:"attachments,omitempty"`
	ReplyTo     *replyTo     `json:"reply_to,omitempty"`
	Echo        bool         `json:"is_echo,omitempty"`
	AppID       int64        `json:"app_id,omitempty"`   // of an echo, if an app sent it
	Metadata    string       `json:"metadata,omitempty"` // of an echo, as the app gave it
	Deleted     bool         `json:"is_deleted,omitempty"`
	Unsupported bool         `json:"is_unsupported,omitempty"`
}

type replyTo struct {
	MID string `json:"mid"`
}

type attachment struct {
	Type    string  `json:"type"`
	Title   string  `json:"title,omitempty"`
	Payload payload `json:"payload"`
}

type payload struct {
	URL         string       `json:"url,omitempty"`
	Coordinates *coordinates `json:"coordinates,omitempty"`
}

type coordinates struct {
	Latitude  float64 `json:"lat"`
	Longitude float64 `json:"long"`
}

type edit struct {
	MID   string `json:"mid"`
	Text  string `json:"text"`
	Count int    `json:"num_edit"`
}

type reaction struct {
	MID    string `json:"mid"`
	Action string `json:"action"` // react or unreact
	// Reaction and Emoji are absent when it is taken back.
	Reaction string `json:"reaction,omitempty"`
	Emoji    string `json:"emoji,omitempty"`
}

type postback struct {
	MID     string `json:"mid"`
	Title   string `json:"title"`
	Payload string `json:"payload"`
}

type delivery struct {
	MIDs      []string `json:"mids"`
	Watermark int64    `json:"watermark"` // milliseconds
}

// readMark is a watermark on Messenger, and the id of the last message on Instagram.
type readMark struct {
	Watermark int64  `json:"watermark,omitempty"`
	MID       string `json:"mid,omitempty"`
}

// linkLife is how long the address of an attachment lasts.
const linkLife = time.Hour

// eventOf is an act as its webhook tells it.
func (m *Meta) eventOf(t messaging.Thread, a messaging.Act) event {
	e := event{Sender: party{t.Customer}, Recipient: party{t.Inbox}, Timestamp: time.Now().UnixMilli()}
	about := a.Message
	switch a.Kind {
	case messaging.ActWrite:
		e.Timestamp = about.At.UnixMilli()
		if about.Payload != "" {
			e.Postback = &postback{about.ID, about.Text, about.Payload}
		} else {
			e.Message = m.messageOf(about)
		}
	case messaging.ActElsewhere:
		e.Sender, e.Recipient, e.Timestamp = e.Recipient, e.Sender, about.At.UnixMilli()
		e.Message = m.messageOf(about)
		e.Message.Echo = true
	case messaging.ActReact:
		e.Reaction = reactionOf(about.ID, a.Emoji)
	case messaging.ActEdit:
		e.Edit = &edit{about.ID, about.Text, about.Edits}
	case messaging.ActUnsend:
		e.Message = &message{MID: about.ID, Deleted: true}
	case messaging.ActRead:
		e.Read = readOf(t)
	}
	return e
}

func (m *Meta) messageOf(about messaging.Message) *message {
	out := &message{MID: about.ID, Text: about.Text, Unsupported: about.Unsupported}
	if about.ReplyTo != "" {
		out.ReplyTo = &replyTo{about.ReplyTo}
	}
	for _, file := range about.Files {
		out.Attachments = append(out.Attachments, attachment{
			Type: class(file.Type), Payload: payload{URL: m.book.Files.Link(file.ID, linkLife)},
		})
	}
	if l := about.Location; l != nil {
		out.Attachments = append(out.Attachments, attachment{
			Type: "location", Title: l.Label, Payload: payload{Coordinates: &coordinates{l.Latitude, l.Longitude}},
		})
	}
	return out
}

func reactionOf(mid, emoji string) *reaction {
	if emoji == "" {
		return &reaction{MID: mid, Action: "unreact"}
	}
	names := map[string]string{"❤": "love", "❤️": "love", "👍": "like", "😆": "smile", "😮": "wow", "😢": "sad", "😠": "angry", "👎": "dislike"}
	name := names[emoji]
	if name == "" {
		name = "other"
	}
	return &reaction{MID: mid, Action: "react", Reaction: name, Emoji: emoji}
}

func readOf(t messaging.Thread) *readMark {
	mark := &readMark{}
	for _, m := range t.Messages {
		if m.From == messaging.FromBusiness && m.State == messaging.Read {
			mark.MID, mark.Watermark = m.ID, m.At.UnixMilli()
		}
	}
	if t.Channel == Instagram {
		mark.Watermark = 0
	} else {
		mark.MID = ""
	}
	return mark
}

// class is the type of an attachment.
func class(mediaType string) string {
	for _, name := range []string{"image", "audio", "video"} {
		if len(mediaType) > len(name) && mediaType[:len(name)+1] == name+"/" {
			return name
		}
	}
	return "file"
}
