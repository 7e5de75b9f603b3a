// Package stream serves customers' and guests' lines: Twilio Media Streams over WebSocket, admitted by the ticket in the start
// message. It turns messages into calls of the bridge and back.
package stream

import (
	"errors"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"guichet/media-node/internal/bridge"
	"guichet/media-node/internal/mediastream"
	"guichet/media-node/internal/reactor"
	"guichet/media-node/internal/wsframe"
	"guichet/shared/mediaapi"
)

const (
	// startTimeout is how long a connection may take to show a valid ticket.
	startTimeout = 5 * time.Second
	// pingAfter of silence the peer is asked whether it is there; lostAfter it counts as gone. Twilio sends audio every
	// 20 ms, so silence means that the network is cut.
	pingAfter = 5 * time.Second
	lostAfter = 15 * time.Second
)

// Admit decides on the ticket that came in a start message.
type Admit func(token string) (mediaapi.Ticket, error)

// Server accepts connections and looks after them. Tick runs on the event loop.
type Server struct {
	loop  *reactor.Loop
	calls *bridge.Bridge
	log   *slog.Logger
	conns map[*conn]struct{}

	atTheDoor atomic.Int32 // connections that route waits for
}

// NewServer returns a server that brings customers to calls.
func NewServer(loop *reactor.Loop, calls *bridge.Bridge, log *slog.Logger) *Server {
	return &Server{loop: loop, calls: calls, log: log, conns: map[*conn]struct{}{}}
}

// Serve switches a request to WebSocket and hands the connection to the loop, or to the node that it belongs to. elsewhere is
// nil where there is none but this.
func (s *Server) Serve(w http.ResponseWriter, r *http.Request, admit Admit, elsewhere Elsewhere) {
	netConn, readAhead, err := wsframe.Accept(w, r)
	if err != nil {
		if !errors.Is(err, wsframe.ErrNotWebSocket) {
			s.log.Warn("stream not accepted", "error", err)
		}
		return
	}
	if elsewhere != nil {
		here, received, admitted := s.route(netConn, readAhead, admit, elsewhere)
		if !here {
			return
		}
		readAhead, admit = received, admitted
	}
	if s.loop.Do(func() { s.attach(netConn, readAhead, admit) }) != nil {
		_ = netConn.Close()
	}
}

func (s *Server) attach(netConn net.Conn, readAhead []byte, admit Admit) {
	c := &conn{server: s, admit: admit, opened: s.loop.Now(), heard: s.loop.Now(), reader: wsframe.Reader{MaxMessage: mediastream.MaxMessage}}
	wire, err := s.loop.Attach(netConn, readAhead, c)
	if err != nil {
		_ = netConn.Close()
		s.log.Error("stream not accepted", "error", err)
		return
	}
	c.wire = wire
	s.conns[c] = struct{}{}
}

// Strangers is the number of connections that showed no ticket yet.
func (s *Server) Strangers() int {
	n := int(s.atTheDoor.Load())
	for c := range s.conns {
		if c.call == nil {
			n++
		}
	}
	return n
}

// Tick closes connections without a ticket and notices those that the network has cut.
func (s *Server) Tick(now time.Time) {
	for c := range s.conns {
		c.tick(now)
	}
}

// Stop closes the connections that are not calls yet.
func (s *Server) Stop() {
	for c := range s.conns {
		c.close(wsframe.CodeGoingAway)
	}
}
