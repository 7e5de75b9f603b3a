package stacks

import (
	"encoding/json"
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write testdata/functions.json")

// deployed is what the templates say of one function. functions/internal/boottest starts the function with it: the CDK is not
// compiled there.
type deployed struct {
	Handler        string  `json:"handler"`
	MemoryMiB      float64 `json:"memoryMiB"`
	TimeoutSeconds float64 `json:"timeoutSeconds"`
	// Environment has, in place of what AWS knows when it deploys, a stack's construct and what of it: ${data.Table}.
	Environment map[string]string `json:"environment"`
}

// go test ./infra/stacks -run TestFunctionsFile -update
func TestFunctionsFile(t *testing.T) {
	t.Parallel()
	all := map[string]deployed{}
	for name, function := range functions(t) {
		d := deployed{
			Handler: function["Handler"].(string), MemoryMiB: function["MemorySize"].(float64), TimeoutSeconds: function["Timeout"].(float64),
			Environment: map[string]string{},
		}
		for variable, value := range function["Environment"].(object)["Variables"].(object) {
			d.Environment[variable] = resolved(t, "", value)
		}
		all[name] = d
	}
	got, err := json.MarshalIndent(all, "", "  ")
	require.NoError(t, err)
	if *update {
		require.NoError(t, os.WriteFile("testdata/functions.json", append(got, '\n'), 0o600))
	}
	want, err := os.ReadFile("testdata/functions.json")
	require.NoError(t, err)
	assert.JSONEq(t, string(want), string(got), "run this test with -update, then the tests of functions/internal/boottest")
}

// resolved writes a value of a stack's template as text. What stacks tell each other is looked up where it comes from.
func resolved(t *testing.T, in string, value any) string {
	t.Helper()
	part, ok := value.(object)
	if !ok {
		return value.(string)
	}
	for kind, of := range part {
		switch kind {
		case "Ref":
			name := of.(string)
			if strings.HasPrefix(name, "AWS::") {
				return "${" + name + "}"
			}
			return "${" + in + "." + construct(name) + "}"
		case "Fn::GetAtt":
			list := of.([]any)
			return "${" + in + "." + construct(list[0].(string)) + "." + list[1].(string) + "}"
		case "Fn::Join":
			list := of.([]any)
			var parts []string
			for _, p := range list[1].([]any) {
				parts = append(parts, resolved(t, in, p))
			}
			return strings.Join(parts, list[0].(string))
		case "Fn::ImportValue":
			return exported(t, of.(string))
		}
	}
	require.Fail(t, "not understood", "%v", value)
	return ""
}

// exported is the value that a stack exports under a name.
func exported(t *testing.T, name string) string {
	t.Helper()
	templates, err := center()
	require.NoError(t, err)
	for stackName, template := range templates {
		outputs, _ := template["Outputs"].(object)
		for _, o := range outputs {
			output := o.(object)
			if export, ok := output["Export"].(object); ok && export["Name"] == name {
				return resolved(t, stackName, output["Value"])
			}
		}
	}
	require.Fail(t, "no stack exports it", name)
	return ""
}

// logicalID is a construct's name with the hash that the CDK appends.
var logicalID = regexp.MustCompile(`^(.+)[0-9A-F]{8}$`)

func construct(id string) string { return logicalID.ReplaceAllString(id, "$1") }
