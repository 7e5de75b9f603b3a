package telephony

import (
	"net/url"
	"strconv"
	"time"

	"github.com/twilio/twilio-go/twiml"

	"guichet/shared/center"
)

// Paths of the webhooks about callers' messages.
const (
	PathRecorded  = "/twilio/voice/recorded"  // a caller has spoken a message
	PathVoicemail = "/twilio/voice/voicemail" // and it is there to be fetched
)

// Leaving is a caller who is asked to leave a message. What Twilio says of a recording names the call alone: the rest is in the
// address to which it says so.
type Leaving struct {
	LineID     string
	From       string // E.164; empty when withheld
	CallerName string
	At         time.Time
}

const (
	lineParameter = "line"
	fromParameter = "from"
	nameParameter = "name"
	atParameter   = "at" // milliseconds since the epoch
)

// recordTimeout is how many seconds of silence end a message.
const recordTimeout = 5

// LeaveMessage asks a caller for a message and records it (https://www.twilio.com/docs/voice/twiml/record). After an empty one
// Twilio goes on with what follows: otherwise is said, and the call ends.
func LeaveMessage(publicURL string, l Leaving, ask, otherwise Say) (string, error) {
	there := url.Values{
		lineParameter: {l.LineID}, fromParameter: {l.From}, nameParameter: {l.CallerName},
		atParameter: {strconv.FormatInt(l.At.UnixMilli(), 10)},
	}
	verbs := append(ask.verbs(), &twiml.VoiceRecord{
		Action:    publicURL + PathRecorded + "?" + url.Values{lineParameter: {l.LineID}}.Encode(),
		MaxLength: strconv.Itoa(int(center.MaxVoicemail / time.Second)), Timeout: strconv.Itoa(recordTimeout),
		FinishOnKey: "#", PlayBeep: "true", Trim: "trim-silence",
		RecordingStatusCallback: publicURL + PathVoicemail + "?" + there.Encode(), RecordingStatusCallbackEvent: "completed",
	})
	return voice(append(append(verbs, otherwise.verbs()...), &twiml.VoiceHangup{})...)
}

// LeavingOf reads from an address made by LeaveMessage who has left the message; the line alone from that of PathRecorded.
func LeavingOf(query url.Values) Leaving {
	l := Leaving{LineID: query.Get(lineParameter), From: query.Get(fromParameter), CallerName: query.Get(nameParameter)}
	if ms, err := strconv.ParseInt(query.Get(atParameter), 10, 64); err == nil {
		l.At = time.UnixMilli(ms).UTC()
	}
	return l
}
