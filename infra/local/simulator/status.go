package simulator

// Status is the CallStatus of Twilio (https://www.twilio.com/docs/voice/twiml#callstatus-values).
type Status string

// The states of a call. The last five are final.
const (
	Queued     Status = "queued"
	Ringing    Status = "ringing"
	InProgress Status = "in-progress"
	Completed  Status = "completed"
	Busy       Status = "busy"
	Failed     Status = "failed"
	NoAnswer   Status = "no-answer"
	Canceled   Status = "canceled"
)

// Final says whether a call in this state has ended.
func (s Status) Final() bool {
	switch s {
	case Completed, Busy, Failed, NoAnswer, Canceled:
		return true
	default:
		return false
	}
}

// direction is the Direction of Twilio.
type direction string

const (
	inbound     direction = "inbound"
	outboundAPI direction = "outbound-api"
)

// anonymous is the From of a caller who withheld the number.
const anonymous = "anonymous"

// event is a StatusCallbackEvent: the moments at which an outgoing call reports.
type event string

const (
	eventInitiated event = "initiated"
	eventRinging   event = "ringing"
	eventAnswered  event = "answered"
	eventCompleted event = "completed"
)
