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
	relayed  relay
}

func newOutbound() outbound {
	r := randomUint32()
	return outbound{header: rtp.Header{Version: 2, SSRC: randomUint32(), SequenceNumber: uint16(r), Timestamp: r}}
}

// SSRC is the stream's identifier for the answer.
func (p *Peer) SSRC() uint32 { return p.out.header.SSRC }

// Send plays μ-law audio to the browser as one packet, after what was sent before. It is dropped while the peer is not up.
func (p *Peer) Send(audio []byte) {
	if !p.takes(audio) {
		return
	}
	o := &p.out
	o.relayed.on = false
	marker := o.follow(p.mux.net.Now())
	sequence, timestamp := o.header.SequenceNumber, o.header.Timestamp
	o.advance(sequence, timestamp, len(audio), p.mux.net.Now())
	p.transmit(sequence, timestamp, marker, audio)
}

// Relay passes on a packet of another browser. Where that one's packets are missing or out of order, this browser sees the
// same: its jitter buffer waits for them and conceals them better than the node could. It is dropped while the peer is not up.
func (p *Peer) Relay(from Packet) {
	if !p.takes(from.Audio) {
		return
	}
	if sequence, timestamp, marker, ok := p.out.number(&from, p.mux.net.Now()); ok {
		p.transmit(sequence, timestamp, marker, from.Audio)
	}
}

func (p *Peer) takes(audio []byte) bool {
	return p.tx != nil && p.state != closed && len(audio) <= maxPacket-100
}

// follow moves the timestamps on with the clock after a pause, and tells whether there was one.
func (o *outbound) follow(now time.Time) bool {
	gap := now.Sub(o.sent)
	if gap > pause && o.packets > 0 {
		o.header.Timestamp += uint32(gap.Milliseconds()) * 8
	}
	return gap > pause
}

// advance notes that the newest packet has these numbers: the next one follows it.
func (o *outbound) advance(sequence uint16, timestamp uint32, samples int, now time.Time) {
	o.header.SequenceNumber, o.header.Timestamp, o.sent = sequence+1, timestamp+uint32(samples), now
}

func (p *Peer) transmit(sequence uint16, timestamp uint32, marker bool, audio []byte) {
	o := &p.out
	plain := p.mux.packet[:rtpHeaderLen+len(audio)]
	plain[0], plain[1] = 0x80, p.remote.PayloadType
	if marker {
		plain[1] |= 0x80
	}
	binary.BigEndian.PutUint16(plain[2:], sequence)
	binary.BigEndian.PutUint32(plain[4:], timestamp)
	binary.BigEndian.PutUint32(plain[8:], o.header.SSRC)
	copy(plain[rtpHeaderLen:], audio)
	o.packets, o.octets = o.packets+1, o.octets+uint32(len(audio))
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
	p.listener.Audio(Packet{SSRC: h.SSRC, Sequence: h.SequenceNumber, Timestamp: h.Timestamp, Audio: audio})
}

// headerLen is the length of the header of a packet that was parsed before (RFC 3550, section 5.1).
func headerLen(b []byte) int {
	n := rtpHeaderLen + 4*int(b[0]&0x0f)
	if b[0]&0x10 != 0 {
		n += 4 + 4*int(binary.BigEndian.Uint16(b[n+2:]))
	}
	return n
}
