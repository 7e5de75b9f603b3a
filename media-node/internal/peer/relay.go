package peer

import (
	"time"

	"guichet/media-node/internal/ulaw"
)

const (
	// reorder is how many packets late one may come and still be passed on.
	reorder = 64
	// stray is how far a source's timestamps may run ahead of the clock or behind it from one packet to the next. Jitter
	// stays far below. Browsers whose microphone was off go on where their timestamps stood; a new one begins anywhere.
	stray = time.Second
)

// relay carries the numbers of another browser's packets over to what is sent (RFC 3550, section 7.1): a lost packet
// stays a gap of its own length, and a late one gets its place.
type relay struct {
	on        bool
	ssrc      uint32
	high      uint16 // highest sequence number of the source
	timestamp uint32 // of that packet
	// taken tells whose numbers were used: bit n is the packet n before high. No number is ever used twice, because two
	// packets under one SRTP nonce would give away both (RFC 3711, section 9.1; RFC 7714, section 8.1).
	taken uint64

	shiftSequence  uint16 // from the source's to ours
	shiftTimestamp uint32
}

// EndRelay has the next packet that is relayed follow what was sent before: between the two, others of its source were not
// meant for this browser, which is not to take them for lost. After eleven minutes of them their numbers would look old, too.
func (p *Peer) EndRelay() { p.out.relayed.on = false }

// number returns the numbers under which a packet of another browser is sent; not ok when it comes too late or twice.
func (o *outbound) number(p *Packet, now time.Time) (sequence uint16, timestamp uint32, marker, ok bool) {
	r := &o.relayed
	ahead := int16(p.Sequence - r.high)
	switch {
	case !r.on || p.SSRC != r.ssrc:
		marker = o.align(p, now)
	case ahead <= 0:
		behind := -int(ahead)
		if behind >= reorder || r.taken>>behind&1 == 1 {
			return 0, 0, false, false
		}
		r.taken |= 1 << behind
		return p.Sequence + r.shiftSequence, p.Timestamp + r.shiftTimestamp, false, true
	case r.strays(p, now.Sub(o.sent)):
		marker = o.align(p, now)
	default:
		r.taken = r.taken<<ahead | 1
	}
	r.high, r.timestamp = p.Sequence, p.Timestamp
	sequence, timestamp = p.Sequence+r.shiftSequence, p.Timestamp+r.shiftTimestamp
	o.advance(sequence, timestamp, len(p.Audio), now)
	return sequence, timestamp, marker, true
}

// strays tells whether the source's timestamps have not moved as the clock did.
func (r *relay) strays(p *Packet, elapsed time.Duration) bool {
	step := time.Duration(int32(p.Timestamp-r.timestamp)) * time.Second / ulaw.SampleRate
	return step < 0 || step-elapsed > stray || elapsed-step > stray
}

// align makes a packet the next one after what was sent before.
func (o *outbound) align(p *Packet, now time.Time) (marker bool) {
	o.follow(now)
	o.relayed = relay{
		on: true, ssrc: p.SSRC, taken: ^uint64(0), // what came before this packet has no number of ours
		shiftSequence: o.header.SequenceNumber - p.Sequence, shiftTimestamp: o.header.Timestamp - p.Timestamp,
	}
	return true
}
