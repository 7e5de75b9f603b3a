// Package stepfunctions is AWS Step Functions on one machine, for Standard workflows: the API that the product calls,
// in front of an interpreter in Node.js. Running executions survive a restart: they start anew with the same input.
package stepfunctions

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"log/slog"
	"strings"
	"sync"
	"time"
)

// Function is what a task calls.
type Function func(ctx context.Context, payload json.RawMessage) (json.RawMessage, error)

// Options say what runs and where it is remembered.
type Options struct {
	// Workflows has the definitions: a file ring.asl.json is the state machine ring.
	Workflows fs.FS
	// Functions by the placeholder that stands for each in the definitions: WorkflowFunctionArn.
	Functions map[string]Function
	// Journal is the file that remembers the executions.
	Journal string
	// Region is part of the ARNs.
	Region string
}

// Service is a running Step Functions.
type Service struct {
	options     Options
	machines    map[string]json.RawMessage
	interpreter *interpreterProcess
	tasks       *tasks
	ctx         context.Context
	cancel      context.CancelFunc
	runs        sync.WaitGroup
	closing     sync.Once

	mu         sync.Mutex
	executions map[string]*execution
	journal    *journal
}

// Start returns when the interpreter has accepted every definition, and goes on with what was running.
func Start(ctx context.Context, options Options) (*Service, error) {
	machines, err := definitions(options.Workflows, options.Functions)
	if err != nil {
		return nil, err
	}
	journal, executions, err := openJournal(options.Journal, time.Now())
	if err != nil {
		return nil, err
	}
	s := &Service{options: options, machines: machines, journal: journal, executions: executions, tasks: newTasks(options.Functions)}
	if s.interpreter, err = startInterpreter(ctx, machines, s.tasks); err != nil {
		_ = journal.close()
		return nil, err
	}
	s.ctx, s.cancel = context.WithCancel(context.WithoutCancel(ctx))
	for _, e := range executions {
		if _, known := machines[e.Machine]; known && e.Status == running {
			s.run(e)
		}
	}
	return s, nil
}

// MachineARN names a state machine.
func (s *Service) MachineARN(name string) string { return MachineARN(s.options.Region, name) }

// MachineARN names a state machine, also before the service has started.
func MachineARN(region, name string) string {
	return fmt.Sprintf("arn:aws:states:%s:%s:stateMachine:%s", region, account, name)
}

const account = "000000000000"

// Done is closed if the interpreter ends by itself.
func (s *Service) Done() <-chan struct{} { return s.interpreter.process.Done() }

// Close stops the interpreter. What was running stays so in the journal.
func (s *Service) Close() {
	s.closing.Do(func() {
		s.cancel()
		s.runs.Wait()
		s.interpreter.close()
		s.tasks.close()
		if err := s.journal.close(); err != nil {
			slog.Error("close journal", "component", "stepfunctions", "error", err)
		}
	})
}

// run lets the interpreter run the execution to its end. The caller has the only reference to it, or holds the lock.
func (s *Service) run(e *execution) {
	var ctx context.Context
	ctx, e.stop = context.WithCancel(s.ctx)
	s.runs.Go(func() {
		defer e.stop()
		result, err := s.interpreter.run(ctx, e)
		if ctx.Err() != nil {
			return // stopped by the API, which has set the status, or by Close
		}
		if err != nil {
			slog.Error("execution interrupted", "component", "stepfunctions", "execution", e.Name, "error", err)
			return // still running, as far as the next start is concerned
		}
		if result.Status != succeeded {
			slog.Error("execution failed", "component", "stepfunctions", "machine", e.Machine, "execution", e.Name, "error", result.Error, "cause", result.Cause)
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		if err := s.end(e, result); err != nil {
			slog.Error("remember execution", "component", "stepfunctions", "execution", e.Name, "error", err)
		}
	})
}

// end is called with the lock held.
func (s *Service) end(e *execution, how outcome) error {
	if e.Status != running {
		return nil
	}
	e.outcome, e.Stopped = how, time.Now()
	return s.journal.write(e)
}

// start begins an execution, or finds the running one of the same name and input.
func (s *Service) start(machineARN, name string, input json.RawMessage) (*execution, error) {
	machine := machineARN[strings.LastIndex(machineARN, ":")+1:]
	if _, known := s.machines[machine]; !known || machineARN != s.MachineARN(machine) {
		return nil, &apiError{"StateMachineDoesNotExist", "State Machine Does Not Exist: " + machineARN}
	}
	arn := fmt.Sprintf("arn:aws:states:%s:%s:execution:%s:%s", s.options.Region, account, machine, name)
	s.mu.Lock()
	defer s.mu.Unlock()
	if existing, ok := s.executions[arn]; ok {
		if existing.Status == running && bytes.Equal(existing.Input, input) {
			return existing, nil
		}
		return nil, &apiError{"ExecutionAlreadyExists", "Execution Already Exists: " + arn}
	}
	e := &execution{ARN: arn, Name: name, Machine: machine, Input: input, Started: time.Now(), outcome: outcome{Status: running}}
	if err := s.journal.write(e); err != nil {
		return nil, err
	}
	s.executions[arn] = e
	s.run(e)
	return e, nil
}

// stopExecution aborts a running execution; one that has ended is left as it is.
func (s *Service) stopExecution(arn, errorName, cause string) (time.Time, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	e, ok := s.executions[arn]
	if !ok {
		return time.Time{}, noExecution(arn)
	}
	if err := s.end(e, outcome{Status: aborted, Error: errorName, Cause: cause}); err != nil {
		return time.Time{}, err
	}
	if e.stop != nil {
		e.stop()
	}
	return e.Stopped, nil
}

// describe returns a copy, since the execution may go on.
func (s *Service) describe(arn string) (execution, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	e, ok := s.executions[arn]
	if !ok {
		return execution{}, noExecution(arn)
	}
	return *e, nil
}

func noExecution(arn string) error {
	return &apiError{"ExecutionDoesNotExist", "Execution Does Not Exist: " + arn}
}
