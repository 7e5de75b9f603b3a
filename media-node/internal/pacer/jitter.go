package pacer

import (
	"time"

	"guichet/media-node/internal/ulaw"
)

const (
	// InboundLimit is the most audio that waits at the provider, which plays what it gets in order, while jitter stays
	// under 30 ms: 60 ms less the error with which its clock is known.
	InboundLimit = 58 * time.Millisecond
	// worstLimit bounds what a browser on a bad network may make wait. Beyond it audio is lost rather than late.
	worstLimit = 200 * time.Millisecond
	// reserve is what must be able to wait besides the jitter: the frame being played, and the clock's error.
	reserve = 24 * time.Millisecond
	// relaxedBelow the limit, audio that nobody would miss is left out first.
	relaxedBelow = 13 * time.Millisecond
	// recovery is how fast the limit comes down again, as a fraction of time: one frame a second is left out.
	recovery = 0.02
)

// Jitter finds how much must be able to wait so that packets which come late are heard: the spread of their delays over
// the last seconds.
type Jitter struct {
	started   bool
	timestamp uint32
	media     time.Duration // unwrapped timestamp
	least     windowed      // delay of the packet that was fastest, negated
	most      windowed      // lateness against it
	limit     time.Duration
	last      time.Duration
}

// Observe takes a packet's RTP timestamp and arrival and returns the limit from now on.
func (j *Jitter) Observe(timestamp uint32, local time.Duration) time.Duration {
	step := time.Duration(int32(timestamp-j.timestamp)) * time.Second / ulaw.SampleRate
	if !j.started || step > time.Second || step < -time.Second {
		*j = Jitter{started: true, limit: max(j.limit, InboundLimit), last: local} // a new start, or a long pause
		step = 0
	}
	j.timestamp, j.media = timestamp, j.media+step
	early := j.least.observe(j.media-local, local)
	late := j.most.observe(early-(j.media-local), local)
	lowered := j.limit - time.Duration(recovery*float64(local-j.last))
	j.limit, j.last = min(max(late+reserve, lowered, InboundLimit), worstLimit), local
	return j.limit
}

// windowed is the greatest value of the last ten to twenty seconds. Two clocks 200 ppm apart drift 2 ms in ten.
type windowed struct {
	started       bool
	since         time.Duration
	last, current time.Duration
}

const window = 10 * time.Second

func (w *windowed) observe(value, local time.Duration) time.Duration {
	switch {
	case !w.started:
		*w = windowed{started: true, since: local, last: value, current: value}
	case local-w.since >= window:
		w.since, w.last, w.current = local, w.current, value
	}
	w.current = max(w.current, value)
	return w.greatest()
}

func (w *windowed) greatest() time.Duration { return max(w.last, w.current) }
