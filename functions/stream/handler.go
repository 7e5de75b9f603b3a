// Package stream follows the table's changes: it starts the timers of offers and wrap-ups, and pushes what changed to the
// desks concerned. The writer of an urgent change has pushed it already; this is the guarantee, and repeats are harmless.
package stream

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"guichet/shared/center"
	"guichet/shared/dispatch"
	"guichet/shared/store"
)

// Timers starts timers; starting one again starts nothing.
type Timers interface {
	Ring(ctx context.Context, contactID, offerID string, at time.Time) error
	WrapUp(ctx context.Context, agentID, contactID string, at time.Time) error
}

// Handler is the Lambda function on the table's stream.
type Handler struct {
	store  *store.Store
	timers Timers
	pusher dispatch.Pusher
	log    *slog.Logger
}

// New returns the handler.
func New(s *store.Store, t Timers, p dispatch.Pusher, log *slog.Logger) *Handler {
	return &Handler{store: s, timers: t, pusher: p, log: log.With("component", "stream")}
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
		changed.add(img)
	}
	return response, h.push(ctx, changed)
}

// startTimers starts what the change calls for: an offer rings for so long, a wrap-up runs for so long.
func (h *Handler) startTimers(ctx context.Context, img store.Image) error {
	var err error
	if offer := newOffer(img); offer != nil {
		err = h.timers.Ring(ctx, img.ContactAfter.ID, offer.ID, offer.ExpiresAt)
	}
	if w := newWrapUp(img); w != nil {
		err = errors.Join(err, h.timers.WrapUp(ctx, img.AgentAfter.ID, w.ContactID, w.Until))
	}
	return err
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
