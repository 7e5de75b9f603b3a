// Package simulator is a telephone provider for one machine, with the behaviour of Twilio: it calls the product's signed
// webhooks, executes the TwiML it gets back, opens media streams and answers the REST calls. It knows the product only
// through those, and is no part of it.
package simulator

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"time"

	"guichet/infra/local/simulator/audio"
	"guichet/infra/local/simulator/messaging"
	"guichet/infra/local/simulator/twilio"
)

// Number is a phone number rented from the provider, with its settings in the provider's console.
type Number struct {
	E164  string
	Label string // shown in the page next to the number; may be empty
	// VoiceURL is asked what to do with an incoming call: absolute, or a path on Config.PublicURL.
	VoiceURL string
	// VoiceFallbackURL is asked when VoiceURL fails; empty for none.
	VoiceFallbackURL string
	// StatusCallback is told when an incoming call has ended; empty for none.
	StatusCallback string
}

// Config is what the provider knows about its customer, the product.
type Config struct {
	PublicURL  string // scheme and host of the product's front; the base of relative URLs in Numbers
	AccountSID string // "AC" and 32 hexadecimal digits
	AuthToken  string // signs webhooks and authenticates REST calls
	Numbers    []Number
	Faults     Faults
	// Messages is what the page shows beside the telephone; nil for nothing.
	Messages *messaging.Book
	// APIURL is where API is mounted, as recordings' addresses name it; empty for https://api.twilio.com.
	APIURL string
	// PhonePace is how many times faster than in life telephones are answered, greet and are recognised; 0 means 1.
	PhonePace float64
	// SpeechPace is how fast <Say> speaks, in characters a second; 0 means 15.
	SpeechPace float64
	Logger     *slog.Logger // nil: slog.Default
	HTTPClient *http.Client // nil: a client of its own
}

// Errors of Call and Find.
var (
	ErrUnknownNumber = errors.New("no such number")
	ErrBadCaller     = errors.New("the caller's number is not in E.164 form")
	ErrNoCall        = errors.New("no such call")
	ErrClosed        = errors.New("the simulator is closed")
)

const (
	defaultSpeechPace = 15.0
	// keptCalls bounds how many ended calls stay readable, as a provider's log does.
	keptCalls = 5000
	// closeGrace is how long Close waits for the status callbacks of the calls that it ended.
	closeGrace = 3 * time.Second
)

var e164 = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)

// Simulator is the provider. Make it with New; it is safe for concurrent use.
type Simulator struct {
	cfg     Config
	log     *slog.Logger
	faults  *faults
	hub     hub
	account twilio.Account

	queues      *queues
	conferences *conferences
	recordings  recordings
	phones      phones

	ctx    context.Context
	cancel context.CancelFunc
	work   sync.WaitGroup // every goroutine of every call

	mu     sync.Mutex
	closed bool
	calls  map[string]*Call
	order  []*Call // oldest first
}

// New returns a running provider. Close it.
func New(cfg Config) *Simulator {
	if cfg.Logger == nil {
		cfg.Logger = slog.Default()
	}
	if cfg.HTTPClient == nil {
		cfg.HTTPClient = &http.Client{Transport: http.DefaultTransport.(*http.Transport).Clone()}
	}
	if cfg.SpeechPace <= 0 {
		cfg.SpeechPace = defaultSpeechPace
	}
	if cfg.PhonePace <= 0 {
		cfg.PhonePace = 1
	}
	ctx, cancel := context.WithCancel(context.Background())
	return &Simulator{
		cfg:     cfg,
		log:     cfg.Logger.With("component", "simulator"),
		faults:  newFaults(cfg.Faults),
		account: twilio.Account{SID: cfg.AccountSID, AuthToken: cfg.AuthToken},
		ctx:     ctx,
		cancel:  cancel,

		queues: newQueues(), conferences: newConferences(),
		calls: make(map[string]*Call),
	}
}

// Close hangs up every call, waits a little for their status callbacks, and ends everything.
func (s *Simulator) Close() {
	s.mu.Lock()
	s.closed = true
	calls := append([]*Call(nil), s.order...)
	s.mu.Unlock()
	for _, c := range calls {
		c.HangUp()
	}
	done := make(chan struct{})
	go func() {
		s.work.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(closeGrace):
	}
	s.cancel()
	<-done
	s.cfg.HTTPClient.CloseIdleConnections()
}

// Dial describes a call that a customer places.
type Dial struct {
	From   string // E.164, or "anonymous" for a withheld number
	To     string // one of Config.Numbers
	Name   string // caller's name, as looked up by the provider; may be empty
	Source Source // what the caller says; nil for silence
}

// Call places a customer's call to one of the numbers.
func (s *Simulator) Call(d Dial) (*Call, error) {
	number, ok := s.number(d.To)
	if !ok {
		return nil, fmt.Errorf("call %s: %w", d.To, ErrUnknownNumber)
	}
	if d.From != anonymous && !e164.MatchString(d.From) {
		return nil, fmt.Errorf("call from %q: %w", d.From, ErrBadCaller)
	}
	c := newCall(s, inbound, d.From, d.To)
	c.name, c.number = d.Name, number
	c.line.SetSource(d.Source)
	if err := s.start(c, c.runInbound); err != nil {
		return nil, err
	}
	return c, nil
}

// apiURL is the base of the REST API's addresses.
func (s *Simulator) apiURL() string {
	if s.cfg.APIURL == "" {
		return "https://api.twilio.com"
	}
	return strings.TrimSuffix(s.cfg.APIURL, "/")
}

// Numbers lists the rented numbers.
func (s *Simulator) Numbers() []Number { return append([]Number(nil), s.cfg.Numbers...) }

// Find returns the call of a CallSid, live or ended.
func (s *Simulator) Find(sid string) (*Call, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c, ok := s.calls[sid]; ok {
		return c, nil
	}
	return nil, fmt.Errorf("call %s: %w", sid, ErrNoCall)
}

// Calls lists calls, newest first.
func (s *Simulator) Calls() []*Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]*Call, 0, len(s.order))
	for i := len(s.order) - 1; i >= 0; i-- {
		out = append(out, s.order[i])
	}
	return out
}

// WaitCall returns the first call, known or to come, that match accepts: how a test meets a call that the product placed.
func (s *Simulator) WaitCall(ctx context.Context, match func(*Call) bool) (*Call, error) {
	feed := s.hub.subscribe()
	defer s.hub.unsubscribe(feed)
	for {
		for _, c := range s.Calls() {
			if match(c) {
				return c, nil
			}
		}
		if _, err := feed.next(ctx); err != nil {
			return nil, fmt.Errorf("wait for a call: %w", err)
		}
	}
}

// start registers a call and runs it. Under the lock, so that Close waits for every call that started.
func (s *Simulator) start(c *Call, life func()) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return ErrClosed
	}
	s.spawn(life)
	s.calls[c.sid] = c
	s.order = append(s.order, c)
	if len(s.order) > keptCalls && s.order[0].Ended() {
		delete(s.calls, s.order[0].sid)
		s.order = s.order[1:]
	}
	return nil
}

func (s *Simulator) number(e164 string) (Number, bool) {
	for _, n := range s.cfg.Numbers {
		if n.E164 == e164 {
			return n, true
		}
	}
	return Number{}, false
}

func (s *Simulator) spawn(f func()) {
	s.work.Add(1)
	go func() {
		defer s.work.Done()
		f()
	}()
}

// ToneSource is a caller who whistles at hz hertz.
func ToneSource(hz float64) Source { return audio.NewTone(hz) }
