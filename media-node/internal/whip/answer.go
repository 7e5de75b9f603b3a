package whip

import (
	"fmt"
	"net/netip"
	"strings"

	"guichet/media-node/internal/peer"
)

// local is what the node says about itself in answers.
type local struct {
	fingerprint string
	candidates  []netip.AddrPort
}

// answer accepts the audio section and rejects the others.
func (l *local) answer(o *offer, credentials peer.Credentials, ssrc uint32) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\r\n", args...) }
	line("v=0")
	line("o=- %d 1 IN IP4 0.0.0.0", ssrc) // any number that names this session
	line("s=-")
	line("t=0 0")
	line("a=ice-lite")
	line("a=msid-semantic:WMS *")
	if o.bundled {
		line("a=group:BUNDLE %s", o.sections[o.audio].mid)
	}
	for i, s := range o.sections {
		if i != o.audio {
			line("m=%s 0 %s %s", s.media, s.protos, s.firstFormat)
			line("c=IN IP4 0.0.0.0")
			l.mid(line, s)
			line("a=inactive")
			continue
		}
		line("m=audio %d %s %d", l.port(), s.protos, o.remote.PayloadType)
		line("c=IN IP4 0.0.0.0")
		l.mid(line, s)
		l.transport(line, credentials)
		line("a=fingerprint:sha-256 %s", l.fingerprint)
		line("a=setup:%s", map[bool]string{true: "passive", false: "active"}[o.remote.Active])
		line("a=rtcp-mux")
		line("a=sendrecv")
		line("a=rtpmap:%d PCMU/8000", o.remote.PayloadType)
		line("a=ptime:20")
		line("a=maxptime:60")
		line("a=msid:call call")
		line("a=ssrc:%d cname:media-node", ssrc)
	}
	return b.String()
}

// fragment is the answer to an ICE restart (RFC 8840, section 9).
func (l *local) fragment(mid string, credentials peer.Credentials) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\r\n", args...) }
	line("a=ice-lite")
	line("m=audio 9 UDP/TLS/RTP/SAVPF 0")
	if mid != "" {
		line("a=mid:%s", mid)
	}
	l.transport(line, credentials)
	return b.String()
}

func (l *local) mid(line func(string, ...any), s section) {
	if s.mid != "" {
		line("a=mid:%s", s.mid)
	}
}

func (l *local) transport(line func(string, ...any), credentials peer.Credentials) {
	line("a=ice-ufrag:%s", credentials.Ufrag)
	line("a=ice-pwd:%s", credentials.Password)
	for i, c := range l.candidates {
		// Host candidates of component 1; earlier ones are preferred (RFC 8445, section 5.1.2.1).
		line("a=candidate:%d 1 udp %d %s %d typ host", i+1, 126<<24|(65535-i)<<8|255, c.Addr(), c.Port())
	}
	line("a=end-of-candidates")
}

func (l *local) port() uint16 {
	if len(l.candidates) == 0 {
		return 9
	}
	return l.candidates[0].Port()
}
