package whip

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/pion/sdp/v3"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/media-node/internal/peer"
)

// chromeOffer has what Chrome's offer for one microphone has, in the same order, with other numbers.
var chromeOffer = strings.ReplaceAll(`v=0
o=- 4611731400430051336 2 IN IP4 127.0.0.1
s=-
t=0 0
a=group:BUNDLE 0
a=extmap-allow-mixed
a=msid-semantic: WMS
m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126
c=IN IP4 0.0.0.0
a=rtcp:9 IN IP4 0.0.0.0
a=candidate:1 1 udp 2113937151 3d5f1d4c-5c0b-4a51-a0a1-0e3f1a2b3c4d.local 51234 typ host generation 0 network-cost 999
a=ice-ufrag:7sFv
a=ice-pwd:dOTZKZNVlO9RSGsEGM63JXT2
a=ice-options:trickle
a=fingerprint:sha-256 7B:8B:F0:65:5F:78:E2:51:3B:AC:6F:F3:3F:46:1B:35:DC:B8:5F:64:1A:24:C2:43:F0:A1:58:D0:A1:2C:19:08
a=setup:actpass
a=mid:0
a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
a=sendrecv
a=msid:- 2f2a4b5c
a=rtcp-mux
a=rtcp-rsize
a=rtpmap:111 opus/48000/2
a=fmtp:111 minptime=10;useinbandfec=1
a=rtpmap:9 G722/8000
a=rtpmap:0 PCMU/8000
a=rtpmap:8 PCMA/8000
a=ssrc:1001 cname:c
`, "\n", "\r\n")

var fromHere = local{
	fingerprint: "AA:BB",
	candidates:  []netip.AddrPort{netip.MustParseAddrPort("203.0.113.7:3478"), netip.MustParseAddrPort("[2001:db8::7]:3478")},
}

func TestChromeOffer(t *testing.T) {
	t.Parallel()
	o, err := parseOffer([]byte(chromeOffer))
	require.NoError(t, err)
	assert.Equal(t, "7sFv", o.remote.Ufrag)
	assert.True(t, o.remote.Active)
	assert.Zero(t, o.remote.PayloadType)
	answer := fromHere.answer(o, peer.Credentials{Ufrag: "ufrag", Password: "password"}, 7)
	for _, line := range []string{
		"a=ice-lite", "a=group:BUNDLE 0", "m=audio 3478 UDP/TLS/RTP/SAVPF 0", "a=mid:0", "a=setup:passive", "a=ice-ufrag:ufrag", "a=ice-pwd:password",
		"a=fingerprint:sha-256 AA:BB", "a=rtcp-mux", "a=sendrecv", "a=rtpmap:0 PCMU/8000", "a=end-of-candidates",
		"a=candidate:1 1 udp 2130706431 203.0.113.7 3478 typ host", "a=candidate:2 1 udp 2130706175 2001:db8::7 3478 typ host",
	} {
		assert.Contains(t, answer, "\r\n"+line+"\r\n")
	}
}

func TestOtherOffers(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		replace []string
		check   func(*testing.T, *offer, string)
	}{
		"server starts DTLS": {[]string{"a=setup:actpass", "a=setup:passive"}, func(t *testing.T, o *offer, answer string) {
			assert.False(t, o.remote.Active)
			assert.Contains(t, answer, "a=setup:active\r\n")
		}},
		"PCMU under another number": {[]string{" 0 8 13", " 100 8 13", "a=rtpmap:0 PCMU/8000", "a=rtpmap:100 pcmu/8000/1"}, func(t *testing.T, o *offer, answer string) {
			assert.EqualValues(t, 100, o.remote.PayloadType)
			assert.Contains(t, answer, "a=rtpmap:100 PCMU/8000\r\n")
		}},
		"video besides": {[]string{"a=group:BUNDLE 0", "a=group:BUNDLE 0 1", "a=ssrc:1001 cname:c\r\n", "m=video 9 UDP/TLS/RTP/SAVPF 96\r\nc=IN IP4 0.0.0.0\r\na=mid:1\r\na=rtpmap:96 VP8/90000\r\n"}, func(t *testing.T, _ *offer, answer string) {
			assert.Contains(t, answer, "m=video 0 UDP/TLS/RTP/SAVPF 96\r\nc=IN IP4 0.0.0.0\r\na=mid:1\r\na=inactive\r\n")
			assert.Contains(t, answer, "a=group:BUNDLE 0\r\n")
		}},
		"rejected audio before": {[]string{"m=audio 9", "m=audio 0 UDP/TLS/RTP/SAVPF 0\r\na=mid:9\r\nm=audio 9"}, func(t *testing.T, o *offer, answer string) {
			assert.Equal(t, 1, o.audio)
			assert.Less(t, strings.Index(answer, "m=audio 0 "), strings.Index(answer, "m=audio 3478 "))
		}},
		"no bundle":                    {[]string{"a=group:BUNDLE 0\r\n", ""}, func(t *testing.T, _ *offer, answer string) { assert.NotContains(t, answer, "BUNDLE") }},
		"transport of the whole offer": {[]string{"a=setup:actpass\r\n", "", "t=0 0\r\n", "t=0 0\r\na=setup:active\r\n"}, func(t *testing.T, o *offer, _ string) { assert.True(t, o.remote.Active) }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o, err := parseOffer([]byte(strings.NewReplacer(tc.replace...).Replace(chromeOffer)))
			require.NoError(t, err)
			tc.check(t, o, fromHere.answer(o, peer.Credentials{}, 1))
		})
	}
}

func FuzzOffer(f *testing.F) {
	f.Add([]byte(chromeOffer))
	f.Add([]byte("v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF\r\n"))
	f.Fuzz(func(t *testing.T, body []byte) {
		o, err := parseOffer(body)
		if err != nil {
			return
		}
		answer := fromHere.answer(o, peer.Credentials{Ufrag: "ufrag", Password: "password"}, 1)
		var desc sdp.SessionDescription
		require.NoError(t, desc.UnmarshalString(answer), "an offer that is accepted gets a valid answer")
		require.Len(t, desc.MediaDescriptions, len(o.sections))
		require.Equal(t, 1, strings.Count(answer, "a=fingerprint:"), "nothing of the offer becomes a line of the answer")
	})
}

func FuzzFragment(f *testing.F) {
	f.Add([]byte("a=ice-ufrag:EsAw\r\na=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\na=candidate:1 1 udp 1 192.0.2.1 61764 typ host\r\na=end-of-candidates\r\n"))
	f.Add([]byte("a=ice-ufrag:EsAw\na=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\n"))
	f.Fuzz(func(t *testing.T, body []byte) {
		fr, err := parseFragment(body)
		if err != nil {
			return
		}
		answer := fromHere.fragment(fr.mid, peer.Credentials{Ufrag: "ufrag", Password: "password00000000000000"})
		again, err := parseFragment([]byte(answer))
		require.NoError(t, err)
		require.Equal(t, fr.mid, again.mid)
		require.Equal(t, "ufrag", again.ufrag)
	})
}
