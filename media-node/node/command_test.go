package node_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/mediaapi"
)

// command posts a signed command without more to say, and returns the status of the answer.
func (f *fixture) command(contactID string, action mediaapi.Action) int {
	f.t.Helper()
	return f.commandOf(mediaapi.Command{ContactID: contactID, Action: action})
}

// commandOf posts a signed command to the path of its contact and returns the status of the answer.
func (f *fixture) commandOf(c mediaapi.Command) int {
	f.t.Helper()
	body, err := json.Marshal(c)
	require.NoError(f.t, err)
	return f.order(c.ContactID, string(body), testKey.SignCommand(body, time.Now()))
}

func (f *fixture) order(contactID, body, signature string) int {
	f.t.Helper()
	res, _ := f.do(http.MethodPost, mediaapi.CallCommandPath(contactID), body, map[string]string{mediaapi.SignatureHeader: signature})
	return res.StatusCode
}

func TestEndOfAVisitorsCall(t *testing.T) {
	t.Parallel()
	f := start(t)
	agent, visitor := f.talk()
	assert.Equal(t, http.StatusNoContent, f.command("ctc_1", mediaapi.ActionEnd))
	visitor.isCutOff()
	assert.Equal(t, http.StatusNotFound, f.command("ctc_1", mediaapi.ActionEnd), "it has ended already")
	f.eventually("agent.joined", "contact.joined", "contact.left ended")
	f.call("CA1", 30, 700)
	hears(t, &agent.ear, 700)
}

func TestEndOfAStream(t *testing.T) {
	t.Parallel()
	f := start(t)
	phone := f.call("CA1", 30, customerTone)
	f.eventually("contact.parked")
	assert.Equal(t, http.StatusNoContent, f.command("ctc_CA1", mediaapi.ActionEnd))
	assert.Equal(t, websocket.StatusNormalClosure, phone.closeStatus())
	f.eventually("contact.parked", "contact.left ended")
	assert.Equal(t, "CA1", f.event(1).CallSID)
}

func TestFindDoesNothing(t *testing.T) {
	t.Parallel()
	f := start(t)
	_, visitor := f.talk()
	assert.Equal(t, http.StatusNoContent, f.command("ctc_1", mediaapi.ActionFind))
	assert.Equal(t, http.StatusNotFound, f.command("ctc_2", mediaapi.ActionFind))
	visitor.ear.forget()
	hears(t, &visitor.ear, agentTone)
	f.eventually("agent.joined", "contact.joined")
}

func TestCommandsAreRefused(t *testing.T) {
	t.Parallel()
	f := start(t)
	f.call("CA1", 30, customerTone)
	f.eventually("contact.parked")
	now := time.Now()
	const (
		end         = `{"contactId":"ctc_CA1","action":"end"}`
		playNothing = `{"contactId":"ctc_CA1","action":"play","soundUrl":"https://store/rec_1.wav"}`
		playNowhere = `{"contactId":"ctc_CA1","action":"play","playbackId":"ply_1"}`
		playFile    = `{"contactId":"ctc_CA1","action":"play","playbackId":"ply_1","soundUrl":"file:///etc/passwd"}`
		stopNothing = `{"contactId":"ctc_CA1","action":"stop"}`
		holdWhen    = `{"contactId":"ctc_CA1","action":"hold"}`
		resumeWhen  = `{"contactId":"ctc_CA1","action":"resume","version":-1}`
		guestWhen   = `{"contactId":"ctc_CA1","action":"guest","guestId":"gst_1"}`
		guestNoName = `{"contactId":"ctc_CA1","action":"guest","guestAgentId":"agt_2","version":1}`
		moveWhen    = `{"contactId":"ctc_CA1","action":"transfer","agentId":"agt_2"}`
		moveWhere   = `{"contactId":"ctc_CA1","action":"transfer","version":1}`
		dialNothing = `{"contactId":"ctc_CA1","action":"digits","playbackId":"dig_1"}`
		dialNoName  = `{"contactId":"ctc_CA1","action":"digits","digits":"1"}`
		dialLetters = `{"contactId":"ctc_CA1","action":"digits","playbackId":"dig_1","digits":"1A2"}`
	)
	signed := func(body string) string { return testKey.SignCommand([]byte(body), now) }
	for name, tc := range map[string]struct {
		body, signature string
		want            int
	}{
		"not signed":              {end, "", 403},
		"signed by another":       {end, mediaapi.Key("another key of at least 32 bytes").SignCommand([]byte(end), now), 403},
		"signed as an event":      {end, testKey.SignEvent([]byte(end), now), 403},
		"signed as a closing":     {end, testKey.SignClosing([]byte(end), now), 403},
		"signed long ago":         {end, testKey.SignCommand([]byte(end), now.Add(-time.Hour)), 403},
		"signed for another call": {end, signed(`{"contactId":"ctc_2","action":"end"}`), 403},
		"no JSON":                 {"end", signed("end"), 422},
		"another type":            {`{"contactId":7}`, signed(`{"contactId":7}`), 422},
		"nothing":                 {"", signed(""), 422},
		"another contact":         {`{"contactId":"ctc_2","action":"end"}`, signed(`{"contactId":"ctc_2","action":"end"}`), 422},
		"no contact":              {`{"action":"end"}`, signed(`{"action":"end"}`), 422},
		"unknown action":          {`{"contactId":"ctc_CA1","action":"dance"}`, signed(`{"contactId":"ctc_CA1","action":"dance"}`), 422},
		"play what?":              {playNothing, signed(playNothing), 422},
		"play from where?":        {playNowhere, signed(playNowhere), 422},
		"play the node's files":   {playFile, signed(playFile), 422},
		"stop what?":              {stopNothing, signed(stopNothing), 422},
		"hold since when?":        {holdWhen, signed(holdWhen), 422},
		"resume since when?":      {resumeWhen, signed(resumeWhen), 422},
		"a guest since when?":     {guestWhen, signed(guestWhen), 422},
		"a guest without a name":  {guestNoName, signed(guestNoName), 422},
		"transfer since when?":    {moveWhen, signed(moveWhen), 422},
		"transfer to whom?":       {moveWhere, signed(moveWhere), 422},
		"dial nothing":            {dialNothing, signed(dialNothing), 422},
		"dial without a name":     {dialNoName, signed(dialNoName), 422},
		"dial letters":            {dialLetters, signed(dialLetters), 422},
		"no action":               {`{"contactId":"ctc_CA1"}`, signed(`{"contactId":"ctc_CA1"}`), 422},
		"too long":                {end + strings.Repeat(" ", 8<<10), signed(end + strings.Repeat(" ", 8<<10)), 413},
	} {
		assert.Equal(t, tc.want, f.order("ctc_CA1", tc.body, tc.signature), name)
	}
	assert.Equal(t, []string{"contact.parked"}, f.story(), "nothing was done")
}
