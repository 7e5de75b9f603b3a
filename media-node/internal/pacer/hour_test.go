package pacer

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"guichet/media-node/internal/ulaw"
)

const frame = 20 * time.Millisecond

// sink is a provider that plays what it gets in order at its own clock, as Twilio documents: an honest queue, which the
// pacer cannot look into.
type sink struct {
	end    time.Duration // on its clock
	silent time.Duration // it had nothing to play
	played int
}

func (s *sink) take(now, length time.Duration) (waiting time.Duration) {
	if s.end < now {
		if s.played > 0 {
			s.silent += now - s.end
		}
		s.end = now
	}
	s.end += length
	s.played++
	return s.end - now
}

type arrival struct {
	at         time.Duration // on the node's clock
	fromAgent  bool
	ts         uint32
	providerTS time.Duration
}

// hour makes what arrives at the node in an hour: the agent's packets over UDP with jitter, loss and reordering, and the
// provider's frames over TCP with jitter. skew is each side's clock error against the node's.
func hour(rnd *rand.Rand, agentSkew, providerSkew, loss float64, jitter time.Duration) []arrival {
	frames := int(time.Hour / frame)
	var all []arrival
	var tcp time.Duration
	for i := range frames {
		at := time.Duration(float64(i)*float64(frame)/(1+agentSkew)) + rand0(rnd, jitter)
		if rnd.Float64() >= loss {
			all = append(all, arrival{at: at, fromAgent: true, ts: uint32(i * ulaw.FrameSamples)})
		}
		tcp = max(tcp, time.Duration(float64(i)*float64(frame)/(1+providerSkew))+rand0(rnd, jitter))
		all = append(all, arrival{at: tcp, providerTS: time.Duration(i) * frame})
	}
	slices.SortStableFunc(all, func(a, b arrival) int { return int(a.at - b.at) })
	return all
}

func rand0(rnd *rand.Rand, d time.Duration) time.Duration {
	if d == 0 {
		return 0
	}
	return time.Duration(rnd.Int64N(int64(d)))
}

// TestHourWithDriftingClocks is the bar of the media path: an hour with a clock 200 ppm off, 1 % loss and 30 ms of
// jitter ends with no more delay than it began with, and never more than 60 ms wait at the provider.
func TestHourWithDriftingClocks(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		agentPPM, providerPPM, loss float64
		jitter                      time.Duration
	}{
		{200, 0, 0.01, 30 * time.Millisecond},
		{-200, 0, 0.01, 30 * time.Millisecond},
		{0, 200, 0.01, 30 * time.Millisecond},
		{0, -200, 0.01, 30 * time.Millisecond},
		{200, -200, 0.01, 30 * time.Millisecond},
		{0, 0, 0, 0},
	} {
		t.Run(fmt.Sprintf("agent %+g ppm provider %+g ppm loss %g jitter %s", tc.agentPPM, tc.providerPPM, tc.loss, tc.jitter), func(t *testing.T) {
			t.Parallel()
			var p Inbound
			p.Reset()
			var s sink
			var worst time.Duration
			minutes := make([]float64, 60)
			counts := make([]float64, 60)
			tone := make([]byte, ulaw.FrameSamples)
			for i := range tone {
				tone[i] = ulaw.Encode(int16(8000 * math.Sin(float64(i)/4)))
			}
			for _, a := range hour(rand.New(rand.NewPCG(1, 2)), tc.agentPPM/1e6, tc.providerPPM/1e6, tc.loss, tc.jitter) {
				if !a.fromAgent {
					p.Clock.Observe(a.providerTS, a.at)
					continue
				}
				sinkNow := time.Duration(float64(a.at) * (1 + tc.providerPPM/1e6))
				p.Packet(a.ts, tone, a.at, func(audio []byte) {
					waiting := s.take(sinkNow, length(audio))
					worst = max(worst, waiting)
					minute := min(int(a.at/time.Minute), 59)
					minutes[minute] += float64(waiting)
					counts[minute]++
				})
			}
			mean := func(minute int) time.Duration { return time.Duration(minutes[minute] / counts[minute]) }
			frames := float64(time.Hour / frame)
			t.Logf("worst %s, mean of minute 1 %s and 60 %s, silent %.2f %%, trimmed %.2f %%, late %.2f %%, concealed %.2f %%",
				worst, mean(1), mean(59), 100*s.silent.Hours(), 100*float64(p.Stats.Trimmed)/frames, 100*float64(p.Stats.Late)/frames, 100*float64(p.Stats.Concealed)/frames)
			assert.LessOrEqual(t, worst, 60*time.Millisecond)
			assert.InDelta(t, mean(1), mean(59), float64(5*time.Millisecond), "no growth")
			assert.Less(t, s.silent.Hours()+float64(p.Stats.Trimmed+p.Stats.Concealed)/frames, tc.loss+0.025, "interruptions stay near the loss")
		})
	}
}
