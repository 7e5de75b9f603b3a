// Package mediastream is the wire format of Twilio Media Streams, both ways
// (https://www.twilio.com/docs/voice/media-streams/websocket-messages). It knows nothing of calls or connections.
package mediastream

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"unicode/utf8"
)

// Kind is the event of a message.
type Kind uint8

// The events that Twilio sends. Other is any event that is not known: it may be ignored.
const (
	Other Kind = iota
	Connected
	Start
	Media
	Mark
	DTMF
	Stop
)

const (
	// MaxMessage is the largest message accepted, in bytes: a start message with its parameters takes 1 to 4 KB.
	MaxMessage = 16 << 10
	// MaxAudio is the longest audio accepted in one message, in samples (one second; Twilio sends 20 ms).
	MaxAudio = 8000

	maxSID = 64
)

// ErrMalformed is wrapped by every error of Parse.
var ErrMalformed = errors.New("malformed media stream message")

// Message is one message from the provider.
type Message struct {
	Kind Kind
	// Audio is μ-law at 8 kHz (Media of the inbound track); nil for another track.
	Audio []byte
	// Timestamp is the audio's place in the stream in milliseconds, or -1 when the provider gave none (Media).
	Timestamp int64
	// Name of the mark that has been played, or cleared (Mark).
	Name string
	// Digit that the customer pressed (DTMF).
	Digit string
	Start StartInfo
}

// StartInfo describes a stream, from its start message.
type StartInfo struct {
	StreamSID  string
	CallSID    string
	Parameters map[string]string
}

// envelope is every message in one, as encoding/json reads it.
type envelope struct {
	Event     string `json:"event"`
	StreamSID string `json:"streamSid"`
	Start     *struct {
		StreamSID   string            `json:"streamSid"`
		CallSID     string            `json:"callSid"`
		Parameters  map[string]string `json:"customParameters"`
		MediaFormat struct {
			Encoding   string `json:"encoding"`
			SampleRate int    `json:"sampleRate"`
			Channels   int    `json:"channels"`
		} `json:"mediaFormat"`
	} `json:"start"`
	Media *struct {
		Track     string  `json:"track"`
		Timestamp string  `json:"timestamp"`
		Payload   *string `json:"payload"`
	} `json:"media"`
	Mark *struct {
		Name string `json:"name"`
	} `json:"mark"`
	DTMF *struct {
		Digit string `json:"digit"`
	} `json:"dtmf"`
}

// Parse reads one message. Audio is decoded into buf, which is grown if need be: keep Message.Audio as the next buf.
func Parse(b, buf []byte) (Message, error) {
	if m, ok := scanMedia(b); ok {
		if msg, err := decodeMedia(m, buf); err == nil {
			return msg, nil
		}
	}
	return parseJSON(b, buf)
}

func parseJSON(b, buf []byte) (Message, error) {
	if !utf8.Valid(b) { // RFC 6455 wants it of every text message, and encoding/json would replace instead of refuse
		return Message{}, fmt.Errorf("%w: not UTF-8", ErrMalformed)
	}
	var e envelope
	if err := json.Unmarshal(b, &e); err != nil {
		return Message{}, fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	switch e.Event {
	case "":
		return Message{}, fmt.Errorf("%w: no event", ErrMalformed)
	case "connected":
		return Message{Kind: Connected}, nil
	case "start":
		return e.start()
	case "media":
		if e.Media == nil || e.Media.Payload == nil {
			return Message{}, fmt.Errorf("%w: media without payload", ErrMalformed)
		}
		return decodeMedia(scanned{payload: []byte(*e.Media.Payload), timestamp: []byte(e.Media.Timestamp), track: []byte(e.Media.Track)}, buf)
	case "mark":
		if e.Mark == nil {
			return Message{}, fmt.Errorf("%w: mark without name", ErrMalformed)
		}
		return Message{Kind: Mark, Name: e.Mark.Name}, nil
	case "dtmf":
		if e.DTMF == nil {
			return Message{}, fmt.Errorf("%w: dtmf without digit", ErrMalformed)
		}
		return Message{Kind: DTMF, Digit: e.DTMF.Digit}, nil
	case "stop":
		return Message{Kind: Stop}, nil
	default:
		return Message{Kind: Other}, nil
	}
}

func (e *envelope) start() (Message, error) {
	s := e.Start
	if s == nil {
		return Message{}, fmt.Errorf("%w: start without body", ErrMalformed)
	}
	sid := s.StreamSID
	if sid == "" {
		sid = e.StreamSID
	}
	if !validSID(sid) || !validSID(s.CallSID) {
		return Message{}, fmt.Errorf("%w: identifier", ErrMalformed)
	}
	f := s.MediaFormat
	if f.Encoding != "audio/x-mulaw" || f.SampleRate != 8000 || f.Channels != 1 {
		return Message{}, fmt.Errorf("%w: media format is not mono μ-law at 8 kHz", ErrMalformed)
	}
	return Message{Kind: Start, Start: StartInfo{StreamSID: sid, CallSID: s.CallSID, Parameters: s.Parameters}}, nil
}

// validSID keeps identifiers to what can be put in JSON and in logs as it is.
func validSID(sid string) bool {
	for i := range len(sid) {
		c := sid[i]
		if (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') && c != '-' && c != '_' {
			return false
		}
	}
	return sid != "" && len(sid) <= maxSID
}

func decodeMedia(m scanned, buf []byte) (Message, error) {
	msg := Message{Kind: Media, Timestamp: -1}
	if len(m.timestamp) > 0 {
		ts, err := strconv.ParseUint(string(m.timestamp), 10, 52)
		if err != nil {
			return Message{}, fmt.Errorf("%w: timestamp", ErrMalformed)
		}
		msg.Timestamp = int64(ts)
	}
	if string(m.track) == "outbound" {
		return msg, nil
	}
	n := base64.StdEncoding.DecodedLen(len(m.payload))
	if n > MaxAudio+2 {
		return Message{}, fmt.Errorf("%w: more than a second of audio", ErrMalformed)
	}
	if cap(buf) < n {
		buf = make([]byte, n)
	}
	n, err := base64.StdEncoding.Decode(buf[:n], m.payload)
	if err != nil {
		return Message{}, fmt.Errorf("%w: payload: %w", ErrMalformed, err)
	}
	msg.Audio = buf[:n]
	return msg, nil
}
