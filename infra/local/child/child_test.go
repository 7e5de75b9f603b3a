package child_test

import (
	"context"
	"io"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/infra/local/child"
)

// TestParent is no test: TestKilledParentLeavesNoChild runs it in a process of its own.
func TestParent(t *testing.T) {
	if os.Getenv("CHILD_TEST_PARENT") == "" {
		t.Skip("only as a subprocess")
	}
	script := "exec 4>" + os.Getenv("CHILD_TEST_FIFO") + "; echo up >&4; sleep 600 & sleep 600"
	_, err := child.Start(child.Spec{Name: "sleeper", Path: "/bin/sh", Args: []string{"-c", script}})
	require.NoError(t, err)
	select {}
}

func TestKilledParentLeavesNoChild(t *testing.T) {
	t.Parallel()
	fifo := t.TempDir() + "/alive"
	require.NoError(t, exec.Command("mkfifo", fifo).Run())
	parent := exec.Command(os.Args[0], "-test.run=^TestParent$")
	parent.Env = append(os.Environ(), "CHILD_TEST_PARENT=1", "CHILD_TEST_FIFO="+fifo)
	require.NoError(t, parent.Start())

	// Opening waits for the child, and reading ends when the last process that holds the other end has gone.
	alive, err := os.Open(fifo)
	require.NoError(t, err)
	defer func() { _ = alive.Close() }()
	up := make([]byte, 3)
	_, err = io.ReadFull(alive, up)
	require.NoError(t, err)

	require.NoError(t, parent.Process.Kill())
	assert.Error(t, parent.Wait())
	rest, err := io.ReadAll(alive)
	require.NoError(t, err)
	assert.Empty(t, rest)
}

func TestStopEndsTheWholeGroup(t *testing.T) {
	t.Parallel()
	p, err := child.Start(child.Spec{Name: "sleeper", Path: "/bin/sh", Args: []string{"-c", "sleep 600 & sleep 600"}})
	require.NoError(t, err)
	assert.NoError(t, p.Err())
	p.Stop()
	p.Stop()
	<-p.Done()
	assert.ErrorContains(t, p.Err(), "sleeper ended")
}

func TestStopKillsWhatIgnoresTheRequest(t *testing.T) {
	t.Parallel()
	p, err := child.Start(child.Spec{
		Name: "stubborn", Path: "/bin/sh", Args: []string{"-c", "trap '' TERM; echo ready; sleep 600; sleep 600"}, Grace: 50 * time.Millisecond,
	})
	require.NoError(t, err)
	require.NoError(t, p.Await(t.Context(), func(context.Context) bool { return p.Output() == "ready\n" }))
	p.Stop()
	assert.ErrorContains(t, p.Err(), "killed")
}

func TestAwaitTellsWhatTheChildPrintedLast(t *testing.T) {
	t.Parallel()
	p, err := child.Start(child.Spec{Name: "failing", Path: "/bin/sh", Args: []string{"-c", "echo no such jar >&2; exit 3"}})
	require.NoError(t, err)
	err = p.Await(t.Context(), func(context.Context) bool { return false })
	assert.ErrorContains(t, err, "failing ended (exit status 3): no such jar")
}
