package bridge

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"guichet/media-node/internal/peer"
	"guichet/media-node/internal/ulaw"
)

func BenchmarkFramePair(b *testing.B) {
	for name, frames := range map[string]int{"passing through": 0, "with a message": 100_000} {
		b.Run(name, func(b *testing.B) {
			w := newWorld(b)
			p := w.call(0)
			silent := &deafWire{}
			p.wire = silent
			if frames > 0 {
				p.Call.Play("ply_1", "https://store/1")
				w.fetches[0].done(silence(frames), nil)
			}
			frame, message := counted(1), silence(frames)
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				w.now = w.now.Add(frameLength)
				p.FromLine(frame, int64(i*20))
				w.agent.Audio(peer.Packet{SSRC: 1, Sequence: uint16(i), Timestamp: uint32(i * ulaw.FrameSamples), Audio: frame})
				if f := w.alarm; f != nil {
					f()
				}
				if p.toAgent == nil && frames > 0 { // it is over: again
					w.bridge.beat.leave(p.Call)
					p.message, p.lastMessage = nil, ""
					p.Call.Play("ply_1", "https://store/1")
					w.fetches[len(w.fetches)-1].done(message, nil)
				}
			}
			assert.NotZero(b, silent.played)
		})
	}
}

// deafWire plays nothing.
type deafWire struct{ played int }

func (d *deafWire) Play([]byte) bool { d.played++; return true }
func (*deafWire) Clear()             {}
func (*deafWire) Mark(string)        {}
func (*deafWire) Hangup(Hangup)      {}
