package simulator

import (
	"context"
	"sync"
)

// hub tells its subscribers which calls changed. A slow subscriber gets each call once, however often it changed.
type hub struct {
	mu    sync.Mutex
	feeds map[*feed]struct{}
}

type feed struct {
	mu    sync.Mutex
	dirty map[*Call]struct{}
	wake  chan struct{}
}

func (h *hub) subscribe() *feed {
	f := &feed{dirty: make(map[*Call]struct{}), wake: make(chan struct{}, 1)}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.feeds == nil {
		h.feeds = make(map[*feed]struct{})
	}
	h.feeds[f] = struct{}{}
	return f
}

func (h *hub) unsubscribe(f *feed) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.feeds, f)
}

func (h *hub) changed(c *Call) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for f := range h.feeds {
		f.mu.Lock()
		f.dirty[c] = struct{}{}
		f.mu.Unlock()
		f.rouse()
	}
}

// woken tells that something else than a call has changed.
func (h *hub) woken() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for f := range h.feeds {
		f.rouse()
	}
}

func (f *feed) rouse() {
	select {
	case f.wake <- struct{}{}:
	default:
	}
}

// next waits for changes and returns the calls that changed since the last time.
func (f *feed) next(ctx context.Context) ([]*Call, error) {
	select {
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	case <-f.wake:
	}
	return f.take(), nil
}

// take returns the calls that changed since the last time, without waiting.
func (f *feed) take() []*Call {
	f.mu.Lock()
	defer f.mu.Unlock()
	calls := make([]*Call, 0, len(f.dirty))
	for c := range f.dirty {
		calls = append(calls, c)
	}
	clear(f.dirty)
	return calls
}
