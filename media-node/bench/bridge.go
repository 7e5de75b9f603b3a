package main

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"guichet/media-node/internal/bridge"
	"guichet/media-node/internal/peer"
	"guichet/media-node/internal/reactor"
	"guichet/media-node/internal/stream"
	"guichet/media-node/internal/whip"
	"guichet/shared/mediaapi"
)

// callSID is the one that the generator gives to all its calls.
const callSID = "CA0"

// benchBridge is a node without tickets and events.
type benchBridge struct {
	loop    *reactor.Loop
	mux     *peer.Mux
	bridge  *bridge.Bridge
	streams *stream.Server
	whip    *whip.Server
}

func newBridge(udp string) (*benchBridge, error) {
	b := &benchBridge{}
	var err error
	if b.mux, err = peer.NewMux(); err != nil {
		return nil, err
	}
	if b.loop, err = reactor.Listen(udp, b); err != nil {
		return nil, err
	}
	b.mux.SetNetwork(b.loop)
	b.bridge = bridge.New(bridge.Config{
		NodeID: "bench", Report: func(mediaapi.Event) {}, Metrics: bridge.NewMetrics(prometheus.NewRegistry()), Now: time.Now,
		Log: slog.New(slog.DiscardHandler),
	}, b.mux, b.loop.Now)
	b.streams = stream.NewServer(b.loop, b.bridge, slog.New(slog.DiscardHandler))
	b.whip = whip.NewServer(whip.Config{
		Loop: b.loop, Sessions: b.bridge, Fingerprint: b.mux.Fingerprint(), Candidates: []netip.AddrPort{b.loop.Addr()}, Log: slog.New(slog.DiscardHandler),
		Admit: func(call string) (mediaapi.Ticket, error) {
			return mediaapi.Ticket{Purpose: mediaapi.PurposeAgent, AgentID: call}, nil
		},
		Welcome: func(http.ResponseWriter, mediaapi.Ticket) bool { return true },
	})
	return b, nil
}

// Datagram implements reactor.Handler.
func (b *benchBridge) Datagram(p []byte, from netip.AddrPort) { b.mux.Datagram(p, from) }

// Tick implements reactor.Handler.
func (b *benchBridge) Tick(now time.Time) {
	b.mux.Tick(now)
	b.streams.Tick(now)
	b.bridge.Tick(now)
}

func (b *benchBridge) handler() http.Handler {
	whipMux := http.NewServeMux()
	b.whip.Register(whipMux, "/offer")
	mux := http.NewServeMux()
	mux.HandleFunc("POST /offer", func(w http.ResponseWriter, r *http.Request) {
		r.Header.Set("Authorization", "Bearer "+call(r))
		whipMux.ServeHTTP(okWriter{w}, r)
	})
	mux.HandleFunc("GET /twilio", func(w http.ResponseWriter, r *http.Request) {
		ticket := mediaapi.Ticket{AgentID: call(r), ContactID: call(r), CallSID: callSID, ParkSeconds: 3600}
		b.streams.Serve(w, r, func(string) (mediaapi.Ticket, error) { return ticket, nil }, nil)
	})
	mux.HandleFunc("GET /stats", stats)
	return mux
}

func call(r *http.Request) string { return fmt.Sprint("call-", r.URL.Query().Get("call")) }

// okWriter answers 200 where WHIP says 201, because the generator knows nothing else.
type okWriter struct{ http.ResponseWriter }

func (w okWriter) WriteHeader(status int) {
	if status == http.StatusCreated {
		status = http.StatusOK
	}
	w.ResponseWriter.WriteHeader(status)
}
