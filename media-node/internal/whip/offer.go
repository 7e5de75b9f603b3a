// Package whip serves browsers, agents' and webchat visitors': WHIP (RFC 9725) with one difference, which is that the one
// audio stream goes both ways. It negotiates; the audio itself goes from peer to bridge.
package whip

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/pion/sdp/v3"

	"guichet/media-node/internal/peer"
)

// errOffer is wrapped by every error of parseOffer: the offer can be read, but not be answered.
var errOffer = errors.New("offer not acceptable")

// errSDP is returned when the body is no SDP.
var errSDP = errors.New("not an SDP offer")

const (
	maxMediaSections = 16
	maxICEText       = 256 // RFC 8839, section 5.4
)

// offer is what the node needs of an SDP offer.
type offer struct {
	remote   peer.Remote
	sections []section
	audio    int // index of the section that is accepted
	bundled  bool
}

// section is one m= section, as far as the answer repeats it.
type section struct {
	media, protos, firstFormat, mid string
}

func parseOffer(body []byte) (*offer, error) {
	var desc sdp.SessionDescription
	if err := desc.Unmarshal(body); err != nil {
		return nil, fmt.Errorf("%w: %w", errSDP, err)
	}
	if len(desc.MediaDescriptions) > maxMediaSections {
		return nil, fmt.Errorf("%w: too many media sections", errOffer)
	}
	o := &offer{audio: -1}
	for i, m := range desc.MediaDescriptions {
		if len(m.MediaName.Formats) == 0 {
			return nil, fmt.Errorf("%w: media section without format", errSDP)
		}
		mid, _ := m.Attribute("mid")
		o.sections = append(o.sections, section{m.MediaName.Media, strings.Join(m.MediaName.Protos, "/"), m.MediaName.Formats[0], mid})
		if o.audio < 0 && m.MediaName.Media == "audio" && m.MediaName.Port.Value != 0 {
			o.audio = i
		}
	}
	if o.audio < 0 {
		return nil, fmt.Errorf("%w: no audio", errOffer)
	}
	group, _ := desc.Attribute("group")
	mids := strings.Fields(group)
	o.bundled = len(mids) > 0 && mids[0] == "BUNDLE" && slices.Contains(mids[1:], o.sections[o.audio].mid)
	return o, o.readAudio(&desc, desc.MediaDescriptions[o.audio])
}

func (o *offer) readAudio(desc *sdp.SessionDescription, m *sdp.MediaDescription) error {
	attribute := func(name string) string {
		if v, ok := m.Attribute(name); ok {
			return v
		}
		v, _ := desc.Attribute(name)
		return v
	}
	if p := o.sections[o.audio].protos; p != "UDP/TLS/RTP/SAVPF" && p != "UDP/TLS/RTP/SAVP" {
		return fmt.Errorf("%w: transport %q is not DTLS-SRTP", errOffer, p)
	}
	if _, mux := m.Attribute("rtcp-mux"); !mux {
		return fmt.Errorf("%w: rtcp-mux is needed", errOffer)
	}
	for _, other := range []string{"recvonly", "sendonly", "inactive"} {
		if _, found := m.Attribute(other); found {
			return fmt.Errorf("%w: the audio goes both ways, not %s", errOffer, other)
		}
	}
	o.remote.Ufrag, o.remote.Fingerprint = attribute("ice-ufrag"), attribute("fingerprint")
	if !validICE(o.remote.Ufrag, 4) || !validICE(attribute("ice-pwd"), 22) {
		return fmt.Errorf("%w: ICE credentials", errOffer)
	}
	if hash, value, ok := strings.Cut(o.remote.Fingerprint, " "); !ok || !strings.HasPrefix(strings.ToLower(hash), "sha-") || value == "" {
		return fmt.Errorf("%w: certificate fingerprint", errOffer)
	}
	switch setup := attribute("setup"); setup {
	case "actpass", "active":
		o.remote.Active = true
	case "passive":
	default:
		return fmt.Errorf("%w: DTLS setup %q", errOffer, setup)
	}
	payloadType, ok := pcmu(m)
	if !ok {
		return fmt.Errorf("%w: PCMU is needed", errOffer)
	}
	o.remote.PayloadType = payloadType
	return nil
}

// pcmu finds the payload type of G.711 μ-law: 0 by definition (RFC 3551), or one that is mapped.
func pcmu(m *sdp.MediaDescription) (uint8, bool) {
	if slices.Contains(m.MediaName.Formats, "0") {
		return 0, true
	}
	for _, a := range m.Attributes {
		format, codec, _ := strings.Cut(a.Value, " ")
		if a.Key != "rtpmap" || !strings.EqualFold(strings.TrimSuffix(codec, "/1"), "PCMU/8000") {
			continue
		}
		if n, err := strconv.ParseUint(format, 10, 7); err == nil && slices.Contains(m.MediaName.Formats, format) {
			return uint8(n), true
		}
	}
	return 0, false
}

// validICE checks ICE credentials: at least so many ice-chars (RFC 8839, section 5.4).
func validICE(text string, least int) bool {
	for i := range len(text) {
		c := text[i]
		if (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') && c != '+' && c != '/' {
			return false
		}
	}
	return len(text) >= least && len(text) <= maxICEText
}
