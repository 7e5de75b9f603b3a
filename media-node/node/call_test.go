package node_test

import (
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/mediaapi"
)

const (
	agentTone    = 440
	customerTone = 1000
)

func TestBothHearEachOther(t *testing.T) {
	t.Parallel()
	f := start(t)
	agent := f.join(f.ticket(nil), agentTone)
	f.eventually("agent.joined")
	customer := f.call("CA1", 30, customerTone)
	hears(t, &agent.ear, customerTone)
	hears(t, &customer.ear, agentTone)
	customer.hangUp()
	f.eventually("agent.joined", "contact.joined", "contact.left stopped")
	assert.Equal(t, websocket.StatusNormalClosure, customer.closeStatus())

	joined := f.event(1)
	assert.Equal(t, "agt_1", joined.AgentID)
	assert.Equal(t, "ctc_CA1", joined.ContactID)
	assert.Equal(t, "CA1", joined.CallSID)
	assert.Equal(t, "node-1", joined.NodeID)
	assert.Equal(t, f.event(0).SessionID, joined.SessionID)
	assert.WithinDuration(t, time.Now(), joined.At, time.Minute)
	assert.NotEqual(t, f.event(0).ID, joined.ID)
}

func TestProviderIsAskedHowMuchWaits(t *testing.T) {
	t.Parallel()
	f := start(t)
	f.join(f.ticket(nil), agentTone)
	f.eventually("agent.joined")
	customer := f.call("CA1", 30, customerTone)
	for want := 1; want <= 2; want++ {
		require.Eventually(t, func() bool { return customer.marked() == want }, patience, poll)
		customer.send(`{"event":"mark","streamSid":"MZ1","sequenceNumber":"5","mark":{"name":"pace-%d"}}`, want)
	}
	hears(t, &customer.ear, agentTone)
}

func TestSecondCallOverTheSameSession(t *testing.T) {
	t.Parallel()
	f := start(t)
	agent := f.join(f.ticket(nil), agentTone)
	f.eventually("agent.joined")
	first := f.call("CA1", 30, customerTone)
	hears(t, &agent.ear, customerTone)
	first.hangUp()
	f.eventually("agent.joined", "contact.joined", "contact.left stopped")
	second := f.call("CA2", 30, 700)
	hears(t, &agent.ear, 700)
	hears(t, &second.ear, agentTone)
}

func TestCustomerWaitsWithMusicForTheAgent(t *testing.T) {
	t.Parallel()
	f := start(t)
	customer := f.call("CA1", 30, customerTone)
	f.eventually("contact.parked")
	require.Eventually(t, func() bool { return loud(customer.ear.last(4000)) }, patience, poll, "music")
	agent := f.join(f.ticket(nil), agentTone)
	f.eventually("contact.parked", "agent.joined", "contact.joined")
	hears(t, &agent.ear, customerTone)
	hears(t, &customer.ear, agentTone)
	assert.Equal(t, 1, customer.cleared(), "music that was not played yet is discarded")
}

func TestAgentLeavesAndComesBack(t *testing.T) {
	t.Parallel()
	for name, leave := range map[string]func(*browser){"DELETE": (*browser).leave, "goodbye over DTLS": (*browser).vanish} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := start(t)
			agent := f.join(f.ticket(nil), agentTone)
			f.eventually("agent.joined")
			customer := f.call("CA1", 30, customerTone)
			hears(t, &customer.ear, agentTone)
			leave(agent)
			f.eventually("agent.joined", "contact.joined", "agent.left closed", "contact.parked")
			customer.ear.forget()
			require.Eventually(t, func() bool { return loud(customer.ear.last(4000)) }, patience, poll, "music")
			assert.Less(t, share(customer.ear.last(4000), agentTone), 0.5)

			again := f.join(f.ticket(nil), 600)
			hears(t, &customer.ear, 600)
			hears(t, &again.ear, customerTone)
			f.eventually("agent.joined", "contact.joined", "agent.left closed", "contact.parked", "agent.joined", "contact.joined")
			assert.NotEqual(t, f.event(0).SessionID, f.event(5).SessionID)
			assert.Equal(t, f.event(4).SessionID, f.event(5).SessionID)
		})
	}
}

func TestParkingExpires(t *testing.T) {
	t.Parallel()
	f := start(t)
	customer := f.call("CA1", 1, customerTone)
	f.eventually("contact.parked", "contact.parkExpired")
	assert.Equal(t, websocket.StatusNormalClosure, customer.closeStatus())
}

func TestNewerSessionReplacesOlder(t *testing.T) {
	t.Parallel()
	f := start(t)
	first := f.join(f.ticket(nil), agentTone)
	f.eventually("agent.joined")
	customer := f.call("CA1", 30, customerTone)
	hears(t, &customer.ear, agentTone)
	second := f.join(f.ticket(nil), 600)
	hears(t, &customer.ear, 600)
	hears(t, &second.ear, customerTone)
	f.eventually("agent.joined", "contact.joined", "agent.left replaced", "agent.joined", "contact.joined")
	res, _ := f.do("DELETE", first.location, "", map[string]string{"Authorization": "Bearer " + first.token})
	assert.Equal(t, 404, res.StatusCode, "the older session is gone")
	assert.Zero(t, customer.cleared(), "the call went on without music")
}

func TestSessionThatNeverComesUpReplacesNothing(t *testing.T) {
	t.Parallel()
	f := start(t)
	agent := f.join(f.ticket(nil), agentTone)
	f.eventually("agent.joined")
	for range 2 {
		res, body := f.do("POST", "/media/whip", f.browser().offer(500), map[string]string{"Authorization": "Bearer " + f.ticket(nil), "Content-Type": "application/sdp"})
		require.Equal(t, 201, res.StatusCode, body)
	}
	customer := f.call("CA1", 30, customerTone)
	hears(t, &customer.ear, agentTone)
	hears(t, &agent.ear, customerTone)
	f.eventually("agent.joined", "contact.joined")
}

func TestCustomerVanishes(t *testing.T) {
	t.Parallel()
	f := start(t)
	f.join(f.ticket(nil), agentTone)
	f.eventually("agent.joined")
	customer := f.call("CA1", 30, customerTone)
	f.eventually("agent.joined", "contact.joined")
	customer.vanish()
	f.eventually("agent.joined", "contact.joined", "contact.left lost")
}

func TestNewerStreamOfAnAgentReplacesOlder(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		second string
		story  []string
	}{
		"same contact":    {"CA1", []string{"agent.joined", "contact.joined", "contact.joined"}},
		"another contact": {"CA2", []string{"agent.joined", "contact.joined", "contact.left stopped", "contact.joined"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := start(t)
			agent := f.join(f.ticket(nil), agentTone)
			f.eventually("agent.joined")
			first := f.call("CA1", 30, customerTone)
			hears(t, &first.ear, agentTone)
			second := f.call(tc.second, 30, 700)
			hears(t, &second.ear, agentTone)
			hears(t, &agent.ear, 700)
			first.closeStatus()
			f.eventually(tc.story...)
		})
	}
}

func TestCallsDoNotMix(t *testing.T) {
	t.Parallel()
	f := start(t)
	other := func(ticket *mediaapi.Ticket) { ticket.AgentID = "agt_2" }
	a, b := f.join(f.ticket(nil), agentTone), f.join(f.ticket(other), 600)
	f.eventually("agent.joined", "agent.joined")
	callA := f.call("CA1", 30, customerTone)
	callB := f.dial("CA2")
	callB.start(f.ticket(func(t *mediaapi.Ticket) {
		other(t)
		t.Purpose, t.CallSID, t.ContactID = mediaapi.PurposeStream, "CA2", "ctc_CA2"
	}))
	callB.sound(1300)
	hears(t, &a.ear, customerTone)
	hears(t, &b.ear, 1300)
	hears(t, &callA.ear, agentTone)
	hears(t, &callB.ear, 600)
}

func loud(audio []byte) bool {
	for _, b := range audio {
		if ^b&0x7f > 0x20 {
			return true
		}
	}
	return false
}
