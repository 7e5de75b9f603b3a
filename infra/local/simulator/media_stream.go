package simulator

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/coder/websocket"

	"guichet/infra/local/simulator/audio"
	"guichet/infra/local/simulator/twilio"
)

// mediaStream speaks Twilio's side of a bidirectional media stream
// (https://www.twilio.com/docs/voice/media-streams/websocket-messages).
type mediaStream struct {
	call   *Call
	sid    string
	conn   *websocket.Conn
	custom map[string]string
	// outbox carries messages to the one goroutine that numbers and writes them.
	outbox chan streamMessage
	chunk  int // media frames sent, counted by the line's clock only

	stopping atomic.Bool // the end is ours: how the connection ends is no news

	badFrame, badMessage sync.Once // each warning is given once a stream, as Twilio does
}

// newMediaStream takes over an open connection.
func newMediaStream(c *Call, conn *websocket.Conn, custom map[string]string) *mediaStream {
	return &mediaStream{call: c, sid: twilio.NewSID("MZ"), conn: conn, custom: custom, outbox: make(chan streamMessage, 256)}
}

// streamStopTime is how long the product may take to answer the end of a stream.
const streamStopTime = time.Second

// errStreamClosed is the product closing the stream.
var errStreamClosed = errors.New("closed by the product")

// run carries the audio until the product closes the stream (nil) or the context ends (its cause). ended says which, for
// the transcript.
func (s *mediaStream) run(ctx context.Context) (ended string, err error) {
	line := s.call.line
	live, stop := context.WithCancelCause(context.WithoutCancel(ctx))
	defer stop(nil)
	s.post(streamMessage{Event: "start", Start: s.start()})
	line.setUplink(s.sendFrame)
	s.call.setKeypad(s.sendDigit)

	var tasks sync.WaitGroup
	tasks.Go(func() { stop(s.receive(live)) })
	tasks.Go(func() { s.write(live) })
	select {
	case <-live.Done():
		ended = "closed"
	case <-ctx.Done():
		err = context.Cause(ctx)
		ended = resultHangup
		if errors.Is(err, errRedirected) {
			ended = resultRedirected
		}
	}
	line.setUplink(nil)
	s.call.setKeypad(nil)
	line.playout.discard()
	if err != nil {
		s.stop()
	}
	_ = s.conn.CloseNow()
	stop(errStreamClosed)
	tasks.Wait()
	return ended, err
}

// stop tells the product that the stream has ended. A product that does not react is not waited for.
func (s *mediaStream) stop() {
	s.stopping.Store(true)
	done := make(chan struct{})
	s.post(streamMessage{
		Event: "stop", Stop: &streamStop{AccountSID: s.call.sim.cfg.AccountSID, CallSID: s.call.sid},
		sent: func() {
			s.call.sim.spawn(func() {
				defer close(done)
				_ = s.conn.Close(websocket.StatusNormalClosure, "")
			})
		},
	})
	select {
	case <-done:
	case <-time.After(streamStopTime):
	}
}

func (s *mediaStream) start() *streamStart {
	return &streamStart{
		AccountSID: s.call.sim.cfg.AccountSID, StreamSID: s.sid, CallSID: s.call.sid, Tracks: []string{"inbound"},
		MediaFormat:      mediaFormat{Encoding: "audio/x-mulaw", SampleRate: audio.Rate, Channels: 1},
		CustomParameters: s.custom,
	}
}

// post hands a message to the writer; a product that does not read loses messages rather than stops the line's clock.
func (s *mediaStream) post(m streamMessage) {
	select {
	case s.outbox <- m:
	default:
	}
}

func (s *mediaStream) sendFrame(frame []byte) {
	s.chunk++
	s.post(streamMessage{Event: "media", Media: &streamMedia{
		Track: "inbound", Chunk: strconv.Itoa(s.chunk),
		Timestamp: strconv.FormatInt(int64(s.chunk-1)*frameTime.Milliseconds(), 10),
		Payload:   base64.StdEncoding.EncodeToString(frame),
	}})
}

func (s *mediaStream) sendDigit(digit rune) bool {
	s.post(streamMessage{Event: "dtmf", DTMF: &streamDTMF{Track: "inbound_track", Digit: string(digit)}})
	return true
}

// write sends the connected message, then what is posted, numbered from 1.
func (s *mediaStream) write(ctx context.Context) {
	connected, _ := json.Marshal(map[string]string{"event": "connected", "protocol": "Call", "version": "1.0.0"})
	if s.conn.Write(ctx, websocket.MessageText, connected) != nil {
		return
	}
	for sequence := 1; ; sequence++ {
		select {
		case <-ctx.Done():
			return
		case m := <-s.outbox:
			m.SequenceNumber, m.StreamSID = strconv.Itoa(sequence), s.sid
			raw, err := json.Marshal(m)
			if err != nil || s.conn.Write(ctx, websocket.MessageText, raw) != nil {
				return
			}
			if m.sent != nil {
				m.sent()
			}
		}
	}
}

// receive handles the product's messages until the connection ends, and says why.
func (s *mediaStream) receive(ctx context.Context) error {
	for {
		kind, raw, err := s.conn.Read(ctx)
		if err != nil {
			return s.closed(err)
		}
		if kind != websocket.MessageText {
			s.badFrame.Do(func() { s.call.warn(codeStreamDecode, "stream: binary message") })
			continue
		}
		if err := s.handle(raw); err != nil {
			s.badMessage.Do(func() { s.call.warn(codeStreamMessage, "stream: %v", err) })
		}
	}
}

func (s *mediaStream) closed(err error) error {
	if code := websocket.CloseStatus(err); code == websocket.StatusNormalClosure || code == websocket.StatusGoingAway {
		return errStreamClosed
	}
	if !s.stopping.Load() {
		s.call.warn(codeStreamClose, "stream: %v", err)
	}
	return errStreamClosed
}

func (s *mediaStream) handle(raw []byte) error {
	var m streamMessage
	if err := json.Unmarshal(raw, &m); err != nil {
		return fmt.Errorf("not JSON: %w", err)
	}
	if m.StreamSID != s.sid {
		return fmt.Errorf("%s message for another stream: %q", m.Event, m.StreamSID)
	}
	switch {
	case m.Event == "media" && m.Media != nil:
		ulaw, err := base64.StdEncoding.DecodeString(m.Media.Payload)
		if err != nil {
			return fmt.Errorf("media payload: %w", err)
		}
		if !s.call.line.playout.write(ulaw) {
			return errPlayoutFull
		}
	case m.Event == "mark" && m.Mark != nil && m.Mark.Name != "":
		name := m.Mark.Name
		s.call.line.playout.mark(func() { s.post(streamMessage{Event: "mark", Mark: &streamMark{Name: name}}) })
	case m.Event == "clear":
		s.call.line.playout.clear()
	default:
		return fmt.Errorf("unknown or incomplete message %q", m.Event)
	}
	return nil
}

func (c *Call) setKeypad(f func(rune) bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.keypad = f
}
