package room_test

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coder/websocket"
	"github.com/pion/rtcp"
	"github.com/pion/webrtc/v4"
	"github.com/pion/webrtc/v4/pkg/media"
	"github.com/stretchr/testify/require"
)

// sources are what a page sends, in the order of an offer's first sections.
var sources = []string{"microphone", "camera", "screen"}

type section struct{ Mid, Source, Person string }

type person struct {
	ID, Name, Role string
	Media          map[string]bool
}

// message is any message of the node.
type message struct {
	Type, ID, SDP string
	Person        *person
	People        []person
	Sections      []section
}

// page is a browser's part: a full WebRTC stack that answers the node's offers.
type page struct {
	f       *fixture
	session string
	conn    *websocket.Conn
	pc      *webrtc.PeerConnection
	tracks  map[string]*webrtc.TrackLocalStaticSample
	stop    chan struct{}
	tasks   sync.WaitGroup

	mu        sync.Mutex
	id        string
	people    map[string]person
	sections  map[string]section // by mid, of the latest offer
	received  map[string]int     // packets by sender's id and source, as "p_1 camera"
	words     map[string]string  // the latest payload, by the same
	keyFrames map[string]int     // requests by source
	lines     int                // media sections of the latest offer
	closed    websocket.StatusCode
	over      bool
}

// visit opens a page that has not joined.
func (f *fixture) visit(room string) *page {
	f.t.Helper()
	conn, _, err := websocket.Dial(f.t.Context(), f.url(room), nil)
	require.NoError(f.t, err)
	conn.SetReadLimit(1 << 20)
	p := &page{
		f: f, session: rand.Text(), conn: conn, tracks: map[string]*webrtc.TrackLocalStaticSample{}, stop: make(chan struct{}),
		people: map[string]person{}, sections: map[string]section{}, received: map[string]int{}, words: map[string]string{}, keyFrames: map[string]int{},
	}
	p.open()
	f.t.Cleanup(p.vanish)
	p.tasks.Go(p.read)
	return p
}

// join opens a page and joins with a link.
func (f *fixture) join(room, token, name string) *page {
	f.t.Helper()
	p := f.visit(room)
	p.say(map[string]any{"type": "join", "ticket": token, "name": name, "session": p.session, "media": map[string]bool{"microphone": true}})
	return p
}

func (p *page) open() {
	t := p.f.t
	engine := &webrtc.MediaEngine{}
	vp8 := webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeVP8, ClockRate: 90000, RTCPFeedback: []webrtc.RTCPFeedback{{Type: "nack"}, {Type: "nack", Parameter: "pli"}}}
	opus := webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeOpus, ClockRate: 48000, Channels: 2}
	require.NoError(t, engine.RegisterCodec(webrtc.RTPCodecParameters{RTPCodecCapability: vp8, PayloadType: 96}, webrtc.RTPCodecTypeVideo))
	require.NoError(t, engine.RegisterCodec(webrtc.RTPCodecParameters{RTPCodecCapability: opus, PayloadType: 111}, webrtc.RTPCodecTypeAudio))
	settings := webrtc.SettingEngine{}
	settings.SetIncludeLoopbackCandidate(true)
	settings.SetNetworkTypes([]webrtc.NetworkType{webrtc.NetworkTypeUDP4})
	pc, err := webrtc.NewAPI(webrtc.WithMediaEngine(engine), webrtc.WithSettingEngine(settings)).NewPeerConnection(webrtc.Configuration{})
	require.NoError(t, err)
	p.pc = pc
	for _, source := range sources {
		kind := vp8
		if source == "microphone" {
			kind = opus
		}
		track, err := webrtc.NewTrackLocalStaticSample(kind, source, "page")
		require.NoError(t, err)
		transceiver, err := pc.AddTransceiverFromTrack(track, webrtc.RTPTransceiverInit{Direction: webrtc.RTPTransceiverDirectionSendonly})
		require.NoError(t, err)
		p.tracks[source] = track
		p.tasks.Go(func() { p.countRequests(source, transceiver.Sender()) })
	}
	pc.OnTrack(p.hear)
}

func (p *page) countRequests(source string, sender *webrtc.RTPSender) {
	for {
		packets, _, err := sender.ReadRTCP()
		if err != nil {
			return
		}
		for _, packet := range packets {
			if _, ok := packet.(*rtcp.PictureLossIndication); ok {
				p.mu.Lock()
				p.keyFrames[source]++
				p.mu.Unlock()
			}
		}
	}
}

func (p *page) hear(track *webrtc.TrackRemote, receiver *webrtc.RTPReceiver) {
	i := slices.IndexFunc(p.pc.GetTransceivers(), func(t *webrtc.RTPTransceiver) bool { return t.Receiver() == receiver })
	mid := p.pc.GetTransceivers()[i].Mid()
	p.mu.Lock()
	from := p.sections[mid].Person + " " + p.sections[mid].Source
	p.mu.Unlock()
	for {
		packet, _, err := track.ReadRTP()
		if err != nil {
			return
		}
		p.mu.Lock()
		p.received[from]++
		p.words[from] = string(packet.Payload)
		p.mu.Unlock()
	}
}

// send begins to send a word over and over, as audio or as a picture.
func (p *page) send(source, word string) {
	p.tasks.Go(func() {
		every := time.NewTicker(20 * time.Millisecond)
		defer every.Stop()
		for {
			select {
			case <-every.C:
				_ = p.tracks[source].WriteSample(media.Sample{Data: []byte(word), Duration: 20 * time.Millisecond})
			case <-p.stop:
				return
			}
		}
	})
}

func (p *page) say(m map[string]any) {
	p.f.t.Helper()
	body, err := json.Marshal(m)
	require.NoError(p.f.t, err)
	_ = p.conn.Write(context.Background(), websocket.MessageText, body) // a refusal may have come first
}

func (p *page) read() {
	for {
		_, body, err := p.conn.Read(context.Background())
		if err != nil {
			p.mu.Lock()
			p.closed, p.over = websocket.CloseStatus(err), true
			p.mu.Unlock()
			return
		}
		var m message
		if json.Unmarshal(body, &m) == nil {
			p.take(m)
		}
	}
}

func (p *page) take(m message) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch m.Type {
	case "welcome":
		p.id = m.ID
		for _, other := range m.People {
			p.people[other.ID] = other
		}
	case "joined", "changed":
		p.people[m.Person.ID] = *m.Person
	case "left":
		delete(p.people, m.ID)
	case "offer":
		p.lines = strings.Count(m.SDP, "m=")
		clear(p.sections)
		for _, s := range m.Sections {
			p.sections[s.Mid] = s
		}
		p.answer(m.SDP)
	}
}

func (p *page) answer(sdp string) {
	if p.pc.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeOffer, SDP: sdp}) != nil {
		return // closed meanwhile
	}
	answer, err := p.pc.CreateAnswer(nil)
	if err == nil && p.pc.SetLocalDescription(answer) == nil {
		p.say(map[string]any{"type": "answer", "sdp": answer.SDP})
	}
}

// leave says goodbye, as a page that is closed.
func (p *page) leave() { _ = p.conn.Close(websocket.StatusNormalClosure, "") }

// vanish ends everything of the page.
func (p *page) vanish() {
	select {
	case <-p.stop:
		return
	default:
		close(p.stop)
	}
	_ = p.conn.CloseNow()
	_ = p.pc.GracefulClose()
	p.tasks.Wait()
}

func (p *page) look(see func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	see()
}

// hears waits until a source of another page has arrived with this word in it.
func (p *page) hears(other *page, source, word string) {
	p.f.t.Helper()
	require.Eventually(p.f.t, func() bool {
		other.mu.Lock()
		from := other.id + " " + source
		other.mu.Unlock()
		p.mu.Lock()
		defer p.mu.Unlock()
		return strings.Contains(p.words[from], word)
	}, patience, poll, "%s %q", source, word)
}

// isClosed waits for the node to end the connection with this code.
func (p *page) isClosed(code int) {
	p.f.t.Helper()
	require.Eventually(p.f.t, func() (over bool) { p.look(func() { over = p.over }); return over }, patience, poll)
	p.look(func() { require.Equal(p.f.t, websocket.StatusCode(code), p.closed) })
}

// isIn waits for the node's welcome.
func (p *page) isIn() *page {
	p.f.t.Helper()
	require.Eventually(p.f.t, func() (in bool) { p.look(func() { in = p.id != "" }); return in }, patience, poll)
	return p
}

// write sends text as it is.
func (p *page) write(text string) {
	_ = p.conn.Write(context.Background(), websocket.MessageText, []byte(text)) // a refusal may have come first
}

// needKeyFrame asks for whole pictures of everything that is received.
func (p *page) needKeyFrame() {
	for _, r := range p.pc.GetReceivers() {
		if track := r.Track(); track != nil && track.Kind() == webrtc.RTPCodecTypeVideo {
			_ = p.pc.WriteRTCP([]rtcp.Packet{&rtcp.PictureLossIndication{MediaSSRC: uint32(track.SSRC())}})
		}
	}
}
