package node

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"guichet/media-node/internal/fleet"
	"guichet/media-node/internal/problem"
	"guichet/media-node/internal/room"
	"guichet/media-node/internal/stream"
	"guichet/media-node/internal/whip"
	"guichet/shared/mediaapi"
)

// Paths of the public handler.
const (
	PathWHIP   = "/media/whip"
	PathTwilio = "/media/twilio"
	PathHealth = "/media/healthz"
)

// maxStrangers bounds the streams that have shown no ticket yet; each has five seconds for it.
const maxStrangers = 256

// retryAfter is the seconds after which a refused client may try again: by then a load balancer has noticed.
const retryAfter = "5"

// Handler serves everything under /media/, also what is another node's. It needs HTTP/1.1 connections that can be taken over;
// plain TCP is fastest.
func (n *Node) Handler() http.Handler { return fleet.Guard(n.handler(n.others())) }

// handler passes on to others what is theirs; nil for what they have passed on, and on a node that is alone.
func (n *Node) handler(o *others) http.Handler {
	mux := http.NewServeMux()
	sessions, commands := n.whip, n.commands
	var rooms room.Others
	var elsewhere stream.Elsewhere
	if o != nil {
		sessions.Others, commands.Pass, rooms, elsewhere = o, o.PassCommand, o, o.passLine
	}
	whip.NewServer(sessions).Register(mux, PathWHIP)
	mux.HandleFunc(PathTwilio, func(w http.ResponseWriter, r *http.Request) { n.serveStream(w, r, elsewhere) })
	commands.Register(mux)
	n.rooms.Register(mux, rooms)
	mux.HandleFunc("GET "+PathHealth, n.serveHealth)
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		problem.Write(w, http.StatusNotFound, "no such resource")
	})
	return mux
}

// AdminHandler serves /metrics (Prometheus) and /healthz. Keep it off the public address.
func (n *Node) AdminHandler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(n.registry, promhttp.HandlerOpts{}))
	mux.HandleFunc("GET /healthz", n.serveHealth)
	return mux
}

func (n *Node) serveStream(w http.ResponseWriter, r *http.Request, elsewhere stream.Elsewhere) {
	var calls, strangers int
	err := n.loop.Do(func() { calls, strangers = n.bridge.Calls(), n.streams.Strangers() })
	switch {
	case n.draining.Load() && n.fleet == nil:
		n.unavailable(w, "the node is draining")
		return
	case err != nil || strangers >= maxStrangers || calls >= n.cfg.MaxCalls && elsewhere == nil:
		n.unavailable(w, "the node is full or closing")
		return
	}
	n.streams.Serve(w, r, func(token string) (mediaapi.Ticket, error) { return n.gate.Admit(token, mediaapi.PurposeStream) }, elsewhere)
}

// serveHealth answers 200 while new calls are welcome: a load balancer sends none to a node that is draining.
func (n *Node) serveHealth(w http.ResponseWriter, _ *http.Request) {
	if n.draining.Load() || n.loop.Do(func() {}) != nil {
		n.unavailable(w, "the node is draining or closed")
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write([]byte("ok\n"))
}

func (n *Node) unavailable(w http.ResponseWriter, detail string) bool {
	w.Header().Set("Retry-After", retryAfter)
	problem.Write(w, http.StatusServiceUnavailable, detail)
	return false
}
