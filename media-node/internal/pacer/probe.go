package pacer

import (
	"strconv"
	"time"
)

const (
	probeEvery   = 5 * time.Second
	probeTimeout = 15 * time.Second
	probeMemory  = 12 // probes, a minute: the network's own delay may change in the long run
	// probeTolerance is what a mark may come late without meaning anything: what the network's delay varies by.
	probeTolerance = 80 * time.Millisecond
)

// Probe finds out what really waits at the provider, which Inbound only reckons: a mark comes back when the audio before
// it has been played. A stall of the network towards the provider makes its queue longer for good, unseen from here.
type Probe struct {
	count    int
	waiting  bool // for a mark
	sent     time.Duration
	reckoned time.Duration
	delays   [probeMemory]time.Duration // of the marks, beyond what was reckoned
	returned int
	excess   time.Duration // of the last mark
}

// Restart forgets what was found, and the mark that is under way: the provider's queue was cleared, which returns it early.
// Names go on, so that it is not taken for a later one.
func (p *Probe) Restart() { *p = Probe{count: p.count, sent: p.sent} }

// Due returns the name of the mark to send now, or "". reckoned is Inbound.Waiting.
func (p *Probe) Due(local, reckoned time.Duration) string {
	since := local - p.sent
	if p.count > 0 && (since < probeEvery || p.waiting && since < probeTimeout) {
		return ""
	}
	p.count++
	p.waiting, p.sent, p.reckoned = true, local, reckoned
	return p.name()
}

// Returned takes a mark that came back and returns how much more waits at the provider than was reckoned, once two marks
// in a row have said so; 0 otherwise.
func (p *Probe) Returned(name string, local time.Duration) time.Duration {
	if !p.waiting || name != p.name() {
		return 0
	}
	p.waiting = false
	delay := max(local-p.sent-p.reckoned, 0)
	p.delays[p.returned%probeMemory] = delay
	p.returned++
	least := delay
	for _, d := range p.delays[:min(p.returned, probeMemory)] {
		least = min(least, d)
	}
	before := p.excess
	p.excess = delay - least
	if before <= probeTolerance || p.excess <= probeTolerance {
		return 0
	}
	certain := min(before, p.excess)
	p.excess = 0
	return certain
}

func (p *Probe) name() string { return "pace-" + strconv.Itoa(p.count) }

// Behind corrects what is reckoned to wait at the provider by what a Probe has found.
func (p *Inbound) Behind(more time.Duration) { p.playout.end += more }
