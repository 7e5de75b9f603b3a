package pacer

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"guichet/media-node/internal/ulaw"
)

// TestLimitFollowsTheNetwork: a minute of calm, a minute in which the browser sends ten packets at a time, calm again.
func TestLimitFollowsTheNetwork(t *testing.T) {
	t.Parallel()
	var p Inbound
	p.Reset()
	rnd := rand.New(rand.NewPCG(3, 4))
	var limits [3]time.Duration
	var sent, trimmed [3]uint64
	before := uint64(0)
	for i := range 9000 {
		minute := i / 3000
		at := time.Duration(i) * frame
		if minute == 1 {
			at = time.Duration(i/8*8+7) * frame // packets wait for the last of eight
		} else {
			at += time.Duration(rnd.Int64N(int64(10 * time.Millisecond)))
		}
		p.Packet(uint32(i*ulaw.FrameSamples), loudFrame(1), at, func([]byte) { sent[minute]++ })
		limits[minute] = p.playout.Limit
		trimmed[minute] += p.Stats.Trimmed - before
		before = p.Stats.Trimmed
	}
	assert.Equal(t, InboundLimit, limits[0])
	assert.Greater(t, limits[1], 150*time.Millisecond)
	assert.Equal(t, InboundLimit, limits[2], "calm again, small delay again")
	assert.Zero(t, trimmed[0])
	assert.Less(t, trimmed[1], uint64(10), "nearly all is heard")
	assert.Less(t, trimmed[2], uint64(15), "what had waited is left out little by little")
	assert.LessOrEqual(t, p.Waiting(9000*frame), InboundLimit)
}

func TestLimitIsBounded(t *testing.T) {
	t.Parallel()
	var j Jitter
	assert.Equal(t, InboundLimit, j.Observe(0, 0))
	assert.Equal(t, InboundLimit, j.Observe(160, frame))
	assert.Equal(t, worstLimit, j.Observe(320, 10*time.Second))
	assert.Equal(t, worstLimit, j.Observe(1_000_000, 10*time.Second), "a pause forgets no jitter")
	assert.Equal(t, worstLimit-20*time.Millisecond, j.Observe(1_008_000, 11*time.Second))
}
