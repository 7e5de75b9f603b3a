package simulator

import (
	"fmt"
	"time"
)

// LineKind says what a line of the transcript is about.
type LineKind string

// Kinds of lines. Text, Language, Code and By mean what the comment says; they are empty elsewhere.
const (
	LineStatus     LineKind = "status"     // Text: the new status; By: who ended the call (caller, phone, product, twiml, error)
	LineSay        LineKind = "say"        // Text, Language: spoken to the caller
	LinePlay       LineKind = "play"       // Text: the URL of the audio
	LinePause      LineKind = "pause"      // Text: seconds
	LineGather     LineKind = "gather"     // waits for keys
	LineDigits     LineKind = "digits"     // Text: keys pressed by the caller
	LineEnqueue    LineKind = "enqueue"    // Text: the queue's name
	LineLeave      LineKind = "leave"      // Text: the QueueResult
	LineRedirected LineKind = "redirected" // Text: the URL; empty for inline TwiML
	LineStream     LineKind = "stream"     // Text: the URL of the media stream that opened
	LineStreamEnd  LineKind = "streamEnd"  // Text: closed (by the product), redirected or hangup
	LineConference LineKind = "conference" // Text: the conference's name
	// Text: over (somebody ended it for all), redirected or hangup.
	LineConferenceEnd LineKind = "conferenceEnd"
	LineRecord        LineKind = "record" // what the caller says is being recorded
	// Text: seconds; "empty" when nothing was kept.
	LineRecordEnd LineKind = "recordEnd"
	LineWarning   LineKind = "warning" // Text; Code: Twilio's error code
	LineError     LineKind = "error"   // Text; Code: Twilio's error code
)

// Line is one thing that happened on a call.
type Line struct {
	At       time.Time `json:"at"`
	Kind     LineKind  `json:"kind"`
	Text     string    `json:"text,omitempty"`
	Language string    `json:"language,omitempty"` // BCP 47
	Code     int       `json:"code,omitempty"`
	By       string    `json:"by,omitempty"`
}

// keptLines bounds a transcript: the oldest lines of a long wait are dropped.
const keptLines = 400

// append adds a line. The caller holds mu.
func (c *Call) append(l Line) {
	l.At = time.Now()
	if len(c.transcript) >= keptLines {
		c.transcript = append(c.transcript[:0], c.transcript[len(c.transcript)-keptLines+1:]...)
	}
	c.transcript = append(c.transcript, l)
}

// note adds a line and tells everybody who waits.
func (c *Call) note(l Line) { c.touch(func() { c.append(l) }) }

func (c *Call) warn(code int, format string, args ...any) {
	c.note(Line{Kind: LineWarning, Code: code, Text: fmt.Sprintf(format, args...)})
}

// Transcript is what happened on the call, oldest first.
func (c *Call) Transcript() []Line {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]Line(nil), c.transcript...)
}
