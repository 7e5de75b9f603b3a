package bridge

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"guichet/media-node/internal/pacer"
)

// Reasons for which audio is not passed on.
const (
	dropLate    = "late"    // from the agent, after its turn
	dropTrimmed = "trimmed" // from the agent, left out to keep the delay small
	dropStalled = "stalled" // to the customer, whose connection does not take it
	dropBurst   = "burst"   // to a browser, after a stall of the other side's connection
)

// Metrics are the node's figures for Prometheus.
type Metrics struct {
	Calls, Parked, Sessions             prometheus.Gauge
	FramesFromCustomer, FramesFromAgent prometheus.Counter
	FramesFromGuest                     prometheus.Counter
	Concealed                           prometheus.Counter
	drops                               map[string]prometheus.Counter
	playbacks                           *prometheus.CounterVec
	depthMean, depthMax                 prometheus.Gauge
}

// NewMetrics registers the figures with a registry of the node's own.
func NewMetrics(r prometheus.Registerer) *Metrics {
	gauge := func(name, help string) prometheus.Gauge {
		g := prometheus.NewGauge(prometheus.GaugeOpts{Namespace: "media", Name: name, Help: help})
		r.MustRegister(g)
		return g
	}
	frames := prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: "media", Name: "frames_total", Help: "Audio frames received, by the party they came from."}, []string{"from"})
	dropped := prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: "media", Name: "frames_dropped_total", Help: "Audio frames that were not passed on."}, []string{"why"})
	concealed := prometheus.NewCounter(prometheus.CounterOpts{Namespace: "media", Name: "frames_concealed_total", Help: "Audio frames made up for packets that an agent's network lost."})
	playbacks := prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: "media", Name: "playbacks_total", Help: "Recorded messages that are over, by how they ended."}, []string{"reason"})
	r.MustRegister(frames, dropped, concealed, playbacks)
	m := &Metrics{
		Calls:              gauge("calls", "Customers on this node."),
		Parked:             gauge("calls_parked", "Customers who hear music because their agent is away."),
		Sessions:           gauge("sessions", "Agents' audio sessions."),
		FramesFromCustomer: frames.WithLabelValues("customer"),
		FramesFromAgent:    frames.WithLabelValues("agent"),
		FramesFromGuest:    frames.WithLabelValues("guest"),
		Concealed:          concealed,
		drops:              map[string]prometheus.Counter{},
		playbacks:          playbacks,
		depthMean:          gauge("jitter_buffer_mean_seconds", "Audio that waits at the provider, on average over the calls."),
		depthMax:           gauge("jitter_buffer_max_seconds", "Audio that waits at the provider, of the call with most."),
	}
	for _, why := range []string{dropLate, dropTrimmed, dropStalled, dropBurst} {
		m.drops[why] = dropped.WithLabelValues(why)
	}
	return m
}

func (m *Metrics) dropped(why string, n uint64) {
	if n > 0 {
		m.drops[why].Add(float64(n))
	}
}

// mixed counts what happened to the speech of one side while it was mixed.
func (m *Metrics) mixed(s pacer.InboundStats) {
	m.dropped(dropLate, s.Late)
	m.dropped(dropTrimmed, s.Trimmed)
	m.Concealed.Add(float64(s.Concealed))
}

func (m *Metrics) played(reason string) { m.playbacks.WithLabelValues(reason).Inc() }

func (m *Metrics) depth(mean, most time.Duration) {
	m.depthMean.Set(mean.Seconds())
	m.depthMax.Set(most.Seconds())
}
