package bridge

import (
	"slices"
	"time"

	"guichet/media-node/internal/pacer"
	"guichet/media-node/internal/peer"
	"guichet/media-node/internal/ulaw"
	"guichet/shared/mediaapi"
)

// Stream is a call whose customer's line a provider streams.
type Stream struct {
	*Call
	trunk

	outbound pacer.Outbound // from the customer to the agent
}

// Join puts a customer through to the agent named in the ticket, or parks them until that agent is here. A line that was
// there for the same agent or of the same contact is closed: the ticket is the newest word of the control plane.
func (b *Bridge) Join(ticket mediaapi.Ticket, wire Wire) *Stream {
	s := &Stream{}
	s.open(b, wire)
	s.Call = b.newCall(ticket, s)
	s.begin()
	return s
}

// FromLine takes audio of the customer. timestamp is its place in the stream in milliseconds, negative if unknown.
func (s *Stream) FromLine(audio []byte, timestamp int64) {
	s.metrics.FramesFromCustomer.Inc()
	s.observe(timestamp)
	if !s.talking() {
		return
	}
	if voice := s.mixedIn(); voice != nil {
		s.mixIn(voice, audio, timestamp)
		return
	}
	for frame := range slices.Chunk(audio, ulaw.FrameSamples) {
		if s.outbound.Admit(frame, s.now()) {
			s.session.ear.play(frame)
		} else {
			s.metrics.dropped(dropBurst, 1)
		}
	}
}

// Marked tells that the audio before a mark has been played.
func (s *Stream) Marked(name string) {
	s.Heard(name)
	if s.talking() {
		s.marked(name)
	}
}

func (s *Stream) bridged() {
	s.inbound.Reset()
	s.probe.Restart()
	s.outbound = pacer.NewOutbound()
}

func (s *Stream) fromAgent(p peer.Packet) { s.converse(p.Timestamp, p.Audio) }

func (*Stream) lead() time.Duration { return musicLead }

// expect asks the provider, which returns a mark when what was sent before has been played. Should it not, what was reckoned
// to wait there is over.
func (s *Stream) expect(name string) time.Duration {
	s.wire.Mark(name)
	return s.waiting() + markPatience
}

func (s *Stream) tick(time.Time) {
	if s.talking() {
		s.ask()
	}
}
