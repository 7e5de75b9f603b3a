package node_test

import (
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/pion/rtp"
	"github.com/pion/webrtc/v4"
	"github.com/pion/webrtc/v4/pkg/media"
	"github.com/stretchr/testify/require"
)

// browser is an agent's page or a visitor's: a full WebRTC stack that offers Opus and PCMU, as Chrome does.
type browser struct {
	f        *fixture
	pc       *webrtc.PeerConnection
	ear      ear
	arrived  func(*rtp.Packet) // if not nil, is given every packet
	token    string
	location string
	etag     string
	mute     chan struct{}
	muted    sync.Once
	wg       sync.WaitGroup
}

func (f *fixture) browser(change ...func(*webrtc.SettingEngine)) *browser {
	f.t.Helper()
	engine := &webrtc.MediaEngine{}
	require.NoError(f.t, engine.RegisterDefaultCodecs())
	settings := webrtc.SettingEngine{}
	settings.SetIncludeLoopbackCandidate(true)
	settings.SetNetworkTypes([]webrtc.NetworkType{webrtc.NetworkTypeUDP4})
	for _, c := range change {
		c(&settings)
	}
	pc, err := webrtc.NewAPI(webrtc.WithMediaEngine(engine), webrtc.WithSettingEngine(settings)).NewPeerConnection(webrtc.Configuration{BundlePolicy: webrtc.BundlePolicyMaxBundle})
	require.NoError(f.t, err)
	b := &browser{f: f, pc: pc, mute: make(chan struct{})}
	f.t.Cleanup(b.vanish)
	pc.OnTrack(func(track *webrtc.TrackRemote, _ *webrtc.RTPReceiver) {
		for {
			packet, _, err := track.ReadRTP()
			if err != nil {
				return
			}
			b.ear.hear(packet.Payload)
			if b.arrived != nil {
				b.arrived(packet)
			}
		}
	})
	return b
}

// join opens the session that the ticket is for and starts to sound a tone.
func (f *fixture) join(token string, frequency float64, change ...func(*webrtc.SettingEngine)) *browser {
	f.t.Helper()
	b := f.browser(change...)
	b.open(token, (&sine{frequency: frequency}).frame)
	return b
}

func (b *browser) open(token string, sound func() []byte) {
	t := b.f.t
	t.Helper()
	b.token = token
	res, answer := b.f.do(http.MethodPost, "/media/whip", b.offerOf(sound), map[string]string{"Authorization": "Bearer " + token, "Content-Type": "application/sdp"})
	require.Equal(t, http.StatusCreated, res.StatusCode, answer)
	b.location, b.etag = res.Header.Get("Location"), res.Header.Get("ETag")
	require.NoError(t, b.pc.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeAnswer, SDP: answer}))
}

func (b *browser) offer(frequency float64) string {
	b.f.t.Helper()
	return b.offerOf((&sine{frequency: frequency}).frame)
}

// offerOf makes an offer and begins to send a frame of the sound every 20 ms.
func (b *browser) offerOf(sound func() []byte) string {
	t := b.f.t
	t.Helper()
	track, err := webrtc.NewTrackLocalStaticSample(webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypePCMU, ClockRate: 8000}, "mic", "agent")
	require.NoError(t, err)
	_, err = b.pc.AddTrack(track)
	require.NoError(t, err)
	offer, err := b.pc.CreateOffer(nil)
	require.NoError(t, err)
	gathered := webrtc.GatheringCompletePromise(b.pc)
	require.NoError(t, b.pc.SetLocalDescription(offer))
	<-gathered
	b.wg.Go(func() {
		every := time.NewTicker(20 * time.Millisecond)
		defer every.Stop()
		for {
			select {
			case <-every.C:
				_ = track.WriteSample(media.Sample{Data: sound(), Duration: 20 * time.Millisecond})
			case <-b.mute:
				return
			}
		}
	})
	return b.pc.LocalDescription().SDP
}

// leave ends the session as a page does that is closed in order.
func (b *browser) leave() {
	b.f.t.Helper()
	res, body := b.f.do(http.MethodDelete, b.location, "", map[string]string{"Authorization": "Bearer " + b.token})
	require.Equal(b.f.t, http.StatusOK, res.StatusCode, body)
}

// vanish closes the connection; WebRTC says goodbye over DTLS.
func (b *browser) vanish() {
	b.muted.Do(func() { close(b.mute) })
	b.wg.Wait()
	_ = b.pc.Close()
}

// credentials returns the ICE user name fragment and password of the browser's description.
func credentials(sdp string) (ufrag, password string) {
	for line := range strings.Lines(sdp) {
		line = strings.TrimSpace(line)
		if v, ok := strings.CutPrefix(line, "a=ice-ufrag:"); ok {
			ufrag = v
		}
		if v, ok := strings.CutPrefix(line, "a=ice-pwd:"); ok {
			password = v
		}
	}
	return ufrag, password
}
