package bridge

import "time"

// reasonMoved of AgentLeft: the session was closed here so that the browser opens another one on the node that it belongs to.
const reasonMoved = "moved"

// summonEvery is how often other nodes are asked again for an agent whom a call here waits for: a browser that is told to
// move is back within two seconds.
const summonEvery = 3 * time.Second

// How much of a party is on a node: where there is more, it belongs. A headset is wanted where its call waits, a line where
// its agent's headset is.
const (
	HasNothing = iota
	HasLittle
	HasMore
	HasMost
)

// HasHeadset tells how much of an agent is here whose browser opens a session. On a node that is not open to newcomers, only
// calls count.
func (b *Bridge) HasHeadset(agentID string, open bool) int {
	a := b.agents[agentID]
	switch {
	case a == nil:
		return HasNothing
	case a.call != nil || a.guest != nil:
		return HasMore
	case open:
		return HasLittle
	}
	return HasNothing
}

// HasLine tells how much of a contact's line is here, which comes to be joined to an agent.
func (b *Bridge) HasLine(agentID, contactID string, open bool) int {
	a := b.agents[agentID]
	busy := a != nil && (a.call != nil || a.guest != nil)
	switch {
	case a != nil && (a.pending != nil || a.session != nil && a.session.audible) && (open || busy):
		return HasMost
	case busy, a != nil && open: // a browser that is silent may have gone to another node
		return HasMore
	case b.HasContact(contactID):
		return HasLittle
	}
	return HasNothing
}

// Release lets an agent go whom a call on another node waits for, unless they are in one here: closing the session makes the
// browser open another. It tells whether it did.
func (b *Bridge) Release(agentID string) bool {
	a := b.agents[agentID]
	if a == nil || a.session == nil || !a.session.audible || a.pending != nil || a.call != nil || a.guest != nil {
		return false
	}
	a.session.leave(reasonMoved)
	a.session.close()
	return true
}

// ReleaseIdle releases those agents without a call whose session has been up since before, and for whom may is true; at most
// so many.
func (b *Bridge) ReleaseIdle(before time.Time, most int, may func(agentID string) bool) {
	for id, a := range b.agents {
		if most == 0 {
			return
		}
		if s := a.session; s != nil && s.since.Before(before) && may(id) && b.Release(id) {
			most--
		}
	}
}

// TakenElsewhere closes an older line of a contact whose line is on another node now, which reports of it.
func (b *Bridge) TakenElsewhere(contactID string, since time.Time) {
	if c := b.calls[contactID]; c != nil && c.since.Before(since) {
		c.replaced(contactID)
	}
}

// summon tells the other nodes once that the call is here, and again and again whom it waits for.
func (c *Call) summon(now time.Time) {
	if c.bridge.cfg.Summon == nil || now.Before(c.summonAt) {
		return
	}
	var missing []string
	if c.session == nil {
		missing = append(missing, c.agent.id)
	}
	if g := c.guest; g != nil && g.agent != nil && g.session == nil {
		missing = append(missing, g.agent.id)
	}
	if len(missing) == 0 && c.told {
		return
	}
	c.told, c.summonAt = true, now.Add(summonEvery)
	c.bridge.cfg.Summon(c.ticket.ContactID, c.since, missing)
}
