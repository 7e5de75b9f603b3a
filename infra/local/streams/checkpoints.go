package streams

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"sync"
)

// checkpoint is how far a shard was read.
type checkpoint struct {
	// After is the sequence number of the last record that was taken.
	After string `json:"after,omitempty"`
	// Finished is true when the shard is closed and read to its end.
	Finished bool `json:"finished,omitempty"`
}

// Checkpoints remembers how far each shard was read, in a file. A crash between a batch and its checkpoint gives the
// batch again, which functions must expect on AWS too.
type Checkpoints struct {
	path string

	mu     sync.Mutex
	shards map[string]checkpoint
}

// OpenCheckpoints reads the file, which need not exist.
func OpenCheckpoints(path string) (*Checkpoints, error) {
	c := &Checkpoints{path: path, shards: map[string]checkpoint{}}
	content, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return c, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read checkpoints: %w", err)
	}
	if err := json.Unmarshal(content, &c.shards); err != nil {
		return nil, fmt.Errorf("read checkpoints in %s: %w", path, err)
	}
	return c, nil
}

func (c *Checkpoints) of(shard string) checkpoint {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.shards[shard]
}

func (c *Checkpoints) advance(shard, after string) error {
	return c.change(func() bool {
		c.shards[shard] = checkpoint{After: after}
		return true
	})
}

func (c *Checkpoints) finish(shard string) error {
	return c.change(func() bool {
		c.shards[shard] = checkpoint{After: c.shards[shard].After, Finished: true}
		return true
	})
}

// keep forgets all shards but these.
func (c *Checkpoints) keep(shards []string) error {
	return c.change(func() bool {
		before := len(c.shards)
		for id := range c.shards {
			if !slices.Contains(shards, id) {
				delete(c.shards, id)
			}
		}
		return len(c.shards) != before
	})
}

// change writes the file anew when the change says that there was one; a reader sees the old or the new file whole.
func (c *Checkpoints) change(apply func() bool) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !apply() {
		return nil
	}
	content, err := json.Marshal(c.shards)
	if err != nil {
		return fmt.Errorf("write checkpoints: %w", err)
	}
	if err := os.WriteFile(c.path+".new", content, 0o600); err != nil {
		return fmt.Errorf("write checkpoints: %w", err)
	}
	if err := os.Rename(c.path+".new", c.path); err != nil {
		return fmt.Errorf("write checkpoints: %w", err)
	}
	return nil
}
