package node_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"guichet/media-node/node"
	"guichet/shared/mediaapi"
)

// fleet is several nodes behind one front that spreads requests over them in turn. As a fixture it is its front, its events
// are those of all nodes.
type fleet struct {
	*fixture
	members []*member

	mu     sync.Mutex
	listed []string
	next   atomic.Int64
	pinned atomic.Int64 // the member that gets every request; negative: all in turn
}

// member is one node of a fleet.
type member struct {
	node   *node.Node
	public *httptest.Server
	fleet  *httptest.Server
	front  http.Handler // passes requests to the public server
	gone   atomic.Bool
	hangs  atomic.Bool // it does not answer other nodes
}

const inTurn = -1

func startFleet(t *testing.T, size int, change ...func(*node.Config)) *fleet {
	t.Helper()
	l := &fleet{fixture: start(t)} // whose own node stands apart
	l.server.Close()
	l.server = httptest.NewServer(http.HandlerFunc(l.serve))
	l.pinned.Store(inTurn)
	for range size {
		l.add(change...)
	}
	l.meet()
	return l
}

// serve is the load balancer.
func (l *fleet) serve(w http.ResponseWriter, r *http.Request) {
	i := l.pinned.Load()
	for i < 0 {
		if i = l.next.Add(1) % int64(len(l.members)); !l.members[i].gone.Load() {
			break
		}
		i = inTurn
	}
	l.members[i].front.ServeHTTP(w, r)
}

// add starts one more node, which the others are told of.
func (l *fleet) add(change ...func(*node.Config)) *member {
	l.t.Helper()
	m := &member{}
	handler := func(which func() http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { which().ServeHTTP(w, r) })
	}
	ready := make(chan struct{})
	m.fleet = httptest.NewServer(handler(func() http.Handler {
		for <-ready; m.hangs.Load() && !m.gone.Load(); {
			time.Sleep(poll)
		}
		return m.node.FleetHandler()
	}))
	l.list(m.fleet.Listener.Addr().String())
	cfg := node.Config{
		NodeID: fmt.Sprintf("node-%d", len(l.members)), Key: testKey, ListenUDP: "127.0.0.1:0", EventURL: l.hook.URL + mediaapi.EventPath, Log: slog.New(slog.DiscardHandler),
		Fleet: &node.Fleet{Pace: 100 * time.Millisecond, Version: "1", List: func(context.Context) ([]string, error) {
			l.mu.Lock()
			defer l.mu.Unlock()
			return slices.Clone(l.listed), nil
		}},
	}
	for _, c := range change {
		c(&cfg)
	}
	var err error
	m.node, err = node.New(cfg)
	require.NoError(l.t, err)
	close(ready)
	m.public = httptest.NewServer(m.node.Handler())
	to, err := url.Parse(m.public.URL)
	require.NoError(l.t, err)
	m.front = &httputil.ReverseProxy{Rewrite: func(p *httputil.ProxyRequest) { p.SetURL(to) }}
	l.members = append(l.members, m)
	l.t.Cleanup(m.end)
	return m
}

func (l *fleet) list(address string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.listed = append(l.listed, address)
}

// end kills the node.
func (m *member) end() {
	if m.gone.Swap(true) {
		return
	}
	m.public.CloseClientConnections()
	m.fleet.CloseClientConnections()
	m.node.Close()
	m.public.Close()
	m.fleet.Close()
}

// meet waits until every node knows every other.
func (l *fleet) meet() {
	l.t.Helper()
	for _, m := range l.members {
		if m.gone.Load() {
			continue
		}
		require.Eventually(l.t, func() bool {
			others := 0
			for _, o := range l.members {
				if !o.gone.Load() {
					others++
				}
			}
			return m.node.Others() == others-1
		}, patience, poll)
	}
}

// through sends every request to one node until it is told otherwise.
func (l *fleet) through(member int) *fixture {
	l.pinned.Store(int64(member))
	return l.fixture
}

// home is the member on which an agent's session is.
func (l *fleet) home(sessionEvent int) int {
	l.t.Helper()
	id := l.event(sessionEvent).NodeID
	i := slices.IndexFunc(l.members, func(m *member) bool { return m.node.ID() == id })
	require.GreaterOrEqual(l.t, i, 0, "the node of %s", id)
	return i
}
