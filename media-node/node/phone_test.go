package node_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"
)

// phone is a customer's call as the provider streams it.
type phone struct {
	t       *testing.T
	callSID string
	ws      *websocket.Conn
	ear     ear
	stop    context.CancelFunc
	ctx     context.Context //nolint:containedctx // the phone's lifetime
	wg      sync.WaitGroup

	mu       sync.Mutex
	sequence int
	clears   int
	marks    []string
	closed   error
}

func (f *fixture) dial(callSID string) *phone {
	f.t.Helper()
	p := &phone{t: f.t, callSID: callSID}
	p.ctx, p.stop = context.WithCancel(context.Background())
	ws, res, err := websocket.Dial(p.ctx, strings.Replace(f.server.URL, "http", "ws", 1)+"/media/twilio", &websocket.DialOptions{HTTPClient: f.client})
	require.NoError(f.t, err)
	if res.Body != nil {
		_ = res.Body.Close()
	}
	ws.SetReadLimit(1 << 20)
	p.ws = ws
	p.wg.Go(p.read)
	f.t.Cleanup(p.vanish)
	return p
}

// call dials, shows the ticket and starts to sound a tone.
func (f *fixture) call(callSID string, parkSeconds int, frequency float64) *phone {
	f.t.Helper()
	p := f.dial(callSID)
	p.start(f.streamTicket(callSID, parkSeconds))
	p.sound(frequency)
	return p
}

func (p *phone) read() {
	for {
		_, body, err := p.ws.Read(p.ctx)
		if err != nil {
			p.mu.Lock()
			p.closed = err
			p.mu.Unlock()
			return
		}
		var m struct {
			Event, StreamSid string
			Media            struct{ Payload string }
			Mark             struct{ Name string }
		}
		if json.Unmarshal(body, &m) != nil || m.StreamSid != "MZ1" {
			continue
		}
		p.mu.Lock()
		switch m.Event {
		case "media":
			if audio, err := base64.StdEncoding.DecodeString(m.Media.Payload); err == nil {
				p.ear.hear(audio)
			}
		case "clear":
			p.clears++
		case "mark":
			p.marks = append(p.marks, m.Mark.Name)
		}
		p.mu.Unlock()
	}
}

func (p *phone) send(format string, args ...any) {
	_ = p.ws.Write(p.ctx, websocket.MessageText, fmt.Appendf(nil, format, args...))
}

func (p *phone) start(ticket string) {
	p.send(`{"event":"connected","protocol":"Call","version":"1.0.0"}`)
	p.send(`{"event":"start","sequenceNumber":"1","start":{"streamSid":"MZ1","accountSid":"AC1","callSid":%q,"tracks":["inbound"],"customParameters":{"ticket":%q},"mediaFormat":{"encoding":"audio/x-mulaw","sampleRate":8000,"channels":1}},"streamSid":"MZ1"}`, p.callSID, ticket)
}

func (p *phone) sound(frequency float64) {
	tone := sine{frequency: frequency}
	p.wg.Go(func() {
		every := time.NewTicker(20 * time.Millisecond)
		defer every.Stop()
		for {
			select {
			case <-every.C:
				p.frame(tone.frame())
			case <-p.ctx.Done():
				return
			}
		}
	})
}

func (p *phone) frame(audio []byte) {
	p.mu.Lock()
	n := p.sequence
	p.sequence++
	p.mu.Unlock()
	p.send(`{"event":"media","sequenceNumber":"%d","media":{"track":"inbound","chunk":"%d","timestamp":"%d","payload":%q},"streamSid":"MZ1"}`, n+2, n+1, n*20, base64.StdEncoding.EncodeToString(audio))
}

func (p *phone) hangUp() {
	p.send(`{"event":"stop","sequenceNumber":"9","stop":{"accountSid":"AC1","callSid":%q},"streamSid":"MZ1"}`, p.callSID)
}

// vanish breaks the connection without a stop.
func (p *phone) vanish() {
	p.stop()
	_ = p.ws.CloseNow()
	p.wg.Wait()
}

// closeStatus waits until the node has closed the stream.
func (p *phone) closeStatus() websocket.StatusCode {
	p.t.Helper()
	var err error
	require.Eventually(p.t, func() bool {
		p.mu.Lock()
		defer p.mu.Unlock()
		err = p.closed
		return err != nil
	}, patience, poll)
	return websocket.CloseStatus(err)
}

func (p *phone) cleared() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.clears
}

func (p *phone) marked() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.marks)
}

// wasAsked waits for a mark of this name.
func (p *phone) wasAsked(name string) {
	p.t.Helper()
	require.Eventually(p.t, func() bool {
		p.mu.Lock()
		defer p.mu.Unlock()
		return slices.Contains(p.marks, name)
	}, patience, poll)
}
