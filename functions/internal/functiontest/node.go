package functiontest

import (
	"context"
	"sync"

	"guichet/shared/mediaapi"
)

// Node is a media node that does as it is told.
type Node struct {
	mu       sync.Mutex
	commands []mediaapi.Command
	FailWith error // what every command is answered with
}

// Command implements dispatch.Media.
func (n *Node) Command(_ context.Context, c mediaapi.Command) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.commands = append(n.commands, c)
	return n.FailWith
}

// Commands lists what it was told.
func (n *Node) Commands() []mediaapi.Command {
	n.mu.Lock()
	defer n.mu.Unlock()
	return append([]mediaapi.Command{}, n.commands...)
}
