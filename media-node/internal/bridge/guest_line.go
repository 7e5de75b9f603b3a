package bridge

import (
	"guichet/media-node/internal/mix"
	"guichet/shared/mediaapi"
)

// GuestLine is the line of a guest, which a provider streams.
type GuestLine struct {
	trunk
	guest   *guest
	callSID string
}

// JoinGuest brings the line of the guest that the ticket names into the call of its contact, in the place of an older line of
// theirs. It returns nil when the call is not here, or expects another guest by now, or none.
func (b *Bridge) JoinGuest(ticket mediaapi.Ticket, wire Wire) *GuestLine {
	c := b.calls[ticket.ContactID]
	if c == nil || c.guest == nil || c.guest.agent != nil || c.guest.id != ticket.GuestID {
		return nil
	}
	g := c.guest
	older := g.line
	g.line = &GuestLine{guest: g, callSID: ticket.CallSID}
	g.line.open(b, wire)
	if older != nil {
		older.hangup(Replaced)
	}
	g.joins(g.line)
	return g.line
}

// here tells whether this is the guest's line still.
func (l *GuestLine) here() bool { return l.guest.line == l }

// FromLine takes audio of the guest. timestamp is its place in the stream in milliseconds, negative if unknown.
func (l *GuestLine) FromLine(audio []byte, timestamp int64) {
	l.metrics.FramesFromGuest.Inc()
	l.observe(timestamp)
	if l.here() {
		l.mixIn(l.guest.call.conference.Voice(mix.Guest), audio, timestamp)
	}
}

// Marked tells that the audio before a mark has been played.
func (l *GuestLine) Marked(name string) {
	if l.here() {
		l.marked(name)
	}
}

// Left tells that the line is gone; reason is one of mediaapi's. The guest is expected still: a line with the same GuestID may
// come again.
func (l *GuestLine) Left(reason string) {
	if l.here() {
		l.guest.goes(reason)
	}
}
