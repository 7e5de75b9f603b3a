// Package timers starts the server's timers: one Step Functions execution each, named by what it times, so that
// starting it again starts nothing. What happens when time is up is functions/workflow's business.
package timers

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/sfn"
	"github.com/aws/aws-sdk-go-v2/service/sfn/types"
)

// Action says what to do when time is up.
type Action string

// Actions of the workflow function.
const (
	OfferTimedOut  Action = "offerTimedOut"
	WrapUpTimedOut Action = "wrapUpTimedOut"
	WidgetRangOut  Action = "widgetRangOut"
	TakeTurn       Action = "takeTurn" // of a call that we are to make
	Sweep          Action = "sweep"    // on a schedule, not on a timer
	Resend         Action = "resend"   // a chat message that its channel refused for now
	GiveUp         Action = "giveUp"   // sending it
	Fetch          Action = "fetch"    // the attachments of a chat message
	Abandon        Action = "abandon"  // those that cannot be fetched

	FetchVoicemail   Action = "fetchVoicemail"   // the sound of a caller's message
	AbandonVoicemail Action = "abandonVoicemail" // one that cannot be fetched
)

// Task is the input of an execution and, when time is up, of the workflow function.
type Task struct {
	Action    Action    `json:"action"`
	At        time.Time `json:"at,omitzero"` // when time is up
	AgentID   string    `json:"agentId,omitempty"`
	ContactID string    `json:"contactId,omitempty"`
	OfferID   string    `json:"offerId,omitempty"`
	ChatID    string    `json:"chatId,omitempty"`
	Key       string    `json:"key,omitempty"`   // of a message in the chat
	Token     string    `json:"token,omitempty"` // by which a workflow is told the outcome

	LineID       string `json:"lineId,omitempty"`      // whose messages of callers
	VoicemailID  string `json:"voicemailId,omitempty"` // of one of them
	RecordingSID string `json:"recordingSid,omitempty"`

	// GiveUp is the task of an execution that does not succeed in its own.
	GiveUp *Task `json:"giveUp,omitempty"`
}

// Workflows names the state machines of infra/workflows.
type Workflows struct {
	Ring     string // ARN
	WrapUp   string // ARN
	Send     string // ARN
	Fetch    string // ARN
	Callback string // ARN
}

// Timers starts executions.
type Timers struct {
	client    *sfn.Client
	workflows Workflows
}

// New returns a starter of the workflows.
func New(client *sfn.Client, workflows Workflows) *Timers {
	return &Timers{client: client, workflows: workflows}
}

// Ring times an offer.
func (t *Timers) Ring(ctx context.Context, contactID, offerID string, at time.Time) error {
	return t.start(ctx, t.workflows.Ring, offerID, Task{Action: OfferTimedOut, At: at, ContactID: contactID, OfferID: offerID})
}

// WidgetRing times a call that rings in the webchat's widget.
func (t *Timers) WidgetRing(ctx context.Context, contactID string, at time.Time) error {
	return t.start(ctx, t.workflows.Ring, contactID, Task{Action: WidgetRangOut, At: at, ContactID: contactID})
}

// WrapUp times an agent's wrap-up of a contact. Should the contact come back to the same agent, that is another time.
func (t *Timers) WrapUp(ctx context.Context, agentID, contactID string, at time.Time) error {
	name := fmt.Sprintf("%s-%d", contactID, at.UnixMilli())
	return t.start(ctx, t.workflows.WrapUp, name, Task{Action: WrapUpTimedOut, At: at, AgentID: agentID, ContactID: contactID})
}

// Send tries a chat message again, off the request that could not send it: attempt counts how often it was tried before.
func (t *Timers) Send(ctx context.Context, chatID, messageID, key string, attempt int) error {
	name := fmt.Sprintf("%s-%d", messageID, attempt)
	return t.start(ctx, t.workflows.Send, name, Task{Action: Resend, ChatID: chatID, Key: key})
}

// Fetch copies the attachments of a chat message.
func (t *Timers) Fetch(ctx context.Context, chatID, messageID, key string) error {
	return t.start(ctx, t.workflows.Fetch, messageID, Task{
		Action: Fetch, ChatID: chatID, Key: key, GiveUp: &Task{Action: Abandon, ChatID: chatID, Key: key},
	})
}

// FetchVoicemail copies the sound of a caller's message.
func (t *Timers) FetchVoicemail(ctx context.Context, lineID, voicemailID, recordingSID string) error {
	return t.start(ctx, t.workflows.Fetch, voicemailID, Task{
		Action: FetchVoicemail, LineID: lineID, VoicemailID: voicemailID, RecordingSID: recordingSID,
		GiveUp: &Task{Action: AbandonVoicemail, LineID: lineID, VoicemailID: voicemailID},
	})
}

// Callback makes a call to a customer from at on, again and again as often as dispatch wants. One execution a contact.
func (t *Timers) Callback(ctx context.Context, contactID string, at time.Time) error {
	return t.start(ctx, t.workflows.Callback, contactID, Task{Action: TakeTurn, At: at, ContactID: contactID})
}

// Turned tells the workflow that has the token what has become of an attempt: it is to be made again, or it is over if at is zero.
// A workflow that has been told before, or has ended, is none to be told.
func (t *Timers) Turned(ctx context.Context, token string, at time.Time) error {
	output, err := json.Marshal(struct {
		Again time.Time `json:"again,omitzero"`
	}{at})
	if err != nil {
		return fmt.Errorf("encode outcome: %w", err)
	}
	text := string(output)
	_, err = t.client.SendTaskSuccess(ctx, &sfn.SendTaskSuccessInput{TaskToken: &token, Output: &text})
	var timedOut *types.TaskTimedOut
	var invalid *types.InvalidToken
	var gone *types.TaskDoesNotExist
	if errors.As(err, &timedOut) || errors.As(err, &invalid) || errors.As(err, &gone) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("tell outcome: %w", err)
	}
	return nil
}

func (t *Timers) start(ctx context.Context, workflow, name string, task Task) error {
	input, err := json.Marshal(task)
	if err != nil {
		return fmt.Errorf("encode timer: %w", err)
	}
	text := string(input)
	_, err = t.client.StartExecution(ctx, &sfn.StartExecutionInput{StateMachineArn: &workflow, Name: &name, Input: &text})
	var exists *types.ExecutionAlreadyExists
	if errors.As(err, &exists) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("start timer %s: %w", name, err)
	}
	return nil
}
