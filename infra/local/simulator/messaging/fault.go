package messaging

import (
	"fmt"
	"slices"
)

// fault is a failure that was asked for.
type fault struct {
	name string
	left int
}

// FaultLost is on every channel: the message goes out, and the answer to the product is lost.
const FaultLost = "lost"

// FailNext makes the provider of a channel refuse the next count messages of the product with a failure of the name.
func (b *Book) FailNext(channel, name string, count int) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	p, known := b.providers[channel]
	if !known {
		return fmt.Errorf("%s: %w", channel, ErrNoInbox)
	}
	if !slices.Contains(p.Faults(channel), name) && count > 0 {
		return fmt.Errorf("failure %q: %w", name, ErrCannot)
	}
	b.faults[channel] = &fault{name: name, left: count}
	return nil
}

// Fault takes one of the failures that were asked for; empty when the message may pass.
func (b *Book) Fault(channel string) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	f := b.faults[channel]
	if f == nil || f.left <= 0 {
		return ""
	}
	f.left--
	return f.name
}
