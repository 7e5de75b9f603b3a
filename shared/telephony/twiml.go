package telephony

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/twilio/twilio-go/twiml"
)

// Paths of the voice webhooks on the public origin.
const (
	PathIncoming    = "/twilio/voice/incoming"     // a number's voice URL
	PathStatus      = "/twilio/voice/status"       // a number's status callback
	PathWait        = "/twilio/voice/wait"         // what a waiting caller hears
	PathLeft        = "/twilio/voice/left"         // why a call left the queue
	PathAfterStream = "/twilio/voice/after-stream" // the media stream ended and the call did not
	PathMusic       = "/audio/hold.wav"            // served with the dashboard
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

// Connect hands a call to the media node. When the stream ends and the call does not, Twilio asks what to do next.
func Connect(publicURL, contactID, ticket string) (string, error) {
	return voice(
		&twiml.VoiceConnect{InnerElements: []twiml.Element{&twiml.VoiceStream{
			Url:           websocketURL(publicURL) + MediaStreamPath,
			InnerElements: []twiml.Element{&twiml.VoiceParameter{Name: "ticket", Value: ticket}},
		}}},
		&twiml.VoiceRedirect{Method: "POST", Url: contactURL(publicURL, PathAfterStream, contactID)},
	)
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

// websocketURL turns http into ws and https into wss.
func websocketURL(publicURL string) string { return "ws" + strings.TrimPrefix(publicURL, "http") }
