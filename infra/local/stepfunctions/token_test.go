package stepfunctions_test

import (
	"context"
	"encoding/json"
	"testing"
	"testing/fstest"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sfn"
	"github.com/aws/aws-sdk-go-v2/service/sfn/types"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// dial waits for the outcome of a call by its token, in a branch of a Parallel state, and tries again when that is busy.
const dial = `{"StartAt":"Both","States":{"Both":{"Type":"Parallel","End":true,"Branches":[{"StartAt":"Dial","States":{"Dial":{
	"Type":"Task","Resource":"arn:aws:states:::lambda:invoke.waitForTaskToken","HeartbeatSeconds":20,
	"Parameters":{"FunctionName":"${WorkflowFunctionArn}","Payload":{"token.$":"$$.Task.Token","to.$":"$.to"}},
	"Retry":[{"ErrorEquals":["Busy"],"IntervalSeconds":1,"MaxAttempts":1}],
	"Catch":[{"ErrorEquals":["NoAnswer"],"ResultPath":"$.failure","Next":"GaveUp"}],
	"End":true},"GaveUp":{"Type":"Pass","End":true}}}]}}}`

func TestTaskToken(t *testing.T) {
	t.Parallel()
	dialled := make(chan string, 10)
	files := fstest.MapFS{"callback.asl.json": {Data: []byte(dial)}}
	r := newRig(t, options(t, files, func(_ context.Context, payload json.RawMessage) (json.RawMessage, error) {
		var message struct{ Token, To string }
		err := json.Unmarshal(payload, &message)
		assert.Equal(t, "+33123456789", message.To)
		dialled <- message.Token
		return nil, err
	}))
	arn := r.started("callback", "one", `{"to":"+33123456789"}`)
	first := <-dialled
	_, err := r.client.SendTaskHeartbeat(t.Context(), &sfn.SendTaskHeartbeatInput{TaskToken: aws.String(first)})
	require.NoError(t, err)
	_, err = r.client.SendTaskFailure(t.Context(), &sfn.SendTaskFailureInput{TaskToken: aws.String(first), Error: aws.String("Busy")})
	require.NoError(t, err)
	second := <-dialled
	assert.NotEqual(t, first, second)
	_, err = r.client.SendTaskSuccess(t.Context(), &sfn.SendTaskSuccessInput{TaskToken: aws.String(second), Output: aws.String(`{"answered":true}`)})
	require.NoError(t, err)
	assert.JSONEq(t, `[{"answered":true}]`, *r.ends(arn, types.ExecutionStatusSucceeded).Output)

	var timedOut *types.TaskTimedOut
	_, err = r.client.SendTaskSuccess(t.Context(), &sfn.SendTaskSuccessInput{TaskToken: aws.String(second), Output: aws.String(`1`)})
	require.ErrorAs(t, err, &timedOut, "a token works once")

	caught := r.started("callback", "two", `{"to":"+33123456789"}`)
	_, err = r.client.SendTaskFailure(t.Context(), &sfn.SendTaskFailureInput{
		TaskToken: aws.String(<-dialled), Error: aws.String("NoAnswer"), Cause: aws.String("nobody"),
	})
	require.NoError(t, err)
	assert.Contains(t, *r.ends(caught, types.ExecutionStatusSucceeded).Output, "nobody")
}
