package simulator

import (
	"slices"
	"sync"
	"time"

	"guichet/infra/local/simulator/audio"
)

const (
	// beepHz is the pitch of the provider's beeps and of an answering machine's, unlike any test tone's default.
	beepHz = 1400
	// beepTime is the length of a beep.
	beepTime = 250 * time.Millisecond
	// leastParties is how many make a conversation: who is alone waits.
	leastParties = 2
)

// conferences are the account's rooms by name: each made by the first call that enters, and gone with the last or with one
// that ends it (https://www.twilio.com/docs/voice/twiml/conference).
type conferences struct {
	mu     sync.Mutex
	byName map[string]*conference
}

type conference struct {
	name    string
	parties []*party
	begun   chan struct{} // closed when the parties begin to hear each other
	over    chan struct{} // closed when a party that leaves has ended it for all
}

// party is one call's stay in a conference.
type party struct {
	call  *Call
	in    *conference
	rooms *conferences // whose lock the rest belongs to

	muted, starts, ends, beepsIn, beepsOut bool
	hears                                  map[*party]*Microphone
}

func newConferences() *conferences { return &conferences{byName: make(map[string]*conference)} }

// enter puts a call into the conference that the noun names.
func (q *conferences) enter(c *Call, noun *element) *party {
	beep := noun.attr["beep"]
	p := &party{
		call: c, rooms: q, hears: make(map[*party]*Microphone),
		muted: noun.attr["muted"] == "true", starts: noun.attr["startConferenceOnEnter"] != "false",
		ends: noun.attr["endConferenceOnExit"] == "true", beepsIn: beep != "false" && beep != "onExit", beepsOut: beep != "false" && beep != "onEnter",
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	room, ok := q.byName[noun.text]
	if !ok {
		room = &conference{name: noun.text, begun: make(chan struct{}), over: make(chan struct{})}
		q.byName[noun.text] = room
	}
	for _, other := range room.parties {
		p.hears[other], other.hears[p] = &Microphone{}, &Microphone{}
	}
	if p.beepsIn && room.hasBegun() {
		room.beep()
	}
	p.in = room
	room.parties = append(room.parties, p)
	starter := slices.ContainsFunc(room.parties, func(p *party) bool { return p.starts })
	if !room.hasBegun() && starter && len(room.parties) >= leastParties {
		close(room.begun)
	}
	return p
}

// leave takes the call out, and everybody else with it when its leaving ends the conference. A second time it does nothing.
func (p *party) leave() {
	p.rooms.mu.Lock()
	defer p.rooms.mu.Unlock()
	room := p.in
	i := slices.Index(room.parties, p)
	if i < 0 {
		return
	}
	room.parties = slices.Delete(room.parties, i, i+1)
	for _, other := range room.parties {
		delete(other.hears, p)
	}
	if p.ends {
		room.parties = nil
		close(room.over)
	} else if p.beepsOut && room.hasBegun() {
		room.beep()
	}
	if len(room.parties) == 0 && p.rooms.byName[room.name] == room {
		delete(p.rooms.byName, room.name)
	}
}

// hasBegun says whether the parties hear each other.
func (r *conference) hasBegun() bool {
	select {
	case <-r.begun:
		return true
	default:
		return false
	}
}

// beep sounds at everybody's who is in.
func (r *conference) beep() {
	for _, p := range r.parties {
		p.call.line.playout.write(audio.NewTone(beepHz).For(beepTime))
	}
}

// speak takes a frame of what the caller says to everybody else.
func (p *party) speak(frame []byte) {
	p.rooms.mu.Lock()
	defer p.rooms.mu.Unlock()
	if p.muted || !p.in.hasBegun() {
		return
	}
	for _, other := range p.in.parties {
		if ear := other.hears[p]; ear != nil {
			ear.Write(frame)
		}
	}
}

// listen is the next frame of each of the others.
func (p *party) listen() [][]byte {
	p.rooms.mu.Lock()
	defer p.rooms.mu.Unlock()
	frames := make([][]byte, 0, len(p.hears))
	for _, from := range p.hears {
		frame := make([]byte, audio.FrameBytes)
		from.Fill(frame)
		frames = append(frames, frame)
	}
	return frames
}

// others are the calls that are in the conference as well.
func (p *party) others() []*Call {
	p.rooms.mu.Lock()
	defer p.rooms.mu.Unlock()
	var calls []*Call
	for _, other := range p.in.parties {
		if other != p {
			calls = append(calls, other.call)
		}
	}
	return calls
}
