package messaging

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"
)

// keepInterval is how often changes are written to the file, at most.
const keepInterval = time.Second

// keep writes the threads to the file whenever they have changed, and in the end.
func (b *Book) keep(ctx context.Context) {
	changes, stop := b.Follow()
	defer stop()
	for done := false; !done; {
		select {
		case <-ctx.Done():
			done = true
		case <-changes:
			select {
			case <-ctx.Done(): // once more, for what came since
				done = true
			case <-time.After(keepInterval):
			}
		}
		if err := b.save(); err != nil {
			b.log.Error("threads not kept", "error", err)
		}
	}
}

func (b *Book) save() error {
	threads, _ := b.Since(0)
	raw, err := json.Marshal(threads)
	if err != nil {
		return fmt.Errorf("encode the threads: %w", err)
	}
	// A run that dies while it writes leaves the old file.
	if err := os.WriteFile(b.file+".new", raw, 0o600); err != nil {
		return fmt.Errorf("keep the threads: %w", err)
	}
	if err := os.Rename(b.file+".new", b.file); err != nil {
		return fmt.Errorf("keep the threads: %w", err)
	}
	return nil
}

func (b *Book) restore() error {
	if b.file == "" {
		return nil
	}
	raw, err := os.ReadFile(b.file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var threads []*Thread
	if err == nil {
		err = json.Unmarshal(raw, &threads)
	}
	if err != nil {
		return fmt.Errorf("read the threads of the last run: %w", err)
	}
	for _, t := range threads {
		b.threads[t.ID] = t
		b.order = append(b.order, t.ID)
		b.changed(t)
	}
	return nil
}
