package boottest

import (
	"encoding/json"
	"strings"

	"github.com/stretchr/testify/require"

	"guichet/infra/workflows"
)

// taskToken is what Step Functions gives a task that waits to be told (https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html).
const taskToken = "AQCEAAAAKgAAAAMAAAAAAAAAAUxh0lR8Y1Vf"

// task is the event that a state of a state machine makes of its execution's input, as its own file says.
func (w *world) task(machine, state string, input []byte) []byte {
	w.t.Helper()
	source, err := workflows.Definitions.ReadFile(machine + ".asl.json")
	require.NoError(w.t, err)
	var definition struct {
		States map[string]struct{ Parameters map[string]any }
	}
	require.NoError(w.t, json.Unmarshal(source, &definition))
	parameters := definition.States[state].Parameters
	require.Equal(w.t, "${WorkflowFunctionArn}", parameters["FunctionName"])
	var given any
	require.NoError(w.t, json.Unmarshal(input, &given))
	event, err := json.Marshal(w.filled(parameters, given).(map[string]any)["Payload"])
	require.NoError(w.t, err)
	return event
}

// filled is a payload template with its paths followed (https://docs.aws.amazon.com/step-functions/latest/dg/input-output-inputpath-params.html).
func (w *world) filled(template, input any) any {
	fields, ok := template.(map[string]any)
	if !ok {
		return template
	}
	out := map[string]any{}
	for name, value := range fields {
		if plain, isPath := strings.CutSuffix(name, ".$"); isPath {
			out[plain] = w.follow(value.(string), input)
		} else {
			out[name] = w.filled(value, input)
		}
	}
	return out
}

func (w *world) follow(path string, input any) any {
	if path == "$$.Task.Token" {
		return taskToken
	}
	names := strings.Split(path, ".")
	require.Equal(w.t, "$", names[0], path)
	for _, name := range names[1:] {
		fields, ok := input.(map[string]any)
		require.True(w.t, ok && fields[name] != nil, "the input has no %s", path)
		input = fields[name]
	}
	return input
}
