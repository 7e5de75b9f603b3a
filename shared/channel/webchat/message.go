package webchat

import (
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"guichet/shared/center"
	"guichet/shared/channel"
	"guichet/shared/store"
)

const (
	maxFiles = 10 // of a message
	pageSize = 50 // messages in an answer

	// punctual is how old a message's id may be for its time to be the message's. One that is older was written long
	// before it could be sent, and would appear where nobody looks any more.
	punctual = time.Minute
	// ahead is how far before ours a visitor's clock may be.
	ahead = 5 * time.Second
)

// messageID is "ms_" and a ULID.
var messageID = regexp.MustCompile(`^ms_[0-7][0-9A-HJKMNP-TV-Z]{25}$`)

type postedMessage struct {
	ID    string   `json:"id"`
	Text  string   `json:"text"`
	Files []string `json:"files"`
	profile
}

func (p *postedMessage) check() error {
	switch {
	case !messageID.MatchString(p.ID):
		return center.Errorf(center.Invalid, "id-invalid", "a message's id is ms_ and a ULID")
	case utf8.RuneCountInString(p.Text) > MaxText:
		return center.Errorf(center.Invalid, "text-too-long", "a message has at most %d characters", MaxText)
	case strings.TrimSpace(p.Text) == "" && len(p.Files) == 0:
		return center.Errorf(center.Invalid, "message-empty", "the message says nothing")
	case len(p.Files) > maxFiles:
		return center.Errorf(center.Invalid, "too-many-files", "a message has at most %d files", maxFiles)
	}
	return p.profile.check()
}

type messageView struct {
	Message message   `json:"message"`
	Now     time.Time `json:"now"`
}

// postMessage takes a message. Posted twice with one id, it is one message.
func (c *Channel) postMessage(v visit) (answer, error) {
	posted, err := decode[postedMessage](v)
	if err == nil {
		err = posted.check()
	}
	if err != nil {
		return nil, err
	}
	at, err := c.timeOf(v, posted.ID)
	if err != nil {
		return nil, err
	}
	files, err := c.attachments(v, posted.Files)
	if err != nil {
		return nil, err
	}
	in := channel.Incoming{ProviderID: posted.ID, Kind: center.KindText, Text: posted.Text, Attachments: files}
	e := channel.Event{Channel: Name, Inbox: v.Widget, Customer: posted.customer(v.Visitor), At: at, Message: &in}
	if err := v.receiver.Receive(v.Context(), e); err != nil {
		return nil, err
	}
	view := c.names.message(v.Context(), &center.Message{
		ID: center.MessageIDOf(Name, posted.ID), ProviderID: posted.ID, Kind: in.Kind, From: center.FromCustomer, At: at,
		Text: in.Text, Attachments: files, Version: 1,
	})
	return messageView{view, c.Now()}, nil
}

// timeOf is when a message was written, the same in every repeat: by its id, or if that can't be, by when it came first.
func (c *Channel) timeOf(v visit, id string) (time.Time, error) {
	at, now := center.TimeOf(id), c.Now()
	if at.After(now.Add(ahead)) {
		return at, center.Errorf(center.Conflict, "clock-ahead", "the message's id is from the future")
	}
	if now.Sub(at) <= punctual {
		return at, nil
	}
	// A repeat of one that came in time, and whose answer was lost, is where it was.
	_, err := c.Store.Message(v.Context(), chatID(v.session), (&center.Message{ID: center.MessageIDOf(Name, id), At: at}).Key(), true)
	if center.CodeOf(err) == center.NotFound {
		return c.Store.FirstSeen(v.Context(), chatID(v.session), center.MessageIDOf(Name, id), now)
	}
	return at, err
}

type threadView struct {
	Thread   *thread   `json:"thread"` // null before the first message
	Messages []message `json:"messages"`
	Call     *call     `json:"call"` // that rings or is live; null when none
	More     bool      `json:"more"` // beyond these, in the direction that was asked for
	Now      time.Time `json:"now"`
}

// keyPattern is a message's key, or its beginning: a moment.
var keyPattern = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z(#[A-Za-z0-9_]{0,40})?$`)

// getMessages reads the newest messages, those before a key or those after one, oldest first.
func (c *Channel) getMessages(v visit) (answer, error) {
	page := store.Page{Before: v.URL.Query().Get("before"), After: v.URL.Query().Get("after"), Limit: pageSize}
	for _, key := range []string{page.Before, page.After} {
		if key != "" && !keyPattern.MatchString(key) {
			return nil, center.Errorf(center.Invalid, "key-invalid", "before and after are keys of messages")
		}
	}
	if page.Before != "" && page.After != "" {
		return nil, center.Errorf(center.Invalid, "key-invalid", "before or after, not both")
	}
	view := threadView{Messages: []message{}, Now: c.Now()}
	chat, err := c.Store.Chat(v.Context(), chatID(v.session), true)
	if center.CodeOf(err) == center.NotFound {
		return view, nil
	}
	if err != nil {
		return nil, err
	}
	t := c.names.thread(v.Context(), chat)
	view.Thread = &t
	if view.Call, err = c.callOf(v.Context(), chat); err != nil {
		return nil, err
	}
	view.Messages, view.More, err = c.page(v, chat.ID, page)
	return view, err
}

// page reads on until there is something to show: a page may be full of what visitors do not see.
func (c *Channel) page(v visit, id string, p store.Page) (views []message, more bool, err error) {
	for {
		messages, more, err := c.Store.Messages(v.Context(), id, p)
		if err != nil {
			return nil, false, err
		}
		views := c.names.messages(v.Context(), messages)
		if len(views) > 0 || !more {
			return views, more, nil
		}
		if p.After != "" {
			p.After = messages[len(messages)-1].Key()
		} else {
			p.Before = messages[0].Key()
		}
	}
}
