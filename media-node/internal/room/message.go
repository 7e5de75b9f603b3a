package room

import (
	"encoding/json"
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"guichet/shared/mediaapi"
)

// Types of messages.
const (
	typeJoin    = "join"    // page → node, first and once
	typeAnswer  = "answer"  // page → node, to each offer
	typeState   = "state"   // page → node: what the person has switched on
	typeWelcome = "welcome" // node → page: joined
	typeJoined  = "joined"  // node → page: somebody came
	typeChanged = "changed" // node → page: somebody switched something on or off
	typeLeft    = "left"    // node → page: somebody went
	typeOffer   = "offer"   // node → page: whenever what is to be sent changes
)

// Limits of messages, in bytes and characters.
const (
	maxMessage = 64 << 10 // an answer to an offer with 24 sections takes 25 KB
	maxName    = 60
	minSession = 16
	maxSession = 64
)

// request is a message of a page.
type request struct {
	Type    string `json:"type"`
	Ticket  string `json:"ticket"`  // join
	Name    string `json:"name"`    // join: of a guest
	Session string `json:"session"` // join: the page's own secret; the same one again replaces its earlier connection
	SDP     string `json:"sdp"`     // answer
	Media   media  `json:"media"`   // join and state
}

// media is what a person has switched on.
type media struct {
	Microphone bool `json:"microphone"`
	Camera     bool `json:"camera"`
	Screen     bool `json:"screen"`
}

// person is how others see a member.
type person struct {
	ID    string        `json:"id"`
	Name  string        `json:"name"`
	Role  mediaapi.Role `json:"role"`
	Media media         `json:"media"`
}

// notice is a message to a page about people.
type notice struct {
	Type   string   `json:"type"`
	ID     string   `json:"id,omitempty"`     // welcome: one's own; left: whose
	Person *person  `json:"person,omitempty"` // joined, changed
	People []person `json:"people,omitempty"` // welcome: who else is there
}

// offer is a description of what the node sends and takes. Sections with a source but no person are the page's own to send in.
type offer struct {
	Type     string    `json:"type"`
	SDP      string    `json:"sdp"`
	Sections []section `json:"sections"`
}

// section says what a section of an offer carries; sections that are not listed carry nothing.
type section struct {
	Mid    string `json:"mid"`
	Source source `json:"source"`
	Person string `json:"person,omitempty"`
}

// source is one of the three things that a member sends.
type source string

const (
	microphone source = "microphone"
	camera     source = "camera"
	screen     source = "screen"
)

// sources in the order of an offer's first sections.
func sources() []source { return []source{microphone, camera, screen} }

var errMessage = errors.New("message cannot be understood")

// parseRequest reads a page's message.
func parseRequest(b []byte) (request, error) {
	var r request
	if err := json.Unmarshal(b, &r); err != nil {
		return r, errMessage
	}
	switch r.Type {
	case typeAnswer, typeState:
		return r, nil
	case typeJoin:
		r.Name = plainName(r.Name)
		if n := len(r.Session); n < minSession || n > maxSession {
			return r, errMessage
		}
		return r, nil
	}
	return r, errMessage
}

// plainName is a name of one line without control characters, and not too long.
func plainName(s string) string {
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }), " ")
	for utf8.RuneCountInString(s) > maxName {
		_, last := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-last]
	}
	return strings.TrimSpace(s)
}

// encode renders a message; its types always have a JSON form.
func encode(message any) []byte {
	b, _ := json.Marshal(message)
	return b
}
