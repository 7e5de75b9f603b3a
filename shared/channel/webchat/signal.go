package webchat

import (
	"net/mail"
	"time"
	"unicode/utf8"

	"guichet/shared/center"
	"guichet/shared/channel"
	"guichet/shared/store"
)

const (
	maxName  = 100
	maxEmail = 254 // RFC 5321, 4.5.3.1.3, without the brackets
)

// profile is what visitors say of themselves, if they like.
type profile struct {
	Name     string `json:"name"`
	Email    string `json:"email"`
	Language string `json:"language"`
}

func (p profile) check() error {
	if utf8.RuneCountInString(p.Name) > maxName {
		return center.Errorf(center.Invalid, "name-too-long", "a name has at most %d characters", maxName)
	}
	if p.Language != "" && p.Language != "fr" && p.Language != "en" {
		return center.Errorf(center.Invalid, "language-unknown", "the widget speaks fr and en")
	}
	if p.Email == "" {
		return nil
	}
	if a, err := mail.ParseAddress(p.Email); err != nil || a.Address != p.Email || len(p.Email) > maxEmail {
		return center.Errorf(center.Invalid, "email-invalid", "this is not an e-mail address")
	}
	return nil
}

func (p profile) customer(visitor string) center.Customer {
	return center.Customer{ID: visitor, Name: p.Name, Email: p.Email, Language: p.Language}
}

// postProfile changes what the chat says of its visitor. Before the first message there is no chat; that message says it.
func (c *Channel) postProfile(v visit) (answer, error) {
	p, err := decode[profile](v)
	if err == nil {
		err = p.check()
	}
	if err != nil {
		return nil, err
	}
	err = store.Retry(func(consistent bool) error {
		chat, err := c.Store.Chat(v.Context(), chatID(v.session), consistent)
		if err != nil {
			return err
		}
		before := *chat
		chat.Customer.Name, chat.Customer.Email = p.Name, p.Email
		if p.Language != "" {
			chat.Customer.Language = p.Language
		}
		if chat.Customer == before.Customer {
			return store.ErrUnchanged
		}
		return c.Store.CommitChat(v.Context(), store.ChatChange{Before: &before, After: chat})
	})
	if center.CodeOf(err) == center.NotFound {
		return nil, nil
	}
	return nil, err
}

type postedRead struct {
	Delivered string `json:"delivered"` // key of the last message that the page has
	Seen      string `json:"seen"`      // key of the last one that the visitor has read
}

// postRead notes how far the visitor has come.
func (c *Channel) postRead(v visit) (answer, error) {
	posted, err := decode[postedRead](v)
	if err != nil {
		return nil, err
	}
	delivered, err := c.timeOfKey(posted.Delivered)
	if err != nil {
		return nil, err
	}
	seen, err := c.timeOfKey(posted.Seen)
	if err != nil {
		return nil, err
	}
	return nil, v.receiver.Receive(v.Context(), channel.Event{
		Channel: Name, Inbox: v.Widget, Customer: center.Customer{ID: v.Visitor}, At: c.Now(),
		Watermark: &channel.Watermark{Delivered: delivered, Seen: seen},
	})
}

// timeOfKey is the time in a message's key; what has not been sent yet can't have been read.
func (c *Channel) timeOfKey(key string) (time.Time, error) {
	if key == "" {
		return time.Time{}, nil
	}
	if !keyPattern.MatchString(key) {
		return time.Time{}, center.Errorf(center.Invalid, "key-invalid", "this is not the key of a message")
	}
	at, err := time.Parse(time.RFC3339, key[:len("2006-01-02T15:04:05.000Z")])
	if err != nil {
		return time.Time{}, center.Errorf(center.Invalid, "key-invalid", "this is not the key of a message")
	}
	if now := c.Now().Add(ahead); at.After(now) {
		at = now
	}
	return at, nil
}

type postedTyping struct {
	On bool `json:"on"`
}

// postTyping tells that the visitor is typing, or no longer.
func (c *Channel) postTyping(v visit) (answer, error) {
	posted, err := decode[postedTyping](v)
	if err != nil {
		return nil, err
	}
	return nil, v.receiver.Receive(v.Context(), channel.Event{
		Channel: Name, Inbox: v.Widget, Customer: center.Customer{ID: v.Visitor}, At: c.Now(), Typing: &channel.Typing{On: posted.On},
	})
}
