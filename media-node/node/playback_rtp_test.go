package node_test

import (
	"sync"
	"testing"
	"time"

	"github.com/pion/rtp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// timeline is when packets came to a browser.
type timeline struct {
	mu  sync.Mutex
	all []timed
}

type timed struct {
	at        time.Time
	timestamp uint32
	sequence  uint16
	samples   int
}

func (l *timeline) note(p *rtp.Packet) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all = append(l.all, timed{time.Now(), p.Timestamp, p.SequenceNumber, len(p.Payload)})
}

// isSteady checks that no number was used twice, that every packet's time follows the one before, and that from the first to
// the last packet as much time passed on their timestamps as on the clock.
func (l *timeline) isSteady(t *testing.T) {
	t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	require.Greater(t, len(l.all), 100)
	jumps := 0
	for i := 1; i < len(l.all); i++ {
		before, at := l.all[i-1], l.all[i]
		require.EqualValues(t, 1, at.sequence-before.sequence, "packet %d", i)
		step := int32(at.timestamp - before.timestamp)
		require.GreaterOrEqual(t, int(step), before.samples, "packet %d is in nobody's time", i)
		if int(step) > before.samples {
			jumps++
		}
	}
	first, last := l.all[0], l.all[len(l.all)-1]
	media := time.Duration(last.timestamp-first.timestamp) * time.Second / 8000
	assert.InDelta(t, last.at.Sub(first.at).Seconds(), media.Seconds(), 0.3)
	assert.LessOrEqual(t, jumps, 2, "timestamps that moved on with the clock")
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
	time.Sleep(500 * time.Millisecond) // isSteady wants more packets than the parts above always have
	toAgent.isSteady(t)
	toVisitor.isSteady(t)
}
