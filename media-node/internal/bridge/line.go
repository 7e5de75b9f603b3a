package bridge

import (
	"time"

	"guichet/media-node/internal/mix"
	"guichet/media-node/internal/peer"
)

// line is the customer's side of a call, as each kind of connection wants to be treated.
type line interface {
	// bridged begins with an agent's audio, or anew after hold.
	bridged()
	// fromAgent takes a packet of the agent's browser.
	fromAgent(p peer.Packet)
	// play plays μ-law that the node makes, after what was sent before.
	play(audio []byte)
	// lead is how far ahead of its playing music is to be sent.
	lead() time.Duration
	// hush takes back what was played and has not been heard.
	hush()
	// due is how many frames of a recorded message or of digits to play now that so many beats have passed.
	due(beats int) int
	// cut ends a recorded message at once and goes on with what was said in it.
	cut(t *mix.Track)
	// resume goes on with the agent's packets as they are, after speech that was kept to be mixed.
	resume(rest []byte)
	// expect has Call.Heard told, under this name, that the customer has heard what was played. It returns after how long
	// they have, even if nothing tells so.
	expect(name string) time.Duration
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
