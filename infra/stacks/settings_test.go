package stacks

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/config"
)

func TestTheCentresFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, centreFile)
	without, err := readCentre(file, false)
	require.NoError(t, err, "a fresh clone can be synthesized")
	assert.Equal(t, config.Defaults(), without)
	_, err = readCentre(file, true)
	require.ErrorIs(t, err, fs.ErrNotExist, "but a file that was named has to be there")

	require.NoError(t, os.WriteFile(file, []byte(acme+"deployment: {prefix: acme}\nretention: {voicemail_days: 7}\n"), 0o600))
	said, err := readCentre(file, false)
	require.NoError(t, err)
	assert.Equal(t, "acme", said.Deploy.Prefix)
	assert.Equal(t, 7, said.Directory.Settings.VoicemailDays)

	require.NoError(t, os.WriteFile(file, []byte(acme+"deployment: {prefix: my-aws}\n"), 0o600))
	_, err = readCentre(file, false)
	assert.ErrorContains(t, err, "deployment.prefix")
}

func TestTheContextNamesAnotherFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	require.NoError(t, writePlaceholders(dir))
	file := filepath.Join(dir, "acme.yaml")
	require.NoError(t, os.WriteFile(file, []byte(acme+"deployment: {prefix: acme}\n"), 0o600))
	kernel.Lock()
	defer kernel.Unlock()
	for _, c := range []struct {
		context map[string]any
		prefix  string
	}{{map[string]any{"centre": file}, "acme"}, {nil, "guichet"}} {
		app := awscdk.NewApp(&awscdk.AppProps{Context: &c.context, AnalyticsReporting: jsii.Bool(false)})
		settings, err := FromContext(app.Node(), dir)
		require.NoError(t, err)
		assert.Equal(t, c.prefix, settings.Prefix)
	}
}

func TestMissingBuildIsSaid(t *testing.T) {
	t.Parallel()
	for _, missing := range []string{"build/lambda/voice/bootstrap", "dashboard/dist/index.html", mediaDockerfile} {
		dir := t.TempDir()
		require.NoError(t, writePlaceholders(dir))
		require.NoError(t, os.Remove(filepath.Join(dir, missing)))
		err := assetsOf(dir).check()
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
