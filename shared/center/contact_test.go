package center_test

import (
	"cmp"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"guichet/shared/center"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

const (
	ring = 20 * time.Second
	rest = 30 * time.Second
)

// contactIn is a contact that came to a state the ordinary way: offer o1 to ada, who accepted at noon.
func contactIn(s center.State) *center.Contact {
	c := &center.Contact{ID: "c1", State: center.StateWaiting, QueueID: "q1", EnteredAt: noon.Add(-time.Minute)}
	if s == center.StateWaiting {
		return c
	}
	_ = c.OfferTo(center.Offer{ID: "o1", AgentID: "ada", At: noon, ExpiresAt: noon.Add(ring)})
	if s == center.StateOffered {
		return c
	}
	_ = c.Accept("ada", "o1", noon)
	if s == center.StateConnecting {
		return c
	}
	_ = c.Connect("ada", noon)
	if s == center.StateEnded {
		c.End(center.OutcomeHandled, noon)
	}
	return c
}

// states is the order of the expectations below.
var states = []center.State{
	center.StateWaiting, center.StateOffered, center.StateConnecting, center.StateConnected, center.StateEnded,
}

// TestContactTransitions tries every verb in every state. An expectation is the state after it, or the slug of its refusal.
func TestContactTransitions(t *testing.T) {
	t.Parallel()
	late := noon.Add(ring)
	verbs := []struct {
		name string
		verb func(*center.Contact) error
		want [5]string // by states
	}{
		{"offer", func(c *center.Contact) error { return c.OfferTo(center.Offer{ID: "o2", AgentID: "bob"}) },
			[5]string{"offered", "not-waiting", "not-waiting", "not-waiting", "not-waiting"}},
		{"accept", func(c *center.Contact) error { return c.Accept("ada", "o1", noon) },
			[5]string{"contact-unknown", "connecting", "connecting", "connected", "offer-gone"}},
		{"accept another offer", func(c *center.Contact) error { return c.Accept("ada", "o0", noon) },
			[5]string{"contact-unknown", "offer-gone", "connecting", "connected", "offer-gone"}},
		{"accept as a stranger", func(c *center.Contact) error { return c.Accept("bob", "o1", noon) },
			[5]string{"contact-unknown", "contact-unknown", "contact-unknown", "contact-unknown", "contact-unknown"}},
		{"decline", func(c *center.Contact) error { return c.Decline("ada", "o1", rest, noon) },
			[5]string{"contact-unknown", "waiting", "offer-gone", "offer-gone", "offer-gone"}},
		{"decline another offer", func(c *center.Contact) error { return c.Decline("ada", "o0", rest, noon) },
			[5]string{"contact-unknown", "offer-gone", "offer-gone", "offer-gone", "offer-gone"}},
		{"miss", func(c *center.Contact) error { return c.Miss("o1", late) },
			[5]string{"offer-gone", "waiting", "offer-gone", "offer-gone", "offer-gone"}},
		{"miss too early", func(c *center.Contact) error { return c.Miss("o1", late.Add(-time.Millisecond)) },
			[5]string{"offer-gone", "offer-rings", "offer-gone", "offer-gone", "offer-gone"}},
		{"miss another offer", func(c *center.Contact) error { return c.Miss("o0", late) },
			[5]string{"offer-gone", "offer-gone", "offer-gone", "offer-gone", "offer-gone"}},
		{"connect", func(c *center.Contact) error { return c.Connect("ada", noon) },
			[5]string{"not-connecting", "not-connecting", "connected", "connected", "not-connecting"}},
		{"connect another", func(c *center.Contact) error { return c.Connect("bob", noon) },
			[5]string{"not-connecting", "not-connecting", "not-connecting", "not-connecting", "not-connecting"}},
		{"connect by a report about an earlier acceptance", func(c *center.Contact) error { return c.Connect("ada", noon.Add(-3*time.Second)) },
			[5]string{"not-connecting", "not-connecting", "not-connecting", "connected", "not-connecting"}},
		{"requeue", func(c *center.Contact) error { return c.Requeue("ada", noon) },
			[5]string{"not-live", "not-live", "waiting", "waiting", "not-live"}},
		{"requeue from another", func(c *center.Contact) error { return c.Requeue("bob", noon) },
			[5]string{"not-live", "not-live", "not-live", "not-live", "not-live"}},
		{"requeue by a report about an earlier acceptance", func(c *center.Contact) error { return c.Requeue("ada", noon.Add(-3*time.Second)) },
			[5]string{"not-live", "not-live", "not-live", "not-live", "not-live"}},
		{"requeue by a node whose clock is behind", func(c *center.Contact) error { return c.Requeue("ada", noon.Add(-center.ClockSkew)) },
			[5]string{"not-live", "not-live", "waiting", "waiting", "not-live"}},
		{"end", func(c *center.Contact) error { c.End(center.OutcomeFailed, late); return nil },
			[5]string{"ended", "ended", "ended", "ended", "ended"}},
	}
	for _, v := range verbs {
		for i, s := range states {
			t.Run(v.name+" when "+string(s), func(t *testing.T) {
				t.Parallel()
				c, before := contactIn(s), contactIn(s)
				if err := v.verb(c); err != nil {
					assert.Equal(t, v.want[i], center.SlugOf(err), "refusal")
					assert.Equal(t, before, c, "a refusal changes nothing")
					return
				}
				assert.Equal(t, v.want[i], string(c.State))
				assert.Equal(t, c.State == center.StateOffered, c.Offer != nil, "there is an offer exactly while it is offered")
			})
		}
	}
}

func TestRefusalsHaveTheirClass(t *testing.T) {
	t.Parallel()
	assert.Equal(t, center.NotFound, center.CodeOf(contactIn(center.StateOffered).Accept("bob", "o1", noon)), "a stranger learns nothing")
	assert.Equal(t, center.Conflict, center.CodeOf(contactIn(center.StateOffered).Accept("ada", "o0", noon)))
	assert.Equal(t, center.Conflict, center.CodeOf(contactIn(center.StateEnded).OfferTo(center.Offer{})))
	assert.Empty(t, center.CodeOf(assert.AnError))
	assert.Empty(t, center.SlugOf(assert.AnError))
	assert.EqualError(t, center.Errorf(center.Invalid, "slug", "%d things", 2), "2 things")
}

func TestHeldBy(t *testing.T) {
	t.Parallel()
	want := map[center.State]string{center.StateOffered: "ada", center.StateConnecting: "ada", center.StateConnected: "ada"}
	for _, s := range states {
		assert.Equal(t, want[s], contactIn(s).HeldBy(), s)
	}
}

func TestTheEndIsFinal(t *testing.T) {
	t.Parallel()
	c := contactIn(center.StateConnected)
	assert.True(t, c.End(center.OutcomeHandled, noon.Add(time.Second)))
	assert.False(t, c.End(center.OutcomeFailed, noon.Add(time.Hour)))
	assert.Equal(t, center.OutcomeHandled, c.Outcome)
	assert.Equal(t, noon.Add(time.Second), c.EndedAt)
	assert.True(t, c.WasLiveWith("ada"))
	assert.False(t, c.WasLiveWith("bob"))
}

func TestAnOfferThatEndsWasNotLive(t *testing.T) {
	t.Parallel()
	c := contactIn(center.StateConnected)
	assert.NoError(t, c.Requeue("ada", noon))
	assert.NoError(t, c.OfferTo(center.Offer{ID: "o2", AgentID: "ada"}))
	c.End(c.OutcomeWhenCallerLeaves(), noon)
	assert.False(t, c.WasLiveWith("ada"), "ada had it once, but only rang when it ended")
	assert.Equal(t, center.OutcomeHandled, c.Outcome, "somebody spoke with the caller")
}

func TestDecliningSparesForAWhile(t *testing.T) {
	t.Parallel()
	c := contactIn(center.StateOffered)
	declinedBefore := map[string]time.Time{"cleo": noon}
	c.Declined = declinedBefore
	assert.NoError(t, c.Decline("ada", "o1", rest, noon))
	assert.True(t, c.Spares("ada", noon.Add(rest-1)))
	assert.False(t, c.Spares("ada", noon.Add(rest)))
	assert.False(t, c.Spares("bob", noon))
	assert.Len(t, declinedBefore, 1, "the map of the contact as it was is not written to")
}

func TestConnectedAtIsTheFirstTime(t *testing.T) {
	t.Parallel()
	c := contactIn(center.StateConnected)
	assert.NoError(t, c.Requeue("ada", noon))
	assert.NoError(t, c.OfferTo(center.Offer{ID: "o2", AgentID: "bob"}))
	assert.NoError(t, c.Accept("bob", "o2", noon.Add(time.Minute)))
	assert.NoError(t, c.Connect("bob", noon.Add(time.Minute)))
	assert.Equal(t, noon, c.ConnectedAt)
	assert.Equal(t, []string{"ada", "bob"}, c.Asked)
}

func TestOutcomeWhenCallerLeaves(t *testing.T) {
	t.Parallel()
	want := map[center.State]center.Outcome{center.StateConnected: center.OutcomeHandled}
	for _, s := range states[:4] {
		assert.Equal(t, cmp.Or(want[s], center.OutcomeAbandoned), contactIn(s).OutcomeWhenCallerLeaves(), s)
	}
}
