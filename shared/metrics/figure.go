package metrics

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

	Calls Figure = "calls" // of an agent, taken and made
)

// Greatest tells whether figures of the kind are not added up: the greatest counts.
func (f Figure) Greatest() bool { return f == LongestWait || f == LongestAnswer }

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

// Handling is the time that calls took their agents, in milliseconds.
func (c Counts) Handling() int64 { return c[Talk] + c[Hold] + c[WrapUp] }

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

// OfCalls tells whether the contact log, from which recounts are made, tells the figure.
func (f Figure) OfCalls() bool {
	switch f {
	case Opened, Assigned, Resolved, Responses, Response, LongestAnswer, Calls:
		return false
	}
	return true
}
