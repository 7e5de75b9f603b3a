package stepfunctions

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"sync"
	"time"
)

// The resources that a task can name here. See
// https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html
const (
	invokeResource = "arn:aws:states:::lambda:invoke"
	tokenResource  = invokeResource + ".waitForTaskToken"
)

// functionLimit is the longest that the runner lets a function take; the longest of the product's Lambdas takes 30 s.
const functionLimit = 30 * time.Second

// taskRequest is what the interpreter asks for.
type taskRequest struct {
	Resource   string
	Parameters struct {
		FunctionName string
		Payload      json.RawMessage
	}
	Token            string
	HeartbeatSeconds int
}

// taskResult is what it is answered.
type taskResult struct {
	Output json.RawMessage `json:"output,omitempty"`
	Error  *taskError      `json:"error,omitempty"`
}

type taskError struct {
	Name  string `json:"name"`
	Cause string `json:"cause"`
}

// tasks invokes functions and keeps the tokens that are out.
type tasks struct {
	functions map[string]Function
	ctx       context.Context
	cancel    context.CancelFunc

	mu      sync.Mutex
	waiting map[string]*waitingTask
}

// waitingTask is a task that ends by its token.
type waitingTask struct {
	result chan taskResult
	beat   chan struct{}
}

func newTasks(functions map[string]Function) *tasks {
	t := &tasks{functions: functions, waiting: map[string]*waitingTask{}}
	t.ctx, t.cancel = context.WithCancel(context.Background())
	return t
}

func (t *tasks) close() { t.cancel() }

func (t *tasks) serve(w http.ResponseWriter, r *http.Request) {
	var request taskRequest
	if err := json.NewDecoder(r.Body).Decode(&request); err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	switch request.Resource {
	case invokeResource:
		writeJSON(w, http.StatusOK, t.invoke(request))
	case tokenResource:
		writeJSON(w, http.StatusOK, t.invokeAndWait(request))
	default:
		writeJSON(w, http.StatusOK, taskResult{Error: &taskError{"States.Runtime", "no such resource on one machine: " + request.Resource}})
	}
}

// invoke calls the function as the Lambda integration does. It is not cut short when the execution is stopped.
func (t *tasks) invoke(request taskRequest) taskResult {
	function, ok := t.functions[request.Parameters.FunctionName]
	if !ok {
		return taskResult{Error: &taskError{"Lambda.ResourceNotFoundException", "Function not found: " + request.Parameters.FunctionName}}
	}
	ctx, cancel := context.WithTimeout(t.ctx, functionLimit)
	defer cancel()
	payload, failure := call(ctx, function, request.Parameters.Payload)
	if failure != nil {
		return taskResult{Error: failure}
	}
	output, err := json.Marshal(map[string]any{"ExecutedVersion": "$LATEST", "StatusCode": http.StatusOK, "Payload": payload})
	if err != nil {
		return taskResult{Error: &taskError{"Lambda.Unknown", fmt.Sprintf("the function answered no JSON: %v", err)}}
	}
	return taskResult{Output: output}
}

// call names errors and panics as the Go runtime of Lambda does: by their Go type.
func call(ctx context.Context, function Function, payload json.RawMessage) (output json.RawMessage, failure *taskError) {
	defer func() {
		if cause := recover(); cause != nil {
			failure = functionError(cause, fmt.Sprint(cause))
		}
	}()
	output, err := function(ctx, payload)
	if err != nil {
		return nil, functionError(err, err.Error())
	}
	if output == nil {
		output = json.RawMessage("null")
	}
	return output, nil
}

func functionError(value any, message string) *taskError {
	kind := reflect.TypeOf(value)
	if kind.Kind() == reflect.Pointer {
		kind = kind.Elem()
	}
	cause, err := json.Marshal(map[string]string{"errorMessage": message, "errorType": kind.Name()})
	if err != nil {
		return &taskError{kind.Name(), message}
	}
	return &taskError{kind.Name(), string(cause)}
}

// invokeAndWait waits for the token after the function has taken it, or for a heartbeat that does not come.
func (t *tasks) invokeAndWait(request taskRequest) taskResult {
	task := &waitingTask{result: make(chan taskResult, 1), beat: make(chan struct{}, 1)}
	t.mu.Lock()
	t.waiting[request.Token] = task
	t.mu.Unlock()
	defer t.forget(request.Token)
	if invoked := t.invoke(request); invoked.Error != nil {
		return invoked
	}
	var late <-chan time.Time
	for {
		if request.HeartbeatSeconds > 0 {
			late = time.After(time.Duration(request.HeartbeatSeconds) * time.Second)
		}
		select {
		case result := <-task.result:
			return result
		case <-task.beat:
		case <-late:
			return taskResult{Error: &taskError{"States.HeartbeatTimeout", "no heartbeat"}}
		case <-t.ctx.Done():
			return taskResult{Error: &taskError{"States.Runtime", "the runner stops"}}
		}
	}
}

func (t *tasks) forget(token string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.waiting, token)
}

// resolve ends the task that has the token, once.
func (t *tasks) resolve(token string, result taskResult) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	task, ok := t.waiting[token]
	if !ok {
		return errTaskTimedOut
	}
	delete(t.waiting, token)
	task.result <- result
	return nil
}

func (t *tasks) heartbeat(token string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	task, ok := t.waiting[token]
	if !ok {
		return errTaskTimedOut
	}
	select {
	case task.beat <- struct{}{}:
	default:
	}
	return nil
}
