package peer

import (
	"math"
	"time"

	"github.com/pion/rtcp"
)

// reportInterval is how often the browser is told how its audio arrives: it shows in the desk's call quality.
const reportInterval = 5 * time.Second

// ntpOffset is the seconds from 1900, where NTP's time begins, to 1970.
const ntpOffset = 2208988800

// reception counts what comes from the browser (RFC 3550, section 6.4.1 and appendix A).
type reception struct {
	ssrc         uint32
	started      bool
	base, high   uint32 // first and highest sequence number, extended
	received     uint32
	lostBefore   uint32
	expectBefore uint32
	transit      int64 // of the last packet, in samples
	jitter       float64
	senderReport uint32 // middle bits of the NTP time of its last report
	reportAt     time.Time
}

func (r *reception) packet(ssrc uint32, sequence uint16, timestamp uint32, at time.Time) {
	transit := at.UnixMilli()*8 - int64(timestamp)
	if !r.started || r.ssrc != ssrc {
		*r = reception{ssrc: ssrc, started: true, base: uint32(sequence), high: uint32(sequence), received: 1, transit: transit}
		return
	}
	r.received++
	if ahead := int16(sequence - uint16(r.high)); ahead > 0 {
		r.high += uint32(ahead)
	}
	if d := math.Abs(float64(int32(transit - r.transit))); d < 8000 {
		r.jitter += (d - r.jitter) / 16
	}
	r.transit = transit
}

func (r *reception) report(now time.Time) []rtcp.ReceptionReport {
	if !r.started {
		return nil
	}
	expected := r.high - r.base + 1
	lost := expected - min(r.received, expected)
	block := rtcp.ReceptionReport{SSRC: r.ssrc, TotalLost: lost, LastSequenceNumber: r.high, Jitter: uint32(r.jitter)}
	if n := expected - r.expectBefore; n > 0 && lost > r.lostBefore {
		block.FractionLost = uint8(min((lost-r.lostBefore)<<8/n, 255))
	}
	r.expectBefore, r.lostBefore = expected, lost
	if r.senderReport != 0 {
		block.LastSenderReport = r.senderReport
		block.Delay = uint32(now.Sub(r.reportAt).Seconds() * 65536)
	}
	return []rtcp.ReceptionReport{block}
}

// report sends one compound packet: sender or receiver report and the stream's name.
func (p *Peer) report(now time.Time) {
	o := &p.out
	o.reported = now
	blocks := p.in.report(now)
	var first rtcp.Packet = &rtcp.ReceiverReport{SSRC: o.header.SSRC, Reports: blocks}
	if o.packets > 0 {
		ntp := (uint64(now.Unix())+ntpOffset)<<32 | uint64(now.Nanosecond())<<32/1e9
		played := o.header.Timestamp + uint32(now.Sub(o.sent).Milliseconds())*8
		first = &rtcp.SenderReport{SSRC: o.header.SSRC, NTPTime: ntp, RTPTime: played, PacketCount: o.packets, OctetCount: o.octets, Reports: blocks}
	}
	plain, err := rtcp.Marshal([]rtcp.Packet{first, rtcp.NewCNAMESourceDescription(o.header.SSRC, cname)})
	if err != nil {
		return
	}
	if encrypted, err := p.tx.EncryptRTCP(p.mux.net.Buffer(), plain, nil); err == nil {
		p.mux.net.Send(encrypted, p.sendTo)
	}
}

const cname = "media-node"

// control takes the browser's reports: its clock for round trips, and a sign of life.
func (p *Peer) control(b []byte) {
	plain, err := p.rx.DecryptRTCP(p.mux.plain[:0], b, nil)
	if err != nil {
		return
	}
	p.alive()
	packets, err := rtcp.Unmarshal(plain)
	if err != nil {
		return
	}
	for _, packet := range packets {
		if sr, ok := packet.(*rtcp.SenderReport); ok {
			p.in.senderReport, p.in.reportAt = uint32(sr.NTPTime>>16), p.mux.net.Now()
		}
	}
}
