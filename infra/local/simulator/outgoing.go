package simulator

import (
	"time"
)

// outgoing is what the product asked for when it placed the call.
type outgoing struct {
	program        request
	fallback       string
	statusCallback string
	statusMethod   string
	events         []event
	ringTime       time.Duration
	detection      detection
}

// answer is who or what takes a call of the product's.
type answer string

const (
	nobody       answer = ""
	person       answer = "person"
	voicemail    answer = "voicemail"
	otherCall    answer = "call" // the product itself, at one of its own numbers
	declinesCall answer = "declines"
)

// runOutgoing is the life of a call of the product's: ring until answered, then do what the product says.
func (c *Call) runOutgoing() {
	defer c.stop(errHungUp)
	c.sim.spawn(c.sendCallbacks)
	c.report(eventInitiated)
	var by answer
	if number, ours := c.sim.number(c.to); ours {
		by = c.reach(number)
	} else {
		by = c.ringPhone()
	}
	if by == nobody {
		return
	}
	c.pickUp()
	program := c.outgoing.program
	program.params = c.detect(by)
	c.converse(program, c.outgoing.fallback)
}

// ringPhone lets the telephone of the number ring, and says who has answered. When nobody has, the call is over.
func (c *Call) ringPhone() answer {
	phone := c.sim.phones.of(c.to)
	if phone.Does == PhoneBusy {
		c.finish(Busy, "phone")
		return nobody
	}
	c.ring()
	timeout := time.NewTimer(c.outgoing.ringTime)
	defer timeout.Stop()
	itself := make(<-chan time.Time)
	switch phone.Does {
	case PhoneAnswers:
		itself = time.After(c.sim.paced(answerTime))
	case PhoneVoicemail:
		itself = time.After(c.sim.paced(machineRing))
	}
	by := nobody
	select {
	case <-c.ctx.Done():
		c.finish(NoAnswer, "product")
	case <-timeout.C:
		c.finish(NoAnswer, "caller")
	case by = <-c.answered:
	case <-itself:
		if by = person; phone.Does == PhoneVoicemail {
			by = voicemail
		} else {
			c.setVoice(voice{kind: sourceTone, hz: phone.ToneHz})
		}
	}
	switch by {
	case declinesCall:
		c.finish(Busy, "caller")
		return nobody
	case voicemail:
		c.touch(func() { c.voice = voice{kind: sourceMachine} })
		c.SetSource(c.sim.newGreeting())
	}
	return by
}
