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
var center = sync.OnceValues(func() (map[string]object, error) {
	made, err := synth("deployment: {prefix: acme, region: eu-west-3, alarms_to: " + alarmsTo + "}")
	return made.templates, err
})

// alarmsTo is whom the centre's alarms tell. The other centre has none.
const alarmsTo = "operations@acme.example"

// other is a centre of which everything is otherwise that its file can say, in a Region that the file does not say.
var other = sync.OnceValues(func() (synthesis, error) {
	return synth(`retention: {voicemail_days: 0}
deployment:
  prefix: acme
  domain: contact.acme.example
  certificate: ` + otherCertificate + `
  sign_in_with: [Entra]
  mfa: optional
  encryption: own
  concurrency: 100
  media: {least: 1, most: 3, hours: {mon-tue: ["08:00-18:30"]}}
`)
})

const otherCertificate = "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555"

// synthesis is what the CDK makes of a centre.
type synthesis struct {
	templates map[string]object
	warnings  []string
}

// kernel is held by whoever speaks with the CDK's process, which takes one at a time.
var kernel sync.Mutex

func TestMain(m *testing.M) {
	code := m.Run()
	jsii.Close()
	os.Exit(code)
}

// synth makes the templates of a centre whose file ends as given.
func synth(file string) (made synthesis, err error) {
	kernel.Lock()
	defer kernel.Unlock()
	dir, err := os.MkdirTemp("", "guichet-synth-")
	if err != nil {
		return made, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	context, err := cdkContext()
	if err != nil {
		return made, err
	}
	app := awscdk.NewApp(&awscdk.AppProps{
		Context: &context, Outdir: jsii.String(filepath.Join(dir, "cdk.out")), AnalyticsReporting: jsii.Bool(false),
	})
	if err := writePlaceholders(dir); err != nil {
		return made, err
	}
	if err := os.WriteFile(filepath.Join(dir, centreFile), []byte(acme+file), 0o600); err != nil {
		return made, err
	}
	settings, err := FromContext(app.Node(), dir)
	if err != nil {
		return made, err
	}
	AddCenter(app, settings)
	made.templates = map[string]object{}
	for _, child := range *app.Node().Children() {
		stack, ok := child.(awscdk.Stack)
		if !ok {
			continue
		}
		// Through JSON and back, since jsii hands out maps of its own making.
		text, err := json.Marshal(assertions.Template_FromStack(stack, nil).ToJSON())
		if err != nil {
			return made, err
		}
		var template object
		if err := json.Unmarshal(text, &template); err != nil {
			return made, err
		}
		made.templates[strings.TrimPrefix(*stack.StackName(), "acme-")] = template
		made.warnings = append(made.warnings, warnings(stack)...)
	}
	return made, nil
}

// acme is a centre's file as short as can be.
const acme = "name: Acme\nlanguage: en\ntime_zone: Europe/Paris\ncalls: {country: FR}\n"

// warnings are what the CDK prints of a stack at its synthesis.
func warnings(stack awscdk.Stack) []string {
	var said []string
	for _, entry := range *stack.Node().Metadata() {
		if *entry.Type == "aws:cdk:warning" {
			said = append(said, fmt.Sprint(entry.Data))
		}
	}
	return said
}

// cdkContext is that of cdk.json, whose flags shape the templates.
func cdkContext() (map[string]any, error) {
	text, err := os.ReadFile("../../cdk.json")
	if err != nil {
		return nil, err
	}
	var file struct{ Context map[string]any }
	if err := json.Unmarshal(text, &file); err != nil {
		return nil, fmt.Errorf("cdk.json: %w", err)
	}
	return file.Context, nil
}

// writePlaceholders stands in for `make build`.
func writePlaceholders(dir string) error {
	files := []string{"go.mod", "go.sum", mediaDockerfile, "shared/mediaapi/ticket.go", "shared/wav/wav.go", "dashboard/dist/index.html"}
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

// otherStack returns the template of one stack of the other centre.
func otherStack(t *testing.T, name string) object {
	t.Helper()
	made, err := other()
	require.NoError(t, err)
	require.Contains(t, made.templates, name)
	return made.templates[name]
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
