package stacks

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// functions returns the product's functions by name. The other one is the CDK's own, which fills the site.
func functions(t *testing.T) map[string]object {
	t.Helper()
	found := map[string]object{}
	for _, name := range []string{"api", "workflows"} {
		for id, function := range resources(stack(t, name), "AWS::Lambda::Function") {
			for _, known := range functionNames {
				if strings.HasPrefix(id, known) {
					found[known] = function["Properties"].(object)
				}
			}
		}
	}
	require.Len(t, found, len(functionNames))
	return found
}

func TestFunctionsRunOnARMWithinTheirTime(t *testing.T) {
	t.Parallel()
	for name, function := range functions(t) {
		assert.Equal(t, []any{"arm64"}, function["Architectures"], name)
		assert.Equal(t, "provided.al2023", function["Runtime"], name)
		assert.Less(t, function["Timeout"], 60.0, name)
		assert.Contains(t, text(t, function["LoggingConfig"]), name+"log")
	}
	assert.LessOrEqual(t, functions(t)["voice"]["Timeout"], 15.0, "Twilio waits no longer")
}

// X-Ray's price is by the trace: heartbeats would be most of them.
func TestFunctionsAreTracedButForHeartbeats(t *testing.T) {
	t.Parallel()
	for name, function := range functions(t) {
		if name == "realtime" {
			assert.NotContains(t, function, "TracingConfig")
			continue
		}
		assert.Equal(t, object{"Mode": "Active"}, function["TracingConfig"], name)
	}
	for id, machine := range resources(stack(t, "workflows"), "AWS::StepFunctions::StateMachine") {
		assert.Equal(t, object{"Enabled": true}, machine["Properties"].(object)["TracingConfiguration"], id)
	}
}

func TestEnvironment(t *testing.T) {
	t.Parallel()
	dispatching := []string{
		"GUICHET_TABLE", "GUICHET_REALTIME_ENDPOINT", "GUICHET_PUBLIC_URL",
		"GUICHET_MEDIA_KEY_SECRET", "GUICHET_TWILIO_SECRET", "GUICHET_ORIGIN_SECRET",
	}
	connecting := append(slices.Clone(dispatching), "GUICHET_META_SECRET")
	conversing := append(slices.Clone(connecting), "GUICHET_FILES_BUCKET")
	want := map[string][]string{
		"agentapi": conversing, "channelhook": conversing, "realtime": connecting, "workflow": append(slices.Clone(conversing), "GUICHET_CENTRE"),
		"voice": dispatching, "mediahook": dispatching,
		"cards": {"GUICHET_TABLE", "GUICHET_REALTIME_ENDPOINT", "GUICHET_CENTRE"}, "reportapi": {"GUICHET_TABLE", "GUICHET_ORIGIN_SECRET"},
		"stream": {
			"GUICHET_TABLE", "GUICHET_REALTIME_ENDPOINT",
			"GUICHET_RING_WORKFLOW", "GUICHET_WRAPUP_WORKFLOW", "GUICHET_SEND_WORKFLOW", "GUICHET_FETCH_WORKFLOW",
			"GUICHET_CALLBACK_WORKFLOW",
		},
	}
	given := map[string]bool{}
	for name, function := range functions(t) {
		var names []string
		for variable := range function["Environment"].(object)["Variables"].(object) {
			names = append(names, variable)
			given[variable] = true
		}
		assert.ElementsMatch(t, want[name], names, name)
	}
	known := slices.DeleteFunc(parsedBy(t, "../../functions/internal/boot/environment.go"), func(variable string) bool {
		return strings.HasPrefix(variable, "AWS_") // Lambda's own
	})
	assert.ElementsMatch(t, known, slices.Collect(maps.Keys(given)))
}

func TestValuesOfTheEnvironment(t *testing.T) {
	t.Parallel()
	variables := functions(t)["voice"]["Environment"].(object)["Variables"].(object)
	assert.Regexp(t, `^{"Fn::Join":\["",\["https://",{"Fn::ImportValue":"acme-front:.*Distribution.*DomainName.*"}\]\]}$`, text(t, variables["GUICHET_PUBLIC_URL"]))
	assert.Contains(t, text(t, variables["GUICHET_TWILIO_SECRET"]), "acme-data:ExportsOutputReftwilio")
	assert.Regexp(t, `^{"Fn::Join":\["",\["https://".*"\.execute-api\.".*"/realtime"\]\]}$`, text(t, variables["GUICHET_REALTIME_ENDPOINT"]))
}

// parsedBy returns the environment variables that a source file's struct tags name.
func parsedBy(t *testing.T, file string) []string {
	t.Helper()
	source, err := os.ReadFile(file)
	require.NoError(t, err)
	var names []string
	for _, match := range regexp.MustCompile("`env:\"([A-Z_]+)").FindAllStringSubmatch(string(source), -1) {
		names = append(names, match[1])
	}
	require.NotEmpty(t, names)
	return names
}
