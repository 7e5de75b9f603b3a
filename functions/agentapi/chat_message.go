package agentapi

import (
	"context"
	"time"

	"guichet/shared/center"
	"guichet/shared/conversation"
	"guichet/shared/deskapi"
	"guichet/shared/store"
)

type messagesInput struct {
	ChatID string     `path:"chatId" maxLength:"64"`
	Before messageKey `query:"before" doc:"Key of a message: those before it."`
	After  messageKey `query:"after" doc:"Key of a message: those after it."`
	Limit  int        `query:"limit" minimum:"1" maximum:"100" default:"50"`
}

// messagePage is a part of a thread.
type messagePage struct {
	Messages []deskapi.Message `json:"messages" nullable:"false" doc:"Oldest first."`
	More     bool              `json:"more" doc:"Whether the thread goes on: backwards, or forwards if 'after' was asked."`
}

func (a *API) listMessages(ctx context.Context, me *center.Agent, in *messagesInput) (*output[messagePage], error) {
	if in.Before != "" && in.After != "" {
		return nil, invalid("query.after", "either before or after is expected", in.After)
	}
	if _, err := a.chats.Visible(ctx, me, in.ChatID); err != nil {
		return nil, err
	}
	messages, more, err := a.chats.Messages(ctx, in.ChatID, store.Page{Before: string(in.Before), After: string(in.After), Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	page := messagePage{Messages: make([]deskapi.Message, len(messages)), More: more}
	for i, m := range messages {
		page.Messages[i] = deskapi.ViewMessage(m)
	}
	return &output[messagePage]{page}, nil
}

type sendInput struct {
	ChatID string `path:"chatId" maxLength:"64"`
	Body   struct {
		ID      string   `json:"id" pattern:"^ms_[0-7][0-9A-HJKMNP-TV-Z]{25}$" doc:"A ULID made by the desk, with the server's time as the desk knows it. Sent twice, it is one message."`
		Kind    string   `json:"kind" enum:"text,note" doc:"A note is for colleagues: it is not sent."`
		Text    string   `json:"text,omitempty" maxLength:"5000" doc:"Expected unless files are given."`
		Files   []string `json:"files,omitempty" nullable:"false" maxItems:"10" uniqueItems:"true" pattern:"^fl_[0-9A-HJKMNP-TV-Z]{26}$" doc:"IDs of uploaded files."`
		ReplyTo string   `json:"replyTo,omitempty" maxLength:"64" doc:"ID of the message that this one answers."`
	}
}

// A desk's clock may be off, and a message may have waited for the network. Beyond this it would stand in the wrong place.
const (
	maxAhead  = time.Minute
	maxBehind = 24 * time.Hour
)

func (a *API) sendMessage(ctx context.Context, me *center.Agent, in *sendInput) (*output[deskapi.Message], error) {
	b := in.Body
	now := a.dispatcher.Now()
	if at := center.TimeOf(b.ID); at.After(now.Add(maxAhead)) || at.Before(now.Add(-maxBehind)) {
		return nil, invalid("body.id", "its time is more than a minute ahead or a day behind", b.ID)
	}
	text := plainText(b.Text)
	if text == "" && len(b.Files) == 0 {
		return nil, invalid("body.text", "a text or a file is expected", b.Text)
	}
	return messageOr(a.chats.Send(ctx, me, in.ChatID, conversation.Draft{
		ID: b.ID, Kind: center.MessageKind(b.Kind), Text: text, FileIDs: b.Files, ReplyTo: b.ReplyTo,
	}))
}

func (a *API) retryMessage(ctx context.Context, me *center.Agent, in *readInput) (*output[deskapi.Message], error) {
	return messageOr(a.chats.Retry(ctx, me, in.ChatID, string(in.Body.Key)))
}

func messageOr(m *center.Message, err error) (*output[deskapi.Message], error) {
	if err != nil {
		return nil, err
	}
	return &output[deskapi.Message]{deskapi.ViewMessage(m)}, nil
}
