// Package conversation moves chats: what customers write on any channel, what agents answer, who holds which chat. It is to
// chats what dispatch is to calls, and knows no provider: channels translate.
package conversation

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"time"

	"guichet/shared/center"
	"guichet/shared/channel"
	"guichet/shared/deskapi"
	"guichet/shared/dispatch"
	"guichet/shared/store"
)

// Objects keeps the files of messages.
type Objects interface {
	// Put stores a file.
	Put(ctx context.Context, key, mediaType string, body io.Reader, bytes int64) error
	// Read returns a stored file's first bytes, at most limit, and its whole size; NotFound when there is none.
	Read(ctx context.Context, key string, limit int64) (head []byte, bytes int64, err error)
	// PresignGet makes an address from which anybody can fetch the file for a while, to be shown or to be saved.
	PresignGet(ctx context.Context, key, name, mediaType string, inline bool, lifetime time.Duration) (string, error)
	// Sniff tells a file's media type from its first bytes.
	Sniff(head []byte) string
}

// Matcher brings unassigned chats and agents with room together. It is all of this package that functions need which move
// agents, not chats.
type Matcher struct {
	Store       *store.Store
	Directories *store.Directories
	Log         *slog.Logger
	// Now is the clock; times are kept in milliseconds.
	Now func() time.Time
}

// Service holds what every verb needs. Its fields are set once.
type Service struct {
	Matcher
	Channels *channel.Set
	Objects  Objects
	Pusher   dispatch.Pusher
	// PublicURL is the centre's origin, to which providers report deliveries.
	PublicURL string
	// Fetcher fetches what customers attached.
	Fetcher *http.Client
}

// View renders a chat with its channel's window.
func (s *Service) View(c *center.Chat) deskapi.Chat {
	ch, _ := s.Channels.Get(c.Channel)
	w, ok := ch.(channel.Windowed)
	if !ok || c.LastInAt.IsZero() {
		return deskapi.ViewChat(c, nil)
	}
	standard, human := w.Window(c)
	return deskapi.ViewChat(c, &deskapi.ChatWindow{StandardUntil: standard, HumanUntil: human})
}

// update applies change to a chat and commits what it returns, again and again until nobody was faster. change may run
// several times; returning store.ErrUnchanged writes nothing.
func (s *Service) update(ctx context.Context, chatID string, change func(c *center.Chat) (store.ChatChange, error)) (*center.Chat, error) {
	var chat *center.Chat
	err := store.Retry(func(consistent bool) error {
		c, err := s.Store.Chat(ctx, chatID, consistent)
		if err != nil {
			return err
		}
		chat = c
		before := *c
		ch, err := change(c)
		if err != nil {
			return err
		}
		ch.Before, ch.After = &before, c
		return s.commit(ctx, ch)
	})
	return chat, err
}

// event is a message that tells what happened to a chat.
func (m *Matcher) event(c *center.Chat, e center.Event) *center.Message {
	now := m.Now()
	return &center.Message{
		ID: center.NewID(center.PrefixMessage, now), ChatID: c.ID, Kind: center.KindEvent, From: center.FromSystem, At: now, Event: &e,
	}
}

// sees tells whether the agent may know of the chat.
func sees(a *center.Agent, c *center.Chat) bool {
	return a.Role.Supervises() || c.HeldBy() == a.ID || a.Assigned(c.QueueID)
}

// Visible reads a chat as an agent may see it; one that they may not know of is NotFound.
func (s *Service) Visible(ctx context.Context, a *center.Agent, chatID string) (*center.Chat, error) {
	var chat *center.Chat
	err := store.Retry(func(consistent bool) error {
		c, err := s.Store.Chat(ctx, chatID, consistent)
		if err != nil {
			return err
		}
		chat = c
		return visible(a, c)
	})
	return chat, err
}

func visible(a *center.Agent, c *center.Chat) error {
	if !sees(a, c) {
		return center.Errorf(center.NotFound, "chat-unknown", "no chat %s", c.ID)
	}
	return nil
}

// chatQueues are the queues of chats that an agent may see.
func (s *Service) chatQueues(ctx context.Context, a *center.Agent) ([]center.Queue, error) {
	dir, err := s.Directories.Directory(ctx)
	if err != nil {
		return nil, err
	}
	var queues []center.Queue
	for _, id := range dir.QueueIDs() {
		if q := dir.Queues[id]; q.Kind == center.QueueChat && (a.Role.Supervises() || a.Assigned(id)) {
			queues = append(queues, q)
		}
	}
	return queues, nil
}

// push sends a message to connections; one that is gone or fails is no matter, for what lasts is in the table.
func (s *Service) push(ctx context.Context, connectionIDs []string, message any) {
	for _, id := range slices.Compact(slices.Sorted(slices.Values(connectionIDs))) {
		if err := s.Pusher.Push(ctx, id, message); err != nil && !errors.Is(err, dispatch.ErrConnectionGone) {
			s.Log.WarnContext(ctx, "push failed", "connection", id, "error", err)
		}
	}
}
