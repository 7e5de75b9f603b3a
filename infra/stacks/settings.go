// Package stacks defines what a centre consists of on AWS: a file a stack, or a part of one. It runs at synthesis only;
// what the functions do when they run is no business of it.
package stacks

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
)

// Settings tell one centre from another.
type Settings struct {
	// Prefix begins the name of everything, so that several centres fit one account.
	Prefix string
	// VoicemailDays is how long the sound of callers' messages is kept; 0: until somebody deletes it.
	VoicemailDays int
	// AlarmsTo is the e-mail address that is told of alarms; without one there are none.
	AlarmsTo string
	Assets   Assets
}

// Assets are the folders of what is deployed. `make build` fills the first two.
type Assets struct {
	Functions string // <function>/bootstrap, Linux on arm64
	Dashboard string // the static site
	Source    string // where the media node's image is built from: the repository
}

// validPrefix leaves room for what is appended: a Cognito domain has 63 characters, an account 12.
var validPrefix = regexp.MustCompile(`^[a-z][a-z0-9-]{0,18}[a-z0-9]$`)

// FromContext reads the settings from the CDK context (cdk.json or `-c name=value`), the assets from the repository.
func FromContext(node constructs.Node, repository string) (Settings, error) {
	prefix, _ := node.TryGetContext(jsii.String("prefix")).(string)
	days, err := voicemailDays(node.TryGetContext(jsii.String("voicemailDays")))
	if err != nil {
		return Settings{}, err
	}
	return newSettings(prefix, days, repository)
}

const (
	defaultVoicemailDays = 30
	mostVoicemailDays    = 3650
)

// voicemailDays reads what cdk.json has as a number, and the command line as text.
func voicemailDays(value any) (int, error) {
	if value == nil {
		return defaultVoicemailDays, nil
	}
	text := fmt.Sprint(value)
	days, err := strconv.Atoi(text)
	if err != nil || days < 0 || days > mostVoicemailDays {
		return 0, fmt.Errorf("context voicemailDays %q: want 0 to %d days; 0 keeps messages until they are deleted", text, mostVoicemailDays)
	}
	return days, nil
}

func newSettings(prefix string, days int, repository string) (Settings, error) {
	s := Settings{
		Prefix: prefix, VoicemailDays: days,
		Assets: Assets{
			Functions: filepath.Join(repository, "build", "lambda"),
			Dashboard: filepath.Join(repository, "dashboard", "dist"),
			Source:    repository,
		},
	}
	if !validPrefix.MatchString(s.Prefix) {
		return s, fmt.Errorf("context prefix %q: want 2 to 20 of a-z, 0-9 and -, beginning with a letter", s.Prefix)
	}
	for _, reserved := range []string{"aws", "amazon", "cognito"} { // Cognito refuses them in a domain
		if strings.Contains(s.Prefix, reserved) {
			return s, fmt.Errorf("context prefix %q: must not contain %q", s.Prefix, reserved)
		}
	}
	return s, s.Assets.check()
}

// check tells what to do about a missing build better than the CDK would.
func (a Assets) check() error {
	want := []string{filepath.Join(a.Dashboard, "index.html"), filepath.Join(a.Source, mediaDockerfile)}
	for _, name := range functionNames {
		want = append(want, filepath.Join(a.Functions, name, "bootstrap"))
	}
	for _, file := range want {
		if _, err := os.Stat(file); err != nil {
			return fmt.Errorf("%w: run `make build` first", err)
		}
	}
	return nil
}
