package bridge

import (
	"bytes"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/media-node/internal/mix"
	"guichet/media-node/internal/peer"
	"guichet/media-node/internal/ulaw"
	"guichet/shared/mediaapi"
)

// What each party says all the time, in every sample. Every sum of two of them is another byte, and none is clipped.
var (
	customerWord = ulaw.Encode(1980)
	ownerWord    = ulaw.Encode(4 * 1980)
	guestWord    = ulaw.Encode(-6 * 1980)
)

// person is an agent at a browser, as far as the bridge goes. It implements ear.
type person struct {
	*agentSession
	world *world
	word  byte
	said  int // packets
	heard []byte
}

func (p *person) play(audio []byte)               { p.heard = append(p.heard, audio...) }
func (*person) due(beats int) int                 { return beats }
func (p *person) cut(t *mix.Track)                { p.play(t.Rest()) }
func (p *person) resume(rest []byte)              { p.play(rest) }
func (p *person) converse(_ uint32, audio []byte) { p.play(audio) }

// comes opens a session for an agent, which is up.
func (w *world) comes(agentID string, word byte) *person {
	p := &person{world: w, word: word}
	p.agentSession = w.bridge.OpenAgent(mediaapi.Ticket{AgentID: agentID}, "token", peer.Remote{}).owner.(*agentSession)
	p.ear = p
	p.Up()
	return p
}

// live says the word, in a frame every 20 ms.
func (p *person) live() {
	if p.world.elapsed()%frameLength == 7*time.Millisecond {
		p.Audio(peer.Packet{SSRC: 1, Sequence: uint16(p.said), Timestamp: uint32(p.said * ulaw.FrameSamples), Audio: bytes.Repeat([]byte{p.word}, ulaw.FrameSamples)})
		p.said++
	}
}

// guestLine brings a line with a ticket of the guest; nil when it is refused.
func (w *world) guestLine(guestID string) *provider {
	p := &provider{world: w, started: w.elapsed(), word: guestWord}
	p.guest = w.bridge.JoinGuest(mediaapi.Ticket{ContactID: "ctc_1", GuestID: guestID, CallSID: "CA_" + guestID}, p)
	if p.guest == nil {
		return nil
	}
	return p
}

// party is somebody who speaks and hears in a test.
type party interface {
	live()
	forget()
	all() []byte // what they have heard
}

func (p *person) forget()       { p.heard = nil }
func (p *provider) forget()     { p.heard = nil }
func (p *person) all() []byte   { return p.heard }
func (p *provider) all() []byte { return p.heard }

// sound is what a party is to hear.
type sound func(w *world, heard []byte) bool

// says is the sum of what some say; with nobody, it is silence.
func says(words ...byte) sound {
	want := []byte{ulaw.Silence}
	for _, word := range words {
		ulaw.Mix(want, want, []byte{word})
	}
	return func(_ *world, heard []byte) bool { return bytes.Equal(bytes.Repeat(want, 1600), heard) }
}

func music(w *world, heard []byte) bool {
	return len(heard) == 1600 && bytes.Contains(bytes.Repeat(w.bridge.music, 2), heard)
}

func nothing(_ *world, heard []byte) bool { return len(heard) == 0 }

// hearing lets everybody speak for a second, and checks what each one hears in the last fifth of it.
func (w *world) hearing(what string, want map[party]sound, others ...party) {
	w.t.Helper()
	var lives []func()
	for p := range want {
		lives = append(lives, p.live)
	}
	for _, p := range others {
		lives = append(lives, p.live)
	}
	w.run(700*time.Millisecond, lives...) // what was said before is heard to its end
	for p := range want {
		p.forget()
	}
	w.run(300*time.Millisecond, lives...)
	for p, is := range want {
		heard := p.all()
		heard = heard[max(0, len(heard)-1600):]
		require.True(w.t, is(w, heard), "%s: %T hears % x…", what, p, heard[:min(8, len(heard))])
	}
}

// three is a call of a customer and agt_1 with a guest gst_1, who is agt_2 or a line.
type three struct {
	*world
	customer *provider
	owner    *person
	guest    party
}

func withGuest(t *testing.T, line bool) *three {
	t.Helper()
	w := &three{world: newWorld(t)}
	w.owner = w.comes("agt_1", ownerWord)
	if line {
		w.customer = w.call(0)
		require.NoError(t, w.customer.Guest("gst_1", "", 1))
		w.guest = w.guestLine("gst_1")
	} else {
		w.guest = w.comes("agt_2", guestWord)
		w.customer = w.call(0)
		require.NoError(t, w.customer.Guest("gst_1", "agt_2", 1))
	}
	w.customer.word = customerWord
	assert.Equal(t, []string{"guest.joined"}, w.story)
	w.story = nil
	return w
}

// onEachGuest runs a test with both kinds of guest.
func onEachGuest(t *testing.T, test func(t *testing.T, w *three)) {
	t.Helper()
	for name, line := range map[string]bool{"an agent": false, "a line": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, withGuest(t, line))
		})
	}
}

// together is what they hear who all hear each other.
func (w *three) together() map[party]sound {
	return map[party]sound{w.customer: says(ownerWord, guestWord), w.owner: says(customerWord, guestWord), w.guest: says(customerWord, ownerWord)}
}

// alone is what the customer and agt_1 hear of each other.
func (w *three) alone() map[party]sound {
	return map[party]sound{w.customer: says(ownerWord), w.owner: says(customerWord), w.guest: nothing}
}

// says has each of the three say another word from now on.
func (w *three) says(owner, customer, guest byte) {
	w.owner.word, w.customer.word = owner, customer
	switch g := w.guest.(type) {
	case *person:
		g.word = guest
	case *provider:
		g.word = guest
	}
}
