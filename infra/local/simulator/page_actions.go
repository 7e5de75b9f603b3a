package simulator

import (
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"strings"
)

// sourceKind is what speaks for the caller, chosen in the page.
type sourceKind string

const (
	sourceMicrophone sourceKind = "microphone"
	sourceTone       sourceKind = "tone"
	sourceMachine    sourceKind = "machine" // an answering machine: nobody's choice
	sourceCall       sourceKind = "call"    // another call, of which this is the other side
)

// voice is the source that the page chose, so that it can be shown and fed again after a reload.
type voice struct {
	kind       sourceKind
	hz         float64
	microphone *Microphone
}

// lowestTone and highestTone bound what telephones carry, in hertz.
const lowestTone, highestTone = 100, 3800

var errBadSource = fmt.Errorf("source is %s, or %s of 100 to 3800 Hz", sourceMicrophone, sourceTone)

func newVoice(kind sourceKind, hz float64) (voice, error) {
	switch {
	case kind == sourceMicrophone:
		return voice{kind: kind, microphone: &Microphone{}}, nil
	case kind == sourceTone && hz >= lowestTone && hz <= highestTone:
		return voice{kind: kind, hz: hz}, nil
	default:
		return voice{}, errBadSource
	}
}

func (v voice) source() Source {
	if v.microphone != nil {
		return v.microphone
	}
	return ToneSource(v.hz)
}

func (c *Call) setVoice(v voice) {
	c.SetSource(v.source())
	c.touch(func() { c.voice = v })
}

const (
	maxPageBody  = 4 << 10
	maxNameRunes = 80
)

// pageDial places a call.
func (s *Simulator) pageDial(w http.ResponseWriter, r *http.Request) {
	var ask struct {
		From, To, Name string
		Source         sourceKind
		ToneHz         float64
	}
	if !readPage(w, r, &ask) {
		return
	}
	v, err := newVoice(ask.Source, ask.ToneHz)
	if err != nil {
		pageFail(w, http.StatusUnprocessableEntity, "source", err.Error())
		return
	}
	name := strings.TrimSpace(ask.Name)
	if len([]rune(name)) > maxNameRunes {
		pageFail(w, http.StatusUnprocessableEntity, "name", "the name is longer than 80 characters")
		return
	}
	c, err := s.Call(Dial{From: strings.ReplaceAll(ask.From, " ", ""), To: ask.To, Name: name, Source: v.source()})
	switch {
	case errors.Is(err, ErrUnknownNumber):
		pageFail(w, http.StatusNotFound, "number", err.Error())
	case errors.Is(err, ErrBadCaller):
		pageFail(w, http.StatusUnprocessableEntity, "from", err.Error())
	case err != nil:
		pageFail(w, http.StatusServiceUnavailable, "closed", err.Error())
	default:
		c.setVoice(v)
		writeJSON(w, http.StatusCreated, c.view())
	}
}

// pageAct does what a person does with a call: hangup, decline, answer, digits, mute; and voicemail, what a machine does.
func (s *Simulator) pageAct(w http.ResponseWriter, r *http.Request) {
	c, err := s.Find(r.PathValue("sid"))
	if err != nil {
		pageFail(w, http.StatusNotFound, "call", err.Error())
		return
	}
	var ask struct {
		Digits string
		Muted  bool
		Source sourceKind
		ToneHz float64
	}
	if !readPage(w, r, &ask) {
		return
	}
	switch r.PathValue("action") {
	case "hangup":
		c.HangUp()
	case "decline":
		c.Decline()
	case "voicemail":
		c.AnswerByMachine()
	case "mute":
		c.SetMuted(ask.Muted)
	case "digits":
		if err := c.Press(ask.Digits); err != nil {
			pageFail(w, http.StatusUnprocessableEntity, "digits", err.Error())
			return
		}
	case "answer":
		v, err := newVoice(ask.Source, ask.ToneHz)
		if err != nil {
			pageFail(w, http.StatusUnprocessableEntity, "source", err.Error())
			return
		}
		c.setVoice(v)
		c.Answer()
	default:
		http.NotFound(w, r)
		return
	}
	writeJSON(w, http.StatusOK, c.view())
}

// pagePhone says what the telephone of a number does when the product calls it, and answers with all that do not just ring.
func (s *Simulator) pagePhone(w http.ResponseWriter, r *http.Request) {
	var ask Phone
	if !readPage(w, r, &ask) {
		return
	}
	ask.Number = strings.ReplaceAll(ask.Number, " ", "")
	if err := s.SetPhone(ask); err != nil {
		pageFail(w, http.StatusUnprocessableEntity, "phone", err.Error())
		return
	}
	writeJSON(w, http.StatusOK, map[string]any{"phones": viewPhones(s.Phones())})
}

// readPage decodes a small JSON body; when it cannot, it has answered.
func readPage(w http.ResponseWriter, r *http.Request, into any) bool {
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind != "application/json" {
		pageFail(w, http.StatusUnsupportedMediaType, "json", "the body is not application/json")
		return false
	}
	err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxPageBody)).Decode(into)
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		pageFail(w, http.StatusRequestEntityTooLarge, "json", err.Error())
	case err != nil:
		pageFail(w, http.StatusBadRequest, "json", err.Error())
	}
	return err == nil
}

// pageFail answers an error: reason is a word that the page has a sentence for, detail is for developers.
func pageFail(w http.ResponseWriter, status int, reason, detail string) {
	writeJSON(w, status, map[string]string{"reason": reason, "detail": detail})
}
