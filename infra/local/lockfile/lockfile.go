// Package lockfile makes processes take turns by locking a file. The system lets go of the lock when its holder
// ends, however it ends, so that no stale lock is left.
package lockfile

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"
)

// HeldError says that another process holds the lock.
type HeldError struct {
	// Path is the locked file, Holder what its holder wrote in it.
	Path, Holder string
}

func (e *HeldError) Error() string {
	return fmt.Sprintf("%s is locked by %s", e.Path, e.Holder)
}

// Lock is a held lock.
type Lock struct{ file *os.File }

// Wait takes the lock, waiting for as long as another process holds it.
func Wait(path string) (*Lock, error) {
	return take(path, "", syscall.LOCK_EX)
}

// Try takes the lock and writes holder into it for others to read, or fails at once with a HeldError.
func Try(path, holder string) (*Lock, error) {
	return take(path, holder, syscall.LOCK_EX|syscall.LOCK_NB)
}

func take(path, holder string, how int) (*Lock, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open lock: %w", err)
	}
	if err := flock(file, how); err != nil {
		_ = file.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			written, _ := os.ReadFile(path)
			return nil, &HeldError{Path: path, Holder: strings.TrimSpace(string(written))}
		}
		return nil, fmt.Errorf("lock %s: %w", path, err)
	}
	if err := write(file, holder); err != nil {
		_ = file.Close()
		return nil, fmt.Errorf("write lock %s: %w", path, err)
	}
	return &Lock{file: file}, nil
}

// flock is interrupted by the signals that the Go runtime sends to its own threads.
func flock(file *os.File, how int) error {
	for {
		err := syscall.Flock(int(file.Fd()), how)
		if !errors.Is(err, syscall.EINTR) {
			return err
		}
	}
}

func write(file *os.File, holder string) error {
	if err := file.Truncate(0); err != nil {
		return err
	}
	_, err := file.WriteAt([]byte(holder), 0)
	return err
}

// Release lets the next one have the lock.
func (l *Lock) Release() error {
	if err := l.file.Close(); err != nil {
		return fmt.Errorf("release lock: %w", err)
	}
	return nil
}
