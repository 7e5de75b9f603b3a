package bridge

import "time"

// maxCatchUp is how late a beat may come and all of it still be sent: a browser's jitter buffer takes so much at once. After a
// longer stall of the node, messages go on later instead, and what three say to each other in it is lost.
const maxCatchUp = 100 * time.Millisecond

// beat is the node's clock of 20 ms for the calls in which a recorded message or digits sound, or that have a guest; while there
// is none, it stands still. A
// timer that fine is needed for browsers: a tick's five frames at once would look like jitter of 100 ms to them, and they
// would play everything with that delay. A provider with a queue would take frames ahead. But then what the agent says in
// the message would come late by as much, and one beat for both is simpler.
type beat struct {
	bridge *Bridge
	calls  map[*Call]struct{}
	next   time.Time // due then; counted on from the first, so that late timers add up to nothing
	strike func()
}

func newBeat(b *Bridge) beat { return beat{bridge: b, calls: map[*Call]struct{}{}, strike: b.strike} }

func (b *beat) join(c *Call) {
	if _, is := b.calls[c]; is {
		return
	}
	b.calls[c] = struct{}{}
	if len(b.calls) == 1 {
		b.next = b.bridge.clock()
		b.bridge.cfg.Alarm(b.next, b.strike)
	}
}

// leave tells whether the call was there.
func (b *beat) leave(c *Call) bool {
	_, was := b.calls[c]
	delete(b.calls, c)
	return was
}

// strike plays on in every call that has something to play.
func (b *Bridge) strike() {
	now, missed, beats := b.clock(), 0, 0
	if late := now.Sub(b.beat.next); late > maxCatchUp {
		missed = int(late / frameLength)
		b.beat.next = b.beat.next.Add(time.Duration(missed) * frameLength)
	}
	for !b.beat.next.After(now) {
		b.beat.next = b.beat.next.Add(frameLength)
		beats++
	}
	for c := range b.beat.calls {
		if c.conference != nil {
			c.hearEachOther(missed, beats)
		}
		c.playOn(beats)
		c.leaveBeat()
	}
	if len(b.beat.calls) > 0 {
		b.cfg.Alarm(b.beat.next, b.beat.strike)
	}
}
