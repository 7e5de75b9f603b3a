package measure

// Namespace has the metrics of all centres in CloudWatch, Dimension tells them apart: its value is the centre's prefix.
const (
	Namespace = "Guichet"
	Dimension = "Centre"
)

// Unit is how CloudWatch names what a value counts.
type Unit string

// Units: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html
const (
	Count   Unit = "Count"
	Seconds Unit = "Seconds"
)

// Metric is something that is measured. Each costs in every hour in which it has a value, so there are few.
type Metric struct {
	Name string
	Unit Unit
}

// What functions/cards counts. Calls are stays in a queue, as docs/metrics.md defines them; callbacks' and campaigns' own calls are
// not among the answered and unanswered ones.
var (
	CallsOffered    = Metric{"CallsOffered", Count}
	CallsAnswered   = Metric{"CallsAnswered", Count}
	CallsAbandoned  = Metric{"CallsAbandoned", Count} // without those that were too short to count
	CallsTimedOut   = Metric{"CallsTimedOut", Count}
	CallsFailed     = Metric{"CallsFailed", Count}
	SecondsToAnswer = Metric{"SecondsToAnswer", Seconds} // one value an answered call
	OffersMissed    = Metric{"OffersMissed", Count}
	ChatsOpened     = Metric{"ChatsOpened", Count}
	MessagesFailed  = Metric{"MessagesFailed", Count} // of ours, for good
)

// What the sweep finds, every minute. A value of zero is not written.
var (
	AgentsReady       = Metric{"AgentsReady", Count} // in some queue, with or without a call
	CallsWaiting      = Metric{"CallsWaiting", Count}
	CallsWaitingAlone = Metric{"CallsWaitingAlone", Count} // in queues in which nobody is ready
	OldestCallWait    = Metric{"OldestCallWait", Seconds}
	ChatsUnanswered   = Metric{"ChatsUnanswered", Count} // too long in line although somebody is logged in to the queue
)

// All lists every metric.
func All() []Metric {
	return []Metric{
		CallsOffered, CallsAnswered, CallsAbandoned, CallsTimedOut, CallsFailed, SecondsToAnswer, OffersMissed, ChatsOpened, MessagesFailed,
		AgentsReady, CallsWaiting, CallsWaitingAlone, OldestCallWait, ChatsUnanswered,
	}
}
