package node

import (
	"context"
	"fmt"
	"sync"
	"time"
)

const (
	// drainPoll is how often a draining node looks whether its last call has ended.
	drainPoll = 200 * time.Millisecond
	// flushTimeout is how long Close tries to deliver the last events.
	flushTimeout = 3 * time.Second
)

// Drain refuses new calls and sessions and waits until no call is left, or until ctx is done: then it returns an error
// that counts the calls. It does not wait for meeting rooms, whose pages find the next node by themselves. Call Close
// next, which ends them all.
func (n *Node) Drain(ctx context.Context) error {
	n.draining.Store(true)
	n.rooms.Drain()
	tick := time.NewTicker(drainPoll)
	defer tick.Stop()
	for {
		calls := n.Live() // none on a node that is closed
		if calls == 0 {
			return nil
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return fmt.Errorf("media node: %d calls not over: %w", calls, ctx.Err())
		}
	}
}

// Close ends all calls with the reason drained and all rooms, closes all sessions, delivers the last events and releases the ports.
func (n *Node) Close() {
	if n.closed.Swap(true) {
		return
	}
	n.draining.Store(true)
	if n.fleet != nil {
		n.fleet.Close()
	}
	if n.loop.Do(func() { n.bridge.Stop(); n.streams.Stop(); n.mux.Stop() }) == nil {
		n.mux.Wait()
	}
	n.loop.Close()
	n.messages.Close()
	var rooms sync.WaitGroup
	rooms.Go(n.rooms.Close) // meanwhile: pages that are gone make it wait
	defer rooms.Wait()
	ctx, cancel := context.WithTimeout(context.Background(), flushTimeout)
	defer cancel()
	if err := n.reporter.Flush(ctx); err != nil {
		n.cfg.Log.Error("events lost", "error", err)
	}
	n.reporter.Close()
}
