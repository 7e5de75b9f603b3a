// Package workflow does what timers and schedules ask for when their time is up.
package workflow

import (
	"context"
	"errors"
	"fmt"
	"time"

	"guichet/shared/center"
	"guichet/shared/channel/webchat"
	"guichet/shared/conversation"
	"guichet/shared/dispatch"
	"guichet/shared/measure"
	"guichet/shared/timers"
)

// Handler is the Lambda function's handler: its event is the task.
type Handler struct {
	dispatcher *dispatch.Dispatcher
	chats      *conversation.Service
	visitors   *webchat.Presence
	workflows  Workflows
	messages   Messages
	// Measures takes what sweeps find; nil where nobody is alarmed.
	Measures *measure.Writer
}

// Workflows are told what has become of what they wait for. timers.Timers tells them.
type Workflows interface {
	Turned(ctx context.Context, token string, again time.Time) error
}

// Messages are those that callers leave. voicemail.Fetcher brings their sound.
type Messages interface {
	Fetch(ctx context.Context, lineID, id, recordingSID string) error
	Abandon(ctx context.Context, lineID, id string) error
}

// New returns the handler.
func New(d *dispatch.Dispatcher, chats *conversation.Service, workflows Workflows, messages Messages) *Handler {
	return &Handler{
		dispatcher: d, chats: chats, visitors: &webchat.Presence{Store: d.Store, Chats: chats, Now: d.Now},
		workflows: workflows, messages: messages,
	}
}

// Handle runs a task. A timer that fires early is an error, so that Step Functions tries again; one whose contact or
// agent is gone has nothing to do.
func (h *Handler) Handle(ctx context.Context, t timers.Task) error {
	err := h.run(ctx, t)
	if center.CodeOf(err) == center.NotFound {
		return nil
	}
	return err
}

// takeTurn puts a call into its line. When the outcome is known already, nobody else will tell the workflow.
func (h *Handler) takeTurn(ctx context.Context, t timers.Task) error {
	turn, err := h.dispatcher.TakeTurn(ctx, t.ContactID, t.Token)
	if err != nil && center.CodeOf(err) != center.NotFound || turn.Waits {
		return err
	}
	return h.workflows.Turned(ctx, t.Token, turn.Again)
}

// sweep repairs, and measures how things stand. While nobody calls, writes or works there is nothing to measure, and nothing to pay.
func (h *Handler) sweep(ctx context.Context) error {
	calls, err := h.dispatcher.SweepAndSurvey(ctx)
	unanswered, chatsErr := h.chats.SweepAndSurvey(ctx)
	values := measure.Values{}
	values.Set(measure.AgentsReady, float64(calls.Ready))
	values.Set(measure.CallsWaiting, float64(calls.Waiting))
	values.Set(measure.CallsWaitingAlone, float64(calls.Alone))
	values.Set(measure.OldestCallWait, calls.Oldest.Seconds())
	values.Set(measure.ChatsUnanswered, float64(unanswered))
	h.Measures.Write(values)
	return errors.Join(err, chatsErr, h.visitors.Sweep(ctx))
}

func (h *Handler) run(ctx context.Context, t timers.Task) error {
	switch t.Action {
	case timers.OfferTimedOut:
		return h.dispatcher.OfferTimedOut(ctx, t.ContactID, t.OfferID)
	case timers.WidgetRangOut:
		return h.dispatcher.WidgetRangOut(ctx, t.ContactID)
	case timers.WrapUpTimedOut:
		return h.dispatcher.WrapUpTimedOut(ctx, t.AgentID, t.ContactID)
	case timers.TakeTurn:
		return h.takeTurn(ctx, t)
	case timers.Sweep:
		return h.sweep(ctx)
	case timers.Resend:
		return h.chats.Resend(ctx, t.ChatID, t.Key)
	case timers.GiveUp:
		return h.chats.GiveUp(ctx, t.ChatID, t.Key)
	case timers.Fetch:
		return h.chats.Fetch(ctx, t.ChatID, t.Key)
	case timers.Abandon:
		return h.chats.Abandon(ctx, t.ChatID, t.Key)
	case timers.FetchVoicemail:
		return h.messages.Fetch(ctx, t.LineID, t.VoicemailID, t.RecordingSID)
	case timers.AbandonVoicemail:
		return h.messages.Abandon(ctx, t.LineID, t.VoicemailID)
	default:
		return fmt.Errorf("unknown action %q", t.Action)
	}
}
