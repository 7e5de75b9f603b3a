package bridge

import (
	"bytes"
	"errors"
	"log/slog"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/media-node/internal/peer"
	"guichet/media-node/internal/ulaw"
	"guichet/shared/mediaapi"
)

// world is a bridge on a clock of the test's own, with one agent and what is reported.
type world struct {
	t      testing.TB
	now    time.Time
	began  time.Time
	bridge *Bridge
	agent  *agentSession
	story  []string

	alarm   func()
	alarmAt time.Time
	ticked  time.Time
	alarms  int

	fetches []fetched // done is called by the test
}

type fetched struct {
	link     string
	done     func([]byte, error)
	canceled bool
}

// Fetch implements Messages.
func (w *world) Fetch(link string, done func([]byte, error)) func() {
	w.fetches = append(w.fetches, fetched{link: link, done: done})
	i := len(w.fetches) - 1
	return func() { w.fetches[i].canceled = true }
}

// What a peer.Mux needs of a loop.
func (w *world) Now() time.Time               { return w.now }
func (*world) Buffer() []byte                 { return make([]byte, 0, 1500) }
func (*world) Send([]byte, netip.AddrPort)    {}
func (*world) Post(f func()) bool             { f(); return true }
func (w *world) Alarm(at time.Time, f func()) { w.alarm, w.alarmAt = f, at; w.alarms++ }

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{t: t, began: time.Unix(1_800_000_000, 0)}
	w.now, w.ticked = w.began, w.began
	mux, err := peer.NewMux()
	require.NoError(t, err)
	mux.SetNetwork(w)
	t.Cleanup(func() { mux.Stop(); mux.Wait() })
	w.bridge = New(Config{
		Report: func(e mediaapi.Event) {
			w.story = append(w.story, strings.Join(strings.Fields(string(e.Type)+" "+e.PlaybackID+" "+e.Reason), " "))
		},
		Metrics: NewMetrics(prometheus.NewRegistry()), Now: time.Now, Log: slog.New(slog.DiscardHandler), Messages: w, Alarm: w.Alarm,
	}, mux, w.Now)
	w.agentComes()
	return w
}

func (w *world) agentComes() {
	w.agent = w.bridge.OpenAgent(mediaapi.Ticket{AgentID: "agt_1"}, "token", peer.Remote{}).owner.(*agentSession)
	w.agent.Up()
}

// call brings a customer whose provider's clock is off by skew.
func (w *world) call(skew float64) *provider {
	p := &provider{world: w, skew: skew}
	p.Stream = w.bridge.Join(mediaapi.Ticket{AgentID: "agt_1", ContactID: "ctc_1", ParkSeconds: 60}, p)
	w.story = nil
	return p
}

// run lets time pass in steps of a millisecond, with ticks and alarms, and calls each in every step.
func (w *world) run(d time.Duration, each ...func()) {
	for end := w.now.Add(d); w.now.Before(end); {
		w.now = w.now.Add(time.Millisecond)
		for _, f := range each {
			f()
		}
		if f := w.alarm; f != nil && !w.now.Before(w.alarmAt) {
			w.alarm = nil
			f()
		}
		if w.now.Sub(w.ticked) >= 100*time.Millisecond {
			w.ticked = w.now
			w.bridge.Tick(w.now)
		}
	}
}

func (w *world) elapsed() time.Duration { return w.now.Sub(w.began) }

// speaks is an agent who says frames of the bytes 1, 2, 3 … 100, 1 … every 20 ms, as long as it is called.
func (w *world) speaks() func() {
	n := 0
	return func() {
		if w.elapsed()%frameLength == 7*time.Millisecond {
			w.agent.Audio(peer.Packet{SSRC: 1, Sequence: uint16(n), Timestamp: uint32(n * ulaw.FrameSamples), Audio: bytes.Repeat([]byte{byte(n%100 + 1)}, ulaw.FrameSamples)})
			n++
		}
	}
}

// provider is Twilio's end of a line: it plays what it gets, in order, on its own clock. It implements Wire.
type provider struct {
	*Stream
	world   *world
	skew    float64
	started time.Duration // of the world
	clock   int           // samples it has played, or was silent for
	queue   []byte
	heard   []byte // with no silence for want of audio
	starved int    // samples of silence for want of audio, after the first
	most    time.Duration
	marks   []mark
	clears  int
	closed  []Hangup
}

type mark struct {
	name string
	at   int // samples in the queue before it
}

func (p *provider) Play(audio []byte) bool {
	p.queue = append(p.queue, audio...)
	p.most = max(p.most, time.Duration(len(p.queue))*time.Second/ulaw.SampleRate)
	return true
}

func (p *provider) Clear() {
	p.queue = nil
	p.clears++
	p.returnMarks()
}

func (p *provider) Mark(name string) { p.marks = append(p.marks, mark{name, len(p.queue)}) }
func (p *provider) Hangup(why Hangup) {
	p.closed = append(p.closed, why)
}

// live plays up to now, and says something every 20 ms.
func (p *provider) live() {
	until := int(float64(p.world.elapsed()-p.started) * (1 + p.skew) * ulaw.SampleRate / float64(time.Second))
	for ; p.clock < until; p.clock++ {
		if p.clock%ulaw.FrameSamples == ulaw.FrameSamples-1 {
			p.FromCustomer(bytes.Repeat([]byte{0x80}, ulaw.FrameSamples), int64(p.clock+1)/8)
		}
		if len(p.queue) == 0 {
			if len(p.heard) > 0 {
				p.starved++
			}
			continue
		}
		p.heard, p.queue = append(p.heard, p.queue[0]), p.queue[1:]
		for i := range p.marks {
			p.marks[i].at--
		}
		p.returnMarks()
	}
}

func (p *provider) returnMarks() {
	for len(p.marks) > 0 && (p.marks[0].at <= 0 || len(p.queue) == 0) {
		name := p.marks[0].name
		p.marks = p.marks[1:]
		p.Marked(name)
	}
}

// counted is audio whose frames are all different.
func counted(frames int) []byte {
	b := make([]byte, 0, frames*ulaw.FrameSamples)
	for n := range frames {
		b = append(b, bytes.Repeat([]byte{byte(n%100 + 1), byte(n/100%100 + 1)}, ulaw.FrameSamples/2)...)
	}
	return b
}

func silence(frames int) []byte { return bytes.Repeat([]byte{ulaw.Silence}, frames*ulaw.FrameSamples) }

func TestTwoMinutesAreHeardWholeWithoutAGapWhateverTheClocks(t *testing.T) {
	t.Parallel()
	const frames = 6000
	for name, skew := range map[string]float64{"as ours": 0, "200 ppm fast": 200e-6, "200 ppm slow": -200e-6} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			p := w.call(skew)
			w.run(time.Second, p.live)
			p.Call.Play("ply_1", "https://store/1")
			w.fetches[0].done(counted(frames), nil)
			w.run(2*time.Minute-100*time.Millisecond, p.live)
			assert.Empty(t, w.story, "not finished before it has been heard")
			assert.Zero(t, p.starved, "nobody says anything, and it goes on")
			w.run(200*time.Millisecond, p.live)
			assert.Equal(t, []string{"contact.played ply_1 finished"}, w.story)
			assert.True(t, bytes.Equal(counted(frames), p.heard), "whole and in order")
			assert.LessOrEqual(t, p.most, 90*time.Millisecond, "little waits there, from beginning to end")
		})
	}
}

func TestNothingBeatsWhileNothingPlays(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.call(0)
	w.run(time.Second, p.live)
	assert.Zero(t, w.alarms)
	p.Call.Play("ply_1", "https://store/1")
	w.run(time.Second, p.live)
	assert.Zero(t, w.alarms, "nor while it is fetched")
	w.fetches[0].done(counted(50), nil)
	w.run(2*time.Second, p.live)
	assert.Equal(t, []string{"contact.played ply_1 finished"}, w.story)
	assert.InDelta(t, 50, w.alarms, 3)
	assert.Nil(t, w.alarm)
}

// words is what the agent is heard to say, frame by frame.
func words(audio []byte) []int {
	var all []int
	for chunk := range slices.Chunk(bytes.Trim(audio, "\xff"), ulaw.FrameSamples) {
		all = append(all, int(chunk[0]))
	}
	return all
}

// TestAStopCutsNoSpeech stops a silent message at every point of a beat: what the agent says is heard as if there were none.
func TestAStopCutsNoSpeech(t *testing.T) {
	t.Parallel()
	for at := range 20 {
		w := newWorld(t)
		p := w.call(0)
		speaks := w.speaks()
		w.run(time.Second, p.live)
		p.Call.Play("ply_1", "https://store/1")
		w.fetches[0].done(silence(500), nil)
		w.run(500*time.Millisecond, p.live)
		w.run(500*time.Millisecond+time.Duration(at)*time.Millisecond, p.live, speaks)
		p.Call.StopPlaying("ply_1")
		assert.Equal(t, []string{"contact.played ply_1 stopped"}, w.story, "at once")
		assert.Equal(t, 1, p.clears)
		w.run(500*time.Millisecond, p.live, speaks)
		heard := words(p.heard)
		require.Greater(t, len(heard), 40)
		for i, word := range heard {
			require.Equal(t, i%100+1, word, "stopped at %d ms: %v", at, heard)
		}
	}
}

func TestStopsAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.call(0)
	w.run(time.Second, p.live)
	p.Call.Play("ply_1", "https://store/1")
	w.fetches[0].done(counted(500), nil)
	w.run(time.Second, p.live)
	heard := len(p.heard)
	p.Call.StopPlaying("ply_2")
	w.run(time.Second, p.live)
	assert.Empty(t, w.story, "another one")
	assert.InDelta(t, heard+ulaw.SampleRate, len(p.heard), 20)
	p.Call.StopPlaying("ply_1")
	heard = len(p.heard)
	w.run(time.Second, p.live)
	assert.Len(t, p.heard, heard, "nobody speaks: nothing more is heard")
	p.Call.StopPlaying("ply_1")
	assert.Equal(t, []string{"contact.played ply_1 stopped"}, w.story)
}

// TestSpeechGoesOnAfterTheEnd: at the natural end, the agent's words of it and after it are heard in order, with no delay kept.
func TestSpeechGoesOnAfterTheEnd(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.call(0)
	speaks := w.speaks()
	w.run(time.Second, p.live)
	p.Call.Play("ply_1", "https://store/1")
	w.fetches[0].done(silence(50), nil)
	w.run(800*time.Millisecond, p.live)
	w.run(5*time.Second, p.live, speaks)
	assert.Equal(t, []string{"contact.played ply_1 finished"}, w.story)
	heard := words(p.heard)
	left := 0
	for i := 1; i < len(heard); i++ {
		step := (heard[i] - heard[i-1] + 100) % 100
		require.Contains(t, []int{1, 2}, step, "%v", heard)
		left += step - 1
	}
	assert.LessOrEqual(t, left, 5, "frames left out, one a second, until no delay is left")
	assert.LessOrEqual(t, p.waiting(), 60*time.Millisecond)
	assert.Less(t, time.Duration(len(p.queue))*time.Second/ulaw.SampleRate, 60*time.Millisecond)
}

func TestPlayIsIdempotent(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.call(0)
	w.run(time.Second, p.live)
	play := func(id string) { p.Call.Play(id, "https://store/"+id) }
	play("ply_1")
	play("ply_1")
	require.Len(t, w.fetches, 1)
	assert.Equal(t, "https://store/ply_1", w.fetches[0].link)
	w.fetches[0].done(counted(10), nil)
	play("ply_1")
	w.run(time.Second, p.live)
	play("ply_1")
	w.run(time.Second, p.live)
	require.Len(t, w.fetches, 1)
	assert.Equal(t, []string{"contact.played ply_1 finished"}, w.story)
	assert.Len(t, p.heard, 10*ulaw.FrameSamples, "once")
}

func TestAnotherMessageTakesThePlace(t *testing.T) {
	t.Parallel()
	for name, state := range map[string]func(w *world, p *provider){
		"of one that is fetched": func(*world, *provider) {},
		"of one that plays": func(w *world, p *provider) {
			w.fetches[0].done(counted(500), nil)
			w.run(time.Second, p.live)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			p := w.call(0)
			w.run(time.Second, p.live)
			p.Call.Play("ply_1", "https://store/1")
			state(w, p)
			p.Call.Play("ply_2", "https://store/2")
			assert.Equal(t, []string{"contact.played ply_1 stopped"}, w.story)
			assert.True(t, w.fetches[0].canceled)
			w.fetches[0].done(counted(500), nil) // comes too late
			w.fetches[0].done(nil, errors.New("canceled"))
			p.heard = nil
			w.fetches[1].done(counted(25), nil)
			w.run(time.Second, p.live)
			assert.Equal(t, []string{"contact.played ply_1 stopped", "contact.played ply_2 finished"}, w.story)
			assert.Equal(t, counted(25), p.heard)
		})
	}
}

func TestAMessageThatCannotBeFetched(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.call(0)
	p.Call.Play("ply_1", "https://store/1")
	w.fetches[0].done(nil, errors.New("answered 404"))
	assert.Equal(t, []string{"contact.played ply_1 failed"}, w.story)
	w.run(time.Second, p.live, w.speaks())
	assert.NotEmpty(t, p.heard, "the call goes on")
	assert.Zero(t, p.clears)
}

func TestFinishedWhenTheProviderSaysSoOrALittleLater(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.call(0)
	w.run(time.Second, p.live)
	p.Call.Play("ply_1", "https://store/1")
	w.fetches[0].done(counted(50), nil)
	w.run(950*time.Millisecond, p.live)
	p.marks = nil // it is lost
	w.run(900*time.Millisecond, p.live)
	assert.Empty(t, w.story)
	w.run(300*time.Millisecond, p.live)
	assert.Equal(t, []string{"contact.played ply_1 finished"}, w.story)
}

func TestMessageForAParkedCustomer(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.call(0)
	w.run(time.Second, p.live)
	p.Call.Play("ply_1", "https://store/1")
	w.fetches[0].done(counted(100), nil)
	w.run(time.Second, p.live)
	w.agent.leave(reasonClosed)
	w.run(500*time.Millisecond, p.live)
	assert.Equal(t, counted(100)[:len(p.heard)], p.heard, "goes on instead of music")
	w.agent.Up()
	assert.Zero(t, p.clears)
	w.run(300*time.Millisecond, p.live)
	w.agent.leave(reasonClosed)
	w.run(time.Second, p.live)
	assert.True(t, bytes.HasPrefix(p.heard, counted(100)), "whole, though the agent came and went")
	assert.Contains(t, w.story, "contact.played ply_1 finished")
	assert.Greater(t, len(p.heard), len(counted(100))+ulaw.SampleRate/2, "then there is music")
	assert.Equal(t, w.bridge.music[:800], p.heard[len(counted(100)):][:800])

	p.Call.Play("ply_2", "https://store/2")
	p.heard = nil
	w.fetches[1].done(counted(10), nil)
	assert.Equal(t, 1, p.clears, "and a message takes the place of music")
	w.run(100*time.Millisecond, p.live)
	assert.Equal(t, counted(10)[:len(p.heard)], p.heard)
}

func TestWhatEndsTheCallStopsTheMessage(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		end  func(w *world, p *provider)
		want []string
	}{
		"hung up":     {func(_ *world, p *provider) { p.Left(mediaapi.LeftStopped) }, []string{"contact.played ply_1 stopped", "contact.left stopped"}},
		"lost":        {func(_ *world, p *provider) { p.Left(mediaapi.LeftLost) }, []string{"contact.played ply_1 stopped", "contact.left lost"}},
		"ended by us": {func(_ *world, p *provider) { p.End() }, []string{"contact.played ply_1 stopped", "contact.left ended"}},
		"drained":     {func(w *world, _ *provider) { w.bridge.Stop() }, []string{"contact.played ply_1 stopped", "contact.left drained", "agent.left drained"}},
		"another contact of the agent": {func(w *world, _ *provider) {
			w.bridge.Join(mediaapi.Ticket{AgentID: "agt_1", ContactID: "ctc_2"}, &provider{world: w})
		}, []string{"contact.played ply_1 stopped", "contact.left stopped", "contact.joined"}},
		"transferred": {func(w *world, _ *provider) {
			w.bridge.Join(mediaapi.Ticket{AgentID: "agt_2", ContactID: "ctc_1"}, &provider{world: w})
		}, []string{"contact.played ply_1 stopped", "contact.parked"}},
		"parked too long": {func(w *world, p *provider) {
			w.agent.leave(reasonClosed)
			w.run(61*time.Second, p.live)
		}, []string{"agent.left closed", "contact.parked", "contact.played ply_1 stopped", "contact.parkExpired"}},
	} {
		for state, frames := range map[string]int{"playing": 6000, "being fetched": 0} {
			t.Run(name+", "+state, func(t *testing.T) {
				t.Parallel()
				w := newWorld(t)
				p := w.call(0)
				p.Call.Play("ply_1", "https://store/1")
				if frames > 0 {
					w.fetches[0].done(counted(frames), nil)
				}
				w.run(time.Second, p.live)
				tc.end(w, p)
				assert.Equal(t, tc.want, w.story)
				assert.True(t, w.fetches[0].canceled)
				w.alarms = 0
				w.run(time.Second)
				assert.LessOrEqual(t, w.alarms, 1, "the beat stops")
			})
		}
	}
}

func TestMessageGoesOnOnANewLineOfTheSameCall(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.call(0)
	p.Call.Play("ply_1", "https://store/1")
	w.fetches[0].done(counted(100), nil)
	w.run(time.Second, p.live)
	again := &provider{world: w, started: w.elapsed()}
	again.Stream = w.bridge.Join(mediaapi.Ticket{AgentID: "agt_1", ContactID: "ctc_1", ParkSeconds: 60}, again)
	assert.Equal(t, []Hangup{Replaced}, p.closed)
	again.Call.Play("ply_1", "https://store/1")
	w.run(1200*time.Millisecond, again.live)
	assert.Equal(t, []string{"contact.joined", "contact.played ply_1 finished"}, w.story)
	assert.True(t, bytes.HasSuffix(counted(100), again.heard), "the rest of it")
	assert.InDelta(t, 49*ulaw.FrameSamples, len(again.heard), 3*ulaw.FrameSamples)
	require.Len(t, w.fetches, 1)
}

func TestAStalledNodeDoesNotRushOn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.call(0)
	p.Call.Play("ply_1", "https://store/1")
	w.fetches[0].done(counted(100), nil)
	w.run(time.Second, p.live)
	w.now = w.now.Add(700 * time.Millisecond)
	p.live()
	w.run(1500*time.Millisecond, p.live)
	assert.Equal(t, counted(100), p.heard, "nothing is left out")
	assert.LessOrEqual(t, p.most, 80*time.Millisecond)
	assert.Equal(t, []string{"contact.played ply_1 finished"}, w.story)
}

// BenchmarkFramePair is what the bridge itself does with a frame of each side; SRTP and WebSocket have benchmarks of their own.
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
				p.FromCustomer(frame, int64(i*20))
				w.agent.Audio(peer.Packet{SSRC: 1, Sequence: uint16(i), Timestamp: uint32(i * ulaw.FrameSamples), Audio: frame})
				if f := w.alarm; f != nil {
					f()
				}
				if p.Call.toAgent == nil && frames > 0 { // it is over: again
					w.bridge.beat.leave(p.Call)
					p.Call.message, p.Call.lastMessage = nil, ""
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
