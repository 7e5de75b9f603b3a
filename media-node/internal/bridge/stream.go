package bridge

import (
	"time"

	"guichet/media-node/internal/pacer"
	"guichet/media-node/internal/peer"
	"guichet/media-node/internal/ulaw"
	"guichet/shared/mediaapi"
)

// musicLead is how far ahead of its playing music is sent to a provider: more than a tick, little to throw away when the
// agent is back.
const musicLead = 250 * time.Millisecond

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
}

// Join puts a customer through to the agent named in the ticket, or parks them until that agent is here. A line that was
// there for the same agent or of the same contact is closed: the ticket is the newest word of the control plane.
func (b *Bridge) Join(ticket mediaapi.Ticket, wire Wire) *Stream {
	s := &Stream{wire: wire}
	s.send = s.play
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
	if s.session == nil {
		return
	}
	for len(audio) > 0 {
		frame := audio[:min(len(audio), ulaw.FrameSamples)]
		audio = audio[len(frame):]
		if s.outbound.Admit(frame, now) {
			s.session.Peer.Send(frame)
		} else {
			m.dropped(dropBurst, 1)
		}
	}
}

// Marked tells that the audio before a mark has been played.
func (s *Stream) Marked(name string) {
	if s.session != nil {
		s.inbound.Behind(s.probe.Returned(name, s.local()))
	}
}

// waiting is how much audio waits at the provider.
func (s *Stream) waiting() time.Duration { return s.inbound.Waiting(s.local()) }

func (s *Stream) bridged(afterMusic bool) {
	if afterMusic {
		s.wire.Clear()
	}
	s.inbound.Reset()
	s.probe = pacer.Probe{}
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

func (s *Stream) play(audio []byte) {
	if !s.wire.Play(audio) {
		s.bridge.cfg.Metrics.dropped(dropStalled, 1)
	}
}

func (*Stream) lead() time.Duration { return musicLead }

// tick asks the provider now and then how much audio waits there.
func (s *Stream) tick(time.Time) {
	if s.session == nil {
		return
	}
	if name := s.probe.Due(s.local(), s.waiting()); name != "" {
		s.wire.Mark(name)
	}
}

func (s *Stream) hangup(why Hangup) { s.wire.Hangup(why) }
