package peer

import (
	"encoding/binary"
	"net/netip"
	"time"

	"github.com/pion/rtp"
)

const (
	rtpHeaderLen = 12
	// pause is a silence after which timestamps move on with the clock and the next packet is marked, so that the browser
	// does not take it for late (RFC 3550, section 5.1).
	pause = 200 * time.Millisecond
)

// outbound is what the node sends to the browser.
type outbound struct {
	header   rtp.Header
	sent     time.Time // last audio
	packets  uint32
	octets   uint32
	reported time.Time // last RTCP report
}

func newOutbound() outbound {
	r := randomUint32()
	return outbound{header: rtp.Header{Version: 2, SSRC: randomUint32(), SequenceNumber: uint16(r), Timestamp: r}}
}

// SSRC is the stream's identifier for the answer.
func (p *Peer) SSRC() uint32 { return p.out.header.SSRC }

// Send plays μ-law audio to the browser as one packet, after what was sent before. It is dropped while the peer is not up.
func (p *Peer) Send(audio []byte) {
	if p.tx == nil || p.state == closed || len(audio) > maxPacket-100 {
		return
	}
	o, now := &p.out, p.mux.net.Now()
	h := &o.header
	h.Marker = false
	if gap := now.Sub(o.sent); gap > pause {
		h.Marker = true
		if o.packets > 0 {
			h.Timestamp += uint32(gap.Milliseconds()) * 8
		}
	}
	plain := p.mux.packet[:rtpHeaderLen+len(audio)]
	plain[0], plain[1] = 0x80, p.remote.PayloadType
	if h.Marker {
		plain[1] |= 0x80
	}
	binary.BigEndian.PutUint16(plain[2:], h.SequenceNumber)
	binary.BigEndian.PutUint32(plain[4:], h.Timestamp)
	binary.BigEndian.PutUint32(plain[8:], h.SSRC)
	copy(plain[rtpHeaderLen:], audio)
	h.SequenceNumber++
	h.Timestamp += uint32(len(audio))
	o.sent, o.packets, o.octets = now, o.packets+1, o.octets+uint32(len(audio))
	if encrypted, err := p.tx.EncryptRTP(p.mux.net.Buffer(), plain, &p.mux.header); err == nil {
		p.mux.net.Send(encrypted, p.sendTo)
	}
}

// media takes an SRTP or SRTCP packet (RFC 5761 tells them apart).
func (p *Peer) media(b []byte, from netip.AddrPort) {
	if p.rx == nil || p.state == closed || len(b) < rtpHeaderLen {
		return
	}
	if payloadType := b[1] & 0x7f; payloadType >= 64 && payloadType < 96 {
		p.control(b)
		return
	}
	h := &p.mux.header
	plain, err := p.rx.DecryptRTP(p.mux.plain[:0], b, h)
	if err != nil {
		return
	}
	p.lastMedia, p.sendTo = p.mux.net.Now(), from
	p.alive()
	if h.PayloadType != p.remote.PayloadType || p.state != up {
		return
	}
	audio := plain[headerLen(plain):]
	if h.Padding && len(audio) > 0 {
		audio = audio[:max(0, len(audio)-int(audio[len(audio)-1]))]
	}
	p.in.packet(h.SSRC, h.SequenceNumber, h.Timestamp, p.lastMedia)
	p.listener.Audio(h.Timestamp, audio)
}

// headerLen is the length of the header of a packet that was parsed before (RFC 3550, section 5.1).
func headerLen(b []byte) int {
	n := rtpHeaderLen + 4*int(b[0]&0x0f)
	if b[0]&0x10 != 0 {
		n += 4 + 4*int(binary.BigEndian.Uint16(b[n+2:]))
	}
	return n
}
