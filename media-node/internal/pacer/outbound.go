package pacer

import "time"

const (
	// OutboundLimit is the most audio of a burst, as after a stalled connection, that a browser is given to catch up with.
	OutboundLimit = 200 * time.Millisecond
	// browserCatchUp is well under what the browser's own jitter buffer gains by shortening pauses (WebRTC's NetEQ), and
	// far above any clock's error: two clocks can never fill the limit, only a burst does.
	browserCatchUp = 0.02
)

// Outbound passes a provider's frames or another browser's packets on to a browser, which evens out jitter and drift
// itself, so that only bursts are cut.
type Outbound struct {
	playout Playout
	Trimmed uint64
}

// NewOutbound returns an Outbound for one browser.
func NewOutbound() Outbound {
	return Outbound{playout: Playout{Limit: OutboundLimit, CatchUp: browserCatchUp}}
}

// Admit tells whether a frame that arrives at the local time is to be sent.
func (p *Outbound) Admit(audio []byte, local time.Duration) bool {
	if p.playout.Admit(local, length(audio), nil) {
		return true
	}
	p.Trimmed++
	return false
}
