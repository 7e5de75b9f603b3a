package agentapi

import (
	"context"
	"errors"

	"guichet/shared/center"
	"guichet/shared/store"
)

// maxCanned is how many canned messages one scope holds, so that the list stays an answer of bearable size.
const maxCanned = 200

// CannedText is what one may write of a canned message.
type CannedText struct {
	Title      string   `json:"title" minLength:"1" maxLength:"100"`
	Text       string   `json:"text" minLength:"1" maxLength:"5000"`
	Shortcut   string   `json:"shortcut,omitempty" pattern:"^[a-z0-9_-]{0,32}$" doc:"Typed after a slash. Unique among the own messages, or among the public ones."`
	Categories []string `json:"categories,omitempty" nullable:"false" maxItems:"10" minLength:"1" maxLength:"40"`
	Public     bool     `json:"public,omitempty" doc:"For everybody. Only supervisors and admins may make it so."`
}

// CannedMessage is a text that agents put into their messages.
type CannedMessage struct {
	ID         string   `json:"id"`
	OwnerID    string   `json:"ownerId" doc:"Who alone may change it."`
	Title      string   `json:"title"`
	Text       string   `json:"text"`
	Shortcut   string   `json:"shortcut,omitempty"`
	Categories []string `json:"categories" nullable:"false"`
	Public     bool     `json:"public"`
	Version    int64    `json:"version"`
}

// cannedList is what one agent may use.
type cannedList struct {
	CannedMessages []CannedMessage `json:"cannedMessages" nullable:"false" doc:"By title."`
}

func (a *API) listCanned(ctx context.Context, me *center.Agent, _ *struct{}) (*output[cannedList], error) {
	messages, err := a.dispatcher.Store.CannedMessages(ctx, me.ID)
	if err != nil {
		return nil, err
	}
	list := cannedList{CannedMessages: []CannedMessage{}}
	for _, m := range messages {
		list.CannedMessages = append(list.CannedMessages, viewCanned(m))
	}
	return &output[cannedList]{list}, nil
}

type createCannedInput struct{ Body CannedText }

func (a *API) createCanned(ctx context.Context, me *center.Agent, in *createCannedInput) (*output[CannedMessage], error) {
	m := &center.CannedMessage{ID: center.NewID(center.PrefixCanned, a.dispatcher.Now()), OwnerID: me.ID}
	return a.saveCanned(ctx, me, nil, m, in.Body)
}

type updateCannedInput struct {
	ID   string `path:"id" maxLength:"64"`
	Body struct {
		CannedText
		Version int64 `json:"version,omitempty" minimum:"1" doc:"The version that was edited, so that no other change is lost; the newest when absent."`
	}
}

func (a *API) updateCanned(ctx context.Context, me *center.Agent, in *updateCannedInput) (*output[CannedMessage], error) {
	before, err := a.ownCanned(ctx, me, in.ID)
	if err != nil {
		return nil, err
	}
	if v := in.Body.Version; v != 0 && v != before.Version {
		return nil, cannedChanged(in.ID)
	}
	after := *before
	return a.saveCanned(ctx, me, before, &after, in.Body.CannedText)
}

type cannedInput struct {
	ID string `path:"id" maxLength:"64"`
}

func (a *API) deleteCanned(ctx context.Context, agentID string, in *cannedInput) error {
	me, err := a.me(ctx, agentID)
	if err != nil {
		return err
	}
	return store.Retry(func(bool) error {
		m, err := a.ownCanned(ctx, me, in.ID)
		if err != nil {
			return err
		}
		return a.dispatcher.Store.SaveCannedMessage(ctx, m, nil)
	})
}

// ownCanned reads a canned message that the agent may change.
func (a *API) ownCanned(ctx context.Context, me *center.Agent, id string) (*center.CannedMessage, error) {
	m, err := a.dispatcher.Store.CannedMessage(ctx, me.ID, id)
	if err != nil {
		return nil, err
	}
	return m, m.MayChange(me)
}

// saveCanned writes m, with the text, over before.
func (a *API) saveCanned(
	ctx context.Context, me *center.Agent, before, m *center.CannedMessage, text CannedText,
) (*output[CannedMessage], error) {
	m.Title, m.Text, m.Shortcut, m.Public = plainLine(text.Title), plainText(text.Text), text.Shortcut, text.Public
	m.SetCategories(plainLines(text.Categories))
	if m.Title == "" {
		return nil, invalid("body.title", "a title is expected", text.Title)
	}
	if m.Text == "" {
		return nil, invalid("body.text", "a text is expected", text.Text)
	}
	if err := m.MayWrite(me); err != nil {
		return nil, err
	}
	if before == nil || before.Public != m.Public {
		if err := a.roomForCanned(ctx, me, m.Public); err != nil {
			return nil, err
		}
	}
	err := a.dispatcher.Store.SaveCannedMessage(ctx, before, m)
	switch {
	case errors.Is(err, store.ErrShortcutTaken):
		return nil, center.Errorf(center.Conflict, "shortcut-taken", "another canned message has the shortcut /%s", m.Shortcut)
	case errors.Is(err, store.ErrStale):
		return nil, cannedChanged(m.ID)
	case err != nil:
		return nil, err
	}
	return &output[CannedMessage]{viewCanned(m)}, nil
}

func (a *API) roomForCanned(ctx context.Context, me *center.Agent, public bool) error {
	messages, err := a.dispatcher.Store.CannedMessages(ctx, me.ID)
	if err != nil {
		return err
	}
	n := 0
	for _, m := range messages {
		if m.Public == public {
			n++
		}
	}
	if n >= maxCanned {
		return center.Errorf(center.Conflict, "canned-messages-full", "there are %d canned messages already: delete one first", n)
	}
	return nil
}

func cannedChanged(id string) error {
	return center.Errorf(center.Conflict, "canned-message-changed", "canned message %s has been changed meanwhile", id)
}

func viewCanned(m *center.CannedMessage) CannedMessage {
	return CannedMessage{
		ID: m.ID, OwnerID: m.OwnerID, Title: m.Title, Text: m.Text, Shortcut: m.Shortcut,
		Categories: append([]string{}, m.Categories...), Public: m.Public, Version: m.Version,
	}
}
