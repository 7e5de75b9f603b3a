package bridge

import (
	"slices"
	"time"

	"guichet/media-node/internal/mix"
	"guichet/media-node/internal/pacer"
	"guichet/media-node/internal/ulaw"
)

// musicLead is how far ahead of its playing music is sent to a provider: more than a tick, little to throw away when the
// agent is back.
const musicLead = 250 * time.Millisecond

const (
	// messageLead is how far ahead of its playing a recorded message is sent to a provider: what the agent's own audio may
	// wait there too (pacer.InboundLimit), in whole frames.
	messageLead = 3 * frameLength
	// markPatience is how much later than reckoned a mark may come back: a network's round trip, and a slow provider.
	markPatience = time.Second
)

// Wire is a provider's connection, whose far end plays what it gets in order and has a queue for it.
type Wire interface {
	// Play sends μ-law after what was sent before; false when it had to be dropped.
	Play(audio []byte) bool
	// Clear discards what was sent and has not been played.
	Clear()
	// Mark asks to be told, by the line's Marked, when what was sent before has been played.
	Mark(name string)
	// Hangup closes the connection. The line's Left is not called.
	Hangup(why Hangup)
}

// trunk is a party's line where a provider streams it. It implements ear.
type trunk struct {
	wire    Wire
	metrics *Metrics
	now     func() time.Duration

	inbound pacer.Inbound // from the others to the party
	probe   pacer.Probe   // of what waits at the provider
	counted pacer.InboundStats
	send    func([]byte)
	place   uint32 // in samples, of the line's next audio; kept while it is mixed
}

func (t *trunk) open(b *Bridge, wire Wire) {
	t.wire, t.metrics, t.now, t.send = wire, b.cfg.Metrics, b.local, t.pass
}

// observe reads the provider's clock off audio of the line. timestamp is its place in the stream in milliseconds, negative if
// unknown.
func (t *trunk) observe(timestamp int64) {
	if timestamp >= 0 {
		t.inbound.Clock.Observe(time.Duration(timestamp)*time.Millisecond, t.now())
	}
}

// mixIn lets the line be heard in what is mixed for the others.
func (t *trunk) mixIn(voice *mix.Voice, audio []byte, timestamp int64) {
	if timestamp >= 0 {
		t.place = uint32(timestamp * (ulaw.SampleRate / 1000))
	}
	for frame := range slices.Chunk(audio, ulaw.FrameSamples) {
		voice.Says(t.place, frame, t.now())
		t.place += uint32(len(frame))
	}
}

// marked takes the answer of the provider to ask.
func (t *trunk) marked(name string) { t.inbound.Behind(t.probe.Returned(name, t.now())) }

// ask asks the provider now and then how much audio waits there.
func (t *trunk) ask() {
	if name := t.probe.Due(t.now(), t.waiting()); name != "" {
		t.wire.Mark(name)
	}
}

// waiting is how much audio waits at the provider.
func (t *trunk) waiting() time.Duration { return t.inbound.Waiting(t.now()) }

func (t *trunk) converse(timestamp uint32, audio []byte) {
	t.inbound.Packet(timestamp, audio, t.now(), t.send)
	if got := t.inbound.Stats; got.Late != t.counted.Late || got.Trimmed != t.counted.Trimmed || got.Concealed != t.counted.Concealed {
		t.metrics.dropped(dropLate, got.Late-t.counted.Late)
		t.metrics.dropped(dropTrimmed, got.Trimmed-t.counted.Trimmed)
		t.metrics.Concealed.Add(float64(got.Concealed - t.counted.Concealed))
		t.counted = got
	}
}

func (t *trunk) pass(audio []byte) {
	if !t.wire.Play(audio) {
		t.metrics.dropped(dropStalled, 1)
	}
}

func (t *trunk) play(audio []byte) {
	t.inbound.Own(audio, t.now())
	t.pass(audio)
}

func (t *trunk) hush() {
	t.wire.Clear()
	t.inbound.Cleared()
	t.probe.Restart()
}

// due keeps a little of the message waiting at the provider, on its clock: more would delay the agent's words in it, and less
// would let a late beat be heard. Between the two bounds it is a frame a beat, whatever the reckoning trembles by.
func (t *trunk) due(int) int {
	switch waiting := t.waiting(); {
	case waiting >= messageLead:
		return 0
	case waiting < messageLead-2*frameLength:
		return int((messageLead - waiting) / frameLength)
	default:
		return 1
	}
}

// cut repeats, without the message, what the others said in the part of it that the provider has not played: what is cleared
// there is not lost, and nothing is heard twice.
func (t *trunk) cut(track *mix.Track) {
	unheard := t.waiting()
	t.hush()
	if said := track.Said(unheard); len(said) > 0 {
		t.play(said)
	}
	t.resume(track.Rest())
}

func (t *trunk) resume(rest []byte) {
	if len(rest) > 0 {
		t.play(rest)
	}
	t.inbound.Resume(t.now())
}

func (t *trunk) hangup(why Hangup) { t.wire.Hangup(why) }
