package stacks

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestStateMachinesWaitAndCallTheFunction(t *testing.T) {
	t.Parallel()
	machines := resources(stack(t, "workflows"), "AWS::StepFunctions::StateMachine")
	require.Len(t, machines, 2)
	for id, machine := range machines {
		properties := machine["Properties"].(object)
		assert.Equal(t, "STANDARD", properties["StateMachineType"], id)
		substitutions := properties["DefinitionSubstitutions"].(object)
		assert.Contains(t, text(t, substitutions["WorkflowFunctionArn"]), "workflow", id)
		var definition struct {
			StartAt string
			States  map[string]struct {
				Type, TimestampPath, Next, Resource string
				Parameters                          map[string]string
				Retry                               []object
				End                                 bool
			}
		}
		source := properties["DefinitionString"].(string)
		require.NoError(t, json.Unmarshal([]byte(source), &definition), id)
		assert.Equal(t, strings.Count(source, "${"), strings.Count(source, "${WorkflowFunctionArn}"), "every placeholder has a value")
		wait := definition.States[definition.StartAt]
		assert.Equal(t, "Wait", wait.Type, id)
		assert.Equal(t, "$.at", wait.TimestampPath, id)
		task := definition.States[wait.Next]
		assert.Equal(t, "arn:aws:states:::lambda:invoke", task.Resource, id)
		assert.Equal(t, map[string]string{"FunctionName": "${WorkflowFunctionArn}", "Payload.$": "$"}, task.Parameters, id)
		assert.NotEmpty(t, task.Retry, id)
		assert.True(t, task.End, id)
		assert.Len(t, definition.States, 2, "each state is a paid transition")
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
}
