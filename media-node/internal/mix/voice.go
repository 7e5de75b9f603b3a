package mix

import (
	"time"

	"guichet/media-node/internal/pacer"
)

// Voice is what one party says: a short queue, from which a frame is taken at every beat.
type Voice struct {
	// order puts packets in order, fills in for lost ones, and keeps the delay of speech small: for it, the speech that waits
	// here is what waits at any other receiver that plays in order at a steady rate.
	order  pacer.Inbound
	speech speech
	keep   func([]byte)
}

func (v *Voice) begin() {
	v.keep = v.speech.put
	v.order.Reset()
}

// Says takes a packet of the party, with its place in time in samples.
func (v *Voice) Says(timestamp uint32, audio []byte, local time.Duration) {
	v.order.Packet(timestamp, audio, local, v.keep)
}

// Restart expects another source of speech: a browser or a line that has taken the place of one before.
func (v *Voice) Restart() { v.order.Reset() }

// Forget drops what was said and is in no frame yet.
func (v *Voice) Forget() {
	v.order.Reset()
	v.speech.drop()
}

// Rest returns what was said and is in no frame yet.
func (v *Voice) Rest() []byte { return v.speech.waiting() }

// Stats counts what happened to the packets of speech.
func (v *Voice) Stats() pacer.InboundStats { return v.order.Stats }
