package simulator

import (
	"context"
	"errors"
	"net/http"
	"net/http/cookiejar"
	"sync"
	"time"

	"guichet/infra/local/simulator/twilio"
)

// Causes of the end of a call's context, and of what its TwiML was doing.
var (
	errHungUp     = errors.New("hung up")
	errRedirected = errors.New("redirected")
)

// Call is one telephone call, from its first ring to its end.
type Call struct {
	sim       *Simulator
	sid       string
	direction direction
	from, to  string
	name      string // caller's name; inbound only
	number    Number // the rented number that was called; inbound only
	outgoing  outgoing
	line      *line
	client    *http.Client // with the cookies of this call
	digits    chan rune    // keys pressed, for whoever gathers
	answered  chan answer  // whoever is called by the product decides
	far       *Call        // of a call between the product's own numbers, the other side of it

	ctx  context.Context // ends with the call
	stop context.CancelCauseFunc

	mu         sync.Mutex
	status     Status
	changed    chan struct{} // closed and replaced at each change
	created    time.Time
	picked     time.Time // answered at; zero while unanswered
	ended      time.Time
	transcript []Line
	program    context.CancelCauseFunc // interrupts the TwiML that runs
	pending    *request                // what a redirect told to run next
	keypad     func(digit rune) bool   // a media stream that takes the keys
	sequence   int                     // of the next status callback
	callbacks  chan callback
	voice      voice  // what the page chose to speak with
	answeredBy string // what answering machine detection has found
	conference *party // the conference that it is in
	recording  bool   // what the caller says is being recorded
}

func newCall(s *Simulator, d direction, from, to string) *Call {
	c := &Call{
		sim: s, sid: twilio.NewSID("CA"), direction: d, from: from, to: to,
		line: newLine(), digits: make(chan rune, 64), answered: make(chan answer, 1),
		status: Queued, changed: make(chan struct{}), created: time.Now(),
		callbacks: make(chan callback, 16),
	}
	if d == inbound {
		c.status = Ringing
	}
	c.ctx, c.stop = context.WithCancelCause(s.ctx)
	client := *s.cfg.HTTPClient
	client.Jar, _ = cookiejar.New(nil) // never fails without options
	client.CheckRedirect = c.followRedirect
	c.client = &client
	return c
}

// SID is the CallSid.
func (c *Call) SID() string { return c.sid }

// From is the caller's number; To the number called.
func (c *Call) From() string { return c.from }

// To is the number called.
func (c *Call) To() string { return c.to }

// Outgoing says whether the product placed the call.
func (c *Call) Outgoing() bool { return c.direction == outboundAPI }

// Status is the state of the call now.
func (c *Call) Status() Status {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.status
}

// Ended says whether the call is in a final state.
func (c *Call) Ended() bool { return c.Status().Final() }

// SetSource changes what the caller says; nil for silence.
func (c *Call) SetSource(s Source) { c.line.SetSource(s) }

// SetMuted silences the caller, whatever the source.
func (c *Call) SetMuted(muted bool) {
	c.line.setMuted(muted)
	c.touch(func() {})
}

// HangUp ends the call from the caller's side. It is not an error to hang up twice.
func (c *Call) HangUp() {
	if c.Outgoing() && c.Status() == Ringing {
		c.Decline()
		return
	}
	c.finish(c.endStatus(), "caller")
}

// endStatus is how a call ends now when nothing special happens to it.
func (c *Call) endStatus() Status {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.picked.IsZero() {
		return NoAnswer
	}
	return Completed
}

// finish puts the call in a final state, once, tells by whom, and interrupts whatever it was doing.
func (c *Call) finish(status Status, by string) {
	c.finishWhen(status, by, func() bool { return true })
}

// finishWhen finishes if a condition holds that is read under the lock.
func (c *Call) finishWhen(status Status, by string, condition func() bool) {
	c.mu.Lock()
	if c.status.Final() || !condition() {
		c.mu.Unlock()
		return
	}
	c.status, c.ended = status, time.Now()
	c.append(Line{Kind: LineStatus, Text: string(status), By: by})
	c.announce()
	c.mu.Unlock()
	c.report(eventCompleted)
	c.stop(errHungUp)
	c.sim.hub.changed(c)
}

// pickUp starts the conversation, the clock of the audio and the count of the duration.
func (c *Call) pickUp() {
	c.mu.Lock()
	if c.status.Final() || !c.picked.IsZero() {
		c.mu.Unlock()
		return
	}
	c.status, c.picked = InProgress, time.Now()
	c.append(Line{Kind: LineStatus, Text: string(InProgress)})
	c.announce()
	c.mu.Unlock()
	c.sim.spawn(func() { c.line.run(c.ctx) })
	c.report(eventAnswered)
	c.sim.hub.changed(c)
}

func (c *Call) ring() {
	c.touch(func() {
		if c.status == Queued {
			c.status = Ringing
			c.append(Line{Kind: LineStatus, Text: string(Ringing)})
		}
	})
	c.report(eventRinging)
}

// redirect makes the call leave what it is doing for another document; false when it is not in progress.
func (c *Call) redirect(to request) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.status != InProgress {
		return false
	}
	c.pending = &to
	c.append(Line{Kind: LineRedirected, Text: to.url})
	c.announce()
	if c.program != nil { // just answered: what is pending is begun with
		c.program(errRedirected)
	}
	return true
}

// touch changes the call's fields and tells everybody who waits.
func (c *Call) touch(change func()) {
	c.mu.Lock()
	change()
	c.announce()
	c.mu.Unlock()
	c.sim.hub.changed(c)
}

// announce wakes those who wait for a change. The caller holds mu, and tells the hub after releasing it.
func (c *Call) announce() {
	close(c.changed)
	c.changed = make(chan struct{})
}

// seconds is the time from the answer to the end, or to now.
func (c *Call) seconds() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case c.picked.IsZero():
		return 0
	case c.ended.IsZero():
		return int(time.Since(c.picked).Seconds())
	default:
		return int(c.ended.Sub(c.picked).Round(time.Second).Seconds())
	}
}
