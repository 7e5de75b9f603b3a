// Package node is one media node: it bridges customers, who come by Twilio media streams (/media/twilio, WebSocket) or from
// a webchat, and agents, whose browsers like visitors' (/media/whip) use WebRTC over one UDP port, all of them with μ-law.
// It reports what happens to the control plane and obeys its commands (/media/calls); beside that it holds meeting rooms
// (/media/rooms, WebRTC over another port). A process may run several. It decides nothing about calls and rooms: signed
// tickets say who belongs to whom.
//
//	n, err := node.New(node.Config{Key: key, ListenUDP: "0.0.0.0:3478", EventURL: origin + mediaapi.EventPath})
//	mux.Handle("/media/", n.Handler())
//	…
//	n.Drain(ctx) // waits for live calls
//	n.Close()
package node

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/netip"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"guichet/media-node/internal/admit"
	"guichet/media-node/internal/bridge"
	"guichet/media-node/internal/command"
	"guichet/media-node/internal/fleet"
	"guichet/media-node/internal/peer"
	"guichet/media-node/internal/reactor"
	"guichet/media-node/internal/recording"
	"guichet/media-node/internal/report"
	"guichet/media-node/internal/room"
	"guichet/media-node/internal/stream"
	"guichet/media-node/internal/whip"
	"guichet/shared/mediaapi"
)

// Node is a running media node. Create with New; end with Close, after Drain where calls should finish first.
type Node struct {
	cfg      Config
	loop     *reactor.Loop
	mux      *peer.Mux
	bridge   *bridge.Bridge
	streams  *stream.Server
	whip     whip.Config
	commands command.Server
	gate     *admit.Gate
	reporter *report.Reporter
	messages *recording.Store
	rooms    *room.Rooms
	fleet    *fleet.Fleet // nil on a node that is alone
	registry *prometheus.Registry

	draining atomic.Bool
	closed   atomic.Bool
	ended    chan error // Run's error
}

// New binds the UDP port and starts the node. Its HTTP side is served by whoever mounts Handler.
func New(cfg Config) (*Node, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return nil, err
	}
	n := &Node{cfg: cfg, gate: admit.NewGate(cfg.Key, cfg.Now), registry: prometheus.NewRegistry(), ended: make(chan error, 1)}
	if n.mux, err = peer.NewMux(); err != nil {
		return nil, fmt.Errorf("media node: %w", err)
	}
	if n.loop, err = reactor.Listen(cfg.ListenUDP, n); err != nil {
		return nil, fmt.Errorf("media node: %w", err)
	}
	n.mux.SetNetwork(n.loop)
	candidates, err := cfg.candidates(n.loop.Addr(), cfg.PublicPort)
	if err == nil {
		n.rooms, err = openRooms(cfg)
	}
	if err != nil {
		n.loop.Discard()
		return nil, err
	}
	if n.cfg.NodeID == "" {
		n.cfg.NodeID = fmt.Sprintf("media-%d", n.loop.Addr().Port())
		if cfg.Fleet != nil {
			n.cfg.NodeID += "-" + rand.Text()
		}
	}
	n.build(candidates)
	if cfg.Fleet != nil {
		n.fleet = n.newFleet(cfg.Fleet)
		countFleet(n.registry, n.fleet)
		defer n.fleet.Start()
	}
	go func() { n.ended <- n.loop.Run() }()
	return n, nil
}

func (n *Node) build(candidates []netip.AddrPort) {
	log := n.cfg.Log.With("node", n.cfg.NodeID)
	dropped := prometheus.NewCounter(prometheus.CounterOpts{Namespace: "media", Name: "events_dropped_total", Help: "Events that the control plane never accepted."})
	n.reporter = report.New(report.Config{URL: n.cfg.EventURL, Key: n.cfg.Key, Now: n.cfg.Now, Log: log, Dropped: dropped.Inc})
	n.messages = recording.NewStore(n.loop.Post)
	n.bridge = bridge.New(bridge.Config{
		NodeID: n.cfg.NodeID, Report: n.reporter.Report, Metrics: bridge.NewMetrics(n.registry), Now: n.cfg.Now, Log: log,
		Messages: n.messages, Alarm: n.loop.Alarm, Summon: n.summons(),
	}, n.mux, n.loop.Now)
	n.streams = stream.NewServer(n.loop, n.bridge, log)
	n.whip = whip.Config{
		Loop: n.loop, Sessions: n.bridge, Welcome: n.welcome, Fingerprint: n.mux.Fingerprint(), Candidates: candidates, Log: log,
		Admit: func(token string) (mediaapi.Ticket, error) {
			return n.gate.Admit(token, mediaapi.PurposeAgent, mediaapi.PurposeVisitorAudio)
		},
	}
	n.commands = command.Server{Loop: n.loop, Calls: n.bridge, Key: n.cfg.Key, Now: n.cfg.Now, Log: log}
	queue := prometheus.NewGaugeFunc(prometheus.GaugeOpts{Namespace: "media", Name: "events_waiting", Help: "Events that the control plane has not accepted yet."},
		func() float64 { return float64(n.reporter.Waiting()) })
	n.registry.MustRegister(dropped, queue, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	countRooms(n.registry, n.rooms)
	log.Info("listening", "udp", n.loop.Addr(), "announced", candidates, "rooms", n.rooms.UDPAddr())
}

// ID is the node's name in events.
func (n *Node) ID() string { return n.cfg.NodeID }

// UDPAddr is the bound address, also when port 0 was asked for.
func (n *Node) UDPAddr() netip.AddrPort { return n.loop.Addr() }

// Run waits until ctx is done, then drains for at most limit and closes. It returns early if the event loop fails.
func (n *Node) Run(ctx context.Context, limit time.Duration) error {
	select {
	case err := <-n.ended:
		n.ended <- err
		n.Close()
		return fmt.Errorf("media node: %w", err)
	case <-ctx.Done():
	}
	drainCtx, cancel := context.WithTimeout(context.WithoutCancel(ctx), limit)
	defer cancel()
	err := n.Drain(drainCtx)
	n.Close()
	return err
}

// Datagram implements reactor.Handler.
func (n *Node) Datagram(b []byte, from netip.AddrPort) { n.mux.Datagram(b, from) }

// Tick implements reactor.Handler.
func (n *Node) Tick(now time.Time) {
	n.mux.Tick(now)
	n.streams.Tick(now)
	n.bridge.Tick(now)
}
