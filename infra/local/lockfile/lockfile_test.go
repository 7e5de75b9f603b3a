package lockfile_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/infra/local/lockfile"
)

func TestTry(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "lock")
	first, err := lockfile.Try(path, "process 12 on port 8080")
	require.NoError(t, err)

	_, err = lockfile.Try(path, "process 13")
	var held *lockfile.HeldError
	require.ErrorAs(t, err, &held)
	assert.Equal(t, "process 12 on port 8080", held.Holder)

	require.NoError(t, first.Release())
	second, err := lockfile.Try(path, "13")
	require.NoError(t, err)
	require.NoError(t, second.Release())
}

func TestWaitLetsOneInAtATime(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "lock")
	first, err := lockfile.Wait(path)
	require.NoError(t, err)

	order := make(chan string, 2)
	done := make(chan error, 1)
	go func() {
		second, err := lockfile.Wait(path)
		order <- "second"
		if err == nil {
			err = second.Release()
		}
		done <- err
	}()
	order <- "first"
	require.NoError(t, first.Release())
	require.NoError(t, <-done)
	assert.Equal(t, "first", <-order)
}

func TestLockNeedsItsFolder(t *testing.T) {
	t.Parallel()
	_, err := lockfile.Wait(filepath.Join(t.TempDir(), "absent", "lock"))
	assert.ErrorContains(t, err, "open lock")
}
