package boottest

import (
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// repository is the folder of the Makefile.
const repository = "../../.."

// recipe is how the Makefile builds a bootstrap, for another machine than this one.
var recipe = regexp.MustCompile(`(?m)^\tCGO_ENABLED=0 GOOS=linux GOARCH=arm64 go build .*$`)

var built struct {
	mu    sync.Mutex
	dir   string
	paths map[string]string
}

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "guichet-bootstraps-")
	if err != nil {
		panic(err)
	}
	built.dir, built.paths = dir, map[string]string{}
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

// bootstrap builds a function once, as it is deployed but for the processor.
func bootstrap(t *testing.T, name string) string {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("bootstraps are programs for Linux")
	}
	built.mu.Lock()
	defer built.mu.Unlock()
	if path := built.paths[name]; path != "" {
		return path
	}
	makefile, err := os.ReadFile(repository + "/Makefile")
	require.NoError(t, err)
	found := recipe.Find(makefile)
	require.NotNil(t, found, "the Makefile has no recipe of a bootstrap")
	path := filepath.Join(built.dir, name)
	// -trimpath only shortens the names of files in stack traces, and would have every package compiled once more.
	here := strings.NewReplacer("GOARCH=arm64", "GOARCH="+runtime.GOARCH, " -trimpath", "", "$@", path, "$*", name)
	line := here.Replace(string(found))
	command := exec.CommandContext(t.Context(), "sh", "-c", line) //nolint:gosec // the Makefile's own
	command.Dir = repository
	output, err := command.CombinedOutput()
	require.NoError(t, err, "%s", output)
	built.paths[name] = path
	return path
}

// deployed is what the templates say of a function: infra/stacks holds the file to them.
type deployed struct {
	Handler        string
	MemoryMiB      float64
	TimeoutSeconds float64
	Environment    map[string]string
}

func allDeployed(t *testing.T) map[string]deployed {
	t.Helper()
	text, err := os.ReadFile(repository + "/infra/stacks/testdata/functions.json")
	require.NoError(t, err)
	var all map[string]deployed
	require.NoError(t, json.Unmarshal(text, &all))
	return all
}

// triggers are the tests of the functions: each is started here.
var triggers = map[string]func(*world){
	"agentapi": agentAPI, "cards": cards, "channelhook": channelHook, "mediahook": mediaHook, "realtime": realtime,
	"reportapi": reportAPI, "stream": stream, "voice": voice, "workflow": workflow,
}

func TestBootstraps(t *testing.T) {
	t.Parallel()
	for name, test := range triggers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(newWorld(t))
		})
	}
}

func TestEveryFunctionIsStarted(t *testing.T) {
	t.Parallel()
	mains, err := filepath.Glob(repository + "/functions/*/lambda/main.go")
	require.NoError(t, err)
	var names []string
	for _, main := range mains {
		names = append(names, filepath.Base(filepath.Dir(filepath.Dir(main))))
	}
	assert.Equal(t, names, slices.Sorted(maps.Keys(triggers)))
	assert.Equal(t, names, slices.Sorted(maps.Keys(allDeployed(t))))
}
