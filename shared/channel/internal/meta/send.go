package meta

import (
	"context"
	"fmt"
	"strings"

	"guichet/shared/center"
	"guichet/shared/channel"
)

// outgoing is a request of the Send API (https://developers.facebook.com/docs/messenger-platform/reference/send-api).
type outgoing struct {
	Recipient     party    `json:"recipient"`
	MessagingType string   `json:"messaging_type,omitempty"`
	Tag           string   `json:"tag,omitempty"`
	Message       *content `json:"message,omitempty"`
	ReplyTo       *replyTo `json:"reply_to,omitempty"`
	SenderAction  string   `json:"sender_action,omitempty"`
}

type content struct {
	Text       string `json:"text,omitempty"`
	Attachment *media `json:"attachment,omitempty"`
	Metadata   string `json:"metadata"` // comes back with the echo
}

type media struct {
	Type    string `json:"type"`
	Payload struct {
		URL string `json:"url"`
	} `json:"payload"`
}

type replyTo struct {
	MID string `json:"mid"`
}

// Send implements channel.Channel. A message with files is several of Meta's: its text, then each file; the last one's id is
// returned.
func (a *App) Send(ctx context.Context, o channel.Outgoing) (string, error) {
	request, err := a.request(o)
	if err != nil {
		return "", err
	}
	id := ""
	for i, part := range parts(o) {
		request.Message = part
		var answer struct {
			MessageID string `json:"message_id"`
		}
		err := a.Post(ctx, o.Chat.Inbox, request, &answer)
		if err != nil && i > 0 {
			// Once more would send again what has arrived: a person is to decide.
			failed := channel.AsSendError(err)
			return id, &channel.SendError{Slug: failed.Slug, Detail: fmt.Sprintf("after %d parts: %s", i, failed.Detail)}
		}
		if err != nil {
			return "", err
		}
		id, request.ReplyTo = answer.MessageID, nil
	}
	return id, nil
}

// request is a message's request as far as it is the same for all its parts.
func (a *App) request(o channel.Outgoing) (*outgoing, error) {
	if !a.Fits(o.Message.Text) || o.Message.Text == "" && len(o.Attachments) == 0 {
		return nil, channel.ErrContent.With("too long, or empty")
	}
	request := &outgoing{Recipient: party{o.Chat.Customer.ID}}
	standard, human := a.Window(o.Chat)
	switch now := a.Now(); {
	case now.Before(standard):
		request.MessagingType = "RESPONSE"
	case now.Before(human):
		request.MessagingType, request.Tag = "MESSAGE_TAG", "HUMAN_AGENT"
	default:
		return nil, channel.ErrWindowClosed.With("more than seven days after the customer's last message")
	}
	if o.ReplyToProviderID != "" {
		request.ReplyTo = &replyTo{o.ReplyToProviderID}
	}
	return request, nil
}

func parts(o channel.Outgoing) []*content {
	var all []*content
	if o.Message.Text != "" {
		all = append(all, &content{Text: o.Message.Text})
	}
	for _, file := range o.Attachments {
		m := &media{Type: classOf(file.Type)}
		m.Payload.URL = file.URL
		all = append(all, &content{Attachment: m})
	}
	for i, part := range all {
		part.Metadata = o.Message.ID
		if i < len(all)-1 {
			part.Metadata += partMark
		}
	}
	return all
}

// partMark ends the metadata of all parts of a message but the last, whose echo tells that the message is out.
const partMark = "/part"

func isPart(metadata string) bool {
	return strings.HasPrefix(metadata, center.PrefixMessage) && strings.HasSuffix(metadata, partMark)
}

// classOf is what Meta calls files of a media type.
func classOf(mediaType string) string {
	switch class, _, _ := strings.Cut(mediaType, "/"); class {
	case "image", "video", "audio":
		return class
	}
	return "file"
}

// Typing implements channel.Typer.
func (a *App) Typing(ctx context.Context, c *center.Chat, on bool) error {
	if on {
		return a.act(ctx, c, "typing_on")
	}
	return a.act(ctx, c, "typing_off")
}

// MarkRead implements channel.ReadMarker.
func (a *App) MarkRead(ctx context.Context, c *center.Chat) error { return a.act(ctx, c, "mark_seen") }

// act shows the customer something
// (https://developers.facebook.com/docs/messenger-platform/send-messages/sender-actions).
func (a *App) act(ctx context.Context, c *center.Chat, action string) error {
	var answer struct{}
	return a.Post(ctx, c.Inbox, &outgoing{Recipient: party{c.Customer.ID}, SenderAction: action}, &answer)
}
