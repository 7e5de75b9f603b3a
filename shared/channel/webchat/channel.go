// Package webchat is the channel of our own widget. Here the customer's side is a browser that speaks to us directly:
// instead of a provider's signature there is a visitor's session, and sending is keeping the message and telling the
// pages that are open. It knows chats by the store and moves them through channel.Receiver alone.
package webchat

import (
	"context"
	"crypto/hkdf"
	"crypto/sha256"
	"fmt"
	"log/slog"
	"time"
	"unicode/utf8"

	"guichet/shared/center"
	"guichet/shared/channel"
	"guichet/shared/mediaapi"
	"guichet/shared/store"
)

// Name is the channel's.
const Name = "webchat"

// MaxText is how many characters a message has at most, either way.
const MaxText = 5000

// Objects keeps what visitors attach.
type Objects interface {
	// PresignPut makes an address to which one file of this type and size can be put, with these headers.
	PresignPut(ctx context.Context, key, mediaType string, size int64, lifetime time.Duration) (url string, headers map[string]string, err error)
	// PresignGet makes an address from which it can be fetched.
	PresignGet(ctx context.Context, key, name, mediaType string, inline bool, lifetime time.Duration) (string, error)
	// Read reads the first bytes, and tells the whole size; NotFound when there is no such file.
	Read(ctx context.Context, key string, limit int64) (head []byte, size int64, err error)
	// Sniff tells a media type by the first bytes.
	Sniff(head []byte) string
}

// Config is what the channel needs.
type Config struct {
	Store       *store.Store
	Directories *store.Directories
	Objects     Objects
	Calls       Calls
	// Key signs tickets; the keys of sessions and of addresses are derived from it.
	Key mediaapi.Key
	Log *slog.Logger
	// Now is the clock; times are kept in milliseconds.
	Now func() time.Time
}

// Channel implements channel.Channel and channel.Visited.
type Channel struct {
	Config
	names     *names
	sessions  sessionKey
	addresses []byte
}

// New returns the channel.
func New(c Config) (*Channel, error) {
	sessions, err := hkdf.Key(sha256.New, c.Key, nil, "guichet/webchat/session", sha256.Size)
	if err != nil {
		return nil, fmt.Errorf("derive the key of sessions: %w", err)
	}
	addresses, err := hkdf.Key(sha256.New, c.Key, nil, "guichet/webchat/address", sha256.Size)
	if err != nil {
		return nil, fmt.Errorf("derive the key of addresses: %w", err)
	}
	c.Log = c.Log.With("component", Name)
	return &Channel{Config: c, names: newNames(c.Store, c.Now), sessions: sessions, addresses: addresses}, nil
}

// Name implements channel.Channel.
func (c *Channel) Name() string { return Name }

// Send implements channel.Channel: the visitor reads the message from the store, and the stream function tells the pages
// that are open. The message is its own proof, and so its id is the provider's id too.
func (c *Channel) Send(_ context.Context, out channel.Outgoing) (string, error) {
	if utf8.RuneCountInString(out.Message.Text) > MaxText {
		return "", channel.ErrContent.With("the text is too long")
	}
	return out.Message.ID, nil
}

// Patch implements channel.Visited.
func (c *Channel) Patch(chat *center.Chat, messages []*center.Message) any {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	return news{Type: typeMessages, Thread: c.names.thread(ctx, chat), Messages: c.names.messages(ctx, messages)}
}

// patience is how long news wait for an agent's name.
const patience = 2 * time.Second

// TypingPatch implements channel.Visited.
func (c *Channel) TypingPatch() any { return typing{Type: typeTyping} }

// chatID names the chat of a visitor with a widget.
func chatID(s session) string { return center.ChatIDOf(Name, s.Widget, s.Visitor) }
