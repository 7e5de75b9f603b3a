package stacks

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The image is built where it is deployed: that it has all its sources must be known before.
func TestTheImageHasWhatTheNodeImports(t *testing.T) {
	t.Parallel()
	repository := filepath.Join("..", "..")
	dockerfile, err := os.ReadFile(filepath.Join(repository, mediaDockerfile))
	require.NoError(t, err)
	var copied []string
	for line := range strings.Lines(string(dockerfile)) {
		words := strings.Fields(line)
		if len(words) > 2 && words[0] == "COPY" && !strings.HasPrefix(words[1], "--from") {
			copied = append(copied, words[1:len(words)-1]...)
		}
	}
	assert.ElementsMatch(t, mediaSources, copied, "what the Dockerfile copies is what it is given")

	list := exec.CommandContext(t.Context(), "go", "list", "-deps", "-f", "{{if not .Standard}}{{.ImportPath}}{{end}}", "./media-node")
	list.Dir = repository
	list.Env = append(os.Environ(), "GOOS=linux", "GOARCH=arm64", "CGO_ENABLED=0")
	imported, err := list.Output()
	require.NoError(t, err)
	needed := []string{"go.mod", "go.sum"}
	for _, path := range strings.Fields(string(imported)) {
		folder, ours := strings.CutPrefix(path, "guichet/")
		if !ours {
			continue
		}
		source := slices.IndexFunc(mediaSources, func(s string) bool { return folder == s || strings.HasPrefix(folder, s+"/") })
		if assert.GreaterOrEqual(t, source, 0, "%s is not in the image", folder) && !slices.Contains(needed, mediaSources[source]) {
			needed = append(needed, mediaSources[source])
		}
		assert.NotContains(t, folder, "media-node/bench", "which the image is not given")
	}
	assert.ElementsMatch(t, mediaSources, needed, "and nothing that it does not need")
}
