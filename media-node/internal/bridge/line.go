package bridge

import (
	"time"

	"guichet/media-node/internal/peer"
)

// line is the customer's side of a call, as each kind of connection wants to be treated.
type line interface {
	// bridged begins with an agent's audio; afterMusic tells that the node's own was played until now.
	bridged(afterMusic bool)
	// fromAgent takes a packet of the agent's browser.
	fromAgent(p peer.Packet)
	// play plays μ-law that the node makes, after what was sent before.
	play(audio []byte)
	// lead is how far ahead of its playing such audio is to be sent.
	lead() time.Duration
	// tick comes a few times a second.
	tick(now time.Time)
	// hangup closes the connection. Call.Left is not called.
	hangup(why Hangup)
}

// Hangup is why the node closes a line.
type Hangup uint8

// Reasons to close a line.
const (
	ParkExpired Hangup = iota
	Replaced
	Drained
	Ended
)
