package stacks

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPrefixesThatNamesCanBeginWith(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	require.NoError(t, writePlaceholders(dir))
	for prefix, accepted := range map[string]bool{
		"guichet": true, "a1": true, "acme-paris-2": true, "abcdefghijklmnopqrst": true,
		"": false, "a": false, "1st": false, "Acme": false, "acme-": false, "acme_paris": false,
		"abcdefghijklmnopqrstu": false, "my-aws": false, "amazonia": false, "cognito": false,
	} {
		_, err := newSettings(prefix, dir)
		assert.Equal(t, accepted, err == nil, "%q: %v", prefix, err)
	}
}

func TestMissingBuildIsSaid(t *testing.T) {
	t.Parallel()
	for _, missing := range []string{"build/lambda/voice/bootstrap", "dashboard/dist/index.html", mediaDockerfile} {
		dir := t.TempDir()
		require.NoError(t, writePlaceholders(dir))
		require.NoError(t, os.Remove(filepath.Join(dir, missing)))
		_, err := newSettings("acme", dir)
		assert.ErrorContains(t, err, missing)
		assert.ErrorContains(t, err, "make build")
	}
}

func TestEveryFunctionHasABootstrap(t *testing.T) {
	t.Parallel()
	mains, err := filepath.Glob("../../functions/*/lambda/main.go")
	require.NoError(t, err)
	var names []string
	for _, main := range mains {
		names = append(names, filepath.Base(filepath.Dir(filepath.Dir(main))))
	}
	assert.Equal(t, names, functionNames)
}
