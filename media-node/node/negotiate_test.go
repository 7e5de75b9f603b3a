package node_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/pion/dtls/v3"
	"github.com/pion/webrtc/v4"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestBrowsersOfOtherKinds(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		settings func(*webrtc.SettingEngine)
		offer    func(string) string
	}{
		"node starts DTLS":   {offer: func(sdp string) string { return strings.ReplaceAll(sdp, "a=setup:actpass", "a=setup:passive") }},
		"browser starts it":  {offer: func(sdp string) string { return strings.ReplaceAll(sdp, "a=setup:actpass", "a=setup:active") }},
		"no AES-GCM":         {settings: func(s *webrtc.SettingEngine) { s.SetSRTPProtectionProfiles(dtls.SRTP_AES128_CM_HMAC_SHA1_80) }},
		"AES-GCM alone":      {settings: func(s *webrtc.SettingEngine) { s.SetSRTPProtectionProfiles(dtls.SRTP_AEAD_AES_128_GCM) }},
		"candidates unknown": {offer: withoutCandidates},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := start(t)
			b := f.browser(func(s *webrtc.SettingEngine) {
				if tc.settings != nil {
					tc.settings(s)
				}
			})
			offer := b.offer(agentTone)
			if tc.offer != nil {
				offer = tc.offer(offer)
			}
			res, answer := f.do(http.MethodPost, "/media/whip", offer, whipHeaders(f.ticket(nil)))
			require.Equal(t, http.StatusCreated, res.StatusCode, answer)
			require.NoError(t, b.pc.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeAnswer, SDP: answer}))
			f.eventually("agent.joined")
			customer := f.call("CA1", 30, customerTone)
			hears(t, &b.ear, customerTone)
			hears(t, &customer.ear, agentTone)
		})
	}
}

func TestCertificateMustBeTheOffered(t *testing.T) {
	t.Parallel()
	f := start(t)
	b := f.browser()
	offer := b.offer(agentTone)
	i := strings.Index(offer, "a=fingerprint:sha-256 ") + len("a=fingerprint:sha-256 ")
	swapped := offer[:i] + strings.NewReplacer("0", "1", "1", "2", "A", "B", "B", "A").Replace(offer[i:i+95]) + offer[i+95:]
	res, answer := f.do(http.MethodPost, "/media/whip", swapped, whipHeaders(f.ticket(nil)))
	require.Equal(t, http.StatusCreated, res.StatusCode, answer)
	require.NoError(t, b.pc.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeAnswer, SDP: answer}))
	require.Eventually(t, func() bool { return f.metric("media_sessions") == "1" }, patience, poll)
	require.Eventually(t, func() bool { return f.metric("media_sessions") == "0" }, patience, poll, "the session ends")
	assert.Empty(t, f.story(), "and was never up")
}

func withoutCandidates(sdp string) string {
	var kept strings.Builder
	for line := range strings.Lines(sdp) {
		if !strings.HasPrefix(line, "a=candidate") && !strings.HasPrefix(line, "a=end-of-candidates") {
			kept.WriteString(line)
		}
	}
	return kept.String()
}
