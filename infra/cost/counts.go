package cost

// Counts are what happens for something, at most: the tests that count hold it.
type Counts struct {
	Writes, Reads float64 // units of DynamoDB
	Transitions   float64 // of state machines
	Requests      float64 // to the HTTP API, each through CloudFront, each an invocation of a function
	Changes       float64 // in the table's stream: each is an invocation of both functions that follow it, when none come together
	Tasks         float64 // of the workflow function
	Messages      float64 // over realtime connections, to and from desks
}

// What a call's database work is: without its figures, the same when it waits first, and with them. In units of DynamoDB.
const (
	CallWrites        = 12 // dispatch.TestCostOfACall
	CallReads         = 5
	WaitingCallWrites = 18 // the same
	WaitingCallReads  = 8
	CountedCallWrites = 16 // cards.TestCostOfACall
	CountedCallReads  = 8
)

// Call is an inbound call that waits for nobody, from the first webhook to the end of its wrap-up. The requests, changes and messages are
// at least those of a call through the whole centre, which infra/local/center.TestWhatACallAsksFor counts; there are more messages here,
// since changes that come together are told together.
var Call = Counts{
	Writes: CountedCallWrites, Reads: CountedCallReads, Transitions: 4, Requests: 10, Changes: 10, Tasks: 2, Messages: 24,
}

// MessageIn and MessageOut are a message of a chat, the second with its report of delivery: conversation.TestCostOfAChat. They ask for
// nothing but the webhook, or the agent's request and the webhook of the report, and tell the agent's desk and a supervisor's.
var (
	MessageIn  = Counts{Writes: 3, Reads: 1, Requests: 1, Changes: 3, Messages: 4}
	MessageOut = Counts{Writes: 4, Reads: 2, Requests: 2, Changes: 4, Messages: 4}
)

// DeskMinute is a desk that is open and does nothing: a heartbeat, its answer, and the lease in between.
var DeskMinute = Counts{Writes: 1, Reads: 0, Messages: 2}
