package pacer

import (
	"time"

	"guichet/media-node/internal/ulaw"
)

const (
	maxPacket  = 480                   // samples, 60 ms: the longest packet worth keeping
	maxConceal = 5 * ulaw.FrameSamples // a longer hole is a pause, not a loss
)

// Inbound orders the packets that come from a browser over UDP and passes them on to a provider: packets in order at
// once, one out of order as soon as its turn comes, lost ones replaced by a softer repetition.
type Inbound struct {
	// Clock is the provider's, fed with the frames that come from there.
	Clock Clock
	Stats InboundStats

	playout Playout
	clocked bool // playout is on the provider's clock
	jitter  Jitter
	started bool
	next    uint32 // RTP timestamp that is expected
	held    [maxPacket]byte
	heldLen int // 0 when no packet is held
	heldTS  uint32
	last    [ulaw.FrameSamples]byte // what a loss is concealed with
	scratch [ulaw.FrameSamples]byte
}

// InboundStats counts what happened to packets, for metrics.
type InboundStats struct {
	Forwarded uint64
	Late      uint64 // came after their turn
	Trimmed   uint64 // left out to keep the delay small
	Concealed uint64 // frames made up for lost packets
}

// Reset starts over with another browser. Clock, Stats and what waits at the provider are kept.
func (p *Inbound) Reset() {
	p.started, p.heldLen = false, 0
	p.jitter = Jitter{}
	for i := range p.last {
		p.last[i] = ulaw.Silence
	}
}

// Cleared tells that the provider's queue was cleared.
func (p *Inbound) Cleared() { p.playout.Reset() }

// Own counts audio that the provider is given past the Inbound, because the node has made it.
func (p *Inbound) Own(audio []byte, local time.Duration) { p.playout.Add(p.now(local), length(audio)) }

// Resume starts over with the same browser when its packets come again after Own's. What waits may be more than the network's
// jitter calls for: it is left out little by little, as after a time of bad jitter, instead of a word being cut off.
func (p *Inbound) Resume(local time.Duration) {
	limit := max(p.jitter.limit, p.Waiting(local)+length(p.last[:])+relaxedBelow)
	p.Reset()
	p.jitter.limit = min(limit, worstLimit)
}

// Waiting is how much audio waits at the provider.
func (p *Inbound) Waiting(local time.Duration) time.Duration {
	return p.playout.Waiting(p.now(local))
}

// now reads the provider's clock. Before its first frame, what waits is counted on ours, and then carried over: as it
// is, it would look like audio for as long as this node has run.
func (p *Inbound) now(local time.Duration) time.Duration {
	if known := p.Clock.Known(); known != p.clocked {
		p.clocked = known
		p.playout.Shift(p.Clock.At(local) - local)
	}
	return p.Clock.At(local)
}

// Packet takes one packet with its RTP timestamp at the local time, and calls send with what the provider is to play.
func (p *Inbound) Packet(ts uint32, audio []byte, local time.Duration, send func([]byte)) {
	if len(audio) == 0 || len(audio) > maxPacket {
		return
	}
	p.playout.Limit = p.jitter.Observe(ts, local)
	p.playout.Relaxed = p.playout.Limit - relaxedBelow
	now := p.now(local)
	ahead := int32(ts - p.next)
	switch {
	case !p.started, ahead > maxConceal:
		p.release(now, send)
		p.started, p.next = true, ts
	case ahead < 0:
		if ahead > -ulaw.SampleRate {
			p.Stats.Late++
			return
		}
		p.heldLen, p.next = 0, ts // the browser started its timestamps over
	case ahead > 0 && p.heldLen == 0 && p.playout.Waiting(now) > 0:
		p.heldTS, p.heldLen = ts, copy(p.held[:], audio) // there is time to wait for the one before
		return
	}
	if p.heldLen > 0 && int32(p.heldTS-ts) <= 0 {
		p.release(now, send)
	}
	if int32(ts-p.next) < 0 {
		p.Stats.Late++ // a duplicate of the one that was held
		return
	}
	p.play(ts, audio, now, send)
	if p.heldLen > 0 && p.heldTS == p.next {
		p.release(now, send)
	}
}

func (p *Inbound) release(now time.Duration, send func([]byte)) {
	if p.heldLen > 0 {
		n := p.heldLen
		p.heldLen = 0
		p.play(p.heldTS, p.held[:n], now, send)
	}
}

func (p *Inbound) play(ts uint32, audio []byte, now time.Duration, send func([]byte)) {
	for missing := int32(ts - p.next); missing > 0; missing = int32(ts - p.next) {
		n := min(int(missing), ulaw.FrameSamples)
		fill := ulaw.Attenuate(p.scratch[:0], p.last[:n])
		p.Stats.Concealed++
		p.admit(fill, now, send)
	}
	p.Stats.Forwarded++
	p.admit(audio, now, send)
}

func (p *Inbound) admit(audio []byte, now time.Duration, send func([]byte)) {
	p.next += uint32(len(audio))
	copy(p.last[:], audio)
	if !p.playout.Admit(now, length(audio), func() bool { return ulaw.Quiet(audio) }) {
		p.Stats.Trimmed++
		return
	}
	send(audio)
}

func length(audio []byte) time.Duration {
	return time.Duration(len(audio)) * time.Second / ulaw.SampleRate
}
