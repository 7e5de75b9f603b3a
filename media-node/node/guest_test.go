package node_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/mediaapi"
)

const guestTone = 1500

func (f *fixture) agentTicket(agentID string) string {
	return f.ticket(func(t *mediaapi.Ticket) { t.AgentID = agentID })
}

func (f *fixture) guest(contactID, guestID, agentID string, version int64) {
	f.t.Helper()
	require.Equal(f.t, http.StatusNoContent, f.commandOf(mediaapi.Command{
		ContactID: contactID, Action: mediaapi.ActionGuest, GuestID: guestID, GuestAgentID: agentID, Version: version,
	}))
}

func (f *fixture) transfer(contactID, agentID string, version int64) {
	f.t.Helper()
	require.Equal(f.t, http.StatusNoContent, f.commandOf(mediaapi.Command{ContactID: contactID, Action: mediaapi.ActionTransfer, AgentID: agentID, Version: version}))
}

// consult dials a guest's line into the call.
func (f *fixture) consult(callSID, contactID, guestID string) *phone {
	f.t.Helper()
	p := f.dial(callSID)
	p.start(f.ticket(func(t *mediaapi.Ticket) {
		t.Purpose, t.ContactID, t.GuestID, t.CallSID = mediaapi.PurposeStream, contactID, guestID, callSID
	}))
	return p
}

func TestAnAgentIsConsultedAndTakesTheCall(t *testing.T) {
	t.Parallel()
	onEachLine(t, func(t *testing.T, f *fixture, agent *browser, contactID string, customer *ear) {
		guest := f.join(f.agentTicket("agt_2"), guestTone)
		f.eventually("agent.joined", "contact.joined", "agent.joined")
		f.guest(contactID, "gst_1", "agt_2", 1)
		f.eventually("agent.joined", "contact.joined", "agent.joined", "guest.joined")
		joined := f.event(3)
		assert.Equal(t, "gst_1", joined.GuestID)
		assert.Equal(t, "agt_1", joined.AgentID, "who has the call")
		assert.Equal(t, contactID, joined.ContactID)
		assert.Equal(t, f.event(2).SessionID, joined.SessionID, "the guest's")
		assert.Empty(t, joined.CallSID)
		hearsBoth(t, customer, agentTone, guestTone)
		hearsBoth(t, &agent.ear, customerTone, guestTone)
		hearsBoth(t, &guest.ear, customerTone, agentTone)

		f.hold(contactID, mediaapi.ActionHold, 1)
		hearsMusic(t, customer, agentTone, guestTone)
		hears(t, &agent.ear, guestTone)
		hears(t, &guest.ear, agentTone)

		f.transfer(contactID, "agt_2", 2)
		f.eventually("agent.joined", "contact.joined", "agent.joined", "guest.joined", "guest.left ended", "contact.joined")
		assert.Equal(t, "agt_2", f.event(5).AgentID)
		hears(t, customer, guestTone)
		hears(t, &guest.ear, customerTone)
		hearsNothing(t, &agent.ear)
		agent.leave()
		customer.forget()
		hears(t, customer, guestTone)
	})
}

func TestAnOutsideNumberIsConsulted(t *testing.T) {
	t.Parallel()
	onEachLine(t, func(t *testing.T, f *fixture, agent *browser, contactID string, customer *ear) {
		early := f.consult("CA7", contactID, "gst_1")
		assert.Equal(t, websocket.StatusPolicyViolation, early.closeStatus(), "nobody is expected")
		f.guest(contactID, "gst_1", "", 1)
		guest := f.consult("CA8", contactID, "gst_1")
		guest.sound(guestTone)
		f.eventually("agent.joined", "contact.joined", "guest.joined")
		assert.Equal(t, "CA8", f.event(2).CallSID, "the guest's line")
		assert.Empty(t, f.event(2).SessionID)
		hearsBoth(t, customer, agentTone, guestTone)
		hearsBoth(t, &agent.ear, customerTone, guestTone)
		hearsBoth(t, &guest.ear, customerTone, agentTone)
		f.play(contactID, "ply_1", f.tone(messageTone, time.Second))
		f.eventually("agent.joined", "contact.joined", "guest.joined", "contact.played finished")

		guest.hangUp()
		f.eventually("agent.joined", "contact.joined", "guest.joined", "contact.played finished", "guest.left stopped")
		hears(t, customer, agentTone)
		hears(t, &agent.ear, customerTone)
		f.guest(contactID, "", "", 2)
		assert.Len(t, f.story(), 5)
	})
}

func TestAGuestsLineIsHungUp(t *testing.T) {
	t.Parallel()
	f := start(t)
	f.call("CA1", 30, customerTone)
	f.eventually("contact.parked")
	f.guest("ctc_CA1", "gst_1", "", 1)
	guest := f.consult("CA8", "ctc_CA1", "gst_1")
	guest.sound(guestTone)
	hears(t, &guest.ear, customerTone) // while the agent is away
	f.guest("ctc_CA1", "", "", 2)
	assert.Equal(t, websocket.StatusNormalClosure, guest.closeStatus())
	f.eventually("contact.parked", "guest.joined", "guest.left ended")
	assert.Equal(t, http.StatusUnprocessableEntity, f.commandOf(mediaapi.Command{
		ContactID: "ctc_CA1", Action: mediaapi.ActionGuest, GuestID: "gst_2", GuestAgentID: "agt_1", Version: 3,
	}), "the call's own agent")
}
