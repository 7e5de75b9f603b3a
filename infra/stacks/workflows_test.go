package stacks

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// machine is the part of a state machine's definition that is looked at.
type machine struct {
	StartAt string
	States  map[string]struct {
		Type, TimestampPath, Next, Resource string
		Parameters                          object
		Retry, Catch                        []object
		End                                 bool
	}
}

// machines are the definitions by name.
func machines(t *testing.T) map[string]machine {
	t.Helper()
	all := map[string]machine{}
	for id, resource := range resources(stack(t, "workflows"), "AWS::StepFunctions::StateMachine") {
		properties := resource["Properties"].(object)
		assert.Equal(t, "STANDARD", properties["StateMachineType"], id)
		substitutions := properties["DefinitionSubstitutions"].(object)
		assert.Contains(t, text(t, substitutions["WorkflowFunctionArn"]), "workflow", id)
		source := properties["DefinitionString"].(string)
		var m machine
		require.NoError(t, json.Unmarshal([]byte(source), &m), id)
		assert.Equal(t, strings.Count(source, "${"), strings.Count(source, "${WorkflowFunctionArn}"), "every placeholder has a value")
		all[strings.TrimPrefix(properties["StateMachineName"].(string), "acme-")] = m
	}
	return all
}

func TestTimersWaitAndCallTheFunction(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"ring", "wrapup"} {
		definition := machines(t)[id]
		wait := definition.States[definition.StartAt]
		assert.Equal(t, "Wait", wait.Type, id)
		assert.Equal(t, "$.at", wait.TimestampPath, id)
		task := definition.States[wait.Next]
		assert.Equal(t, "arn:aws:states:::lambda:invoke", task.Resource, id)
		assert.Equal(t, object{"FunctionName": "${WorkflowFunctionArn}", "Payload.$": "$"}, task.Parameters, id)
		assert.NotEmpty(t, task.Retry, id)
		assert.True(t, task.End, id)
		assert.Len(t, definition.States, 2, "each state is a paid transition")
	}
}

// A callback waits until it is due, takes its turn, and goes on when its token has come back: again, or not.
func TestCallbacksEndByTheirTokens(t *testing.T) {
	t.Parallel()
	definition := machines(t)["callback"]
	first := definition.States[definition.StartAt]
	assert.Equal(t, "$.at", first.TimestampPath)
	turn := definition.States[first.Next]
	assert.Equal(t, "arn:aws:states:::lambda:invoke.waitForTaskToken", turn.Resource)
	assert.Equal(t, object{"action": "takeTurn", "contactId.$": "$.contactId", "token.$": "$$.Task.Token"}, turn.Parameters["Payload"])
	assert.NotEmpty(t, turn.Retry)
	again := definition.States["UntilNext"]
	assert.Equal(t, []string{"$.turn.again", first.Next}, []string{again.TimestampPath, again.Next})
	assert.Equal(t, "Choice", definition.States[turn.Next].Type)

	told := 0
	for _, s := range allowed(t) {
		for _, action := range s.actions {
			if action == "states:SendTaskSuccess" {
				told++
				assert.Len(t, s.resources, 1)
				assert.Contains(t, s.resources[0], "callback", "of no other machine")
			}
		}
	}
	assert.Equal(t, 2, told, "by the stream and by the workflow's own function")
}

// What does not succeed in time ends in a state of its own, and is shown as failed.
func TestRetriesEndWithTheTruth(t *testing.T) {
	t.Parallel()
	for id, last := range map[string]string{"send": "GiveUp", "fetch": "Abandon"} {
		definition := machines(t)[id]
		first := definition.States[definition.StartAt]
		if first.Type == "Wait" {
			first = definition.States[first.Next]
		}
		require.Len(t, first.Catch, 1, id)
		assert.Equal(t, last, first.Catch[0]["Next"], id)
		assert.NotEmpty(t, first.Retry, id)
		switch payload := definition.States[last].Parameters["Payload"].(type) {
		case object:
			assert.Equal(t, strings.ToLower(last[:1])+last[1:], payload["action"], id)
		default:
			assert.Equal(t, "$.giveUp", definition.States[last].Parameters["Payload.$"], "%s: who starts it says what then", id)
		}
		assert.True(t, definition.States[last].End, id)
	}
}

func TestSweepEveryMinute(t *testing.T) {
	t.Parallel()
	rule := only(t, stack(t, "workflows"), "AWS::Events::Rule")
	assert.Equal(t, "rate(1 minute)", rule["ScheduleExpression"])
	assert.Equal(t, "ENABLED", rule["State"])
	target := rule["Targets"].([]any)[0].(object)
	assert.JSONEq(t, `{"action":"sweep"}`, target["Input"].(string))
	assert.Equal(t, object{"MaximumRetryAttempts": 0.0, "MaximumEventAgeInSeconds": 60.0}, target["RetryPolicy"])
	invocations := only(t, stack(t, "workflows"), "AWS::Lambda::EventInvokeConfig")
	assert.Contains(t, text(t, invocations["FunctionName"]), "workflow")
	assert.Equal(t, []any{0.0, 60.0}, []any{invocations["MaximumRetryAttempts"], invocations["MaximumEventAgeInSeconds"]}, "nor by Lambda")
}
