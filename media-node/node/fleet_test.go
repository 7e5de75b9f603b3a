package node_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/media-node/node"
	"guichet/shared/mediaapi"
)

// lineOf calls for an agent, through whichever node the front chooses.
func (f *fixture) lineOf(callSID, agentID string) *phone {
	f.t.Helper()
	p := f.dial(callSID)
	p.start(f.ticket(func(t *mediaapi.Ticket) {
		t.Purpose, t.AgentID, t.ContactID, t.CallSID, t.ParkSeconds = mediaapi.PurposeStream, agentID, "ctc_"+callSID, callSID, 60
	}))
	p.sound(customerTone)
	return p
}

func TestACallThroughAnyNodeReachesItsAgent(t *testing.T) {
	t.Parallel()
	l := startFleet(t, 3)
	agent := l.join(l.ticket(nil), agentTone)
	l.eventually("agent.joined")
	want := []string{"agent.joined"}
	for through := range l.members {
		f := l.through(through)
		sid := fmt.Sprintf("CA%d", through)
		customer := f.call(sid, 30, customerTone)
		agent.ear.forget()
		hears(t, &agent.ear, customerTone)
		hears(t, &customer.ear, agentTone)
		l.through((through+1)%3).hold("ctc_"+sid, mediaapi.ActionHold, 1)
		hearsMusic(t, &customer.ear, agentTone)
		assert.Equal(t, http.StatusNotFound, l.through((through+2)%3).command("ctc_nowhere", mediaapi.ActionFind))
		l.through((through+2)%3).hold("ctc_"+sid, mediaapi.ActionResume, 2)
		hears(t, &customer.ear, agentTone)
		customer.hangUp()
		assert.Equal(t, websocket.StatusNormalClosure, customer.closeStatus())
		want = append(want, "contact.joined", "contact.left stopped")
		l.eventually(want...)
	}
	home := l.home(0)
	for i := range want {
		assert.Equal(t, home, l.home(i), "all of it on the agent's node")
	}
	for i := range l.members { // any node ends the session, whichever has it
		if i != home {
			l.through(i)
			break
		}
	}
	agent.leave()
	l.eventually(append(want, "agent.left closed")...)
}

// Whoever comes first, and by whichever nodes, both meet: they choose the same one without a word.
func TestAgentAndCallerMeetWhoeverComesFirst(t *testing.T) {
	t.Parallel()
	l := startFleet(t, 3)
	for n := range 6 {
		agentID, sid := fmt.Sprintf("agt_%d", n), fmt.Sprintf("CB%d", n)
		customer := l.through(n%3).lineOf(sid, agentID)
		agent := l.through((n+1+n/3)%3).join(l.agentTicket(agentID), agentTone)
		hears(t, &agent.ear, customerTone)
		hears(t, &customer.ear, agentTone)
		agent.leave()
		customer.hangUp()
		customer.closeStatus()
	}
}

func TestSessionsAreRestartedThroughAnyNode(t *testing.T) {
	t.Parallel()
	l := startFleet(t, 2)
	agent := l.through(0).join(l.ticket(nil), agentTone)
	l.eventually("agent.joined")
	fragment := "a=ice-ufrag:EsAw\r\na=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\n"
	for through := range l.members {
		headers := map[string]string{"Authorization": "Bearer " + agent.token, "Content-Type": typeFragment, "If-Match": "*"}
		res, body := l.through(through).do(http.MethodPatch, agent.location, strings.Replace(fragment, "EsAw", fmt.Sprint("EsAw", through), 1), headers)
		require.Equal(t, http.StatusOK, res.StatusCode, body)
		assert.Contains(t, body, "a=ice-ufrag:")
		assert.Equal(t, []string{"*"}, res.Header.Values("Access-Control-Allow-Origin"), "once: browsers refuse two")
		res, _ = l.do(http.MethodDelete, agent.location+"X", "", headers)
		assert.Equal(t, http.StatusNotFound, res.StatusCode)
	}
}

func TestATicketIsGoodOnceInAllNodes(t *testing.T) {
	t.Parallel()
	l := startFleet(t, 3)
	token := l.ticket(nil)
	l.through(0).join(token, agentTone)
	l.eventually("agent.joined")
	for through := range l.members {
		res, _ := l.through(through).do(http.MethodPost, node.PathWHIP, l.browser().offer(agentTone), whipHeaders(token))
		assert.Equal(t, http.StatusUnauthorized, res.StatusCode)
	}
	line := l.streamTicket("CA1", 30)
	first := l.through(0).dial("CA1")
	first.start(line)
	l.eventually("agent.joined", "contact.joined")
	for through := range l.members {
		again := l.through(through).dial("CA1")
		again.start(line)
		assert.Equal(t, websocket.StatusPolicyViolation, again.closeStatus())
	}
	assert.Len(t, l.story(), 2)
}

func TestATicketIsNotGoodAgainOnANewNode(t *testing.T) {
	t.Parallel()
	l := startFleet(t, 1)
	token := l.ticket(nil)
	l.join(token, agentTone).leave()
	require.NoError(t, l.members[0].node.Drain(t.Context())) // it takes nobody any more, but remembers
	l.add()
	l.meet()
	res, _ := l.through(1).do(http.MethodPost, node.PathWHIP, l.browser().offer(agentTone), whipHeaders(token))
	assert.Equal(t, http.StatusUnauthorized, res.StatusCode)
	l.through(1).join(l.ticket(nil), agentTone)
}

func TestRoomsMeet(t *testing.T) {
	t.Parallel()
	l := startFleet(t, 3)
	for n := range 3 { // of which each has another node that it belongs to, or may
		id := fmt.Sprintf("rm_%d", n)
		first, _ := l.through(0).visitRoom(id)
		second, welcome := l.through(1).visitRoom(id)
		assert.Contains(t, welcome, `"name":"Ada"`, "the first is there")
		body, err := json.Marshal(mediaapi.RoomClosing{RoomID: id, LinksExpireUnix: 9999999999})
		require.NoError(t, err)
		res, _ := l.through(2).do(http.MethodPost, mediaapi.RoomClosePath(id), string(body), map[string]string{mediaapi.SignatureHeader: testKey.SignClosing(body, time.Now())})
		require.Equal(t, http.StatusNoContent, res.StatusCode)
		for _, page := range []*websocket.Conn{first, second} {
			assert.Equal(t, websocket.StatusCode(4410), closeOf(t, page))
		}
		for through := range l.members {
			late := l.through(through).enterRoom(id)
			assert.Equal(t, websocket.StatusCode(4410), closeOf(t, late), "no node lets anybody in")
		}
	}
}

// closeOf reads until the node closes the connection.
func closeOf(t *testing.T, page *websocket.Conn) websocket.StatusCode {
	t.Helper()
	for {
		if _, _, err := page.Read(t.Context()); err != nil {
			return websocket.CloseStatus(err)
		}
	}
}

func TestANodeThatIsGone(t *testing.T) {
	t.Parallel()
	l := startFleet(t, 3)
	l.join(l.ticket(nil), agentTone)
	l.eventually("agent.joined")
	home := l.home(0)
	other := (home + 1) % 3
	customer := l.through(other).call("CA1", 30, customerTone)
	l.eventually("agent.joined", "contact.joined")

	l.members[home].end()
	began := time.Now()
	customer.closeStatus() // the provider asks what to do next
	assert.Equal(t, http.StatusServiceUnavailable, l.through(other).command("ctc_CA1", mediaapi.ActionFind), "it is listed still")
	back := l.join(l.ticket(nil), agentTone)
	again := l.through((home+2)%3).call("CA1", 30, customerTone)
	hears(t, &back.ear, customerTone)
	hears(t, &again.ear, agentTone)
	assert.Less(t, time.Since(began), 8*time.Second)
	l.mu.Lock()
	l.listed = slices.Delete(l.listed, home, home+1)
	l.mu.Unlock()
	require.Eventually(t, func() bool { return l.command("ctc_nowhere", mediaapi.ActionFind) == http.StatusNotFound }, patience, poll, "it is forgotten")
}

// A list of nodes that names others, by mistake or malice, hands nothing to them: who has not the key answers no question.
func TestAForgedNodeIsGivenNothing(t *testing.T) {
	t.Parallel()
	l := startFleet(t, 2)
	var asked, given atomic.Int64
	forged := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/media/") || r.URL.Path == "/fleet/summons" {
			given.Add(1)
		}
		asked.Add(1)
		var q struct{ Nonce string }
		_ = json.NewDecoder(r.Body).Decode(&q)
		body := fmt.Sprintf(`{"nonce":%q,"node":"zzz","much":9,"open":true}`, q.Nonce)
		w.Header().Set(mediaapi.SignatureHeader, mediaapi.Key("another key of at least 32 bytes").SignAnswer([]byte(body), time.Now()))
		_, _ = w.Write([]byte(body))
	}))
	defer forged.Close()
	l.list(forged.Listener.Addr().String())
	require.Eventually(t, func() bool { return asked.Load() > 3 }, patience, poll)
	agent := l.join(l.ticket(nil), agentTone)
	customer := l.call("CA1", 30, customerTone)
	hears(t, &agent.ear, customerTone)
	assert.Equal(t, http.StatusNoContent, l.command("ctc_CA1", mediaapi.ActionFind))
	customer.hangUp()
	customer.closeStatus()
	assert.Zero(t, given.Load())
}

func TestQuestionsOfStrangersAreRefused(t *testing.T) {
	t.Parallel()
	l := startFleet(t, 2)
	l.join(l.ticket(nil), agentTone)
	l.eventually("agent.joined")
	body := `{"nonce":"1","kind":"headset","agentId":"agt_1"}`
	summons := `{"contactId":"ctc_1","agentIds":["agt_1"]}`
	for name, signature := range map[string]string{
		"none":         "",
		"as a command": testKey.SignCommand([]byte(body), time.Now()),
		"another key":  mediaapi.Key("another key of at least 32 bytes").SignQuestion([]byte(body), time.Now()),
		"long ago":     testKey.SignQuestion([]byte(body), time.Now().Add(-time.Hour)),
	} {
		for path, body := range map[string]string{"/fleet/question": body, "/fleet/summons": summons} {
			r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, l.members[0].fleet.URL+path, strings.NewReader(body))
			require.NoError(t, err)
			r.Header.Set(mediaapi.SignatureHeader, signature)
			res, err := l.client.Do(r)
			require.NoError(t, err)
			_ = res.Body.Close()
			assert.Equal(t, http.StatusForbidden, res.StatusCode, name)
			res, _ = l.do(http.MethodPost, path, body, map[string]string{mediaapi.SignatureHeader: testKey.SignQuestion([]byte(body), time.Now())})
			assert.Equal(t, http.StatusNotFound, res.StatusCode, "not on the public side")
		}
	}
	assert.Equal(t, []string{"agent.joined"}, l.story())
}

func TestALoopIsRefused(t *testing.T) {
	t.Parallel()
	l := startFleet(t, 2)
	l.list(l.server.Listener.Addr().String()) // the front, by mistake
	time.Sleep(300 * time.Millisecond)        // they ask it, and again
	agent := l.join(l.ticket(nil), agentTone)
	customer := l.call("CA1", 30, customerTone)
	hears(t, &agent.ear, customerTone)
	assert.Equal(t, http.StatusNotFound, l.command("ctc_2", mediaapi.ActionFind))
	customer.hangUp()
	customer.closeStatus()
	for _, path := range []string{node.PathWHIP, node.PathTwilio, mediaapi.RoomPath + "/rm_1", mediaapi.CallCommandPath("ctc_1")} {
		res, _ := l.do(http.MethodGet, path, "", map[string]string{"Guichet-Passed-On": "node-0"})
		assert.Equal(t, http.StatusLoopDetected, res.StatusCode, path)
	}
}
