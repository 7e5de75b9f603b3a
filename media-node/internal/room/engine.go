package room

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"strings"
	"time"

	"github.com/pion/ice/v4"
	"github.com/pion/interceptor"
	"github.com/pion/logging"
	"github.com/pion/webrtc/v4"
)

// How long a silent connection is kept: the page notices at about the same time and comes back.
const (
	disconnectedAfter = 5 * time.Second
	failedAfter       = 15 * time.Second
	keepAlive         = 2 * time.Second
)

// replayWindow is how many packets back a retransmission may come.
const replayWindow = 1024

// Payload types are the node's to choose, since it makes the offers.
const (
	payloadOpus = 111
	payloadVP8  = 96
	payloadRTX  = 97
)

// engine makes peer connections that share one UDP port.
type engine struct {
	api       *webrtc.API
	conn      *net.UDPConn
	mux       ice.UDPMux
	announced []netip.AddrPort // of one family, best first
}

// listen binds the port; announce tells under which addresses pages reach the bound one.
func listen(address string, announce func(bound netip.AddrPort) ([]netip.AddrPort, error)) (*engine, error) {
	udp, err := net.ResolveUDPAddr("udp", address)
	if err != nil {
		return nil, fmt.Errorf("rooms' port: %w", err)
	}
	network := "udp4"
	if udp.IP != nil && udp.IP.To4() == nil {
		network = "udp6"
	}
	conn, err := net.ListenUDP(network, udp)
	if err != nil {
		return nil, fmt.Errorf("rooms' port: %w", err)
	}
	e := &engine{conn: conn}
	if err := e.open(announce); err != nil {
		_ = conn.Close()
		return nil, fmt.Errorf("rooms: %w", err)
	}
	return e, nil
}

func (e *engine) open(announce func(netip.AddrPort) ([]netip.AddrPort, error)) error {
	addresses, err := announce(e.addr())
	if err != nil {
		return err
	}
	for _, a := range addresses {
		if a.Addr().Unmap().Is4() == addresses[0].Addr().Unmap().Is4() {
			e.announced = append(e.announced, a)
		}
	}
	if len(e.announced) == 0 {
		return errors.New("no address to announce")
	}
	silent := &logging.DefaultLoggerFactory{Writer: io.Discard, DefaultLogLevel: logging.LogLevelDisabled} // they name addresses
	e.mux = webrtc.NewICEUDPMux(silent.NewLogger("ice"), announcing{e.conn, net.UDPAddrFromAddrPort(e.announced[0])})
	if e.api, err = newAPI(e.mux, network(e.announced[0]), silent); err != nil {
		_ = e.mux.Close()
		return err
	}
	return nil
}

// announcing gives a socket the address by which others know it, which is all that the mux asks it for.
type announcing struct {
	*net.UDPConn
	address net.Addr
}

// LocalAddr is the announced address.
func (a announcing) LocalAddr() net.Addr { return a.address }

func network(a netip.AddrPort) webrtc.NetworkType {
	if a.Addr().Unmap().Is4() {
		return webrtc.NetworkTypeUDP4
	}
	return webrtc.NetworkTypeUDP6
}

// newAPI has Opus and VP8, which every browser must have (RFC 7742, RFC 7874), so that nothing needs transcoding. It asks
// for lost packets again, answers such requests, reports on what is sent and received, and tells senders how much gets
// through (transport-wide congestion control).
func newAPI(mux ice.UDPMux, network webrtc.NetworkType, log logging.LoggerFactory) (*webrtc.API, error) {
	media, interceptors := &webrtc.MediaEngine{}, &interceptor.Registry{}
	keyFrames := []webrtc.RTCPFeedback{{Type: webrtc.TypeRTCPFBCCM, Parameter: "fir"}}
	err := errors.Join(
		media.RegisterCodec(webrtc.RTPCodecParameters{
			RTPCodecCapability: webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeOpus, ClockRate: 48000, Channels: 2, SDPFmtpLine: "minptime=10;useinbandfec=1;usedtx=1"},
			PayloadType:        payloadOpus,
		}, webrtc.RTPCodecTypeAudio),
		media.RegisterCodec(webrtc.RTPCodecParameters{
			RTPCodecCapability: webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeVP8, ClockRate: 90000, RTCPFeedback: keyFrames},
			PayloadType:        payloadVP8,
		}, webrtc.RTPCodecTypeVideo),
		media.RegisterCodec(webrtc.RTPCodecParameters{
			RTPCodecCapability: webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeRTX, ClockRate: 90000, SDPFmtpLine: fmt.Sprintf("apt=%d", payloadVP8)},
			PayloadType:        payloadRTX,
		}, webrtc.RTPCodecTypeVideo),
		webrtc.ConfigureNack(media, interceptors),
		webrtc.ConfigureRTCPReports(interceptors),
		webrtc.ConfigureTWCCSender(media, interceptors),
	)
	if err != nil {
		return nil, err
	}
	settings := webrtc.SettingEngine{LoggerFactory: log}
	settings.SetLite(true)
	settings.SetICEUDPMux(mux)
	settings.SetNetworkTypes([]webrtc.NetworkType{network})
	settings.SetIncludeLoopbackCandidate(true)
	settings.SetICEMulticastDNSMode(ice.MulticastDNSModeDisabled)
	settings.SetICETimeouts(disconnectedAfter, failedAfter, keepAlive)
	settings.SetSRTPReplayProtectionWindow(replayWindow)
	return webrtc.NewAPI(webrtc.WithMediaEngine(media), webrtc.WithInterceptorRegistry(interceptors), webrtc.WithSettingEngine(settings)), nil
}

// addr is the bound address.
func (e *engine) addr() netip.AddrPort { return e.conn.LocalAddr().(*net.UDPAddr).AddrPort() }

func (e *engine) close() {
	_ = e.mux.Close()
	_ = e.conn.Close()
}

// announce puts all announced addresses into a description, which pion gives one.
func (e *engine) announce(sdp string) string {
	var b strings.Builder
	listed := false
	for line := range strings.Lines(sdp) {
		switch {
		case strings.HasPrefix(line, "m="):
			listed = false
		case strings.HasPrefix(line, "a=candidate:"):
			if !listed {
				e.writeCandidates(&b)
			}
			listed = true
			continue
		}
		b.WriteString(line)
	}
	return b.String()
}

// writeCandidates lists host candidates, RFC 8445, section 5.1.2.1: type preference 126, then ours by order.
func (e *engine) writeCandidates(b *strings.Builder) {
	for i, a := range e.announced {
		priority := 126<<24 | (65535-i)<<8 | 255
		_, _ = fmt.Fprintf(b, "a=candidate:%d 1 udp %d %s %d typ host\r\n", i+1, priority, a.Addr().Unmap(), a.Port())
	}
}
