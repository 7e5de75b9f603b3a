package bridge

import "guichet/shared/mediaapi"

// Transfer gives the call to another agent, who is bridged with the customer, or awaited. Nobody is on hold then, a recorded
// message stops, for they do not know what plays, and if they were the guest, nobody is. Of Guest and Transfer the highest
// version counts; another one does nothing, and neither does one to the agent who has the call.
func (c *Call) Transfer(agentID string, version int64) {
	if version <= c.partyVersion {
		return
	}
	c.partyVersion = version
	if agentID == c.agent.id {
		return
	}
	c.endMessage(mediaapi.PlayedStopped)
	c.bridge.free(agentID, c.ticket.ContactID)
	next := c.bridge.agent(agentID)
	c.held = false
	if s := next.session; s != nil && s.audible {
		c.session = s // before they are no guest any more: there is no moment for music
	}
	if next.guest != nil {
		c.endGuest(Ended)
	}
	former := c.agent
	c.agent, c.ticket.AgentID = next, agentID
	former.call, next.call = nil, c
	c.bridge.release(former)
	if v := c.bridge.arriving[c.ticket.ContactID]; v != nil {
		v.ticket.AgentID = agentID // which was issued before
	}
	c.begin()
}
