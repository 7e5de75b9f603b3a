// Package workflow does what timers and schedules ask for when their time is up.
package workflow

import (
	"context"
	"fmt"

	"guichet/shared/center"
	"guichet/shared/dispatch"
	"guichet/shared/timers"
)

// Handler is the Lambda function's handler: its event is the task.
type Handler struct{ dispatcher *dispatch.Dispatcher }

// New returns the handler.
func New(d *dispatch.Dispatcher) *Handler { return &Handler{d} }

// Handle runs a task. A timer that fires early is an error, so that Step Functions tries again; one whose contact or
// agent is gone has nothing to do.
func (h *Handler) Handle(ctx context.Context, t timers.Task) error {
	err := h.run(ctx, t)
	if center.CodeOf(err) == center.NotFound {
		return nil
	}
	return err
}

func (h *Handler) run(ctx context.Context, t timers.Task) error {
	switch t.Action {
	case timers.OfferTimedOut:
		return h.dispatcher.OfferTimedOut(ctx, t.ContactID, t.OfferID)
	case timers.WrapUpTimedOut:
		return h.dispatcher.WrapUpTimedOut(ctx, t.AgentID, t.ContactID)
	case timers.Sweep:
		return h.dispatcher.Sweep(ctx)
	default:
		return fmt.Errorf("unknown action %q", t.Action)
	}
}
