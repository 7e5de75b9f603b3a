package stepfunctions

import (
	"bytes"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"regexp"
	"strings"
	"time"

	"github.com/google/uuid"
)

// Limits of the service, in bytes: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
const (
	maxPayload = 256 << 10
	maxRequest = 1 << 20
)

// nameRule is that of StartExecution:
// https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
var nameRule = regexp.MustCompile(`^[^\s<>{}\[\]?*"#%\\^|~` + "`" + `$&,;:/\x00-\x1f\x7f-\x{9f}]{1,80}$`)

// apiError is an error that the API answers with status 400.
type apiError struct{ kind, message string }

func (e *apiError) Error() string { return e.kind + ": " + e.message }

var errTaskTimedOut = &apiError{"TaskTimedOut", "Task Timed Out: no task waits for this token"}

// Handler serves the AWS JSON 1.0 protocol of the operations that the product calls. It checks no signature: it is
// for a listener that only this machine's own processes reach.
func (s *Service) Handler() http.Handler {
	operations := map[string]func(json.RawMessage) (any, error){
		"StartExecution":    decoding(s.startExecution),
		"DescribeExecution": decoding(s.describeExecution),
		"StopExecution":     decoding(s.abortExecution),
		"SendTaskSuccess":   decoding(s.sendTaskSuccess),
		"SendTaskFailure":   decoding(s.sendTaskFailure),
		"SendTaskHeartbeat": decoding(s.sendTaskHeartbeat),
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Amzn-Requestid", uuid.NewString())
		operation, ok := operations[strings.TrimPrefix(r.Header.Get("X-Amz-Target"), "AWSStepFunctions.")]
		if !ok {
			writeError(w, &apiError{"UnknownOperationException", r.Header.Get("X-Amz-Target")})
			return
		}
		var body json.RawMessage
		if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxRequest)).Decode(&body); err != nil {
			writeError(w, &apiError{"SerializationException", err.Error()})
			return
		}
		output, err := operation(body)
		if err != nil {
			writeError(w, err)
			return
		}
		writeAWSJSON(w, http.StatusOK, output)
	})
}

func decoding[In any](operation func(In) (any, error)) func(json.RawMessage) (any, error) {
	return func(body json.RawMessage) (any, error) {
		var input In
		if err := json.Unmarshal(body, &input); err != nil {
			return nil, &apiError{"SerializationException", err.Error()}
		}
		return operation(input)
	}
}

func writeError(w http.ResponseWriter, err error) {
	var known *apiError
	if !errors.As(err, &known) {
		slog.Error("request failed", "component", "stepfunctions", "error", err)
		writeAWSJSON(w, http.StatusInternalServerError, map[string]string{"__type": "InternalFailure", "message": "internal failure"})
		return
	}
	writeAWSJSON(w, http.StatusBadRequest, map[string]string{"__type": known.kind, "message": known.message})
}

func writeAWSJSON(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/x-amz-json-1.0")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(value)
}

func (s *Service) startExecution(in struct {
	StateMachineArn, Name string
	Input                 *string
}) (any, error) {
	if in.Name == "" {
		in.Name = uuid.NewString()
	}
	if !nameRule.MatchString(in.Name) {
		return nil, &apiError{"InvalidName", "Invalid Name: '" + in.Name + "'"}
	}
	given := "{}"
	if in.Input != nil {
		given = *in.Input
	}
	// The journal keeps JSON compact, and a repeated start must find the same bytes there.
	var input bytes.Buffer
	if err := json.Compact(&input, []byte(given)); err != nil || len(given) > maxPayload {
		return nil, &apiError{"InvalidExecutionInput", "Invalid State Machine Execution Input"}
	}
	e, err := s.start(in.StateMachineArn, in.Name, input.Bytes())
	if err != nil {
		return nil, err
	}
	return map[string]any{"executionArn": e.ARN, "startDate": epoch(e.Started)}, nil
}

func (s *Service) describeExecution(in struct{ ExecutionArn string }) (any, error) {
	e, err := s.describe(in.ExecutionArn)
	if err != nil {
		return nil, err
	}
	described := map[string]any{
		"executionArn": e.ARN, "stateMachineArn": s.MachineARN(e.Machine), "name": e.Name, "status": e.Status,
		"startDate": epoch(e.Started), "input": string(e.Input),
	}
	for name, value := range map[string]string{"output": string(e.Output), "error": e.Error, "cause": e.Cause} {
		if value != "" {
			described[name] = value
		}
	}
	if !e.Stopped.IsZero() {
		described["stopDate"] = epoch(e.Stopped)
	}
	return described, nil
}

func (s *Service) abortExecution(in struct{ ExecutionArn, Error, Cause string }) (any, error) {
	stopped, err := s.stopExecution(in.ExecutionArn, in.Error, in.Cause)
	if err != nil {
		return nil, err
	}
	return map[string]any{"stopDate": epoch(stopped)}, nil
}

func (s *Service) sendTaskSuccess(in struct{ TaskToken, Output string }) (any, error) {
	if len(in.Output) > maxPayload || !json.Valid([]byte(in.Output)) {
		return nil, &apiError{"InvalidOutput", "Invalid Output"}
	}
	return struct{}{}, s.tasks.resolve(in.TaskToken, taskResult{Output: json.RawMessage(in.Output)})
}

func (s *Service) sendTaskFailure(in struct{ TaskToken, Error, Cause string }) (any, error) {
	return struct{}{}, s.tasks.resolve(in.TaskToken, taskResult{Error: &taskError{in.Error, in.Cause}})
}

func (s *Service) sendTaskHeartbeat(in struct{ TaskToken string }) (any, error) {
	return struct{}{}, s.tasks.heartbeat(in.TaskToken)
}

// epoch is a time as the protocol writes it: seconds with milliseconds as decimals.
func epoch(t time.Time) float64 { return float64(t.UnixMilli()) / 1000 }
