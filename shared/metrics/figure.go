package metrics

import "strings"

// Figure is the name of something that is counted.
type Figure string

// Figures of queues and campaigns. Durations are in milliseconds.
const (
	Queued         Figure = "queued"
	Answered       Figure = "answered"
	Handled        Figure = "handled"
	Abandoned      Figure = "abandoned"
	ShortAbandoned Figure = "short"
	TimedOut       Figure = "timedOut"
	Failed         Figure = "failed"
	Incomplete     Figure = "incomplete"
	Overflowed     Figure = "overflowed"
	Callbacks      Figure = "callbacks"
	AnsweredWithin Figure = "answeredWithin"
	RemovedWithin  Figure = "removedWithin"
	Wait           Figure = "wait"    // of answered calls
	LongestWait    Figure = "maxWait" // of all
	Talk           Figure = "talk"
	Hold           Figure = "hold"
	WrapUp         Figure = "wrapUp"

	Taken    Figure = "taken" // by a campaign
	Dialled  Figure = "dialled"
	Attempts Figure = "attempts"

	Opened        Figure = "opened" // of chats
	Assigned      Figure = "assigned"
	Resolved      Figure = "resolved"
	Responses     Figure = "responses"
	Response      Figure = "response" // time to the first one, summed up
	LongestAnswer Figure = "maxResponse"

	Calls    Figure = "calls" // of an agent, taken and made
	Idle     Figure = "idle"
	Chatting Figure = "chatting"
)

// ofChannel parts a figure from the channel whose share of it is counted in the same record.
const ofChannel = "@"

// Of is a channel's share of a figure.
func (f Figure) Of(channel string) Figure { return f + Figure(ofChannel+channel) }

// whole is the figure of which this may be a channel's share.
func (f Figure) whole() Figure {
	w, _, _ := strings.Cut(string(f), ofChannel)
	return Figure(w)
}

// Greatest tells whether figures of the kind are not added up: the greatest counts.
func (f Figure) Greatest() bool { return f.whole() == LongestWait || f.whole() == LongestAnswer }

// Counts are figures of some time and queue; one that is missing is 0.
type Counts map[Figure]int64

// Add takes up other counts.
func (c Counts) Add(more Counts) {
	for f, n := range more {
		switch {
		case !f.Greatest():
			c[f] += n
		case n > c[f]:
			c[f] = n
		}
	}
}

// Channels are the channels' shares.
func (c Counts) Channels() map[string]Counts {
	shares := map[string]Counts{}
	for f, n := range c {
		if whole, channel, ok := strings.Cut(string(f), ofChannel); ok {
			if shares[channel] == nil {
				shares[channel] = Counts{}
			}
			shares[channel][Figure(whole)] = n
		}
	}
	return shares
}

// Handling is the time that calls took their agents, in milliseconds.
func (c Counts) Handling() int64 { return c[Talk] + c[Hold] + c[WrapUp] }

// Occupancy is the share of an agent's time with contacts in it and the time without, in percent; nil when they were never ready.
func (c Counts) Occupancy() *float64 {
	if c[Idle]+c[Chatting] == 0 {
		return nil
	}
	busy := c.Handling() + c[Chatting]
	return Percent(busy, busy+c[Idle])
}

// Average is a sum of milliseconds over a number, in seconds; nil over none.
func Average(sum, n int64) *float64 {
	if n == 0 {
		return nil
	}
	v := float64(sum) / 1000 / float64(n)
	return &v
}

// Percent is a part of a whole; nil of nothing.
func Percent(part, whole int64) *float64 {
	if whole <= 0 {
		return nil
	}
	v := 100 * float64(part) / float64(whole)
	return &v
}
