package bridge

import (
	"errors"

	"guichet/media-node/internal/mix"
	"guichet/media-node/internal/peer"
	"guichet/shared/mediaapi"
)

// ErrOwnGuest refuses a guest who has the call already.
var ErrOwnGuest = errors.New("the guest is the call's own agent")

// guest is who else is expected in a call, from the command that says so to the one that says otherwise: another agent, or the
// line of an outside number.
type guest struct {
	call    *Call // changes when another line takes the place of the customer's
	id      string
	agent   *agent        // nil where a line is to come
	session *agentSession // of that agent, bridged with
	line    *GuestLine    // that has come
	ear     ear           // nil while they are not there
}

// Guest says who is in the call beside the two: the guest of this ID, who is an agent, or with no agentID a line that JoinGuest
// brings; with no ID it is nobody. Of Guest and Transfer the highest version counts; another one does nothing, and neither does
// one that says what is so already. It fails with ErrOwnGuest.
func (c *Call) Guest(id, agentID string, version int64) error {
	if version <= c.partyVersion {
		return nil
	}
	if agentID == c.agent.id {
		return ErrOwnGuest
	}
	c.partyVersion = version
	if g := c.guest; g != nil && g.id == id && g.agentID() == agentID {
		return nil
	}
	c.endGuest(Ended)
	if id != "" {
		c.invite(id, agentID)
	}
	return nil
}

func (c *Call) invite(id, agentID string) {
	g := &guest{call: c, id: id}
	c.guest = g
	if agentID == "" {
		return
	}
	c.bridge.free(agentID, c.ticket.ContactID)
	g.agent = c.bridge.agent(agentID)
	g.agent.guest = g
	if s := g.agent.session; s != nil && s.audible {
		g.join(s)
	}
}

// guestLine is the line of a guest who is there by one, or nil.
func (c *Call) guestLine() *GuestLine {
	if c.guest == nil {
		return nil
	}
	return c.guest.line
}

func (g *guest) agentID() string {
	if g.agent == nil {
		return ""
	}
	return g.agent.id
}

// join takes a guest who is an agent to a session of theirs that is up.
func (g *guest) join(s *agentSession) {
	g.session = s
	g.joins(s.ear)
}

func (g *guest) joins(e ear) {
	g.ear = e
	g.call.confer()
	g.report(mediaapi.GuestJoined, "")
}

func (g *guest) fromAgent(p peer.Packet) {
	c := g.call
	c.bridge.cfg.Metrics.FramesFromGuest.Inc()
	c.conference.Voice(mix.Guest).Says(p.Timestamp, p.Audio, c.local())
}

// goes ends it that the guest hears and is heard, if they are there. They are expected still.
func (g *guest) goes(reason string) {
	if g.ear == nil {
		return
	}
	g.report(mediaapi.GuestLeft, reason)
	g.call.disperse()
	g.session, g.line, g.ear = nil, nil, nil
}

// endGuest has nobody expected any more, and hangs up the line of a guest who is there.
func (c *Call) endGuest(why Hangup) {
	g := c.guest
	if g == nil {
		return
	}
	line, reason := g.line, mediaapi.LeftEnded
	if why == Drained {
		reason = mediaapi.LeftDrained
	}
	g.goes(reason)
	c.guest = nil
	if line != nil {
		line.hangup(why)
	}
	if g.agent != nil {
		g.agent.guest = nil
		c.bridge.release(g.agent)
	}
}

func (g *guest) report(t mediaapi.EventType, reason string) {
	c := g.call
	e := mediaapi.Event{Type: t, Reason: reason, AgentID: c.agent.id, ContactID: c.ticket.ContactID, GuestID: g.id}
	if g.session != nil {
		e.SessionID = g.session.ID
	}
	if g.line != nil {
		e.CallSID = g.line.callSID
	}
	c.bridge.report(e)
}
