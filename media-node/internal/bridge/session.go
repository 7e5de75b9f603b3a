package bridge

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"

	"guichet/media-node/internal/peer"
	"guichet/shared/mediaapi"
)

// Reasons of AgentLeft.
const (
	reasonReplaced = "replaced" // the same agent opened a newer session
	reasonClosed   = "closed"   // by the browser: DELETE, or it ended the connection
	reasonLost     = "lost"     // nothing came from the browser for ConsentTimeout
)

// Session is an agent's audio connection, opened by WHIP. It implements peer.Listener.
type Session struct {
	ID   string
	ETag string // of the ICE session: changes with every restart
	Peer *peer.Peer

	bridge  *Bridge
	agent   *agent
	bearer  [sha256.Size]byte
	audible bool // reported as joined, and not as left since
}

// Open creates a session for an agent. It replaces the agent's other one as soon as it is up, so that a call is not
// interrupted by a session that never comes up. bearer is the token that must come with later requests.
func (b *Bridge) Open(agentID, bearer string, remote peer.Remote) *Session {
	a := b.agent(agentID)
	if a.pending != nil {
		a.pending.close()
		a = b.agent(agentID)
	}
	s := &Session{ID: "ses_" + rand.Text(), ETag: newETag(), bridge: b, agent: a, bearer: sha256.Sum256([]byte(bearer))}
	s.Peer = b.mux.Open(remote, s)
	a.pending = s
	b.sessions[s.ID] = s
	return s
}

// Session returns an open session, or nil.
func (b *Bridge) Session(id string) *Session { return b.sessions[id] }

// Owns tells whether the token is the one that the session was opened with.
func (s *Session) Owns(bearer string) bool {
	sum := sha256.Sum256([]byte(bearer))
	return subtle.ConstantTimeCompare(sum[:], s.bearer[:]) == 1
}

// Restart gives the session new ICE credentials and a new ETag.
func (s *Session) Restart(remoteUfrag string) peer.Credentials {
	s.ETag = newETag()
	return s.Peer.Restart(remoteUfrag)
}

// End closes the session at the agent's wish.
func (s *Session) End() {
	s.leave(reasonClosed)
	s.close()
}

// Up implements peer.Listener.
func (s *Session) Up() {
	a := s.agent
	if old := a.session; old != nil && old != s {
		old.leaveFor(s)
		old.close()
	}
	a.session, s.audible = s, true
	if a.pending == s {
		a.pending = nil
	}
	s.bridge.report(mediaapi.Event{Type: mediaapi.AgentJoined, SessionID: s.ID, AgentID: a.id})
	if a.call != nil {
		a.call.join(s)
	}
}

// Down implements peer.Listener.
func (s *Session) Down(final bool) {
	if final {
		if s.agent.pending == s {
			s.bridge.cfg.Log.Warn("session never came up: no ICE check from the browser, or DTLS failed", "session", s.ID, "agent", s.agent.id)
		}
		s.leave(reasonClosed)
		s.close()
		return
	}
	s.leave(reasonLost)
}

// Audio implements peer.Listener.
func (s *Session) Audio(timestamp uint32, audio []byte) {
	if c := s.agent.call; c != nil && c.session == s {
		c.fromAgent(timestamp, audio)
	}
}

// leave reports that the audio is gone and parks the call.
func (s *Session) leave(reason string) {
	if !s.audible {
		return
	}
	s.reportLeft(reason)
	if c := s.agent.call; c != nil && c.session == s {
		c.park()
	}
}

// leaveFor reports that another session takes over; a call goes on without a gap.
func (s *Session) leaveFor(next *Session) {
	if s.audible {
		s.reportLeft(reasonReplaced)
	}
	if c := s.agent.call; c != nil && c.session == s {
		c.session = next // join follows at once
	}
}

func (s *Session) reportLeft(reason string) {
	s.audible = false
	s.bridge.report(mediaapi.Event{Type: mediaapi.AgentLeft, SessionID: s.ID, AgentID: s.agent.id, Reason: reason})
}

func (s *Session) close() {
	s.Peer.Close()
	delete(s.bridge.sessions, s.ID)
	if s.agent.session == s {
		s.agent.session = nil
	}
	if s.agent.pending == s {
		s.agent.pending = nil
	}
	s.bridge.release(s.agent)
}

func newETag() string { return `"` + rand.Text() + `"` }
