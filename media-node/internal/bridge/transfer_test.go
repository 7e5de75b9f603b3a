package bridge

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/media-node/internal/peer"
	"guichet/shared/mediaapi"
)

func TestTransferToTheGuest(t *testing.T) {
	t.Parallel()
	for name, state := range map[string]func(w *three){
		"who talks to all":          func(*three) {},
		"with the customer on hold": func(w *three) { w.customer.Hold(1) },
		"while the agent is away":   func(w *three) { w.owner.leave(reasonClosed) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := withGuest(t, false)
			w.hearing("before", w.together())
			state(w)
			w.run(time.Second, w.customer.live, w.owner.live, w.guest.live)
			w.story, w.customer.clears = nil, 0
			held := w.customer.held
			w.customer.Transfer("agt_2", 5)
			assert.Equal(t, []string{"guest.left ended", "contact.joined"}, w.story)
			assert.Equal(t, held, w.customer.clears == 1, "only music is cut off")
			want := map[party]sound{w.customer: says(guestWord), w.owner: nothing, w.guest: says(customerWord)}
			w.hearing("after it", want)
			w.customer.Transfer("agt_2", 5)
			w.customer.Transfer("agt_2", 6)
			w.customer.Transfer("agt_1", 4)
			require.NoError(t, w.customer.Guest("gst_2", "agt_1", 5))
			w.hearing("repeated, or old", want)
			assert.False(t, w.bridge.HasCall("agt_1"))

			w.owner.Up()
			w.customer.Transfer("agt_1", 7)
			w.hearing("and back", w.alone())
			assert.Equal(t, "contact.joined", w.story[len(w.story)-1])
		})
	}
}

func TestTransferKeepsAGuestWhoIsAnother(t *testing.T) {
	t.Parallel()
	w := withGuest(t, true)
	former := w.owner
	w.owner = w.comes("agt_3", ownerWord)
	w.customer.Hold(1)
	w.story = nil
	w.customer.Transfer("agt_3", 2)
	assert.Equal(t, []string{"contact.joined"}, w.story)
	want := w.together()
	want[former] = nothing
	w.hearing("with another agent", want)
	former.leave(reasonClosed)
	w.hearing("the former agent is gone", w.together())
	w.customer.Transfer("agt_4", 3)
	w.hearing("to one who is not here", map[party]sound{w.customer: says(guestWord), w.guest: says(customerWord), w.owner: nothing})
	assert.Equal(t, []string{"contact.joined", "agent.left closed", "contact.parked"}, w.story)
}

func TestTransferToAnAgentWhoIsNotHere(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	owner := w.comes("agt_1", ownerWord)
	p := w.call(0)
	p.word = customerWord
	p.Transfer("agt_2", 1)
	w.hearing("music", map[party]sound{p: music, owner: nothing})
	w.run(30*time.Second, p.live)
	next := w.comes("agt_2", guestWord)
	w.hearing("when they come", map[party]sound{p: says(guestWord), next: says(customerWord), owner: nothing})
	p.Transfer("agt_3", 2)
	p.Transfer("agt_4", 3)
	assert.NotContains(t, w.bridge.agents, "agt_3", "who has nothing here")
	w.run(61*time.Second, p.live)
	assert.Equal(t, []string{"contact.parked", "agent.joined", "contact.joined", "contact.parked", "contact.parked", "contact.parkExpired"}, w.story)
	assert.Equal(t, []Hangup{ParkExpired}, p.closed)
}

func TestTransferEndsWhatTheNextAgentWasIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.comes("agt_2", guestWord)
	other := &provider{world: w}
	other.Stream = w.bridge.Join(mediaapi.Ticket{AgentID: "agt_2", ContactID: "ctc_2", ParkSeconds: 60}, other)
	p := w.call(0)
	p.Call.Play("ply_1", "https://store/1")
	p.Transfer("agt_2", 1)
	assert.Equal(t, []string{"contact.played ply_1 stopped", "contact.left stopped", "contact.joined"}, w.story)
	assert.Equal(t, []Hangup{Replaced}, other.closed)
	p.Left(mediaapi.LeftStopped)
	assert.False(t, w.bridge.HasCall("agt_2"))
}

// TestAVisitorWhoReloadsThePageInATransfer finds the agent who has the call then: their ticket says who had it before.
func TestAVisitorWhoReloadsThePageInATransfer(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.comes("agt_2", guestWord)
	p := w.call(0)
	visitor := w.bridge.OpenVisitor(mediaapi.Ticket{AgentID: "agt_1", ContactID: "ctc_1", ParkSeconds: 60}, "token", peer.Remote{}).owner.(*visitorSession)
	p.Transfer("agt_2", 1)
	visitor.Up()
	assert.True(t, w.bridge.HasCall("agt_2"))
	assert.False(t, w.bridge.HasCall("agt_1"))
	assert.Equal(t, []string{"contact.joined", "contact.joined"}, w.story)
}
