package fleet

import (
	"context"
	"sync"
	"time"
)

// watch looks at the other nodes again and again.
func (f *Fleet) watch() {
	pause := time.NewTicker(f.cfg.Pace)
	defer pause.Stop()
	for {
		f.look()
		if f.cfg.Settle != nil {
			f.cfg.Settle()
		}
		select {
		case <-pause.C:
		case <-f.running.Done():
			return
		}
	}
}

// look takes note of who is listed, and asks every node how it is. One that is listed no more, because it is about to end, has
// calls still: it is forgotten when it does not answer any more.
func (f *Fleet) look() {
	ctx, cancel := context.WithTimeout(f.running, askTimeout)
	listed, err := f.cfg.List(ctx)
	cancel()
	if err != nil && f.running.Err() == nil {
		f.cfg.Log.Warn("other nodes are not listed", "error", err)
	}
	f.mu.Lock()
	if err == nil {
		f.list(listed)
	}
	var addresses []string
	for address, o := range f.nodes {
		if !o.listed && o.failed >= forgetAfter {
			delete(f.nodes, address)
			f.cfg.Log.Info("node is gone", "other", o.node, "address", address)
		} else if o.node != f.cfg.Node {
			addresses = append(addresses, address)
		}
	}
	f.mu.Unlock()
	var wg sync.WaitGroup
	for _, address := range addresses {
		wg.Go(func() { f.greet(address) })
	}
	wg.Wait()
}

// list takes note of the addresses that are listed. f.mu is held.
func (f *Fleet) list(addresses []string) {
	for _, o := range f.nodes {
		o.listed = false
	}
	for _, address := range addresses {
		if f.nodes[address] == nil {
			f.nodes[address] = &other{address: address, failed: 1} // until it answers, it is nobody
		}
		f.nodes[address].listed = true
	}
}

// greet asks a node how it is.
func (f *Fleet) greet(address string) {
	a, err := f.ask(address, Question{Kind: Status})
	if err != nil {
		f.failed(address, err)
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if o := f.nodes[address]; o != nil {
		if o.node != a.Node && a.Node != f.cfg.Node {
			f.cfg.Log.Info("node is here", "other", a.Node, "address", address, "version", a.Version)
		}
		o.node, o.version, o.started, o.open, o.failed = a.Node, a.Version, a.Started, a.Open, 0
	}
}

// failed notes that a node did not answer: until it does, it is not asked, so that it costs others no time.
func (f *Fleet) failed(address string, err error) {
	if f.running.Err() != nil {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	o := f.nodes[address]
	if o == nil {
		return
	}
	if o.failed++; o.failed == 1 {
		f.cfg.Log.Warn("node does not answer", "other", o.node, "address", address, "error", err)
	}
}
