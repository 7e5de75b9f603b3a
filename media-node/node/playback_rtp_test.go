package node_test

import (
	"sync"
	"testing"
	"time"

	"github.com/pion/rtp"
	"github.com/stretchr/testify/require"
)

// timeline is what packets said of themselves when they came to a browser.
type timeline struct {
	mu  sync.Mutex
	all []stamp
}

type stamp struct {
	timestamp uint32
	sequence  uint16
	samples   int
}

func (l *timeline) note(p *rtp.Packet) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all = append(l.all, stamp{p.Timestamp, p.SequenceNumber, len(p.Payload)})
}

func (l *timeline) packets() []stamp {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]stamp{}, l.all...)
}

// mostLost is how many packets in a row a busy machine may lose; what a node holds back is far more.
const mostLost = 8

// isOrdered checks that no number is used twice or left out, and that no packet is in the time of the one before. That they
// keep time is tested on clocks of our own: this machine has other things to do.
func (l *timeline) isOrdered(t *testing.T) {
	t.Helper()
	require.Eventually(t, func() bool { return len(l.packets()) > 100 }, patience, poll)
	all := l.packets()
	for i := 1; i < len(all); i++ {
		before, at := all[i-1], all[i]
		step := int16(at.sequence - before.sequence)
		require.True(t, step > 0 && step <= mostLost+1, "packet %d is %d after the one before", i, step)
		require.GreaterOrEqual(t, int(int32(at.timestamp-before.timestamp)), before.samples, "packet %d is in another's time", i)
	}
}

// TestPacketsAreNumberedOnThroughMessages: a visitor and an agent pass through, are mixed, and pass through again, twice.
func TestPacketsAreNumberedOnThroughMessages(t *testing.T) {
	t.Parallel()
	f := start(t)
	var toAgent, toVisitor timeline
	agent := f.browser()
	agent.arrived = toAgent.note
	agent.open(f.ticket(nil), (&sine{frequency: agentTone}).frame)
	f.eventually("agent.joined")
	visitor := f.browser()
	visitor.arrived = toVisitor.note
	visitor.open(f.visitorTicket("ctc_1", 30), (&sine{frequency: customerTone}).frame)
	f.eventually("agent.joined", "contact.joined")
	hears(t, &visitor.ear, agentTone)
	f.play("ctc_1", "ply_1", f.tone(messageTone, time.Second))
	f.eventually("agent.joined", "contact.joined", "contact.played finished")
	hears(t, &visitor.ear, agentTone)
	f.play("ctc_1", "ply_2", f.tone(messageTone, time.Minute))
	hearsBoth(t, &visitor.ear, messageTone, agentTone)
	f.stop("ctc_1", "ply_2")
	hears(t, &visitor.ear, agentTone)
	hears(t, &agent.ear, customerTone)
	toAgent.isOrdered(t)
	toVisitor.isOrdered(t)
}
