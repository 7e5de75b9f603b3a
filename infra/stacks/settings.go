// Package stacks defines what a centre consists of on AWS: a file a stack, or a part of one. It runs at synthesis only;
// what the functions do when they run is no business of it.
package stacks

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"guichet/shared/config"
)

// Settings tell one centre from another.
type Settings struct {
	config.Deployment
	// VoicemailDays is how long the sound of callers' messages is kept; 0: until somebody deletes it.
	VoicemailDays int
	Assets        Assets
}

// Assets are the folders of what is deployed. `make build` fills the first two.
type Assets struct {
	Functions string // <function>/bootstrap, Linux on arm64
	Dashboard string // the static site
	Source    string // where the media node's image is built from: the repository
}

func assetsOf(repository string) Assets {
	return Assets{
		Functions: filepath.Join(repository, "build", "lambda"),
		Dashboard: filepath.Join(repository, "dashboard", "dist"),
		Source:    repository,
	}
}

const (
	centreFile    = "guichet.yaml"
	centreContext = "centre" // in the CDK's context: another file, as in `cdk -c centre=acme.yaml`
)

// FromContext reads the settings from the centre's file, which is the repository's unless the CDK context names another.
// The assets are those of the repository.
func FromContext(node constructs.Node, repository string) (Settings, error) {
	name, named := node.TryGetContext(jsii.String(centreContext)).(string)
	if !named {
		name = filepath.Join(repository, centreFile)
	}
	centre, err := readCentre(name, named)
	if err != nil {
		return Settings{}, fmt.Errorf("read the centre's file: %w", err)
	}
	s := Settings{
		Deployment: centre.Deploy, VoicemailDays: centre.Directory.Settings.VoicemailDays,
		Assets: assetsOf(repository),
	}
	return s, s.Assets.check()
}

// readCentre takes the defaults when there is no file, so that a fresh clone can be synthesized. A file that was named must be there.
func readCentre(name string, named bool) (*config.Centre, error) {
	source, err := os.ReadFile(name) //nolint:gosec // whoever runs it says which
	if errors.Is(err, fs.ErrNotExist) && !named {
		return config.Defaults(), nil
	}
	if err != nil {
		return nil, err
	}
	return config.Parse(name, source)
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
