package telephony

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/twilio/twilio-go/twiml"

	"guichet/shared/center"
)

// Paths of the voice webhooks on the public origin.
const (
	PathIncoming      = "/twilio/voice/incoming"       // a number's voice URL
	PathStatus        = "/twilio/voice/status"         // a number's status callback
	PathWait          = "/twilio/voice/wait"           // what a waiting caller hears
	PathKey           = "/twilio/voice/key"            // which key a waiting caller pressed
	PathLeft          = "/twilio/voice/left"           // why a call left the queue
	PathNext          = "/twilio/voice/next"           // what is to be done with a call
	PathAfterStream   = "/twilio/voice/after-stream"   // the media stream ended and the call did not
	PathAnswered      = "/twilio/voice/answered"       // a call that we made has been answered
	PathMachine       = "/twilio/voice/machine"        // by whom: a person or a machine
	PathGuestAnswered = "/twilio/voice/guest-answered" // a call to an invited number has been answered
	PathGuestStatus   = "/twilio/voice/guest-status"   // and is over
	PathMusic         = "/audio/hold.wav"              // served with the dashboard
)

// MediaStreamPath is where the media node takes Twilio's streams.
const MediaStreamPath = "/media/twilio"

// Enqueue puts a call in line: it hears the wait document until it is redirected or told to leave.
func Enqueue(publicURL, contactID, queueID string) (string, error) {
	return voice(&twiml.VoiceEnqueue{
		Name:    queueID,
		WaitUrl: contactURL(publicURL, PathWait, contactID),
		Action:  contactURL(publicURL, PathLeft, contactID),
	})
}

// acceptedParameter carries the acceptance that a stream belongs to, in milliseconds since the epoch.
const acceptedParameter = "accepted"

// Connect hands the accepted call to the media node. When the stream ends and the call does not, Twilio asks what to do
// next, and says which acceptance it speaks of.
func Connect(publicURL string, c *center.Contact, ticket string) (string, error) {
	next := contactURL(publicURL, PathAfterStream, c.ID) + fmt.Sprintf("&%s=%d", acceptedParameter, c.AcceptedAt.UnixMilli())
	return voice(stream(publicURL, ticket), &twiml.VoiceRedirect{Method: "POST", Url: next})
}

// ConnectGuest hands the call to an invited number to the media node. When the stream ends, so does the call.
func ConnectGuest(publicURL, ticket string) (string, error) {
	return voice(stream(publicURL, ticket), &twiml.VoiceHangup{})
}

func stream(publicURL, ticket string) twiml.Element {
	return &twiml.VoiceConnect{InnerElements: []twiml.Element{&twiml.VoiceStream{
		Url:           websocketURL(publicURL) + MediaStreamPath,
		InnerElements: []twiml.Element{&twiml.VoiceParameter{Name: "ticket", Value: ticket}},
	}}}
}

// Conference connects a contact's customer with a number, without us: both are told the same, and when one leaves, so does the
// other (https://www.twilio.com/docs/voice/twiml/conference).
func Conference(contactID string) (string, error) {
	return voice(&twiml.VoiceDial{InnerElements: []twiml.Element{&twiml.VoiceConference{
		Name: contactID, Beep: "false", StartConferenceOnEnter: "true", EndConferenceOnExit: "true",
	}}})
}

// AcceptedAt reads from an address made by Connect when the stream's call was accepted; zero when it does not say.
func AcceptedAt(query url.Values) time.Time {
	ms, err := strconv.ParseInt(query.Get(acceptedParameter), 10, 64)
	if err != nil {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// Say speaks sentences.
type Say struct {
	Language  string // BCP 47
	Sentences []string
}

func (s Say) verbs() []twiml.Element {
	verbs := make([]twiml.Element, len(s.Sentences))
	for i, sentence := range s.Sentences {
		verbs[i] = &twiml.VoiceSay{Language: s.Language, Message: sentence}
	}
	return verbs
}

// Wait is one turn of the wait document: an announcement, then music. Twilio asks for it again when it is over.
func Wait(publicURL string, say Say) (string, error) {
	return voice(append(say.verbs(), &twiml.VoicePlay{Url: publicURL + PathMusic})...)
}

// WaitForKey is Wait for a caller who may press the key 1 meanwhile.
func WaitForKey(publicURL, contactID string, say Say) (string, error) {
	return voice(&twiml.VoiceGather{
		Input: "dtmf", NumDigits: "1", FinishOnKey: "", Timeout: "1", ActionOnEmptyResult: "false",
		Action:        contactURL(publicURL, PathKey, contactID),
		InnerElements: append(say.verbs(), &twiml.VoicePlay{Url: publicURL + PathMusic}),
	})
}

// CallbackKey is the key that asks for a callback.
const CallbackKey = "1"

// Leave takes a call out of the queue, to the action URL of Enqueue.
func Leave() (string, error) { return voice(&twiml.VoiceLeave{}) }

// Goodbye speaks and hangs up.
func Goodbye(say Say) (string, error) { return voice(append(say.verbs(), &twiml.VoiceHangup{})...) }

// Nothing is the empty document: the call goes on as it is, or ends if there is nothing else.
func Nothing() (string, error) { return voice() }

func voice(verbs ...twiml.Element) (string, error) {
	doc, err := twiml.Voice(verbs)
	if err != nil {
		return "", fmt.Errorf("build TwiML: %w", err)
	}
	return doc, nil
}

func contactURL(publicURL, path, contactID string) string {
	return publicURL + path + "?" + url.Values{"contact": {contactID}}.Encode()
}

const (
	attemptParameter = "attempt"
	guestParameter   = "guest"
)

// attemptURL is contactURL, and says which attempt to reach the customer it speaks of.
func attemptURL(publicURL, path string, c *center.Contact) string {
	return contactURL(publicURL, path, c.ID) + "&" + attemptParameter + "=" + strconv.Itoa(c.Attempt)
}

// Attempt reads from an address the attempt that it speaks of; 0 when it does not say.
func Attempt(query url.Values) int {
	n, _ := strconv.Atoi(query.Get(attemptParameter))
	return n
}

// guestURL is contactURL, and says of which guest it speaks.
func guestURL(publicURL, path string, c *center.Contact) string {
	return contactURL(publicURL, path, c.ID) + "&" + url.Values{guestParameter: {c.Guest.ID}}.Encode()
}

// GuestID reads from an address the guest of whom it speaks.
func GuestID(query url.Values) string { return query.Get(guestParameter) }

// websocketURL turns http into ws and https into wss.
func websocketURL(publicURL string) string { return "ws" + strings.TrimPrefix(publicURL, "http") }
