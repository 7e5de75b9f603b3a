package stepfunctions

import (
	"context"
	"encoding/json"
	"time"
)

// Statuses of an execution, as the API names them.
const (
	running   = "RUNNING"
	succeeded = "SUCCEEDED"
	failed    = "FAILED"
	aborted   = "ABORTED"
)

// execution is one run of a state machine; it is a line of the journal each time that its status changes.
type execution struct {
	ARN     string          `json:"arn"`
	Name    string          `json:"name"`
	Machine string          `json:"machine"`
	Input   json.RawMessage `json:"input"`
	Started time.Time       `json:"started"`
	Stopped time.Time       `json:"stopped,omitzero"`
	outcome

	stop context.CancelFunc
}

// outcome is how an execution stands or ended.
type outcome struct {
	Status string          `json:"status"`
	Output json.RawMessage `json:"output,omitempty"`
	Error  string          `json:"error,omitempty"`
	Cause  string          `json:"cause,omitempty"`
}
