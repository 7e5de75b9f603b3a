// Package stream follows the table's changes: it starts the timers of offers and wrap-ups, and pushes what changed to the
// desks concerned. The writer of an urgent change has pushed it already; this is the guarantee, and repeats are harmless.
package stream

import (
	"context"
	"errors"
	"log/slog"
	"slices"
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
	Send(ctx context.Context, chatID, messageID, key string, attempt int) error
	Fetch(ctx context.Context, chatID, messageID, key string) error
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
	pusher dispatch.Pusher
	log    *slog.Logger

	mu    sync.Mutex
	desks []store.Connection
	until time.Time // the desks are read again then
}

// New returns the handler.
func New(s *store.Store, t Timers, c Chats, p dispatch.Pusher, log *slog.Logger) *Handler {
	return &Handler{store: s, timers: t, chats: c, pusher: p, log: log.With("component", "stream")}
}

// Handle works through a batch in order. The first record that fails ends it, and the batch starts again from there.
func (h *Handler) Handle(ctx context.Context, e events.DynamoDBEvent) (events.DynamoDBEventResponse, error) {
	var response events.DynamoDBEventResponse
	changed := newChanges()
	for _, r := range e.Records {
		img, err := store.DecodeImage(r)
		if err == nil {
			err = h.startTimers(ctx, img)
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

// startTimers starts what the change calls for: an offer rings for so long, a wrap-up runs for so long, a message that was
// not sent is tried again, a file is fetched.
func (h *Handler) startTimers(ctx context.Context, img store.Image) error {
	var err error
	if offer := newOffer(img); offer != nil {
		err = h.timers.Ring(ctx, img.ContactAfter.ID, offer.ID, offer.ExpiresAt)
	}
	if c := img.ContactAfter; c != nil && c.InWidget && img.ContactBefore == nil {
		err = h.timers.WidgetRing(ctx, c.ID, c.EnteredAt.Add(dispatch.WidgetRing))
	}
	if w := newWrapUp(img); w != nil {
		err = errors.Join(err, h.timers.WrapUp(ctx, img.AgentAfter.ID, w.ContactID, w.Until))
	}
	m := img.MessageAfter
	if toSendAgain(img.MessageBefore, m) {
		err = errors.Join(err, h.timers.Send(ctx, m.ChatID, m.ID, m.Key(), m.Attempts))
	}
	if img.MessageBefore == nil && toFetch(m) {
		err = errors.Join(err, h.timers.Fetch(ctx, m.ChatID, m.ID, m.Key()))
	}
	return err
}

// toSendAgain tells whether a message has just been refused for now. Further refusals are its timer's business.
func toSendAgain(before, after *center.Message) bool {
	return after != nil && after.Delivery == center.DeliveryRetrying &&
		(before == nil || before.Delivery != center.DeliveryRetrying)
}

func toFetch(m *center.Message) bool {
	return m != nil && slices.ContainsFunc(m.Attachments, func(a center.Attachment) bool {
		return a.State == center.AttachmentFetching
	})
}

func newOffer(img store.Image) *center.Offer {
	after := img.ContactAfter
	if after == nil || after.Offer == nil {
		return nil
	}
	if before := img.ContactBefore; before != nil && before.Offer != nil && before.Offer.ID == after.Offer.ID {
		return nil
	}
	return after.Offer
}

func newWrapUp(img store.Image) *center.WrapUp {
	after := img.AgentAfter
	if after == nil || after.WrapUp == nil {
		return nil
	}
	if before := img.AgentBefore; before != nil && before.WrapUp != nil && *before.WrapUp == *after.WrapUp {
		return nil
	}
	return after.WrapUp
}
