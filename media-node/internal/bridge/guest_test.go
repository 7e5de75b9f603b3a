package bridge

import (
	"bytes"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/media-node/internal/ulaw"
	"guichet/shared/mediaapi"
)

// TestTheNewestWordOnTheGuestCounts, in whatever order they come.
func TestTheNewestWordOnTheGuestCounts(t *testing.T) {
	t.Parallel()
	type order struct {
		id, agentID string
		version     int64
	}
	line, other, agent, nobody := order{id: "gst_1"}, order{id: "gst_2"}, order{id: "gst_3", agentID: "agt_2"}, order{}
	at := func(o order, version int64) order { o.version = version; return o }
	for name, tc := range map[string]struct {
		orders []order
		want   string
		story  []string // of agt_2, who is here
	}{
		"a line":               {[]order{at(line, 1)}, "gst_1", nil},
		"an agent":             {[]order{at(agent, 1)}, "gst_3", []string{"guest.joined"}},
		"repeated":             {[]order{at(agent, 1), at(agent, 1)}, "gst_3", []string{"guest.joined"}},
		"the same, newer":      {[]order{at(agent, 1), at(agent, 2)}, "gst_3", []string{"guest.joined"}},
		"the same version":     {[]order{at(line, 1), at(agent, 1)}, "gst_1", nil},
		"nobody":               {[]order{at(agent, 1), at(nobody, 2)}, "", []string{"guest.joined", "guest.left ended"}},
		"nobody, repeated":     {[]order{at(agent, 1), at(nobody, 2), at(nobody, 3)}, "", []string{"guest.joined", "guest.left ended"}},
		"overtaken":            {[]order{at(nobody, 2), at(agent, 1)}, "", nil},
		"an older one at last": {[]order{at(agent, 1), at(nobody, 4), at(agent, 3)}, "", []string{"guest.joined", "guest.left ended"}},
		"after the same":       {[]order{at(agent, 1), at(agent, 4), at(nobody, 3)}, "gst_3", []string{"guest.joined"}},
		"another":              {[]order{at(line, 1), at(other, 2)}, "gst_2", nil},
		"a line for an agent":  {[]order{at(agent, 1), at(line, 2)}, "gst_1", []string{"guest.joined", "guest.left ended"}},
		"by another name":      {[]order{at(agent, 1), {"gst_4", "agt_2", 2}}, "gst_4", []string{"guest.joined", "guest.left ended", "guest.joined"}},
		"the call's own agent": {[]order{at(line, 1), {"gst_4", "agt_1", 2}, at(other, 2)}, "gst_2", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.comes("agt_2", guestWord)
			p := w.call(0)
			for _, o := range tc.orders {
				if err := p.Guest(o.id, o.agentID, o.version); o.agentID == "agt_1" {
					require.ErrorIs(t, err, ErrOwnGuest)
				} else {
					require.NoError(t, err)
				}
			}
			got := ""
			if p.Call.guest != nil {
				got = p.Call.guest.id
			}
			assert.Equal(t, tc.want, got)
			assert.Equal(t, tc.story, w.story)
		})
	}
}

func TestOnlyTheLineOfTheGuestIsLetIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	assert.Nil(t, w.guestLine("gst_1"), "no call")
	p := w.call(0)
	assert.Nil(t, w.guestLine("gst_1"), "no guest")
	require.NoError(t, p.Guest("gst_1", "", 1))
	assert.Nil(t, w.guestLine("gst_2"), "another guest")
	assert.Nil(t, w.guestLine(""), "no name")
	require.NoError(t, p.Guest("gst_2", "", 2))
	assert.Nil(t, w.guestLine("gst_1"), "too late")
	require.NoError(t, p.Guest("gst_3", "agt_2", 3))
	assert.Nil(t, w.guestLine("gst_3"), "that is an agent")
	require.NoError(t, p.Guest("", "", 4))
	assert.Nil(t, w.guestLine("gst_2"), "canceled")
	assert.Empty(t, w.story)
	require.NoError(t, p.Guest("gst_5", "", 5))
	w.run(time.Minute, p.live)
	require.NotNil(t, w.guestLine("gst_5"), "a minute later")
	assert.Equal(t, []string{"guest.joined"}, w.story)
}

func TestAGuestWhoIsAnAgentLeavesAndComesBack(t *testing.T) {
	t.Parallel()
	w := withGuest(t, false)
	guest := w.guest.(*person)
	guest.leave(reasonLost)
	w.hearing("lost", w.alone())
	guest.Up()
	w.hearing("the same session", w.together())
	again := w.comes("agt_2", guestWord)
	old := w.guest
	w.guest = again
	w.hearing("another session", w.together(), old)
	again.end()
	w.hearing("closed", w.alone())
	again = w.comes("agt_2", guestWord)
	w.guest = again
	w.hearing("a third session", w.together())
	again.end()
	require.NoError(t, w.customer.Guest("", "", 2))
	w.comes("agt_2", guestWord)
	w.hearing("not expected any more", w.alone())
	assert.Equal(t, []string{
		"agent.left lost", "guest.left lost", "agent.joined", "guest.joined",
		"agent.left replaced", "agent.joined", "guest.joined",
		"agent.left closed", "guest.left closed", "agent.joined", "guest.joined",
		"agent.left closed", "guest.left closed", "agent.joined",
	}, w.story)
}

func TestAGuestWhoHasNoSessionYet(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.call(0)
	require.NoError(t, p.Guest("gst_1", "agt_2", 1))
	assert.True(t, w.bridge.HasCall("agt_2"), "they are let in though the node drains")
	assert.Empty(t, w.story)
	w.comes("agt_2", guestWord)
	assert.Equal(t, []string{"agent.joined", "guest.joined"}, w.story)
	require.NoError(t, p.Guest("", "", 2))
	assert.False(t, w.bridge.HasCall("agt_2"))
}

func TestALineOfTheGuest(t *testing.T) {
	t.Parallel()
	w := withGuest(t, true)
	first := w.guest.(*provider)
	second := w.guestLine("gst_1")
	assert.Equal(t, []Hangup{Replaced}, first.closed)
	first.guest.Left(mediaapi.LeftStopped)
	assert.Equal(t, []string{"guest.joined"}, w.story, "the older line is nobody's")
	w.guest = second
	w.hearing("a newer one", w.together(), first)
	second.guest.Left(mediaapi.LeftStopped)
	w.hearing("hung up", w.alone())
	assert.Equal(t, []string{"guest.joined", "guest.left stopped"}, w.story)
	w.guest = w.guestLine("gst_1")
	w.hearing("comes again", w.together())
	require.NoError(t, w.customer.Guest("", "", 2))
	assert.Equal(t, []Hangup{Ended}, w.guest.(*provider).closed)
	w.guest.(*provider).guest.Left(mediaapi.LeftStopped)
	assert.Equal(t, []string{"guest.joined", "guest.left stopped", "guest.joined", "guest.left ended"}, w.story)
}

func TestTheGuestsProviderIsAskedHowMuchWaits(t *testing.T) {
	t.Parallel()
	w := withGuest(t, true)
	guest := w.guest.(*provider)
	asked := 0
	w.run(20*time.Second, func() {
		if len(guest.marks) > 0 {
			asked++
		}
	}, w.customer.live, w.owner.live, guest.live)
	assert.Positive(t, asked)
	assert.LessOrEqual(t, guest.most, 60*time.Millisecond)
	assert.Zero(t, guest.starved)
}

func TestWhatEndsTheCallEndsTheGuest(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		end  func(w *three)
		want []string
		why  Hangup
	}{
		"hung up":     {func(w *three) { w.customer.Left(mediaapi.LeftStopped) }, []string{"guest.left ended", "contact.left stopped"}, Ended},
		"ended by us": {func(w *three) { w.customer.End() }, []string{"guest.left ended", "contact.left ended"}, Ended},
		"drained":     {func(w *three) { w.bridge.Stop() }, []string{"guest.left drained", "contact.left drained"}, Drained},
		"another contact of the agent": {func(w *three) {
			w.bridge.Join(mediaapi.Ticket{AgentID: "agt_1", ContactID: "ctc_2"}, &deafWire{})
		}, []string{"guest.left ended", "contact.left stopped", "contact.joined"}, Ended},
		"a line for another agent": {func(w *three) {
			w.bridge.Join(mediaapi.Ticket{AgentID: "agt_3", ContactID: "ctc_1"}, &deafWire{})
		}, []string{"guest.left ended", "contact.parked"}, Ended},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			onEachGuest(t, func(t *testing.T, w *three) {
				w.hearing("before", w.together())
				tc.end(w)
				require.GreaterOrEqual(t, len(w.story), len(tc.want))
				assert.Equal(t, tc.want, w.story[:len(tc.want)], "and then what the agents do")
				if guest, isLine := w.guest.(*provider); isLine {
					assert.Equal(t, []Hangup{tc.why}, guest.closed)
				}
				w.alarms = 0
				w.run(time.Second, w.guest.live)
				assert.LessOrEqual(t, w.alarms, 1, "the beat stops")
			})
		})
	}
}

func TestTheGuestStaysOnANewerLineOfTheCustomer(t *testing.T) {
	t.Parallel()
	onEachGuest(t, func(t *testing.T, w *three) {
		w.hearing("before", w.together())
		old := w.customer
		w.customer = &provider{world: w.world, started: w.elapsed(), word: customerWord}
		w.customer.Stream = w.bridge.Join(mediaapi.Ticket{AgentID: "agt_1", ContactID: "ctc_1", ParkSeconds: 60}, w.customer)
		assert.Equal(t, []Hangup{Replaced}, old.closed)
		w.hearing("on the newer line", w.together())
		require.NoError(t, w.customer.Guest("", "", 1))
		w.hearing("an old command", w.together())
		require.NoError(t, w.customer.Guest("", "", 2))
		w.hearing("after the guest", w.alone())
		assert.Equal(t, []string{"contact.joined", "guest.left ended"}, w.story)
	})
}

// TestWhoComesAnewIsHeardAtOnce, though the timestamps are behind those of before.
func TestWhoComesAnewIsHeardAtOnce(t *testing.T) {
	t.Parallel()
	for name, anew := range map[string]func(w *three) (comes party, word byte){
		"the customer": func(w *three) (party, byte) {
			p := &provider{world: w.world, started: w.elapsed(), word: customerWord}
			p.Stream = w.bridge.Join(mediaapi.Ticket{AgentID: "agt_1", ContactID: "ctc_1", ParkSeconds: 60}, p)
			w.customer = p
			return p, customerWord
		},
		"the agent": func(w *three) (party, byte) {
			w.owner = w.comes("agt_1", ownerWord)
			return w.owner, ownerWord
		},
		"the guest": func(w *three) (party, byte) {
			if _, isLine := w.guest.(*provider); isLine {
				w.guest = w.guestLine("gst_1")
			} else {
				w.guest = w.comes("agt_2", guestWord)
			}
			return w.guest, guestWord
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			onEachGuest(t, func(t *testing.T, w *three) {
				w.says(ulaw.Silence, ulaw.Silence, ulaw.Silence)
				w.run(900*time.Millisecond, w.customer.live, w.owner.live, w.guest.live)
				comes, word := anew(w)
				w.run(250*time.Millisecond, w.customer.live, w.owner.live, w.guest.live)
				for _, p := range []party{w.customer, w.owner, w.guest} {
					assert.Equal(t, p != comes, bytes.IndexByte(p.all(), word) >= 0, "%T", p)
				}
			})
		})
	}
}

// TestAnAgentIsInOneCall: the newest word of the control plane is right.
func TestAnAgentIsInOneCall(t *testing.T) {
	t.Parallel()
	ticket := mediaapi.Ticket{AgentID: "agt_2", ContactID: "ctc_2", ParkSeconds: 60}
	t.Run("who becomes a guest", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.comes("agt_2", guestWord)
		other := &provider{world: w}
		other.Stream = w.bridge.Join(ticket, other)
		p := w.call(0)
		require.NoError(t, p.Guest("gst_1", "agt_2", 1))
		assert.Equal(t, []string{"contact.left stopped", "guest.joined"}, w.story)
		assert.Equal(t, []Hangup{Replaced}, other.closed)
	})
	t.Run("who is one elsewhere", func(t *testing.T) {
		t.Parallel()
		w := withGuest(t, false)
		other := w.bridge.Join(mediaapi.Ticket{AgentID: "agt_3", ContactID: "ctc_2", ParkSeconds: 60}, &deafWire{})
		require.NoError(t, other.Guest("gst_9", "agt_2", 1))
		assert.Equal(t, []string{"contact.parked", "guest.left ended", "guest.joined"}, w.story)
		w.hearing("without them", map[party]sound{w.customer: says(ownerWord), w.owner: says(customerWord)})
	})
	t.Run("who gets a call", func(t *testing.T) {
		t.Parallel()
		w := withGuest(t, false)
		other := &provider{world: w.world, started: w.elapsed(), word: customerWord}
		other.Stream = w.bridge.Join(ticket, other)
		assert.Equal(t, []string{"guest.left ended", "contact.joined"}, w.story)
		w.hearing("apart", map[party]sound{w.customer: says(ownerWord), w.owner: says(customerWord), w.guest: says(customerWord), other: says(guestWord)})
	})
}
