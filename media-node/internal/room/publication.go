package room

import (
	"time"

	"github.com/pion/rtcp"
	"github.com/pion/rtp"
	"github.com/pion/webrtc/v4"
	"golang.org/x/time/rate"
)

// Bytes a second that one source may send; more is not passed on, since each byte is sent up to seven times.
const (
	audioBytes = 32 << 10  // Opus takes 6 to 15 KB
	videoBytes = 640 << 10 // 5 Mbit/s: a sharp screen takes half
)

// packetBytes is the longest packet that comes over UDP on the internet.
const packetBytes = 1500

// publication is what one member sends from one source.
type publication struct {
	owner  string
	source source
	local  *local
	frames *keyFrames // nil for audio
}

// local is the sending side of a publication, shared by all who receive it. Whoever begins to receive needs a key frame.
type local struct {
	*webrtc.TrackLocalStaticRTP
	bound func()
}

// Bind implements webrtc.TrackLocal.
func (l *local) Bind(c webrtc.TrackLocalContext) (webrtc.RTPCodecParameters, error) {
	p, err := l.TrackLocalStaticRTP.Bind(c)
	if err == nil {
		l.bound()
	}
	return p, err
}

// newPublication is of a track that arrives; ask sends an RTCP packet to its sender.
func newPublication(owner string, s source, track *webrtc.TrackRemote, ask func([]rtcp.Packet) error) (*publication, error) {
	static, err := webrtc.NewTrackLocalStaticRTP(track.Codec().RTPCodecCapability, string(s), owner)
	if err != nil {
		return nil, err
	}
	p := &publication{owner: owner, source: s}
	if s != microphone {
		ssrc := uint32(track.SSRC())
		p.frames = &keyFrames{ask: func() { _ = ask([]rtcp.Packet{&rtcp.PictureLossIndication{MediaSSRC: ssrc}}) }}
	}
	p.local = &local{TrackLocalStaticRTP: static, bound: p.needKeyFrame}
	return p, nil
}

// needKeyFrame asks the sender for a whole picture.
func (p *publication) needKeyFrame() {
	if p.frames != nil {
		p.frames.request(time.Now())
	}
}

// forward passes the track on until it ends. A receiver's trouble is not the sender's.
func (p *publication) forward(track *webrtc.TrackRemote) {
	limit := videoBytes
	if p.source == microphone {
		limit = audioBytes
	}
	bucket := rate.NewLimiter(rate.Limit(limit), limit)
	buffer := make([]byte, packetBytes)
	var packet rtp.Packet
	for {
		n, _, err := track.Read(buffer)
		if err != nil {
			break
		}
		if !bucket.AllowN(time.Now(), n) || packet.Unmarshal(buffer[:n]) != nil {
			continue
		}
		packet.Extension, packet.Extensions = false, nil // they are numbered per connection, and about this one
		_ = p.local.WriteRTP(&packet)
	}
	if p.frames != nil {
		p.frames.stop()
	}
}

// report takes a receiver's RTCP packets.
func (p *publication) report(packets []rtcp.Packet) {
	for _, packet := range packets {
		switch packet.(type) {
		case *rtcp.PictureLossIndication, *rtcp.FullIntraRequest:
			p.needKeyFrame()
		}
	}
}
