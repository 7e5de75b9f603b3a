package bridge

import (
	"bytes"
	"cmp"
	"log/slog"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
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
	guest   *GuestLine // then it is the guest's line, and Stream is nil
	word    byte       // what is said, in every sample; 0 for 0x80
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
			p.party().FromLine(bytes.Repeat([]byte{cmp.Or(p.word, 0x80)}, ulaw.FrameSamples), int64(p.clock+1)/8)
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

// party is whose line it is.
func (p *provider) party() interface {
	FromLine(audio []byte, timestamp int64)
	Marked(name string)
} {
	if p.guest != nil {
		return p.guest
	}
	return p.Stream
}

func (p *provider) returnMarks() {
	for len(p.marks) > 0 && (p.marks[0].at <= 0 || len(p.queue) == 0) {
		name := p.marks[0].name
		p.marks = p.marks[1:]
		p.party().Marked(name)
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

// words is what the agent is heard to say, frame by frame.
// TestAStopCutsNoSpeech stops a silent message at every point of a beat: what the agent says is heard as if there were none.
// TestSpeechGoesOnAfterTheEnd: at the natural end, the agent's words of it and after it are heard in order, with no delay kept.
// BenchmarkFramePair is what the bridge itself does with a frame of each side; SRTP and WebSocket have benchmarks of their own.
