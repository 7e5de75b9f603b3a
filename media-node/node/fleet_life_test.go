package node_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/media-node/node"
	"guichet/shared/mediaapi"
)

// agentsOnTwoNodes joins two agents who belong to different nodes.
func (l *fleet) agentsOnTwoNodes() (first, second *browser, firstID, secondID string) {
	l.t.Helper()
	firstID = "agt_a"
	first = l.join(l.agentTicket(firstID), agentTone)
	l.eventually("agent.joined")
	joined := []string{"agent.joined"}
	for n := range 20 {
		secondID = fmt.Sprintf("agt_b%d", n)
		second = l.join(l.agentTicket(secondID), guestTone)
		joined = append(joined, "agent.joined")
		l.eventually(joined...)
		if l.home(len(joined)-1) != l.home(0) {
			l.forget()
			return first, second, firstID, secondID
		}
	}
	l.t.Fatal("all agents belong to one node")
	return nil, nil, "", ""
}

// eventuallyAll waits for these events in whatever order: each node reports those of different agents side by side.
func (f *fixture) eventuallyAll(want ...string) {
	f.t.Helper()
	require.EventuallyWithT(f.t, func(c *assert.CollectT) { assert.ElementsMatch(c, want, f.story()) }, patience, poll)
}

// forget forgets the events so far.
func (f *fixture) forget() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.events = nil
}

func TestAColleagueOnAnotherNodeIsConsultedAndTakesTheCall(t *testing.T) {
	t.Parallel()
	l := startFleet(t, 2)
	agent, _, agentID, colleagueID := l.agentsOnTwoNodes()
	customer := l.lineOf("CA1", agentID)
	l.eventually("contact.joined")
	l.guest("ctc_CA1", "gst_1", colleagueID, 1)
	l.eventually("contact.joined", "agent.left moved")
	// Their desk opens its audio again, and is brought to the node of the call.
	colleague := l.join(l.agentTicket(colleagueID), guestTone)
	l.eventuallyAll("contact.joined", "agent.left moved", "agent.joined", "guest.joined")
	assert.Equal(t, l.home(0), l.home(2))
	assert.Equal(t, l.home(0), l.home(3))
	hearsBoth(t, &customer.ear, agentTone, guestTone)
	hearsBoth(t, &colleague.ear, agentTone, customerTone)
	l.transfer("ctc_CA1", colleagueID, 2)
	colleague.ear.forget()
	hears(t, &colleague.ear, customerTone)
	hears(t, &customer.ear, guestTone)
	hearsNothing(t, &agent.ear)
}

func TestAnAgentWhoHasACallIsNotTakenAway(t *testing.T) {
	t.Parallel()
	l := startFleet(t, 2)
	agent, colleague, agentID, colleagueID := l.agentsOnTwoNodes()
	own := l.lineOf("CA1", agentID)
	other := l.lineOf("CA2", colleagueID)
	l.eventuallyAll("contact.joined", "contact.joined")
	l.guest("ctc_CA1", "gst_1", colleagueID, 1)
	time.Sleep(500 * time.Millisecond) // the summons has come
	colleague.ear.forget()
	hears(t, &colleague.ear, customerTone)
	hears(t, &agent.ear, customerTone)
	assert.Equal(t, []string{"contact.joined", "contact.joined"}, l.story())
	other.hangUp()
	l.eventually("contact.joined", "contact.joined", "contact.left stopped", "agent.left moved")
	own.hangUp()
}

// A room whose closing a node did not hear of would be open there: the control plane tries again.
func TestARoomIsClosedByAllNodesOrNotYet(t *testing.T) {
	t.Parallel()
	l := startFleet(t, 3)
	body, err := json.Marshal(mediaapi.RoomClosing{RoomID: "rm_1", LinksExpireUnix: 9999999999})
	require.NoError(t, err)
	closing := func() int {
		res, _ := l.through(0).do(http.MethodPost, mediaapi.RoomClosePath("rm_1"), string(body), map[string]string{mediaapi.SignatureHeader: testKey.SignClosing(body, time.Now())})
		return res.StatusCode
	}
	l.members[2].end()
	assert.Equal(t, http.StatusServiceUnavailable, closing(), "a node that is listed does not answer")
	l.mu.Lock()
	l.listed = l.listed[:2]
	l.mu.Unlock()
	require.Eventually(t, func() bool { return closing() == http.StatusNoContent }, patience, poll, "it is gone")
}

func TestANewVersionTakesOverWithoutCuttingACallOff(t *testing.T) {
	t.Parallel()
	l := startFleet(t, 1)
	agent := l.join(l.agentTicket("agt_1"), agentTone)
	l.join(l.agentTicket("agt_2"), guestTone)
	l.eventually("agent.joined", "agent.joined")
	customer := l.lineOf("CA1", "agt_1")
	hears(t, &agent.ear, customerTone)
	l.forget()

	l.add(func(c *node.Config) { c.Fleet.Version = "2" })
	l.meet()
	l.eventually("agent.left moved") // the one without a call
	idle := l.through(0).join(l.agentTicket("agt_2"), guestTone)
	l.eventually("agent.left moved", "agent.joined")
	assert.Equal(t, 1, l.home(1), "on the new node, though the old one was asked")
	second := l.through(0).lineOf("CA2", "agt_2")
	hears(t, &idle.ear, customerTone)
	hears(t, &second.ear, guestTone)
	agent.ear.forget()
	hears(t, &agent.ear, customerTone)
	res, _ := l.through(0).do("GET", "/media/healthz", "", nil)
	assert.Equal(t, 200, res.StatusCode, "an unhealthy task would be ended with its calls")

	customer.hangUp()
	l.eventuallyAll("agent.left moved", "agent.joined", "contact.joined", "contact.left stopped", "agent.left moved")
	assert.Equal(t, 1, l.members[0].node.Live(), "the line that it passes on")
	rec := httptest.NewRecorder()
	l.members[0].node.AdminHandler().ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	assert.Contains(t, rec.Body.String(), "media_fleet_others 1\n")
	assert.Contains(t, rec.Body.String(), "media_lines_passed_on 1\n")
	second.hangUp()
	second.closeStatus()
	require.Eventually(t, func() bool { return l.members[0].node.Live() == 0 && l.members[1].node.Live() == 0 }, patience, poll)
}

func TestADrainingNodeSendsItsAgentsAwayAndFinishesItsCalls(t *testing.T) {
	t.Parallel()
	l := startFleet(t, 2)
	agent, _, agentID, _ := l.agentsOnTwoNodes()
	customer := l.lineOf("CA1", agentID)
	l.eventually("contact.joined")
	busy := l.home(0)
	for n := range 4 {
		l.join(l.agentTicket(fmt.Sprintf("agt_c%d", n)), agentTone)
	}
	l.eventuallyAll("contact.joined", "agent.joined", "agent.joined", "agent.joined", "agent.joined")
	l.forget()

	done := make(chan error, 1)
	go func() { done <- l.members[busy].node.Drain(context.Background()) }()
	require.Eventually(t, func() bool {
		res, _ := l.through(busy).do("GET", "/media/healthz", "", nil)
		return res.StatusCode == 503
	}, patience, poll)
	back := l.through(busy).join(l.agentTicket("agt_new"), guestTone)
	late := l.through(busy).lineOf("CA2", "agt_new")
	hears(t, &late.ear, guestTone)
	hears(t, &back.ear, customerTone)
	agent.ear.forget()
	hears(t, &agent.ear, customerTone)
	customer.hangUp()
	customer.closeStatus()
	select {
	case err := <-done:
		t.Fatal("a line is passed on still", err)
	case <-time.After(500 * time.Millisecond):
	}
	late.hangUp()
	require.NoError(t, <-done)
	for _, told := range l.story() {
		assert.NotContains(t, told, "drained")
	}
}
