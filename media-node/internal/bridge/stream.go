package bridge

import (
	"slices"
	"time"

	"guichet/media-node/internal/mix"
	"guichet/media-node/internal/pacer"
	"guichet/media-node/internal/peer"
	"guichet/media-node/internal/ulaw"
	"guichet/shared/mediaapi"
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
	// Mark asks to be told, by Stream.Marked, when what was sent before has been played.
	Mark(name string)
	// Hangup closes the connection. Stream.Left is not called.
	Hangup(why Hangup)
}

// Stream is a call whose customer's line a provider streams.
type Stream struct {
	*Call
	wire Wire

	inbound  pacer.Inbound  // from the agent to the customer
	probe    pacer.Probe    // of what waits at the customer's provider
	outbound pacer.Outbound // from the customer to the agent
	counted  pacer.InboundStats
	send     func([]byte)
	place    uint32 // in samples, of the line's next audio; kept while it is mixed
}

// Join puts a customer through to the agent named in the ticket, or parks them until that agent is here. A line that was
// there for the same agent or of the same contact is closed: the ticket is the newest word of the control plane.
func (b *Bridge) Join(ticket mediaapi.Ticket, wire Wire) *Stream {
	s := &Stream{wire: wire}
	s.send = s.pass
	s.Call = b.newCall(ticket, s)
	s.begin()
	return s
}

// FromCustomer takes audio of the line. timestamp is its place in the stream in milliseconds, negative if unknown.
func (s *Stream) FromCustomer(audio []byte, timestamp int64) {
	m := s.bridge.cfg.Metrics
	m.FramesFromCustomer.Inc()
	now := s.local()
	if timestamp >= 0 {
		s.inbound.Clock.Observe(time.Duration(timestamp)*time.Millisecond, now)
	}
	if !s.talking() {
		return
	}
	if s.toAgent != nil {
		s.mixIn(audio, timestamp)
		return
	}
	for frame := range slices.Chunk(audio, ulaw.FrameSamples) {
		if s.outbound.Admit(frame, now) {
			s.session.Peer.Send(frame)
		} else {
			m.dropped(dropBurst, 1)
		}
	}
}

// mixIn lets the agent hear the line in the recorded message that plays.
func (s *Stream) mixIn(audio []byte, timestamp int64) {
	if timestamp >= 0 {
		s.place = uint32(timestamp * (ulaw.SampleRate / 1000))
	}
	for frame := range slices.Chunk(audio, ulaw.FrameSamples) {
		s.toAgent.Says(s.place, frame, s.local())
		s.place += uint32(len(frame))
	}
}

// Marked tells that the audio before a mark has been played.
func (s *Stream) Marked(name string) {
	s.Heard(name)
	if s.talking() {
		s.inbound.Behind(s.probe.Returned(name, s.local()))
	}
}

// waiting is how much audio waits at the provider.
func (s *Stream) waiting() time.Duration { return s.inbound.Waiting(s.local()) }

func (s *Stream) bridged() {
	s.inbound.Reset()
	s.probe.Restart()
	s.outbound = pacer.NewOutbound()
}

func (s *Stream) fromAgent(p peer.Packet) {
	s.inbound.Packet(p.Timestamp, p.Audio, s.local(), s.send)
	if got := s.inbound.Stats; got.Late != s.counted.Late || got.Trimmed != s.counted.Trimmed || got.Concealed != s.counted.Concealed {
		m := s.bridge.cfg.Metrics
		m.dropped(dropLate, got.Late-s.counted.Late)
		m.dropped(dropTrimmed, got.Trimmed-s.counted.Trimmed)
		m.Concealed.Add(float64(got.Concealed - s.counted.Concealed))
		s.counted = got
	}
}

func (s *Stream) pass(audio []byte) {
	if !s.wire.Play(audio) {
		s.bridge.cfg.Metrics.dropped(dropStalled, 1)
	}
}

func (s *Stream) play(audio []byte) {
	s.inbound.Own(audio, s.local())
	s.pass(audio)
}

func (*Stream) lead() time.Duration { return musicLead }

func (s *Stream) hush() {
	s.wire.Clear()
	s.inbound.Cleared()
	s.probe.Restart()
}

// due keeps a little of the message waiting at the provider, on its clock: more would delay the agent's words in it, and less
// would let a late beat be heard. Between the two bounds it is a frame a beat, whatever the reckoning trembles by.
func (s *Stream) due(int) int {
	switch waiting := s.waiting(); {
	case waiting >= messageLead:
		return 0
	case waiting < messageLead-2*frameLength:
		return int((messageLead - waiting) / frameLength)
	default:
		return 1
	}
}

// cut repeats, without the message, what the agent said in the part of it that the provider has not played: what is cleared
// there is not lost, and nothing is heard twice.
func (s *Stream) cut(t *mix.Track) {
	unheard := s.waiting()
	s.hush()
	if said := t.Said(unheard); len(said) > 0 {
		s.play(said)
	}
	s.resume(t.Rest())
}

func (s *Stream) resume(rest []byte) {
	if len(rest) > 0 {
		s.play(rest)
	}
	s.inbound.Resume(s.local())
}

// expect asks the provider, which returns a mark when what was sent before has been played. Should it not, what was reckoned
// to wait there is over.
func (s *Stream) expect(name string) time.Duration {
	s.wire.Mark(name)
	return s.waiting() + markPatience
}

// tick asks the provider now and then how much audio waits there.
func (s *Stream) tick(time.Time) {
	if !s.talking() {
		return
	}
	if name := s.probe.Due(s.local(), s.waiting()); name != "" {
		s.wire.Mark(name)
	}
}

func (s *Stream) hangup(why Hangup) { s.wire.Hangup(why) }
