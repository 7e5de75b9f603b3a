package stream

import (
	"bytes"
	"errors"
	"net"
	"time"

	"guichet/media-node/internal/mediastream"
	"guichet/media-node/internal/wsframe"
	"guichet/shared/mediaapi"
)

// Elsewhere takes a line whose ticket was admitted to the node that it belongs to, with what was received of it, and returns
// when it is over; false when it belongs here. It fails when the ticket is not good after all.
type Elsewhere func(ticket mediaapi.Ticket, line net.Conn, received []byte) (passed bool, err error)

// maxUntilStart is how many bytes may come until the start message has.
const maxUntilStart = 2 * mediastream.MaxMessage

var errEnough = errors.New("enough is known")

// route waits for the ticket of a connection and passes it on if it is another node's. Otherwise it returns what was received,
// for the event loop to read again from the beginning, and what became of the ticket. Nothing of this is on the way of audio.
func (s *Server) route(line net.Conn, received []byte, admit Admit, elsewhere Elsewhere) (here bool, readAhead []byte, admitted Admit) {
	s.atTheDoor.Add(1)
	start, received, ok := awaitStart(line, received)
	s.atTheDoor.Add(-1)
	switch {
	case !ok:
		_, _ = line.Write(wsframe.AppendClose(nil, wsframe.CodePolicy))
		_ = line.Close()
		return false, nil, nil
	case start == nil:
		return true, received, admit // it is not understood, or has ended, which the event loop will see
	}
	ticket, err := admit(start.Parameters["ticket"])
	if err == nil && ticket.CallSID == start.CallSID {
		passed, refused := elsewhere(ticket, line, received)
		if passed {
			return false, nil, nil
		}
		err = refused
	}
	return true, received, func(string) (mediaapi.Ticket, error) { return ticket, err }
}

// awaitStart reads until the start message is there; without one it tells whether the connection may be looked at further.
func awaitStart(line net.Conn, received []byte) (start *mediastream.StartInfo, all []byte, ok bool) {
	_ = line.SetReadDeadline(time.Now().Add(startTimeout))
	buf := make([]byte, mediastream.MaxMessage)
	for {
		start, over := findStart(received)
		if start != nil || over || len(received) > maxUntilStart {
			return start, received, line.SetReadDeadline(time.Time{}) == nil
		}
		n, err := line.Read(buf)
		received = append(received, buf[:n]...)
		if n == 0 && err != nil {
			return nil, received, false
		}
	}
}

// findStart looks for the start message in what was received, and tells whether none can follow.
func findStart(received []byte) (start *mediastream.StartInfo, over bool) {
	reader := wsframe.Reader{MaxMessage: mediastream.MaxMessage}
	_, err := reader.Feed(bytes.Clone(received), func(op wsframe.Opcode, payload []byte) error {
		if op == wsframe.Ping || op == wsframe.Pong {
			return nil
		}
		m, err := mediastream.Parse(payload, nil)
		if err != nil || op == wsframe.Close {
			return errEnough
		}
		switch m.Kind {
		case mediastream.Connected, mediastream.Other:
			return nil
		case mediastream.Start:
			start = &m.Start
		case mediastream.Media, mediastream.Mark, mediastream.DTMF, mediastream.Stop:
		}
		return errEnough
	})
	return start, err != nil
}
