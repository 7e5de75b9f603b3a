package node_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/pion/webrtc/v4"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/media-node/node"
	"guichet/shared/mediaapi"
)

const (
	typeSDP      = "application/sdp"
	typeFragment = "application/trickle-ice-sdpfrag"
)

func whipHeaders(token string) map[string]string {
	return map[string]string{"Authorization": "Bearer " + token, "Content-Type": typeSDP}
}

func TestWHIPAnswer(t *testing.T) {
	t.Parallel()
	f := start(t)
	res, answer := f.do("POST", node.PathWHIP, f.browser().offer(agentTone), whipHeaders(f.ticket(nil)))
	require.Equal(t, http.StatusCreated, res.StatusCode, answer)
	assert.Equal(t, typeSDP, res.Header.Get("Content-Type"))
	assert.Regexp(t, `^/media/whip/ses_[A-Z2-7]{26}$`, res.Header.Get("Location"))
	assert.Regexp(t, `^"[A-Z2-7]{26}"$`, res.Header.Get("ETag"))
	assert.Contains(t, answer, "a=ice-lite\r\n")
	assert.Contains(t, answer, fmt.Sprintf(" 127.0.0.1 %d typ host\r\n", f.node.UDPAddr().Port()))
	assert.Contains(t, answer, "a=rtpmap:0 PCMU/8000\r\n")
	assert.NotContains(t, strings.ToLower(answer), "opus")
}

func TestWHIPRefuses(t *testing.T) {
	t.Parallel()
	f := start(t)
	good := f.browser().offer(agentTone)
	used := f.ticket(nil)
	res, _ := f.do("POST", node.PathWHIP, good, whipHeaders(used))
	require.Equal(t, http.StatusCreated, res.StatusCode)
	without := func(line string) string {
		var kept []string
		for l := range strings.Lines(good) {
			if !strings.HasPrefix(l, line) {
				kept = append(kept, l)
			}
		}
		return strings.Join(kept, "")
	}
	fresh := func() map[string]string { return whipHeaders(f.ticket(nil)) }
	for name, tc := range map[string]struct {
		body    string
		headers map[string]string
		want    int
	}{
		"no ticket":            {good, map[string]string{"Content-Type": typeSDP}, 401},
		"not a bearer":         {good, map[string]string{"Content-Type": typeSDP, "Authorization": "Basic " + f.ticket(nil)}, 401},
		"no token":             {good, whipHeaders("x.y"), 401},
		"ticket used before":   {good, whipHeaders(used), 401},
		"expired ticket":       {good, whipHeaders(f.ticket(func(t *mediaapi.Ticket) { t.ExpiresUnix = time.Now().Unix() - 1 })), 401},
		"ticket for a stream":  {good, whipHeaders(f.streamTicket("CA1", 1)), 401},
		"ticket for realtime":  {good, whipHeaders(f.ticket(func(t *mediaapi.Ticket) { t.Purpose = mediaapi.PurposeRealtime })), 401},
		"JSON":                 {good, map[string]string{"Content-Type": "application/json", "Authorization": "Bearer " + f.ticket(nil)}, 415},
		"no type":              {good, map[string]string{"Authorization": "Bearer " + f.ticket(nil)}, 415},
		"huge body":            {good + strings.Repeat("a=x\r\n", 20000), fresh(), 413},
		"no SDP":               {"hello", fresh(), 400},
		"no audio":             {strings.Replace(good, "m=audio", "m=video", 1), fresh(), 422},
		"one way":              {strings.Replace(good, "a=sendrecv", "a=sendonly", 1), fresh(), 422},
		"no PCMU":              {strings.NewReplacer(" 0 8", " 8", "rtpmap:0 PCMU", "rtpmap:8 PCMA").Replace(good), fresh(), 422},
		"no fingerprint":       {without("a=fingerprint"), fresh(), 422},
		"weak fingerprint":     {strings.ReplaceAll(good, "a=fingerprint:sha-256", "a=fingerprint:md5"), fresh(), 422},
		"no ICE user":          {without("a=ice-ufrag"), fresh(), 422},
		"short ICE password":   {without("a=ice-pwd") + "a=ice-pwd:short\r\n", fresh(), 422},
		"no multiplexed RTCP":  {without("a=rtcp-mux"), fresh(), 422},
		"unencrypted":          {strings.Replace(good, "UDP/TLS/RTP/SAVPF", "RTP/AVP", 1), fresh(), 422},
		"DTLS held":            {strings.Replace(good, "a=setup:actpass", "a=setup:holdconn", 1), fresh(), 422},
		"no DTLS role":         {without("a=setup"), fresh(), 422},
		"too many m= sections": {good + strings.Repeat("m=audio 9 UDP/TLS/RTP/SAVPF 0\r\n", 20), fresh(), 422},
	} {
		res, body := f.do("POST", node.PathWHIP, tc.body, tc.headers)
		assert.Equal(t, tc.want, res.StatusCode, "%s: %s", name, body)
		assert.Equal(t, "application/problem+json", res.Header.Get("Content-Type"), name)
		var p struct{ Status int }
		require.NoError(t, json.Unmarshal([]byte(body), &p), name)
		assert.Equal(t, tc.want, p.Status, name)
		assert.NotContains(t, body, "eyJ", "no ticket in an answer")
	}
	assert.Empty(t, f.story())
}

func TestWHIPMethods(t *testing.T) {
	t.Parallel()
	f := start(t)
	for _, tc := range []struct {
		method, path string
		want         int
		header       string
		value        string
	}{
		{"OPTIONS", "/media/whip", 204, "Accept-Post", typeSDP},
		{"OPTIONS", "/media/whip/ses_1", 204, "Accept-Patch", typeFragment},
		{"GET", "/media/whip", 405, "Allow", "OPTIONS, POST"},
		{"PUT", "/media/whip", 405, "Allow", "OPTIONS, POST"},
		{"GET", "/media/whip/ses_1", 405, "Allow", "OPTIONS, PATCH, DELETE"},
		{"DELETE", "/media/whip/ses_1", 401, "WWW-Authenticate", "Bearer"},
		{"GET", "/media/other", 404, "Content-Type", "application/problem+json"},
		{"GET", "/media/twilio", 426, "Upgrade", "websocket"},
		{"GET", "/media/healthz", 200, "Content-Type", "text/plain; charset=utf-8"},
	} {
		res, body := f.do(tc.method, tc.path, "", nil)
		assert.Equal(t, tc.want, res.StatusCode, "%s %s: %s", tc.method, tc.path, body)
		assert.Equal(t, tc.value, res.Header.Get(tc.header), "%s %s", tc.method, tc.path)
	}
}

func TestWHIPSessionIsItsBearersAlone(t *testing.T) {
	t.Parallel()
	f := start(t)
	agent := f.join(f.ticket(nil), agentTone)
	f.eventually("agent.joined")
	stranger := map[string]string{"Authorization": "Bearer " + f.ticket(nil)}
	res, _ := f.do("DELETE", agent.location, "", stranger)
	assert.Equal(t, 401, res.StatusCode)
	res, _ = f.do("DELETE", agent.location+"x", "", stranger)
	assert.Equal(t, 404, res.StatusCode)
	assert.Equal(t, []string{"agent.joined"}, f.story())
	agent.leave()
	f.eventually("agent.joined", "agent.left closed")
	res, _ = f.do("DELETE", agent.location, "", map[string]string{"Authorization": "Bearer " + agent.token})
	assert.Equal(t, 404, res.StatusCode)
}

func TestPatchPreconditions(t *testing.T) {
	t.Parallel()
	f := start(t)
	agent := f.join(f.ticket(nil), agentTone)
	ufrag, password := credentials(agent.pc.LocalDescription().SDP)
	same := fmt.Sprintf("a=ice-ufrag:%s\r\na=ice-pwd:%s\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\na=candidate:1 1 udp 1 192.0.2.1 5000 typ host\r\n", ufrag, password)
	fresh := strings.Replace(same, ufrag, "newfragment", 1)
	for name, tc := range map[string]struct {
		body, match, contentType string
		want                     int
	}{
		"candidates":                {same, agent.etag, typeFragment, 204},
		"candidates, any":           {same, "*", typeFragment, 204},
		"candidates, unconditional": {same, "", typeFragment, 428},
		"candidates, stale":         {same, `"stale"`, typeFragment, 412},
		"restart needs *":           {fresh, agent.etag, typeFragment, 412},
		"restart, unconditional":    {fresh, "", typeFragment, 428},
		"no credentials":            {"a=candidate:1 1 udp 1 192.0.2.1 5000 typ host\r\n", "*", typeFragment, 422},
		"no SDP":                    {"hello", "*", typeFragment, 422},
		"SDP":                       {same, "*", typeSDP, 415},
		"huge":                      {same + strings.Repeat("a=x\r\n", 5000), "*", typeFragment, 413},
	} {
		headers := map[string]string{"Authorization": "Bearer " + agent.token, "Content-Type": tc.contentType}
		if tc.match != "" {
			headers["If-Match"] = tc.match
		}
		res, body := f.do("PATCH", agent.location, tc.body, headers)
		assert.Equal(t, tc.want, res.StatusCode, "%s: %s", name, body)
	}
}

// restartICE moves the session to new ICE credentials, as a page does whose network has changed.
func (b *browser) restartICE() {
	t := b.f.t
	t.Helper()
	before := b.pc.RemoteDescription().SDP
	offer, err := b.pc.CreateOffer(&webrtc.OfferOptions{ICERestart: true})
	require.NoError(t, err)
	require.NoError(t, b.pc.SetLocalDescription(offer))
	ufrag, password := credentials(offer.SDP)
	res, answer := b.f.do("PATCH", b.location, fmt.Sprintf("m=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\na=ice-ufrag:%s\r\na=ice-pwd:%s\r\n", ufrag, password),
		map[string]string{"Authorization": "Bearer " + b.token, "Content-Type": typeFragment, "If-Match": "*"})
	require.Equal(t, http.StatusOK, res.StatusCode, answer)
	assert.Equal(t, typeFragment, res.Header.Get("Content-Type"))
	assert.NotEqual(t, b.etag, res.Header.Get("ETag"))
	oldUfrag, oldPassword := credentials(before)
	newUfrag, newPassword := credentials(answer)
	require.NotEqual(t, oldUfrag, newUfrag)
	after := strings.NewReplacer(oldUfrag, newUfrag, oldPassword, newPassword).Replace(before)
	require.NoError(t, b.pc.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeAnswer, SDP: after}))
}

func TestICERestartKeepsTheCall(t *testing.T) {
	t.Parallel()
	for name, whose := range map[string]func(agent, visitor *browser) *browser{
		"the agent's":   func(agent, _ *browser) *browser { return agent },
		"the visitor's": func(_, visitor *browser) *browser { return visitor },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := start(t)
			agent, visitor := f.talk()
			moved := whose(agent, visitor)
			moved.restartICE()
			time.Sleep(time.Second) // audio of the old path has passed
			agent.ear.forget()
			visitor.ear.forget()
			hears(t, &agent.ear, customerTone)
			hears(t, &visitor.ear, agentTone)
			assert.Equal(t, []string{"agent.joined", "contact.joined"}, f.story())
			require.Eventually(t, func() bool { return moved.pc.ICEConnectionState() == webrtc.ICEConnectionStateConnected }, patience, poll)
		})
	}
}
