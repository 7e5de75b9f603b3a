package mediastream

import "bytes"

// scanned is the text of a media message's fields, as slices of the message.
type scanned struct {
	payload, timestamp, track []byte
}

// The fields of a media message, as bits: each may come once.
const (
	sawEvent = 1 << iota
	sawSequenceNumber
	sawStreamSID
	sawMedia
	sawTrack
	sawChunk
	sawTimestamp
	sawPayload
)

// scanMedia reads a media message of the plain shape that arrives fifty times a second per call: compact JSON, known
// fields, strings without escapes. For anything else ok is false, and encoding/json decides.
func scanMedia(b []byte) (m scanned, ok bool) {
	s := scanner{b: b}
	if !s.skip('{') {
		return m, false
	}
	for more := true; more; more = s.skip(',') {
		switch string(s.key()) {
		case "event":
			if !s.first(sawEvent) || string(s.text()) != "media" {
				return m, false
			}
		case "sequenceNumber":
			s.first(sawSequenceNumber)
			s.text()
		case "streamSid":
			s.first(sawStreamSID)
			s.text()
		case "media":
			s.first(sawMedia)
			m = s.media()
		default:
			return m, false
		}
	}
	ok = s.skip('}') && s.at == len(b) && !s.bad && s.seen&sawEvent != 0 && s.seen&sawPayload != 0
	return m, ok
}

// scanner walks compact JSON; bad is set, and stays, at the first thing that is not plain.
type scanner struct {
	b    []byte
	at   int
	seen uint
	bad  bool
}

func (s *scanner) media() (m scanned) {
	if !s.skip('{') {
		s.bad = true
		return m
	}
	for more := true; more && !s.bad; more = s.skip(',') {
		switch string(s.key()) {
		case "track":
			s.first(sawTrack)
			m.track = s.text()
		case "chunk":
			s.first(sawChunk)
			s.text()
		case "timestamp":
			s.first(sawTimestamp)
			m.timestamp = s.text()
		case "payload":
			s.first(sawPayload)
			m.payload = s.raw() // the base64 decoder lets only line breaks pass that must not be there
			s.bad = s.bad || bytes.IndexByte(m.payload, '\n') >= 0 || bytes.IndexByte(m.payload, '\r') >= 0
		default:
			s.bad = true
		}
	}
	if !s.skip('}') {
		s.bad = true
	}
	return m
}

func (s *scanner) first(field uint) bool {
	s.bad = s.bad || s.seen&field != 0
	s.seen |= field
	return !s.bad
}

func (s *scanner) skip(c byte) bool {
	if s.at < len(s.b) && s.b[s.at] == c {
		s.at++
		return true
	}
	return false
}

func (s *scanner) key() []byte {
	k := s.text()
	if !s.skip(':') {
		s.bad = true
		return nil
	}
	return k
}

// text reads a string without escapes, in printable ASCII.
func (s *scanner) text() []byte {
	t := s.raw()
	for _, c := range t {
		if c < ' ' || c == '\\' || c > '~' {
			s.bad = true
			return nil
		}
	}
	return t
}

// raw reads up to the next quote. What it returns must be checked for characters that JSON does not allow in a string.
func (s *scanner) raw() []byte {
	if !s.skip('"') {
		s.bad = true
		return nil
	}
	rest := s.b[s.at:]
	end := bytes.IndexByte(rest, '"')
	if end < 0 {
		s.bad = true
		return nil
	}
	s.at += end + 1
	return rest[:end]
}
