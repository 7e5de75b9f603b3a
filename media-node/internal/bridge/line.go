package bridge

import (
	"time"

	"guichet/media-node/internal/mix"
	"guichet/media-node/internal/peer"
)

// ear is where a party hears what the node makes, as each kind of connection wants it to be sent.
type ear interface {
	// play plays μ-law after what was sent before.
	play(audio []byte)
	// due is how many frames of a recorded message or of digits to play now that so many beats have passed.
	due(beats int) int
	// cut ends a recorded message at once and goes on with what was said in it.
	cut(t *mix.Track)
	// resume goes on with what others say, as it comes, after speech that was kept to be mixed.
	resume(rest []byte)
	// converse takes what the others say in a conference, a frame a beat, with its place in time in samples.
	converse(timestamp uint32, audio []byte)
}

// line is the customer's side of a call.
type line interface {
	ear
	// bridged begins with what another party says, or anew after hold.
	bridged()
	// fromAgent takes a packet of the agent's browser.
	fromAgent(p peer.Packet)
	// lead is how far ahead of its playing music is to be sent.
	lead() time.Duration
	// hush takes back what was played and has not been heard.
	hush()
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
