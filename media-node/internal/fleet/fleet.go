// Package fleet makes several nodes look like one: it finds the node that has a call, a session or a room, and passes requests
// on to it, once. Nobody keeps a list of what is where: the nodes are asked, who know best. It knows neither calls nor rooms.
package fleet

import (
	"context"
	"crypto/rand"
	"hash/fnv"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"

	"guichet/shared/mediaapi"
)

const (
	dialTimeout = 500 * time.Millisecond
	// askTimeout is how long a node may take to say what it has. One that is gone costs this once: it is not asked again
	// before it has answered watch.
	askTimeout = time.Second
	// forgetAfter is how often a node that is listed no more may fail to answer.
	forgetAfter = 3
	defaultPace = 5 * time.Second
	// provenAfter is after how many paces a node of a newer version counts as one: a version that fails when it starts must
	// not take over.
	provenAfter = 6
)

// Config is what a Fleet needs.
type Config struct {
	// Node is this node's name; no other has the same.
	Node string
	// Version is what it runs. Of two that differ, the one of the node that started last is the newer.
	Version string
	Key     mediaapi.Key
	// List tells the addresses ("host:port") at which nodes serve Handler; this one may be among them.
	List func(context.Context) ([]string, error)
	// Has tells what is here of what is asked for.
	Has func(Question) Has
	// Summoned is given what another node summons.
	Summoned func(Summons)
	// Local serves what other nodes pass on, and passes nothing on.
	Local http.Handler
	// Settle is called as often as the other nodes are looked at.
	Settle func()
	// Pace is how often that is. Default: 5 seconds.
	Pace time.Duration
	Now  func() time.Time
	Log  *slog.Logger
}

// Fleet is the other nodes, as one of them sees them. Close it.
type Fleet struct {
	cfg     Config
	started time.Time
	client  *http.Client
	running context.Context //nolint:containedctx // the lifetime of its goroutines, ended by Close
	stop    context.CancelFunc
	wg      sync.WaitGroup
	asking  chan struct{} // bounds the questions of strangers

	mu    sync.Mutex
	nodes map[string]*other // by address
	pipes map[net.Conn]struct{}
}

// other is a node of the fleet, or this one: which of both it is, its first answer tells.
type other struct {
	address string
	node    string // its name; empty before the first answer
	version string
	started time.Time
	open    bool
	listed  bool
	failed  int // answers in a row that did not come
}

// New returns a fleet that knows of no other node until Start.
func New(cfg Config) *Fleet {
	if cfg.Pace == 0 {
		cfg.Pace = defaultPace
	}
	dialer := &net.Dialer{Timeout: dialTimeout, Control: noticeLoss}
	f := &Fleet{
		cfg: cfg, started: cfg.Now(), nodes: map[string]*other{}, pipes: map[net.Conn]struct{}{}, asking: make(chan struct{}, maxAsking),
		client: &http.Client{
			Transport:     &http.Transport{DialContext: dialer.DialContext, MaxIdleConnsPerHost: 16, IdleConnTimeout: time.Minute, ResponseHeaderTimeout: passTimeout},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
	f.running, f.stop = context.WithCancel(context.Background())
	return f
}

// Start looks at the other nodes, from now on again and again.
func (f *Fleet) Start() { f.background(f.watch) }

// Close ends what is passed on and asks nobody any more.
func (f *Fleet) Close() {
	f.stop()
	f.mu.Lock()
	for conn := range f.pipes {
		_ = conn.Close()
	}
	f.mu.Unlock()
	f.wg.Wait()
	f.client.CloseIdleConnections()
}

// Passing is the number of lines that are passed on to other nodes.
func (f *Fleet) Passing() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.pipes) / 2
}

// Others is the number of other nodes that answer.
func (f *Fleet) Others() int { return len(f.others()) }

// Superseded tells whether a newer version has run for a while, and takes newcomers: this node is to take none then, and will
// be stopped when its calls are over.
func (f *Fleet) Superseded() bool {
	proven := f.cfg.Now().Add(-provenAfter * f.cfg.Pace)
	for _, o := range f.others() {
		if o.open && o.version != f.cfg.Version && o.started.After(f.started) && o.started.Before(proven) {
			return true
		}
	}
	return false
}

// OthersOpen tells whether another node takes newcomers.
func (f *Fleet) OthersOpen() bool {
	for _, o := range f.others() {
		if o.open {
			return true
		}
	}
	return false
}

// Belongs tells whether something of this name, if it were nowhere, would be taken here and not by another node.
func (f *Fleet) Belongs(name string) bool {
	for _, o := range f.others() {
		if o.open && weight(o.node, name) > weight(f.cfg.Node, name) {
			return false
		}
	}
	return true
}

// others are copies of the other nodes that answer.
func (f *Fleet) others() []other {
	return slices.DeleteFunc(f.known(), func(o other) bool { return o.failed > 0 })
}

// known are copies of the other nodes that have answered before.
func (f *Fleet) known() []other {
	f.mu.Lock()
	defer f.mu.Unlock()
	var all []other
	for _, o := range f.nodes {
		if o.node != "" && o.node != f.cfg.Node {
			all = append(all, *o)
		}
	}
	return all
}

// weight orders the nodes for one name, each name in an order of its own (rendezvous hashing: Thaler and Ravishankar, "Using
// name-based mappings to increase hit rates", 1998). All nodes agree without a word, and one that comes or goes takes or
// leaves a fair share of the names, and moves no other.
func weight(node, name string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(node + "\x00" + name))
	x := h.Sum64() // FNV's high bits hardly know the last bytes: mix them (the finalizer of MurmurHash3)
	x ^= x >> 33
	x *= 0xff51afd7ed558ccd
	x ^= x >> 33
	x *= 0xc4ceb9fe1a85ec53
	return x ^ x>>33
}

func newNonce() string { return rand.Text() }
