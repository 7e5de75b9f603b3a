package node

import (
	"net/http"

	"guichet/shared/mediaapi"
)

// welcome answers 503 to a browser that a node which is draining or full does not take: visitors are counted as calls,
// agents as sessions. Whoever belongs to a call that is here is let in all the same.
func (n *Node) welcome(w http.ResponseWriter, ticket mediaapi.Ticket) bool {
	var has, most int
	var expected bool
	err := n.loop.Do(func() {
		if ticket.Purpose == mediaapi.PurposeVisitorAudio {
			expected, has, most = n.bridge.HasContact(ticket.ContactID), n.bridge.Calls(), n.cfg.MaxCalls
		} else {
			expected, has, most = n.bridge.HasCall(ticket.AgentID), n.bridge.Sessions(), n.cfg.MaxSessions
		}
	})
	switch {
	case err != nil:
		return n.unavailable(w, "the node is closing")
	case expected:
		return true
	case n.draining.Load():
		return n.unavailable(w, "the node is draining")
	case has >= most:
		return n.unavailable(w, "the node is full")
	}
	return true
}
