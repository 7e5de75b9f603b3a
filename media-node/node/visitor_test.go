package node_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/pion/webrtc/v4"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/mediaapi"
)

func (f *fixture) visitorTicket(contactID string, parkSeconds int) string {
	return f.ticket(func(t *mediaapi.Ticket) {
		t.Purpose, t.ContactID, t.ParkSeconds = mediaapi.PurposeVisitorAudio, contactID, parkSeconds
	})
}

// talk brings an agent and a visitor together.
func (f *fixture) talk(change ...func(*webrtc.SettingEngine)) (agent, visitor *browser) {
	f.t.Helper()
	agent = f.join(f.ticket(nil), agentTone)
	f.eventually("agent.joined")
	visitor = f.join(f.visitorTicket("ctc_1", 30), customerTone, change...)
	f.eventually("agent.joined", "contact.joined")
	hears(f.t, &agent.ear, customerTone)
	hears(f.t, &visitor.ear, agentTone)
	return agent, visitor
}

// isCutOff waits until the node has ended the browser's connection.
func (b *browser) isCutOff() {
	b.f.t.Helper()
	transport := b.pc.GetSenders()[0].Transport()
	require.Eventually(b.f.t, func() bool { return transport.State() == webrtc.DTLSTransportStateClosed }, patience, poll)
}

func TestVisitorAndAgentHearEachOther(t *testing.T) {
	t.Parallel()
	f := start(t)
	agent, visitor := f.talk()
	joined := f.event(1)
	assert.Equal(t, "ctc_1", joined.ContactID)
	assert.Equal(t, "agt_1", joined.AgentID)
	assert.Equal(t, f.event(0).SessionID, joined.SessionID, "the agent's session")
	assert.Empty(t, joined.CallSID, "no provider has the call")
	require.Eventually(t, func() bool { return f.metric("media_calls") == "1" }, patience, poll)
	assert.Equal(t, "1", f.metric("media_sessions"), "a visitor is no agent")

	visitor.leave()
	f.eventually("agent.joined", "contact.joined", "contact.left stopped")
	require.Eventually(t, func() bool { return f.metric("media_calls") == "0" }, patience, poll)
	phone := f.call("CA1", 30, 700)
	hears(t, &agent.ear, 700)
	hears(t, &phone.ear, agentTone)
}

func TestVisitorWaitsWithMusicForTheAgent(t *testing.T) {
	t.Parallel()
	f := start(t)
	agent, visitor := f.talk()
	agent.leave()
	f.eventually("agent.joined", "contact.joined", "agent.left closed", "contact.parked")
	visitor.ear.forget()
	require.Eventually(t, func() bool { return loud(visitor.ear.last(4000)) }, patience, poll, "music")
	assert.Less(t, share(visitor.ear.last(4000), agentTone), 0.5)

	again := f.join(f.ticket(nil), 600)
	hears(t, &visitor.ear, 600)
	hears(t, &again.ear, customerTone)
	f.eventually("agent.joined", "contact.joined", "agent.left closed", "contact.parked", "agent.joined", "contact.joined")
}

func TestVisitorsParkingExpires(t *testing.T) {
	t.Parallel()
	f := start(t)
	visitor := f.join(f.visitorTicket("ctc_1", 1), customerTone)
	f.eventually("contact.parked", "contact.parkExpired")
	visitor.isCutOff()
}

func TestVisitorReloadsThePage(t *testing.T) {
	t.Parallel()
	f := start(t)
	agent, first := f.talk()
	second := f.join(f.visitorTicket("ctc_1", 30), 700)
	hears(t, &agent.ear, 700)
	hears(t, &second.ear, agentTone)
	first.isCutOff()
	first.vanish()
	f.eventually("agent.joined", "contact.joined", "contact.joined")
	res, _ := f.do("DELETE", first.location, "", map[string]string{"Authorization": "Bearer " + first.token})
	assert.Equal(t, http.StatusNotFound, res.StatusCode, "the older session is gone")
}

func TestNewerLineReplacesOlder(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		ticket mediaapi.Ticket
		story  []string
	}{
		"another contact of the agent": {mediaapi.Ticket{AgentID: "agt_1", ContactID: "ctc_2"}, []string{"contact.left stopped", "contact.joined"}},
		"the contact, transferred":     {mediaapi.Ticket{AgentID: "agt_2", ContactID: "ctc_1"}, []string{"contact.parked"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := start(t)
			_, first := f.talk()
			f.join(f.ticket(func(t *mediaapi.Ticket) {
				t.Purpose, t.AgentID, t.ContactID, t.ParkSeconds = mediaapi.PurposeVisitorAudio, tc.ticket.AgentID, tc.ticket.ContactID, 30
			}), 700)
			first.isCutOff()
			f.eventually(append([]string{"agent.joined", "contact.joined"}, tc.story...)...)
		})
	}
}

func TestVisitorClosesThePage(t *testing.T) {
	t.Parallel()
	f := start(t)
	_, visitor := f.talk()
	visitor.vanish()
	f.eventually("agent.joined", "contact.joined", "contact.left stopped")
}

func TestSilentVisitorMayComeBack(t *testing.T) {
	t.Parallel()
	f := start(t)
	cable := &cuttable{PacketConn: f.socket()}
	agent, visitor := f.talk(f.over(cable))
	cable.cut.Store(true)
	time.Sleep(7 * time.Second) // longer than consent lasts
	agent.ear.forget()
	cable.cut.Store(false)
	hears(t, &agent.ear, customerTone)
	hears(t, &visitor.ear, agentTone)
	f.eventually("agent.joined", "contact.joined")
}

func TestSilentVisitorIsLostAfterAWhile(t *testing.T) {
	t.Parallel()
	f := start(t)
	cable := &cuttable{PacketConn: f.socket()}
	_, visitor := f.talk(f.over(cable))
	cable.cut.Store(true)
	pulled := time.Now()
	require.Eventually(t, func() bool { return len(f.story()) > 2 }, 2*patience, poll)
	assert.InDelta(t, 20, time.Since(pulled).Seconds(), 3)
	f.eventually("agent.joined", "contact.joined", "contact.left lost")
	res, _ := f.do("DELETE", visitor.location, "", map[string]string{"Authorization": "Bearer " + visitor.token})
	assert.Equal(t, http.StatusNotFound, res.StatusCode)
}

func TestVisitorWhoNeverComesUpIsNotReported(t *testing.T) {
	t.Parallel()
	f := start(t)
	b := f.browser()
	offer := b.offer(customerTone)
	i := strings.Index(offer, "a=fingerprint:sha-256 ") + len("a=fingerprint:sha-256 ")
	forged := offer[:i] + strings.Repeat("00:", 31) + "00" + offer[i+95:]
	token := f.visitorTicket("ctc_1", 30)
	res, answer := f.do(http.MethodPost, "/media/whip", forged, whipHeaders(token))
	require.Equal(t, http.StatusCreated, res.StatusCode, answer)
	require.NoError(t, b.pc.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeAnswer, SDP: answer}))
	b.isCutOff()
	gone, _ := f.do("DELETE", res.Header.Get("Location"), "", map[string]string{"Authorization": "Bearer " + token})
	assert.Equal(t, http.StatusNotFound, gone.StatusCode)
	assert.Empty(t, f.story())
}

func TestVisitorsAreCountedAsCalls(t *testing.T) {
	t.Parallel()
	f := start(t, limits(1, 1))
	first := f.join(f.visitorTicket("ctc_1", 30), customerTone)
	f.eventually("contact.parked")
	agent := f.join(f.ticket(nil), agentTone) // there is room for an agent still
	hears(t, &first.ear, agentTone)
	for contactID, want := range map[string]int{"ctc_2": http.StatusServiceUnavailable, "ctc_1": http.StatusCreated} {
		res, body := f.do(http.MethodPost, "/media/whip", f.browser().offer(500), whipHeaders(f.visitorTicket(contactID, 30)))
		assert.Equal(t, want, res.StatusCode, "%s: %s", contactID, body)
	}
	hears(t, &agent.ear, customerTone)
}

func TestDrainedVisitor(t *testing.T) {
	t.Parallel()
	f := start(t)
	_, visitor := f.talk()
	f.node.Close()
	visitor.isCutOff()
	f.eventually("agent.joined", "contact.joined", "contact.left drained", "agent.left drained")
}

func TestVisitorsTicketMakesNoAgent(t *testing.T) {
	t.Parallel()
	f := start(t)
	visitor := f.join(f.visitorTicket("ctc_1", 30), customerTone)
	f.eventually("contact.parked")
	agent := f.join(f.ticket(nil), agentTone)
	f.eventually("contact.parked", "agent.joined", "contact.joined")
	for name, ticket := range map[string]string{
		"a visitor's events": f.ticket(func(t *mediaapi.Ticket) { t.Purpose, t.ContactID = mediaapi.PurposeVisitor, "ctc_1" }),
		"a meeting":          f.ticket(func(t *mediaapi.Ticket) { t.Purpose, t.ContactID = mediaapi.PurposeRoom, "ctc_1" }),
		"without a contact":  f.visitorTicket("", 30),
		"used before":        visitor.token,
	} {
		res, _ := f.do(http.MethodPost, "/media/whip", f.browser().offer(500), whipHeaders(ticket))
		assert.Equal(t, http.StatusUnauthorized, res.StatusCode, name)
	}
	stream := f.dial("CA1")
	stream.start(f.visitorTicket("ctc_1", 30))
	assert.EqualValues(t, 1008, stream.closeStatus(), "nor a stream")
	res, _ := f.do("DELETE", agent.location, "", map[string]string{"Authorization": "Bearer " + visitor.token})
	assert.Equal(t, http.StatusUnauthorized, res.StatusCode, "the agent's session is not the visitor's")
	f.eventually("contact.parked", "agent.joined", "contact.joined")
}
