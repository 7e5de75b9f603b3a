// Package stream follows the table's changes: it starts the timers of offers and wrap-ups, and pushes what changed to the
// desks concerned. The writer of an urgent change has pushed it already; this is the guarantee, and repeats are harmless.
package stream

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"guichet/shared/center"
	"guichet/shared/conversation"
	"guichet/shared/deskapi"
	"guichet/shared/dispatch"
	"guichet/shared/store"
)

// Timers starts timers; starting one again starts nothing.
type Timers interface {
	Ring(ctx context.Context, contactID, offerID string, at time.Time) error
	WidgetRing(ctx context.Context, contactID string, at time.Time) error
	WrapUp(ctx context.Context, agentID, contactID string, at time.Time) error
	Callback(ctx context.Context, contactID string, at time.Time) error
	Turned(ctx context.Context, token string, again time.Time) error
	Send(ctx context.Context, chatID, messageID, key string, attempt int) error
	Fetch(ctx context.Context, chatID, messageID, key string) error
	FetchVoicemail(ctx context.Context, lineID, voicemailID, recordingSID string) error
}

// Calls is what the stream asks of dispatch.Dispatcher.
type Calls interface {
	ReturnMissed(ctx context.Context, missed *center.Contact) error
	Handled(ctx context.Context, c *center.Contact) error
}

// Chats is what the stream asks of conversation.Service.
type Chats interface {
	View(c *center.Chat) deskapi.Chat
	Settle(ctx context.Context, m *center.Message) error
	TellVisitors(ctx context.Context, c *center.Chat, messages []*center.Message)
	TellVisitorsOfCall(ctx context.Context, c *center.Contact) error
}

// Handler is the Lambda function on the table's stream.
type Handler struct {
	store  *store.Store
	timers Timers
	chats  Chats
	calls  Calls
	pusher dispatch.Pusher
	log    *slog.Logger

	mu    sync.Mutex
	desks []store.Connection
	until time.Time // the desks are read again then
}

// New returns the handler.
func New(s *store.Store, t Timers, calls Calls, chats Chats, p dispatch.Pusher, log *slog.Logger) *Handler {
	return &Handler{store: s, timers: t, calls: calls, chats: chats, pusher: p, log: log.With("component", "stream")}
}

// Handle works through a batch in order. The first record that fails ends it, and the batch starts again from there.
func (h *Handler) Handle(ctx context.Context, e events.DynamoDBEvent) (events.DynamoDBEventResponse, error) {
	var response events.DynamoDBEventResponse
	changed := newChanges()
	for _, r := range e.Records {
		img, err := store.DecodeImage(r)
		if err == nil {
			err = errors.Join(h.startTimers(ctx, img), h.follow(ctx, img))
		}
		if err != nil {
			h.log.ErrorContext(ctx, "stream record failed", "event", r.EventID, "error", err)
			response.BatchItemFailures = []events.DynamoDBBatchItemFailure{{ItemIdentifier: r.Change.SequenceNumber}}
			break
		}
		if img.Desks {
			h.forgetDesks() // whoever has just connected wants to be told, too
		}
		changed.add(img)
	}
	if err := h.complete(ctx, changed); err != nil {
		return response, err
	}
	return response, h.push(ctx, changed)
}

// complete reads the chats of messages that came without theirs, and settles what the writer of a message left undone.
func (h *Handler) complete(ctx context.Context, c changes) error {
	for _, m := range c.messages {
		chat := c.chats[m.ChatID]
		if chat == nil {
			var err error
			if chat, err = h.store.Chat(ctx, m.ChatID, false); err != nil {
				return err
			}
			c.addChat(nil, chat)
		}
		if c.added[m.ID] && !conversation.Settled(chat, m) {
			if err := h.chats.Settle(ctx, m); err != nil {
				return err
			}
		}
	}
	return nil
}
