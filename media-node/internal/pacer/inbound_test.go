package pacer

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"guichet/media-node/internal/ulaw"
)

// loudFrame is a frame whose bytes tell its number.
func loudFrame(n int) []byte { return bytes.Repeat([]byte{byte(n)}, ulaw.FrameSamples) }

// run gives packets, named by number, to an Inbound 20 ms apart and returns what was sent; "~" is a made-up frame.
func run(p *Inbound, packets ...int) string {
	var sent []string
	for i, n := range packets {
		known := map[byte]bool{}
		for _, m := range packets {
			known[byte(m)] = true
		}
		p.Packet(uint32(n*ulaw.FrameSamples), loudFrame(n), time.Duration(i)*frame, func(b []byte) {
			if b[0] != b[len(b)-1] || !known[b[0]] {
				sent = append(sent, "~")
				return
			}
			sent = append(sent, fmt.Sprint(b[0]))
		})
	}
	return strings.Join(sent, " ")
}

func TestInboundOrder(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		packets []int
		want    string
		stats   InboundStats
	}{
		"in order":                {[]int{1, 2, 3, 4}, "1 2 3 4", InboundStats{Forwarded: 4}},
		"duplicate":               {[]int{1, 2, 2, 3}, "1 2 3", InboundStats{Forwarded: 3, Late: 1}},
		"nothing waits: no hold":  {[]int{1, 3, 2, 4}, "1 ~ 3 4", InboundStats{Forwarded: 3, Late: 1, Concealed: 1}},
		"a pause is not a loss":   {[]int{1, 2, 50, 51}, "1 2 50 51", InboundStats{Forwarded: 4}},
		"timestamps start over":   {[]int{101, 102, 3, 4}, "101 102 3 4", InboundStats{Forwarded: 4}},
		"straggler after a pause": {[]int{1, 50, 40, 51}, "1 50 51", InboundStats{Forwarded: 3, Late: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var p Inbound
			p.Reset()
			assert.Equal(t, tc.want, run(&p, tc.packets...))
			assert.Equal(t, tc.stats, p.Stats)
		})
	}
}

func TestInboundWaitsForAStragglerWhileAudioIsPlaying(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		packets []int
		want    string
	}{
		"swapped":             {[]int{1, 2, 4, 3, 5}, "1 2 3 4 5"},
		"lost":                {[]int{1, 2, 4, 5, 6}, "1 2 ~ 4 5 6"},
		"two lost":            {[]int{1, 2, 5, 6}, "1 2 ~ ~ 5 6"},
		"duplicate of held":   {[]int{1, 2, 4, 4, 5}, "1 2 ~ 4 5"},
		"lost and swapped":    {[]int{1, 2, 5, 4, 6}, "1 2 ~ 4 5 6"},
		"held before a pause": {[]int{1, 2, 4, 90, 91}, "1 2 ~ 4 90 91"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var p Inbound
			p.Reset()
			p.jitter.limit = worstLimit // this test is about order alone
			var sent []string
			for i, n := range tc.packets {
				at := time.Duration(i) * time.Millisecond // a burst: audio waits all the time
				p.Packet(uint32(n*ulaw.FrameSamples), loudFrame(n), at, func(b []byte) {
					if b[0] == byte(n) || p.heldTS/ulaw.FrameSamples == uint32(b[0]) {
						sent = append(sent, fmt.Sprint(b[0]))
					} else {
						sent = append(sent, "~")
					}
				})
			}
			assert.Equal(t, tc.want, strings.Join(sent, " "))
		})
	}
}

func TestAgentIsHeardWhoSpeaksBeforeTheProvidersFirstFrame(t *testing.T) {
	t.Parallel()
	var p Inbound
	p.Reset()
	const uptime = time.Hour
	sent := 0
	for i := range 100 {
		at := uptime + time.Duration(i)*frame
		if i >= 2 {
			p.Clock.Observe(time.Duration(i-2)*frame, at)
		}
		p.Packet(uint32(i*ulaw.FrameSamples), loudFrame(1), at, func([]byte) { sent++ })
	}
	assert.Equal(t, 100, sent)
	assert.Less(t, p.Waiting(uptime+100*frame), InboundLimit)
}

func TestInboundIgnoresAbsurdPackets(t *testing.T) {
	t.Parallel()
	var p Inbound
	p.Reset()
	fail := func([]byte) { t.Error("sent") }
	p.Packet(0, nil, 0, fail)
	p.Packet(0, make([]byte, maxPacket+1), 0, fail)
	assert.Zero(t, p.Stats)
}

func TestQuietAudioIsLeftOutFirst(t *testing.T) {
	t.Parallel()
	p := Playout{Limit: 60 * time.Millisecond, Relaxed: 40 * time.Millisecond}
	yes, no := func() bool { return true }, func() bool { return false }
	assert.True(t, p.Admit(0, frame, yes))
	assert.True(t, p.Admit(0, frame, yes))
	assert.False(t, p.Admit(0, frame, yes), "a pause in speech shortens the queue")
	assert.True(t, p.Admit(0, frame, no))
	assert.False(t, p.Admit(0, frame, no), "the limit holds for speech too")
	assert.Equal(t, 60*time.Millisecond, p.Waiting(0))
	assert.Zero(t, p.Waiting(time.Second))
}

func TestClockFollowsTheEarliestFrames(t *testing.T) {
	t.Parallel()
	var c Clock
	assert.Equal(t, time.Second, c.At(time.Second), "unknown yet: taken to be the same")
	for i := range 3000 { // a minute, 500 ppm fast, every third frame late
		remote := time.Duration(i) * frame
		local := 7*time.Second + remote - remote/2000
		if i%3 != 0 {
			local += 25 * time.Millisecond
		}
		c.Observe(remote, local)
	}
	assert.InDelta(t, time.Minute, c.At(7*time.Second+time.Minute-time.Minute/2000), float64(11*time.Millisecond))
}

func TestBurstTowardsTheBrowserIsCutDriftIsNot(t *testing.T) {
	t.Parallel()
	p := NewOutbound()
	audio := loudFrame(1)
	for i := range 200_000 { // more than an hour, 500 ppm fast
		at := time.Duration(i) * frame
		p.Admit(audio, at-at/2000)
	}
	assert.Zero(t, p.Trimmed)
	now := 2 * time.Hour
	sent := 0
	for range 50 { // a second at once
		if p.Admit(audio, now) {
			sent++
		}
	}
	assert.Equal(t, int(OutboundLimit/frame), sent)
	assert.EqualValues(t, 50-sent, p.Trimmed)
}

func BenchmarkInbound(b *testing.B) {
	var p Inbound
	p.Reset()
	audio, sent := loudFrame(1), 0
	send := func([]byte) { sent++ }
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		now := time.Duration(i) * frame
		p.Clock.Observe(now, now)
		p.Packet(uint32(i*ulaw.FrameSamples), audio, now, send)
	}
}
