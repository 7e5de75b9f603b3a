package simulator

// streamMessage is any message of a media stream but "connected"; one of its parts is set, by its event.
type streamMessage struct {
	Event          string       `json:"event"`
	SequenceNumber string       `json:"sequenceNumber,omitempty"`
	StreamSID      string       `json:"streamSid"`
	Start          *streamStart `json:"start,omitempty"`
	Media          *streamMedia `json:"media,omitempty"`
	Mark           *streamMark  `json:"mark,omitempty"`
	DTMF           *streamDTMF  `json:"dtmf,omitempty"`
	Stop           *streamStop  `json:"stop,omitempty"`

	sent func() // called when the message was written
}

type streamStart struct {
	AccountSID       string            `json:"accountSid"`
	StreamSID        string            `json:"streamSid"`
	CallSID          string            `json:"callSid"`
	Tracks           []string          `json:"tracks"`
	MediaFormat      mediaFormat       `json:"mediaFormat"`
	CustomParameters map[string]string `json:"customParameters"`
}

type mediaFormat struct {
	Encoding   string `json:"encoding"`
	SampleRate int    `json:"sampleRate"`
	Channels   int    `json:"channels"`
}

// streamMedia is 8 kHz μ-law in base64. What the product sends has the payload only.
type streamMedia struct {
	Track     string `json:"track,omitempty"`
	Chunk     string `json:"chunk,omitempty"`
	Timestamp string `json:"timestamp,omitempty"` // milliseconds since the start of the stream
	Payload   string `json:"payload"`
}

type streamMark struct {
	Name string `json:"name"`
}

type streamDTMF struct {
	Track string `json:"track"`
	Digit string `json:"digit"`
}

type streamStop struct {
	AccountSID string `json:"accountSid"`
	CallSID    string `json:"callSid"`
}
