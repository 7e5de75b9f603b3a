package simulator

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"guichet/infra/local/simulator/audio"
)

// Behaviour is what the telephone of a number does when the product calls it.
type Behaviour string

// What telephones do. A person who answers is heard whistling; an answering machine greets, beeps and is silent.
const (
	PhoneRings     Behaviour = "ring"      // until a person decides, or nobody does
	PhoneAnswers   Behaviour = "answer"    // a person takes the call
	PhoneBusy      Behaviour = "busy"      // at once, without ringing
	PhoneIgnores   Behaviour = "no-answer" // it rings for nobody, until the caller gives up
	PhoneVoicemail Behaviour = "voicemail" // an answering machine takes the call
)

// Phone is the telephone of a number that the product may call.
type Phone struct {
	Number string    `json:"number"` // E.164
	Does   Behaviour `json:"does"`
	// ToneHz is the pitch of a person's whistle, in hertz; 0 means 440.
	ToneHz float64 `json:"toneHz,omitempty"`
}

// ErrBadPhone is a telephone of no number, or with a behaviour or pitch that there is not.
var ErrBadPhone = errors.New("a phone has a number in E.164 form, does ring, answer, busy, no-answer or voicemail, and whistles at 100 to 3800 Hz")

const defaultWhistle = 440

// Lengths of what telephones and people do, at the pace of life: see Config.PhonePace.
const (
	answerTime    = 1500 * time.Millisecond // from the first ring to a person's answer
	machineRing   = 2 * time.Second         // from the first ring to the answering machine
	greetingTime  = 3 * time.Second
	greetingPause = 300 * time.Millisecond
	machineBeep   = 400 * time.Millisecond
	greetingHz    = 520
)

// phones are those that somebody has said something about; all others ring.
type phones struct {
	mu      sync.Mutex
	said    []Phone // in the order of their numbers
	version int64   // of said
}

// SetPhone says what the telephone of a number does from the next call on. It fails with ErrBadPhone.
func (s *Simulator) SetPhone(p Phone) error {
	if p.ToneHz == 0 {
		p.ToneHz = defaultWhistle
	}
	known := []Behaviour{PhoneRings, PhoneAnswers, PhoneBusy, PhoneIgnores, PhoneVoicemail}
	if !e164.MatchString(p.Number) || !slices.Contains(known, p.Does) || p.ToneHz < lowestTone || p.ToneHz > highestTone {
		return fmt.Errorf("phone %+v: %w", p, ErrBadPhone)
	}
	s.phones.set(p)
	s.hub.woken()
	return nil
}

// Phones are those that do something else than ring, in the order of their numbers.
func (s *Simulator) Phones() []Phone {
	list, _ := s.phones.list()
	return list
}

func (p *phones) set(phone Phone) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.version++
	i, known := slices.BinarySearchFunc(p.said, phone.Number, func(p Phone, number string) int { return strings.Compare(p.Number, number) })
	if known {
		p.said = slices.Delete(p.said, i, i+1)
	}
	if phone.Does != PhoneRings {
		p.said = slices.Insert(p.said, i, phone)
	}
}

// list returns the phones, and a number that grows with every change.
func (p *phones) list() ([]Phone, int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]Phone{}, p.said...), p.version
}

func (p *phones) of(number string) Phone {
	list, _ := p.list()
	for _, phone := range list {
		if phone.Number == number {
			return phone
		}
	}
	return Phone{Number: number, Does: PhoneRings}
}

// paced is how long something takes that takes so long in life.
func (s *Simulator) paced(d time.Duration) time.Duration {
	return time.Duration(float64(d) / s.cfg.PhonePace)
}

// clip is a Source that says something once.
type clip struct{ ulaw []byte }

// Fill implements Source.
func (c *clip) Fill(frame []byte) {
	n := copy(frame, c.ulaw)
	c.ulaw = c.ulaw[n:]
	fillSilence(frame[n:])
}

// newGreeting is what an answering machine says.
func (s *Simulator) newGreeting() Source {
	pause := make([]byte, s.paced(greetingPause)*audio.Rate/time.Second)
	fillSilence(pause)
	return &clip{slices.Concat(audio.NewTone(greetingHz).For(s.paced(greetingTime)), pause, audio.NewTone(beepHz).For(s.paced(machineBeep)))}
}
