// Package child runs another program as a child that can't outlive its parent, however the parent ends.
// It is for the local runner and for tests; it restarts nothing.
package child

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"time"
)

// guard runs the program in the shell's place, beside a watcher that holds the reading end of a pipe. The parent
// holds the writing end, so the watcher reads to the end when the parent has gone, kill -9 included, and then ends
// the whole process group. Linux's parent-death signal would do it for one system only, and fires when a
// thread of the parent ends (https://go.dev/issue/27505).
const guard = `exec 3<&0
(read -r never <&3; kill -KILL 0) >/dev/null 2>&1 &
exec "$@" </dev/null 3<&-`

// Spec says what to run.
type Spec struct {
	// Name appears in errors, such as "DynamoDB Local".
	Name string
	// Path is the program, Args its arguments.
	Path string
	Args []string
	// Dir is the working folder; empty is the parent's.
	Dir string
	// Env is added to the parent's environment.
	Env []string
	// Grace is how long Stop waits after SIGTERM before it kills; zero is three seconds.
	Grace time.Duration
}

// Process is a running child.
type Process struct {
	spec   Spec
	cmd    *exec.Cmd
	alive  io.Closer
	output *tail
	done   chan struct{}
	err    error
	stop   sync.Once
}

// Start runs the program in a process group of its own, so that Ctrl-C in a terminal reaches the parent alone,
// which then stops its children in order.
func Start(spec Spec) (*Process, error) {
	if spec.Grace == 0 {
		spec.Grace = 3 * time.Second
	}
	cmd := exec.Command("/bin/sh", append([]string{"-c", guard, "guard", spec.Path}, spec.Args...)...)
	cmd.Dir = spec.Dir
	cmd.Env = append(os.Environ(), spec.Env...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	output := &tail{limit: 8 << 10}
	cmd.Stdout, cmd.Stderr = output, output
	alive, err := cmd.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("start %s: %w", spec.Name, err)
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", spec.Name, err)
	}
	p := &Process{spec: spec, cmd: cmd, alive: alive, output: output, done: make(chan struct{})}
	go p.wait()
	return p, nil
}

func (p *Process) wait() {
	p.err = p.cmd.Wait()
	_ = p.alive.Close()
	close(p.done)
}

// Done is closed when the child has ended.
func (p *Process) Done() <-chan struct{} { return p.done }

// Pid is the child's process id.
func (p *Process) Pid() int { return p.cmd.Process.Pid }

// Output is the end of what the child has printed.
func (p *Process) Output() string { return p.output.String() }

// Err tells how the child ended, with the end of what it printed; it is nil while the child runs.
func (p *Process) Err() error {
	select {
	case <-p.done:
	default:
		return nil
	}
	reason := "exit status 0"
	if p.err != nil {
		reason = p.err.Error()
	}
	return fmt.Errorf("%s ended (%s): %s", p.spec.Name, reason, p.Output())
}

// Stop asks the child to end, waits, and kills it and whatever it started after the grace period.
func (p *Process) Stop() {
	p.stop.Do(func() {
		p.signal(syscall.SIGTERM)
		timer := time.NewTimer(p.spec.Grace)
		defer timer.Stop()
		select {
		case <-p.done:
		case <-timer.C:
			slog.Warn("killing a child that did not stop", "component", "child", "name", p.spec.Name)
		}
		p.signal(syscall.SIGKILL)
		<-p.done
	})
}

// signal goes to the child's group, so that it reaches what the child started too.
func (p *Process) signal(s syscall.Signal) {
	if err := syscall.Kill(-p.Pid(), s); err != nil && !errors.Is(err, syscall.ESRCH) {
		slog.Warn("signal a child", "component", "child", "name", p.spec.Name, "error", err)
	}
}

// Await calls ready until it says true, the child ends, or the context does.
func (p *Process) Await(ctx context.Context, ready func(context.Context) bool) error {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for !ready(ctx) {
		select {
		case <-p.done:
			return p.Err()
		case <-ctx.Done():
			return fmt.Errorf("wait for %s: %w: %s", p.spec.Name, ctx.Err(), p.Output())
		case <-tick.C:
		}
	}
	return nil
}

// tail keeps the last bytes that were written to it.
type tail struct {
	mu    sync.Mutex
	limit int
	kept  []byte
}

func (t *tail) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.kept = append(t.kept, b...)
	if extra := len(t.kept) - t.limit; extra > 0 {
		t.kept = append(t.kept[:0], t.kept[extra:]...)
	}
	return len(b), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(t.kept)
}
