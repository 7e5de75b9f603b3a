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
		_, err := newSettings(prefix, 0, dir)
		assert.Equal(t, accepted, err == nil, "%q: %v", prefix, err)
	}
}

func TestDaysOfVoicemail(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		value any
		want  int
		fails bool
	}{
		{nil, 30, false},
		{60.0, 60, false},
		{"7", 7, false},
		{"0", 0, false},
		{3650, 3650, false},
		{"", 0, true},
		{"-1", 0, true},
		{"3651", 0, true},
		{"1.5", 0, true},
		{"a week", 0, true},
	} {
		days, err := voicemailDays(tc.value)
		assert.Equal(t, tc.want, days, "%v", tc.value)
		assert.Equal(t, tc.fails, err != nil, "%v", tc.value)
	}
	assert.Len(t, *lifecycle(Settings{}), 1, "0: no rule takes them away")
}

func TestMissingBuildIsSaid(t *testing.T) {
	t.Parallel()
	for _, missing := range []string{"build/lambda/voice/bootstrap", "dashboard/dist/index.html", mediaDockerfile} {
		dir := t.TempDir()
		require.NoError(t, writePlaceholders(dir))
		require.NoError(t, os.Remove(filepath.Join(dir, missing)))
		_, err := newSettings("acme", 0, dir)
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
