package node_test

import (
	"strings"
	"testing"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/mediaapi"
)

func TestStreamNeedsItsOwnTicket(t *testing.T) {
	t.Parallel()
	f := start(t)
	used := f.streamTicket("CA0", 30)
	first := f.dial("CA0")
	first.start(used)
	f.eventually("contact.parked")
	for name, ticket := range map[string]string{
		"none":             "",
		"garbage":          "x.y",
		"used before":      used,
		"for another call": f.streamTicket("CA9", 30),
		"of an agent":      f.ticket(nil),
		"expired":          f.ticket(func(t *mediaapi.Ticket) { t.Purpose, t.CallSID, t.ExpiresUnix = mediaapi.PurposeStream, "CA0", 1 }),
	} {
		p := f.dial("CA0")
		p.start(ticket)
		assert.Equal(t, websocket.StatusPolicyViolation, p.closeStatus(), name)
	}
	assert.Equal(t, []string{"contact.parked"}, f.story(), "nothing else happened")
}

func TestStreamWithoutTicketIsClosedInTime(t *testing.T) {
	t.Parallel()
	f := start(t)
	p := f.dial("CA1")
	p.send(`{"event":"connected","protocol":"Call","version":"1.0.0"}`)
	assert.Equal(t, websocket.StatusPolicyViolation, p.closeStatus())
}

func TestMalformedFrameEndsThatStreamAlone(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		frame string
		code  websocket.StatusCode
	}{
		"no JSON":      {"hello", websocket.StatusInvalidFramePayloadData},
		"no payload":   {`{"event":"media","media":{}}`, websocket.StatusInvalidFramePayloadData},
		"base64":       {`{"event":"media","media":{"payload":"!"}}`, websocket.StatusInvalidFramePayloadData},
		"second start": {`{"event":"start","start":{"streamSid":"MZ1","callSid":"CA1","mediaFormat":{"encoding":"audio/x-mulaw","sampleRate":8000,"channels":1}}}`, websocket.StatusInvalidFramePayloadData},
		"too long":     {`{"event":"media","x":"` + strings.Repeat("x", 20<<10) + `"}`, websocket.StatusMessageTooBig},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := start(t)
			other := func(t *mediaapi.Ticket) {
				t.Purpose, t.AgentID, t.CallSID, t.ContactID, t.ParkSeconds = mediaapi.PurposeStream, "agt_2", "CA2", "ctc_CA2", 60
			}
			bystander := f.dial("CA2")
			bystander.start(f.ticket(other))
			f.eventually("contact.parked")
			victim := f.dial("CA1")
			victim.start(f.streamTicket("CA1", 30))
			f.eventually("contact.parked", "contact.parked")
			victim.send("%s", tc.frame)
			assert.Equal(t, tc.code, victim.closeStatus())
			f.eventually("contact.parked", "contact.parked", "contact.left malformed")
			assert.Equal(t, "ctc_CA1", f.event(2).ContactID)
			bystander.ear.forget()
			require.Eventually(t, func() bool { return loud(bystander.ear.last(1600)) }, patience, poll, "music goes on")
		})
	}
}

func TestMediaBeforeStartIsMalformed(t *testing.T) {
	t.Parallel()
	f := start(t)
	p := f.dial("CA1")
	p.frame(make([]byte, 160))
	assert.Equal(t, websocket.StatusInvalidFramePayloadData, p.closeStatus())
	assert.Empty(t, f.story())
}

func TestUnknownEventsAndKeysArePassedOver(t *testing.T) {
	t.Parallel()
	f := start(t)
	agent := f.join(f.ticket(nil), agentTone)
	f.eventually("agent.joined")
	customer := f.dial("CA1")
	customer.start(f.streamTicket("CA1", 30))
	customer.send(`{"event":"dtmf","streamSid":"MZ1","sequenceNumber":"5","dtmf":{"track":"inbound_track","digit":"1"}}`)
	customer.send(`{"event":"mark","streamSid":"MZ1","sequenceNumber":"5","mark":{"name":"x"}}`)
	customer.send(`{"event":"somethingNew","streamSid":"MZ1"}`)
	customer.sound(customerTone)
	hears(t, &agent.ear, customerTone)
}

func TestCloseFrameWithoutStopIsALoss(t *testing.T) {
	t.Parallel()
	f := start(t)
	p := f.call("CA1", 30, customerTone)
	f.eventually("contact.parked")
	_ = p.ws.Close(websocket.StatusNormalClosure, "")
	f.eventually("contact.parked", "contact.left lost")
}

func TestLimits(t *testing.T) {
	t.Parallel()
	f := start(t, limits(1, 1))
	f.join(f.ticket(nil), agentTone)
	f.eventually("agent.joined")
	f.call("CA1", 30, customerTone)
	f.eventually("agent.joined", "contact.joined")
	for path, headers := range map[string]map[string]string{
		"/media/twilio": {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="},
		"/media/whip":   whipHeaders(f.ticket(func(t *mediaapi.Ticket) { t.AgentID = "agt_2" })),
	} {
		method, body := "GET", ""
		if path == "/media/whip" {
			method, body = "POST", f.browser().offer(500)
		}
		res, answer := f.do(method, path, body, headers)
		assert.Equal(t, 503, res.StatusCode, "%s: %s", path, answer)
		assert.Equal(t, "5", res.Header.Get("Retry-After"), path)
	}
}
