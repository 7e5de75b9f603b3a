package stream

import (
	"errors"
	"fmt"
	"time"

	"guichet/media-node/internal/bridge"
	"guichet/media-node/internal/mediastream"
	"guichet/media-node/internal/reactor"
	"guichet/media-node/internal/wsframe"
	"guichet/shared/mediaapi"
)

// errEnd ends a connection that has served its purpose.
var errEnd = errors.New("stream ended")

// errRefused is a connection without a good ticket.
var errRefused = errors.New("stream refused")

// party is whose line a stream is.
type party interface {
	// FromLine takes audio, with its place in the stream in milliseconds, negative if unknown.
	FromLine(audio []byte, timestamp int64)
	// Marked tells that the audio before a mark has been played.
	Marked(name string)
	// Left tells that the line is gone; reason is one of mediaapi's.
	Left(reason string)
}

// conn is one media stream. It implements reactor.ConnHandler and bridge.Wire.
type conn struct {
	server *Server
	admit  Admit
	wire   reactor.Conn
	opened time.Time
	heard  time.Time
	pinged bool
	reader wsframe.Reader

	call    party // after start
	encoder *mediastream.Encoder
	audio   []byte // scratch
	message []byte // scratch
	frame   []byte // scratch
}

// Data implements reactor.ConnHandler.
func (c *conn) Data(b []byte) (int, error) {
	c.heard, c.pinged = c.server.loop.Now(), false
	used, err := c.reader.Feed(b, c.receive)
	if err == nil {
		return used, nil
	}
	reason, code := mediaapi.LeftMalformed, uint16(wsframe.CodeInvalidData)
	switch {
	case errors.Is(err, errEnd):
		reason, code = mediaapi.LeftStopped, wsframe.CodeNormal
	case errors.Is(err, errRefused):
		code = wsframe.CodePolicy
	case errors.Is(err, wsframe.ErrTooBig):
		code = wsframe.CodeTooBig
	case errors.Is(err, wsframe.ErrProtocol):
		code = wsframe.CodeProtocol
	}
	if !errors.Is(err, errEnd) {
		c.server.log.Warn("stream ended", "error", err, "admitted", c.call != nil)
	}
	c.left(reason)
	c.close(code)
	return used, nil
}

// Closed implements reactor.ConnHandler: the peer is gone without a stop.
func (c *conn) Closed(error) {
	delete(c.server.conns, c)
	c.left(mediaapi.LeftLost)
}

func (c *conn) receive(op wsframe.Opcode, payload []byte) error {
	switch op {
	case wsframe.Ping:
		c.wire.Queue(wsframe.Append(nil, wsframe.Pong, payload))
		return nil
	case wsframe.Pong:
		return nil
	case wsframe.Close:
		if c.call != nil {
			c.left(mediaapi.LeftLost)
		}
		return errEnd
	}
	m, err := mediastream.Parse(payload, c.audio)
	if err != nil {
		return err
	}
	return c.handle(&m)
}

func (c *conn) handle(m *mediastream.Message) error {
	switch m.Kind {
	case mediastream.Start:
		return c.start(&m.Start)
	case mediastream.Media, mediastream.Mark, mediastream.DTMF:
		if c.call == nil {
			return fmt.Errorf("%w: before start", mediastream.ErrMalformed)
		}
		if m.Audio != nil {
			c.audio = m.Audio
			c.call.FromLine(m.Audio, m.Timestamp)
		}
		if m.Kind == mediastream.Mark {
			c.call.Marked(m.Name)
		}
	case mediastream.Stop:
		return errEnd
	case mediastream.Connected, mediastream.Other:
	}
	return nil
}

func (c *conn) start(s *mediastream.StartInfo) error {
	if c.call != nil {
		return fmt.Errorf("%w: second start", mediastream.ErrMalformed)
	}
	ticket, err := c.admit(s.Parameters["ticket"])
	if err != nil {
		return fmt.Errorf("%w: %w", errRefused, err)
	}
	if ticket.CallSID != s.CallSID {
		return fmt.Errorf("%w: ticket is for another call", errRefused)
	}
	c.encoder = mediastream.NewEncoder(s.StreamSID)
	if ticket.GuestID == "" {
		c.call = c.server.calls.Join(ticket, c)
		return nil
	}
	guest := c.server.calls.JoinGuest(ticket, c)
	if guest == nil {
		return fmt.Errorf("%w: the guest is not expected", errRefused)
	}
	c.call = guest
	return nil
}

func (c *conn) tick(now time.Time) {
	silence := now.Sub(c.heard)
	switch {
	case c.call == nil && now.Sub(c.opened) > startTimeout:
		c.server.log.Warn("stream ended", "error", "no ticket in time", "admitted", false)
		c.close(wsframe.CodePolicy)
	case silence > lostAfter:
		c.left(mediaapi.LeftLost)
		c.close(wsframe.CodeGoingAway)
	case silence > pingAfter && !c.pinged:
		c.pinged = true
		c.wire.Queue(wsframe.Append(nil, wsframe.Ping, nil))
	}
}

func (c *conn) left(reason string) {
	if c.call != nil {
		c.call.Left(reason)
	}
}

func (c *conn) close(code uint16) {
	delete(c.server.conns, c)
	c.wire.Queue(wsframe.AppendClose(nil, code))
	c.wire.Close()
}

// Play implements bridge.Wire.
func (c *conn) Play(audio []byte) bool {
	c.message = c.encoder.AppendMedia(c.message[:0], audio)
	c.frame = wsframe.Append(c.frame[:0], wsframe.Text, c.message)
	return c.wire.Send(c.frame)
}

// Clear implements bridge.Wire.
func (c *conn) Clear() { c.wire.Queue(wsframe.Append(nil, wsframe.Text, c.encoder.Clear())) }

// Mark implements bridge.Wire.
func (c *conn) Mark(name string) {
	c.wire.Queue(wsframe.Append(nil, wsframe.Text, c.encoder.AppendMark(nil, name)))
}

// Hangup implements bridge.Wire.
func (c *conn) Hangup(why bridge.Hangup) {
	if why == bridge.Drained {
		c.close(wsframe.CodeGoingAway)
		return
	}
	c.close(wsframe.CodeNormal)
}
