package center_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/center"
)

func connected() *center.Contact {
	return &center.Contact{
		ID: "ct_1", Kind: center.KindInbound, State: center.StateConnected, QueueID: "q1", AgentID: "ada", Asked: []string{"ada"},
		EnteredAt: noon, AcceptedAt: noon, ConnectedAt: noon, Playback: &center.Playback{ID: "pl_1"},
	}
}

func TestInviting(t *testing.T) {
	t.Parallel()
	c := connected()
	require.NoError(t, c.Invite("ada", center.Guest{ID: "gu_1", AgentID: "bob", At: noon, ExpiresAt: noon.Add(time.Minute)}))
	assert.True(t, c.OnHold(), "the customer hears music meanwhile")
	assert.Nil(t, c.Playback)
	assert.True(t, c.Invites("bob"))
	assert.False(t, c.Invites("ada"))
	assert.Equal(t, []string{"ada", "bob"}, c.Asked, "now bob may know of it")
	assert.Equal(t, "ada", c.HeldBy())
	assert.Equal(t, "guest-there", center.SlugOf(c.Invite("ada", center.Guest{ID: "gu_2", AgentID: "cleo"})))
	assert.Equal(t, "no-guest", center.SlugOf(c.HandOver("gu_1", noon)), "nobody has answered")

	_, err := c.GuestAnswers("gu_0")
	assert.Equal(t, "offer-gone", center.SlugOf(err))
	news, err := c.GuestAnswers("gu_1")
	require.NoError(t, err)
	assert.True(t, news)
	news, err = c.GuestAnswers("gu_1")
	require.NoError(t, err)
	assert.False(t, news)
	require.NoError(t, c.HandOver("gu_1", noon.Add(time.Minute)))
	assert.Equal(t, []any{center.StateConnecting, "bob", noon.Add(time.Minute), false, time.Minute},
		[]any{c.State, c.AgentID, c.AcceptedAt, c.OnHold(), c.HoldTime})
	assert.Nil(t, c.Guest)
}

func TestWhoMayNotInvite(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "guest-self", center.SlugOf(connected().Invite("ada", center.Guest{AgentID: "ada"})))
	assert.Equal(t, "contact-unknown", center.SlugOf(connected().Invite("bob", center.Guest{AgentID: "cleo"})))
	c := connected()
	c.State = center.StateConnecting
	assert.Equal(t, "not-connected", center.SlugOf(c.Invite("ada", center.Guest{AgentID: "cleo"})))
}

func TestAGuestWhoLeavesLeavesTheCustomerOnHold(t *testing.T) {
	t.Parallel()
	c := connected()
	require.NoError(t, c.Invite("ada", center.Guest{ID: "gu_1", Number: "+33170000009", At: noon}))
	assert.False(t, c.GuestDialled("gu_0", "CA9"))
	assert.True(t, c.GuestDialled("gu_1", "CA2"))
	assert.False(t, c.GuestDialled("gu_1", "CA3"), "the first to tell counts")
	assert.False(t, c.GuestGone("gu_0"))
	assert.True(t, c.GuestGone("gu_1"))
	assert.True(t, c.OnHold())
	assert.Equal(t, center.StateConnected, c.State)
}

func TestMovingToAnotherQueue(t *testing.T) {
	t.Parallel()
	later := noon.Add(time.Minute)
	for kind, want := range map[center.ContactKind]center.ContactKind{
		center.KindInbound: center.KindInbound, center.KindDirect: center.KindInbound, center.KindOutbound: center.KindInbound,
		center.KindCallback: center.KindCallback,
	} {
		c := connected()
		c.Kind, c.LineOf = kind, "ada"
		require.NoError(t, c.ToQueue("ada", center.Queue{ID: "q2", Priority: 3}, later))
		assert.Equal(t, []any{want, center.StateWaiting, "q2", 3, noon, later, ""},
			[]any{c.Kind, c.State, c.QueueID, c.Priority, c.EnteredAt, c.InLineSince(), c.AgentID}, kind)
		assert.Equal(t, "q2", c.LineID())
	}
	assert.Equal(t, "contact-unknown", center.SlugOf(connected().ToQueue("bob", center.Queue{ID: "q2"}, noon)))
	assert.Equal(t, "not-waiting", center.SlugOf(connected().Overflow(center.Queue{ID: "q2"}, noon)))
}

func TestWhoCanBeConsulted(t *testing.T) {
	t.Parallel()
	c := connected()
	for name, a := range map[string]*center.Agent{
		"agent-away": {ID: "bob"},
		"agent-busy": {ID: "bob", Connections: []string{"k1"}, ContactID: "ct_2"},
	} {
		assert.Equal(t, name, center.SlugOf(a.Consult(c)))
	}
	inWrapUp := &center.Agent{ID: "bob", Connections: []string{"k1"}, WrapUp: &center.WrapUp{}}
	assert.Equal(t, "agent-busy", center.SlugOf(inWrapUp.Consult(c)))
	free := &center.Agent{ID: "bob", Connections: []string{"k1"}}
	require.NoError(t, free.Consult(c), "whatever they do in the queues")
	assert.Equal(t, "ct_1", free.ContactID)
}

func TestOwnLines(t *testing.T) {
	t.Parallel()
	c := &center.Contact{ID: "ct_1", Kind: center.KindDirect, State: center.StateWaiting, LineOf: "ada"}
	ada := &center.Agent{ID: "ada", Connections: []string{"k1"}}
	assert.True(t, ada.Takes(c), "logged in nowhere")
	assert.False(t, (&center.Agent{ID: "bob", Connections: []string{"k1"}}).Takes(c))
	assert.False(t, (&center.Agent{ID: "ada"}).Takes(c), "not there")
	assert.Equal(t, center.OwnLine("ada"), c.LineID())
}

func TestTakenCallsCountByTheDay(t *testing.T) {
	t.Parallel()
	a := &center.Agent{ID: "ada"}
	for range 2 {
		a.ContactID = "ct_1"
		a.Finish(&center.Contact{ID: "ct_1", QueueID: "q1"}, 0, noon)
	}
	a.ContactID = "ct_1"
	a.Finish(&center.Contact{ID: "ct_1"}, 0, noon)
	assert.Equal(t, 2, a.Taken.On(noon), "calls of no queue are not shared out")
	assert.Zero(t, a.Taken.On(noon.Add(24*time.Hour)))
	assert.Equal(t, 1, a.Level("q1"))
}
