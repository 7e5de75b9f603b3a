package pacer

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"guichet/media-node/internal/ulaw"
)

// TestStallTowardsTheProviderIsMadeUpFor: what the network holds back for 400 ms waits at the provider from then on, as
// it plays everything in order. Marks tell, and the delay is gone within three probes.
func TestStallTowardsTheProviderIsMadeUpFor(t *testing.T) {
	t.Parallel()
	const stallAt, stall, rtt = time.Minute, 400 * time.Millisecond, 30 * time.Millisecond
	type mark struct {
		name string
		back time.Duration
	}
	var p Inbound
	p.Reset()
	var probe Probe
	var s sink
	var marks []mark
	audio := make([]byte, ulaw.FrameSamples)
	waits := map[int]time.Duration{} // most per second
	for i := range 6000 {
		now := time.Duration(i) * frame
		arrives := now
		if now >= stallAt && now < stallAt+stall {
			arrives = stallAt + stall
		}
		p.Packet(uint32(i*ulaw.FrameSamples), audio, now, func(b []byte) {
			second := int(now / time.Second)
			waits[second] = max(waits[second], s.take(arrives, length(b)))
		})
		if name := probe.Due(now, p.Waiting(now)); name != "" {
			marks = append(marks, mark{name, max(s.end, arrives) + rtt})
		}
		for len(marks) > 0 && marks[0].back <= now {
			p.Behind(probe.Returned(marks[0].name, now))
			marks = marks[1:]
		}
	}
	assert.LessOrEqual(t, waits[59], 60*time.Millisecond)
	assert.Greater(t, waits[61], 300*time.Millisecond, "the stall is felt")
	assert.LessOrEqual(t, waits[80], 100*time.Millisecond, "and made up for")
	assert.LessOrEqual(t, waits[119], 100*time.Millisecond)
}

func TestProbeTrustsNoSingleMark(t *testing.T) {
	t.Parallel()
	var p Probe
	now := time.Duration(0)
	round := func(delay time.Duration) time.Duration {
		now += probeEvery
		name := p.Due(now, 20*time.Millisecond)
		assert.NotEmpty(t, name)
		assert.Empty(t, p.Due(now, 0), "one at a time")
		assert.Zero(t, p.Returned("pace-0", now), "a stranger's mark")
		return p.Returned(name, now+20*time.Millisecond+delay)
	}
	assert.Zero(t, round(30*time.Millisecond))
	assert.Zero(t, round(500*time.Millisecond))
	assert.Zero(t, round(30*time.Millisecond))
	assert.Zero(t, round(300*time.Millisecond))
	assert.Equal(t, 270*time.Millisecond, round(400*time.Millisecond))
	assert.Zero(t, round(30*time.Millisecond))
}

func TestProbeAsksAgainWhenAMarkIsLost(t *testing.T) {
	t.Parallel()
	var p Probe
	assert.Equal(t, "pace-1", p.Due(0, 0))
	assert.Empty(t, p.Due(probeEvery, 0))
	assert.Equal(t, "pace-2", p.Due(probeTimeout, 0))
	assert.Zero(t, p.Returned("pace-1", probeTimeout), "too late")
}

// TestMarksOfAClearedQueueAreNotBelieved: a provider returns them at once, which says nothing about what waits.
func TestMarksOfAClearedQueueAreNotBelieved(t *testing.T) {
	t.Parallel()
	var p Probe
	stale := p.Due(time.Second, 0)
	p.Restart()
	assert.Zero(t, p.Returned(stale, time.Second))
	later := p.Due(time.Second+probeEvery, 0)
	assert.NotEqual(t, stale, later)
	assert.Zero(t, p.Returned(stale, 2*time.Second+probeEvery))
	assert.True(t, p.waiting, "the stale one is nobody's answer")
}

func TestWhatWaitsAfterOwnAudioIsGivenBackLittleByLittle(t *testing.T) {
	t.Parallel()
	var p Inbound
	p.Reset()
	for range 5 {
		p.Own(loudFrame(1), 0)
	}
	assert.Equal(t, 100*time.Millisecond, p.Waiting(0))
	p.Resume(0)
	sent := 0
	for i := range 250 { // five seconds of loud speech
		p.Packet(uint32(i*ulaw.FrameSamples), loudFrame(1), time.Duration(i)*frame, func([]byte) { sent++ })
		if i == 10 {
			assert.GreaterOrEqual(t, sent, 10, "no word is cut off")
		}
	}
	assert.GreaterOrEqual(t, sent, 246)
	assert.LessOrEqual(t, p.Waiting(250*frame), InboundLimit)
	p.Cleared()
	assert.Zero(t, p.Waiting(250*frame))
}
