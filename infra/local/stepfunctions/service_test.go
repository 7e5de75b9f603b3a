package stepfunctions_test

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"io/fs"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/sfn"
	"github.com/aws/aws-sdk-go-v2/service/sfn/types"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/infra/local/stepfunctions"
	"guichet/infra/workflows"
)

// rig is a service whose one function is given, with a client of the SDK.
type rig struct {
	t       testing.TB
	service *stepfunctions.Service
	client  *sfn.Client
}

func options(t testing.TB, files fs.FS, function stepfunctions.Function) stepfunctions.Options {
	t.Helper()
	return stepfunctions.Options{
		Workflows: files, Functions: map[string]stepfunctions.Function{"WorkflowFunctionArn": function},
		Journal: filepath.Join(t.TempDir(), "executions.jsonl"), Region: "eu-west-3",
	}
}

func newRig(t testing.TB, o stepfunctions.Options) *rig {
	t.Helper()
	service, err := stepfunctions.Start(t.Context(), o)
	require.NoError(t, err)
	t.Cleanup(service.Close)
	server := httptest.NewServer(service.Handler())
	t.Cleanup(server.Close)
	return &rig{t: t, service: service, client: sfn.New(sfn.Options{
		Region: "eu-west-3", BaseEndpoint: aws.String(server.URL), Credentials: credentials.NewStaticCredentialsProvider("local", "local", ""),
	})}
}

func (r *rig) start(machine, name, input string) (string, error) {
	output, err := r.client.StartExecution(r.t.Context(), &sfn.StartExecutionInput{
		StateMachineArn: aws.String(r.service.MachineARN(machine)), Name: aws.String(name), Input: aws.String(input),
	})
	if err != nil {
		return "", err
	}
	assert.WithinDuration(r.t, time.Now(), *output.StartDate, time.Minute)
	return *output.ExecutionArn, nil
}

func (r *rig) started(machine, name, input string) string {
	r.t.Helper()
	arn, err := r.start(machine, name, input)
	require.NoError(r.t, err)
	return arn
}

// ends waits until the execution has the status.
func (r *rig) ends(arn string, status types.ExecutionStatus) *sfn.DescribeExecutionOutput {
	r.t.Helper()
	var described *sfn.DescribeExecutionOutput
	require.EventuallyWithT(r.t, func(c *assert.CollectT) {
		var err error
		described, err = r.client.DescribeExecution(r.t.Context(), &sfn.DescribeExecutionInput{ExecutionArn: aws.String(arn)})
		require.NoError(c, err)
		assert.Equal(c, status, described.Status, "%s: %s", aws.ToString(described.Error), aws.ToString(described.Cause))
	}, 2*time.Minute, 5*time.Millisecond)
	return described
}

func at(t time.Time) string {
	return `{"at":"` + t.UTC().Format("2006-01-02T15:04:05.000Z") + `","offer":"ofr_1"}`
}

func echo(_ context.Context, payload json.RawMessage) (json.RawMessage, error) { return payload, nil }

func TestProductWorkflowsWaitAndCallTheFunction(t *testing.T) {
	t.Parallel()
	calls := make(chan json.RawMessage, 10)
	r := newRig(t, options(t, workflows.Definitions, func(_ context.Context, payload json.RawMessage) (json.RawMessage, error) {
		calls <- payload
		return nil, nil
	}))
	for _, machine := range []string{"ring", "wrapup"} {
		due := time.Now().Add(300 * time.Millisecond)
		arn := r.started(machine, "one", at(due))
		assert.JSONEq(t, at(due), string(<-calls))
		assert.False(t, time.Now().Before(due.Truncate(time.Millisecond)), "before its time")
		ended := r.ends(arn, types.ExecutionStatusSucceeded)
		assert.Equal(t, r.service.MachineARN(machine), *ended.StateMachineArn)
		assert.JSONEq(t, at(due), *ended.Input)
	}
}

func TestStartIsIdempotentByName(t *testing.T) {
	t.Parallel()
	r := newRig(t, options(t, workflows.Definitions, echo))
	hour, now := at(time.Now().Add(time.Hour)), at(time.Now())
	first := r.started("ring", "ofr_1", hour)
	assert.Equal(t, first, r.started("ring", "ofr_1", hour))

	var exists *types.ExecutionAlreadyExists
	_, err := r.start("ring", "ofr_1", now)
	require.ErrorAs(t, err, &exists, "another input")
	ended := r.started("ring", "ofr_2", now)
	r.ends(ended, types.ExecutionStatusSucceeded)
	_, err = r.start("ring", "ofr_2", now)
	require.ErrorAs(t, err, &exists, "ended")
}

func TestStopEndsAnExecutionAndIsRepeatable(t *testing.T) {
	t.Parallel()
	calls := make(chan string, 10)
	r := newRig(t, options(t, workflows.Definitions, func(_ context.Context, payload json.RawMessage) (json.RawMessage, error) {
		calls <- string(payload)
		return nil, nil
	}))
	due := time.Now().Add(200 * time.Millisecond)
	arn := r.started("ring", "stopped", at(due))
	for range 2 {
		_, err := r.client.StopExecution(t.Context(), &sfn.StopExecutionInput{ExecutionArn: aws.String(arn), Cause: aws.String("accepted")})
		require.NoError(t, err)
	}
	later := at(due.Add(200 * time.Millisecond))
	r.ends(r.started("ring", "later", later), types.ExecutionStatusSucceeded)
	assert.JSONEq(t, later, <-calls)
	assert.Empty(t, calls, "the stopped one's time has come and gone")
	assert.Equal(t, "accepted", *r.ends(arn, types.ExecutionStatusAborted).Cause)
}

func TestFailedTaskIsRetried(t *testing.T) {
	t.Parallel()
	calls := 0
	o := options(t, workflows.Definitions, func(context.Context, json.RawMessage) (json.RawMessage, error) {
		if calls++; calls == 1 {
			return nil, errors.New("throttled")
		}
		return json.RawMessage(`"done"`), nil
	})
	r := newRig(t, o)
	ended := r.ends(r.started("ring", "ofr_1", at(time.Now())), types.ExecutionStatusSucceeded)
	assert.Contains(t, *ended.Output, `"Payload":"done"`)
	assert.Equal(t, 2, calls)
}

func TestErrorsOfTheAPI(t *testing.T) {
	t.Parallel()
	r := newRig(t, options(t, workflows.Definitions, echo))
	var (
		noMachine *types.StateMachineDoesNotExist
		name      *types.InvalidName
		input     *types.InvalidExecutionInput
		noneSuch  *types.ExecutionDoesNotExist
		timedOut  *types.TaskTimedOut
		output    *types.InvalidOutput
	)
	_, err := r.start("absent", "x", "{}")
	require.ErrorAs(t, err, &noMachine)
	for _, bad := range []string{"with space", "a/b", "a:b", strings.Repeat("x", 81)} {
		_, err = r.start("ring", bad, "{}")
		require.ErrorAs(t, err, &name, bad)
	}
	for _, bad := range []string{"{", `"` + strings.Repeat("x", 256<<10) + `"`} {
		_, err = r.start("ring", "x", bad)
		require.ErrorAs(t, err, &input)
	}
	_, err = r.client.DescribeExecution(t.Context(), &sfn.DescribeExecutionInput{ExecutionArn: aws.String("arn:x")})
	require.ErrorAs(t, err, &noneSuch)
	_, err = r.client.StopExecution(t.Context(), &sfn.StopExecutionInput{ExecutionArn: aws.String("arn:x")})
	require.ErrorAs(t, err, &noneSuch)
	_, err = r.client.SendTaskSuccess(t.Context(), &sfn.SendTaskSuccessInput{TaskToken: aws.String("t"), Output: aws.String("1")})
	require.ErrorAs(t, err, &timedOut)
	_, err = r.client.SendTaskHeartbeat(t.Context(), &sfn.SendTaskHeartbeatInput{TaskToken: aws.String("t")})
	require.ErrorAs(t, err, &timedOut)
	_, err = r.client.SendTaskSuccess(t.Context(), &sfn.SendTaskSuccessInput{TaskToken: aws.String("t"), Output: aws.String("{")})
	require.ErrorAs(t, err, &output)
	_, err = r.client.ListExecutions(t.Context(), &sfn.ListExecutionsInput{StateMachineArn: aws.String(r.service.MachineARN("ring"))})
	require.ErrorContains(t, err, "UnknownOperationException")
}

func TestRunningExecutionsSurviveARestart(t *testing.T) {
	t.Parallel()
	calls := make(chan json.RawMessage, 10)
	o := options(t, workflows.Definitions, func(_ context.Context, payload json.RawMessage) (json.RawMessage, error) {
		calls <- payload
		return nil, nil
	})
	before := newRig(t, o)
	ended := before.started("ring", "ended", at(time.Now()))
	before.ends(ended, types.ExecutionStatusSucceeded)
	<-calls
	due := at(time.Now().Add(time.Second))
	waits := before.started("ring", "waits", due)
	before.service.Close()
	assert.Empty(t, calls)

	after := newRig(t, o)
	assert.JSONEq(t, due, string(<-calls))
	after.ends(waits, types.ExecutionStatusSucceeded)
	_, err := after.start("ring", "ended", due)
	var exists *types.ExecutionAlreadyExists
	require.ErrorAs(t, err, &exists)
	assert.Empty(t, calls)
}

func TestStartRefusesBadDefinitions(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ definition, says string }{
		"no JSON":          {`{`, "is not JSON"},
		"unknown function": {`{"StartAt":"${OtherArn}"}`, "OtherArn"},
		"no such state":    {`{"StartAt":"A","States":{"B":{"Type":"Succeed"}}}`, "invalid"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			files := fstest.MapFS{"bad.asl.json": {Data: []byte(c.definition)}}
			_, err := stepfunctions.Start(t.Context(), options(t, files, echo))
			assert.ErrorContains(t, err, c.says)
		})
	}
}

func TestMissingNodeIsExplained(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, err := stepfunctions.Start(t.Context(), options(t, workflows.Definitions, echo))
	require.ErrorIs(t, err, stepfunctions.ErrNoNode)
}

// BenchmarkTimer tells by how much a timer is late: the way through the interpreter, once it is due.
func BenchmarkTimer(b *testing.B) {
	calls := make(chan time.Time, 1)
	r := newRig(b, options(b, workflows.Definitions, func(context.Context, json.RawMessage) (json.RawMessage, error) {
		calls <- time.Now()
		return nil, nil
	}))
	var late time.Duration
	for b.Loop() {
		due := time.Now().Add(100 * time.Millisecond).Truncate(time.Millisecond)
		r.started("ring", rand.Text(), at(due))
		late += (<-calls).Sub(due)
	}
	b.ReportMetric(float64(late.Microseconds())/float64(b.N)/1000, "ms-late/op")
}
