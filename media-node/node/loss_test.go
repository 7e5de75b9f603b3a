package node_test

import (
	"encoding/binary"
	"sync"
	"testing"

	"github.com/pion/rtp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/media-node/internal/ulaw"
)

// numbered is endless audio whose frames begin with their number.
type numbered struct{ n uint32 }

func (s *numbered) frame() []byte {
	b := make([]byte, ulaw.FrameSamples)
	binary.BigEndian.PutUint32(b, s.n)
	s.n++
	return b
}

// arrivals are the packets of numbered audio that came to a browser.
type arrivals struct {
	mu  sync.Mutex
	all []arrival
}

type arrival struct {
	number, timestamp uint32
	sequence          uint16
}

func (a *arrivals) note(p *rtp.Packet) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.all = append(a.all, arrival{binary.BigEndian.Uint32(p.Payload), p.Timestamp, p.SequenceNumber})
}

func (a *arrivals) count() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return len(a.all)
}

// areInPlace checks that every frame has the place in time that it was sent for, whatever was lost or overtaken before.
func (a *arrivals) areInPlace(t *testing.T) {
	t.Helper()
	a.mu.Lock()
	defer a.mu.Unlock()
	first, before := a.all[0], a.all[0].number
	lost, overtaken, seen := 0, 0, map[uint16]bool{}
	for _, at := range a.all {
		frames := int32(at.number - first.number)
		require.EqualValues(t, frames*ulaw.FrameSamples, int32(at.timestamp-first.timestamp), "time of frame %d", frames)
		require.EqualValues(t, frames, int16(at.sequence-first.sequence), "number of frame %d", frames)
		require.False(t, seen[at.sequence], "frame %d came twice", frames)
		seen[at.sequence] = true
		switch step := int32(at.number - before); {
		case step < 0:
			overtaken++
		case step > 1:
			lost++
		}
		before = max(before, at.number)
	}
	assert.Greater(t, lost, 10)
	assert.Greater(t, overtaken, 5)
}

func TestLossAndReorderingLeaveAudioInItsPlace(t *testing.T) {
	t.Parallel()
	f := start(t)
	const enough = 250 // packets, five seconds
	var toAgent, toVisitor arrivals
	agent := f.browser(f.over(&lossy{PacketConn: f.socket()}))
	agent.arrived = toAgent.note
	agent.open(f.ticket(nil), (&numbered{}).frame)
	f.eventually("agent.joined")
	visitor := f.browser(f.over(&lossy{PacketConn: f.socket()}))
	visitor.arrived = toVisitor.note
	visitor.open(f.visitorTicket("ctc_1", 30), (&numbered{}).frame)
	require.Eventually(t, func() bool { return toAgent.count() > enough && toVisitor.count() > enough }, patience, poll)
	toAgent.areInPlace(t)
	toVisitor.areInPlace(t)
}
