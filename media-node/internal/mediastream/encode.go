package mediastream

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
)

// Encoder builds the messages to one stream.
type Encoder struct {
	media, clear []byte
	mark         string
}

// NewEncoder returns the encoder for the stream of a start message.
func NewEncoder(streamSID string) *Encoder {
	return &Encoder{
		media: fmt.Appendf(nil, `{"event":"media","streamSid":%q,"media":{"payload":"`, streamSID),
		clear: fmt.Appendf(nil, `{"event":"clear","streamSid":%q}`, streamSID),
		mark:  fmt.Sprintf(`{"event":"mark","streamSid":%q,"mark":{"name":`, streamSID),
	}
}

// AppendMedia appends a message that plays μ-law audio to the customer, after what was sent before.
func (e *Encoder) AppendMedia(dst, audio []byte) []byte {
	dst = append(dst, e.media...)
	dst = base64.StdEncoding.AppendEncode(dst, audio)
	return append(dst, `"}}`...)
}

// Clear is the message that discards the audio which has not been played yet.
func (e *Encoder) Clear() []byte { return e.clear }

// AppendMark appends a message that the provider sends back when the audio before it has been played.
func (e *Encoder) AppendMark(dst []byte, name string) []byte {
	quoted, _ := json.Marshal(name) // a string always has a JSON form
	dst = append(dst, e.mark...)
	dst = append(dst, quoted...)
	return append(dst, `}}`...)
}
