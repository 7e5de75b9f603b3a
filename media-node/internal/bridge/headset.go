package bridge

import (
	"guichet/media-node/internal/mix"
	"guichet/media-node/internal/peer"
	"guichet/media-node/internal/ulaw"
)

// headset is where an agent or a visitor hears, behind a browser, whose jitter buffer takes what comes early for delay that
// is needed. It implements ear.
type headset struct{ peer *peer.Peer }

func (h headset) play(audio []byte) { h.peer.Send(audio) }

// due is a frame a beat, as evenly as the loop's timer: no browser is given anything ahead.
func (headset) due(beats int) int { return beats }

func (h headset) cut(t *mix.Track) { h.resume(t.Rest()) }

// resume sends what was said in packets as browsers expect them, and leaves it to Peer.Relay that those which come next follow,
// in number and in time.
func (h headset) resume(rest []byte) {
	for len(rest) > 0 {
		n := min(len(rest), ulaw.FrameSamples)
		h.peer.Send(rest[:n])
		rest = rest[n:]
	}
}

func (h headset) converse(_ uint32, audio []byte) { h.peer.Send(audio) }
