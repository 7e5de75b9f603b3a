package bridge

import (
	"time"

	"guichet/media-node/internal/peer"
	"guichet/shared/mediaapi"
)

// Reasons of AgentLeft.
const (
	reasonReplaced = "replaced" // the same agent opened a newer session
	reasonClosed   = "closed"   // by the browser: DELETE, or it ended the connection
	reasonLost     = "lost"     // nothing came from the browser for ConsentTimeout
)

// agent is one person's side: at most one session that carries audio, one that is being set up, and one call, which is their
// own or has them for a guest.
type agent struct {
	id      string
	session *agentSession // last one that was up; its audio may be gone
	pending *agentSession // not up yet
	call    *Call
	guest   *guest
}

// agentSession is a session of an agent. It implements peer.Listener.
type agentSession struct {
	Session
	agent   *agent
	ear     ear
	audible bool      // reported as joined, and not as left since
	since   time.Time // when it was up first, by the loop's clock
}

// OpenAgent creates a session for the agent of a ticket. It replaces the agent's other one as soon as it is up, so that a
// call is not interrupted by a session that never comes up.
func (b *Bridge) OpenAgent(ticket mediaapi.Ticket, bearer string, remote peer.Remote) *Session {
	a := b.agent(ticket.AgentID)
	if a.pending != nil {
		a.pending.close()
		a = b.agent(ticket.AgentID)
	}
	s := &agentSession{agent: a}
	s.Session = b.open(s, bearer, remote)
	s.ear = headset{s.Peer}
	a.pending = s
	b.sessions[s.ID] = s
	return &s.Session
}

// Up implements peer.Listener.
func (s *agentSession) Up() {
	a := s.agent
	if old := a.session; old != nil && old != s {
		old.leaveFor(s)
		old.close()
	}
	a.session, s.audible = s, true
	if s.since.IsZero() {
		s.since = s.bridge.clock()
	}
	if a.pending == s {
		a.pending = nil
	}
	s.bridge.report(mediaapi.Event{Type: mediaapi.AgentJoined, SessionID: s.ID, AgentID: a.id})
	switch {
	case a.call != nil:
		a.call.join(s)
	case a.guest != nil:
		a.guest.join(s)
	}
}

// Down implements peer.Listener.
func (s *agentSession) Down(final bool) {
	if final {
		if s.agent.pending == s {
			s.neverUp("agent", s.agent.id)
		}
		s.end()
		return
	}
	s.leave(reasonLost)
}

// Audio implements peer.Listener.
func (s *agentSession) Audio(p peer.Packet) {
	if c := s.agent.call; c != nil && c.session == s {
		c.fromAgent(p)
	} else if g := s.agent.guest; g != nil && g.session == s {
		g.fromAgent(p)
	}
}

func (s *agentSession) end() {
	s.leave(reasonClosed)
	s.close()
}

// leave reports that the audio is gone and parks the call. One that they are a guest of goes on without them.
func (s *agentSession) leave(reason string) {
	if !s.audible {
		return
	}
	s.reportLeft(reason)
	if c := s.agent.call; c != nil && c.session == s {
		c.park()
	} else if g := s.agent.guest; g != nil && g.session == s {
		g.goes(reason)
	}
}

// leaveFor reports that another session takes over; a call goes on without a gap.
func (s *agentSession) leaveFor(next *agentSession) {
	if s.audible {
		s.reportLeft(reasonReplaced)
	}
	if c := s.agent.call; c != nil && c.session == s {
		c.session = next // join follows at once
	}
}

func (s *agentSession) reportLeft(reason string) {
	s.audible = false
	s.bridge.report(mediaapi.Event{Type: mediaapi.AgentLeft, SessionID: s.ID, AgentID: s.agent.id, Reason: reason})
}

func (s *agentSession) close() {
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

// free ends what the agent is in beside the call of this contact, which is theirs by the control plane's newest word.
func (b *Bridge) free(id, contactID string) {
	a := b.agents[id]
	if a == nil {
		return
	}
	if c := a.call; c != nil && c.ticket.ContactID != contactID {
		c.replaced(contactID)
	}
	if g := a.guest; g != nil && g.call.ticket.ContactID != contactID {
		g.call.endGuest(Ended)
	}
}

func (b *Bridge) agent(id string) *agent {
	a := b.agents[id]
	if a == nil {
		a = &agent{id: id}
		b.agents[id] = a
	}
	return a
}

// release forgets an agent who has nothing left here.
func (b *Bridge) release(a *agent) {
	if a.session == nil && a.pending == nil && a.call == nil && a.guest == nil {
		delete(b.agents, a.id)
	}
}
