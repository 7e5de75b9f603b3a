package mix

import "guichet/media-node/internal/ulaw"

// Party is one of those who hear each other in a conference.
type Party int

// The parties of a call.
const (
	Customer Party = iota
	Agent
	Guest
	Parties // so many there are
)

// Conference lets each of three parties hear the other two. Everybody has a queue of their own, so that each one's jitter and
// clock is made up for once, whoever listens.
type Conference struct {
	voices [Parties]Voice
	frames [Parties][ulaw.FrameSamples]byte // what each of them says in this beat
	spoken [Parties]bool
	both   [ulaw.FrameSamples]byte
	time   uint32
}

// NewConference returns a conference in which nobody has said anything.
func NewConference() *Conference {
	c := &Conference{}
	for p := range c.voices {
		c.voices[p].begin()
		silence(c.frames[p][:])
	}
	return c
}

// Voice takes what a party says.
func (c *Conference) Voice(p Party) *Voice { return &c.voices[p] }

// Beat goes on to the next frame.
func (c *Conference) Beat() {
	c.time += ulaw.FrameSamples
	for p := range c.voices {
		c.spoken[p] = c.voices[p].speech.take(c.frames[p][:])
	}
}

// Time is the place of the frame, in samples.
func (c *Conference) Time() uint32 { return c.time }

// Hears returns what a party hears in this beat, to be read only, and before the next call: the sum of what the others say,
// clipped to 16 bits. What only one of them says is passed on as it is.
func (c *Conference) Hears(p Party) []byte {
	one, other := (p+1)%Parties, (p+2)%Parties
	switch {
	case !c.spoken[other]:
		return c.frames[one][:]
	case !c.spoken[one]:
		return c.frames[other][:]
	}
	ulaw.Mix(c.both[:], c.frames[one][:], c.frames[other][:])
	return c.both[:]
}
