package room

import "github.com/coder/websocket"

// refusal is why a page's connection is ended. Pages tell people in their own words, by the code.
type refusal struct {
	code   websocket.StatusCode
	reason string
}

func (r *refusal) Error() string { return r.reason }

var (
	refuseTicket  = &refusal{4401, "the link is not valid"}
	refuseExpired = &refusal{4408, "the link has expired"}
	refuseFull    = &refusal{4409, "the room is full"}
	refuseClosed  = &refusal{4410, "the meeting is over"}
	closeReplaced = &refusal{4419, "the page has connected again"}
	closeLost     = &refusal{4500, "no media connection"}
	refuseBusy    = &refusal{4503, "no more rooms here"}
	closeAway     = &refusal{websocket.StatusGoingAway, "the node is closing"}
	closeLeft     = &refusal{websocket.StatusNormalClosure, ""}
	closePolicy   = &refusal{websocket.StatusPolicyViolation, "message refused"}
	closeSlow     = &refusal{websocket.StatusTryAgainLater, "too slow"}
)
