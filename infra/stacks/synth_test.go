package stacks

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/assertions"
	"github.com/aws/jsii-runtime-go"
	"github.com/stretchr/testify/require"
)

// object is a part of a template.
type object = map[string]any

// center has the templates by the name of the stack without its prefix. They are made once: a synthesis starts a Node
// process and takes seconds. Making them also proves that no stack needs one that needs it.
var center = sync.OnceValues(func() (map[string]object, error) { return synth("acme", alarmsTo) })

// alarmsTo is whom the centre's alarms tell.
const alarmsTo = "operations@acme.example"

func TestMain(m *testing.M) {
	code := m.Run()
	jsii.Close()
	os.Exit(code)
}

func synth(prefix, alarmsTo string) (map[string]object, error) {
	dir, err := os.MkdirTemp("", "guichet-synth-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	context, err := cdkContext(prefix)
	if err != nil {
		return nil, err
	}
	app := awscdk.NewApp(&awscdk.AppProps{
		Context: &context, Outdir: jsii.String(filepath.Join(dir, "cdk.out")), AnalyticsReporting: jsii.Bool(false),
	})
	if err := writePlaceholders(dir); err != nil {
		return nil, err
	}
	settings, err := FromContext(app.Node(), dir)
	if err != nil {
		return nil, err
	}
	settings.AlarmsTo = alarmsTo
	AddCenter(app, settings)
	templates := map[string]object{}
	for _, child := range *app.Node().Children() {
		stack, ok := child.(awscdk.Stack)
		if !ok {
			continue
		}
		// Through JSON and back, since jsii hands out maps of its own making.
		text, err := json.Marshal(assertions.Template_FromStack(stack, nil).ToJSON())
		if err != nil {
			return nil, err
		}
		var template object
		if err := json.Unmarshal(text, &template); err != nil {
			return nil, err
		}
		templates[strings.TrimPrefix(*stack.StackName(), prefix+"-")] = template
	}
	return templates, nil
}

// cdkContext is that of cdk.json, whose flags shape the templates, for another prefix.
func cdkContext(prefix string) (map[string]any, error) {
	text, err := os.ReadFile("../../cdk.json")
	if err != nil {
		return nil, err
	}
	var file struct{ Context map[string]any }
	if err := json.Unmarshal(text, &file); err != nil {
		return nil, fmt.Errorf("cdk.json: %w", err)
	}
	file.Context["prefix"] = prefix
	return file.Context, nil
}

// writePlaceholders stands in for `make build`.
func writePlaceholders(dir string) error {
	files := []string{"go.mod", "go.sum", mediaDockerfile, "shared/mediaapi/ticket.go", "dashboard/dist/index.html"}
	for _, name := range functionNames {
		files = append(files, "build/lambda/"+name+"/bootstrap")
	}
	for _, name := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(name), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// stack returns the template of one stack.
func stack(t *testing.T, name string) object {
	t.Helper()
	templates, err := center()
	require.NoError(t, err)
	require.Contains(t, templates, name)
	return templates[name]
}

// resources returns the resources of a type, by logical id.
func resources(template object, kind string) map[string]object {
	found := map[string]object{}
	for id, r := range template["Resources"].(object) {
		if resource := r.(object); resource["Type"] == kind {
			found[id] = resource
		}
	}
	return found
}

// only returns the properties of the one resource of a type.
func only(t *testing.T, template object, kind string) object {
	t.Helper()
	found := resources(template, kind)
	require.Len(t, found, 1, kind)
	for _, resource := range found {
		return resource["Properties"].(object)
	}
	return nil
}

// text is the JSON of a part of a template, for looking into what references make of a string.
func text(t *testing.T, part any) string {
	t.Helper()
	out, err := json.Marshal(part)
	require.NoError(t, err)
	return string(out)
}
