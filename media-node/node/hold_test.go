package node_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/mediaapi"
)

func (f *fixture) hold(contactID string, action mediaapi.Action, version int64) {
	f.t.Helper()
	require.Equal(f.t, http.StatusNoContent, f.commandOf(mediaapi.Command{ContactID: contactID, Action: action, Version: version}))
}

// hearsMusic waits for half a second of music, and nothing of who spoke before.
func hearsMusic(t *testing.T, e *ear, not ...float64) {
	t.Helper()
	e.forget()
	require.Eventually(t, func() bool {
		last := e.last(4000)
		for _, frequency := range not {
			if share(last, frequency) > 0.1 {
				return false
			}
		}
		return loud(last)
	}, patience, poll, "music")
}

// hearsNothing checks that not a packet comes.
func hearsNothing(t *testing.T, e *ear) {
	t.Helper()
	time.Sleep(200 * time.Millisecond) // what is under way
	e.forget()
	time.Sleep(500 * time.Millisecond)
	assert.Nil(t, e.last(1))
}

func TestOnHoldNeitherHearsTheOther(t *testing.T) {
	t.Parallel()
	onEachLine(t, func(t *testing.T, f *fixture, agent *browser, contactID string, customer *ear) {
		f.hold(contactID, mediaapi.ActionHold, 7)
		hearsMusic(t, customer, agentTone)
		hearsNothing(t, &agent.ear)
		f.hold(contactID, mediaapi.ActionResume, 6)
		f.hold(contactID, mediaapi.ActionResume, 7)
		hearsMusic(t, customer, agentTone)
		hearsNothing(t, &agent.ear)
		f.hold(contactID, mediaapi.ActionResume, 8)
		hears(t, customer, agentTone)
		hears(t, &agent.ear, customerTone)
		f.hold(contactID, mediaapi.ActionHold, 7)
		customer.forget()
		hears(t, customer, agentTone)
		assert.Equal(t, []string{"agent.joined", "contact.joined"}, f.story(), "hold is nothing to report")
	})
}

func TestMusicOfHoldIsClearedAtTheProvider(t *testing.T) {
	t.Parallel()
	f := start(t)
	f.join(f.ticket(nil), agentTone)
	f.eventually("agent.joined")
	phone := f.call("CA1", 30, customerTone)
	hears(t, &phone.ear, agentTone)
	f.hold("ctc_CA1", mediaapi.ActionHold, 1)
	hearsMusic(t, &phone.ear, agentTone)
	assert.Zero(t, phone.cleared())
	f.hold("ctc_CA1", mediaapi.ActionResume, 2)
	hears(t, &phone.ear, agentTone)
	assert.Equal(t, 1, phone.cleared())
}

func TestHoldOutlastsTheAgentsAbsence(t *testing.T) {
	t.Parallel()
	onEachLine(t, func(t *testing.T, f *fixture, agent *browser, contactID string, customer *ear) {
		f.hold(contactID, mediaapi.ActionHold, 1)
		agent.leave()
		f.eventually("agent.joined", "contact.joined", "agent.left closed", "contact.parked")
		hearsMusic(t, customer, agentTone)
		again := f.join(f.ticket(nil), 600)
		f.eventually("agent.joined", "contact.joined", "agent.left closed", "contact.parked", "agent.joined", "contact.joined")
		hearsMusic(t, customer, 600)
		hearsNothing(t, &again.ear)
		f.hold(contactID, mediaapi.ActionResume, 2)
		hears(t, customer, 600)
		hears(t, &again.ear, customerTone)
	})
}

func TestHoldOutlastsTheLine(t *testing.T) {
	t.Parallel()
	f := start(t)
	agent, _ := f.talk()
	f.hold("ctc_1", mediaapi.ActionHold, 1)
	second := f.join(f.visitorTicket("ctc_1", 30), 700)
	f.eventually("agent.joined", "contact.joined", "contact.joined")
	hearsMusic(t, &second.ear, agentTone)
	hearsNothing(t, &agent.ear)
	f.hold("ctc_1", mediaapi.ActionResume, 2)
	hears(t, &second.ear, agentTone)
	hears(t, &agent.ear, 700)
}

func TestMessagesOnHold(t *testing.T) {
	t.Parallel()
	onEachLine(t, func(t *testing.T, f *fixture, agent *browser, contactID string, customer *ear) {
		f.play(contactID, "ply_1", f.tone(2100, time.Minute))
		hearsBoth(t, customer, 2100, agentTone)
		f.hold(contactID, mediaapi.ActionHold, 1)
		f.eventually("agent.joined", "contact.joined", "contact.played stopped")
		hearsMusic(t, customer, agentTone, 2100)
		f.play(contactID, "ply_2", f.tone(messageTone, 2*time.Second))
		hears(t, customer, messageTone)
		hears(t, &agent.ear, messageTone)
		f.eventually("agent.joined", "contact.joined", "contact.played stopped", "contact.played finished")
		hearsMusic(t, customer, agentTone, messageTone)
		hearsNothing(t, &agent.ear)
	})
}

// TestPacketsAreNumberedOnThroughHold: none of those that were not passed on is missing to anybody.
func TestPacketsAreNumberedOnThroughHold(t *testing.T) {
	t.Parallel()
	f := start(t)
	var toAgent, toVisitor timeline
	agent := f.browser()
	agent.arrived = toAgent.note
	agent.open(f.ticket(nil), (&sine{frequency: agentTone}).frame)
	f.eventually("agent.joined")
	visitor := f.browser()
	visitor.arrived = toVisitor.note
	visitor.open(f.visitorTicket("ctc_1", 30), (&sine{frequency: customerTone}).frame)
	f.eventually("agent.joined", "contact.joined")
	hears(t, &visitor.ear, agentTone)
	for version := range int64(2) {
		f.hold("ctc_1", mediaapi.ActionHold, 2*version+1)
		hearsMusic(t, &visitor.ear, agentTone)
		f.hold("ctc_1", mediaapi.ActionResume, 2*version+2)
		hears(t, &visitor.ear, agentTone)
		hears(t, &agent.ear, customerTone)
		time.Sleep(time.Second)
	}
	toAgent.isOrdered(t)
	toVisitor.isOrdered(t)
}
