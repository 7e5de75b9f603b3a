package room

import (
	"slices"
	"sync"
	"time"

	"github.com/pion/rtcp"
	"github.com/pion/webrtc/v4"
)

// negotiation is what a member's peer connection carries. The node makes every offer, so that two never cross: one is
// under way at most, and what changes meanwhile goes into the next.
type negotiation struct {
	pc       *webrtc.PeerConnection
	slots    map[*webrtc.RTPReceiver]source
	own      []*webrtc.RTPTransceiver // in the order of sources
	carried  map[*publication]*webrtc.RTPTransceiver
	dropped  []*webrtc.RTPTransceiver // carry nothing as soon as the page has agreed
	idle     []*webrtc.RTPTransceiver // carry nothing: their sections can be used again
	awaiting bool                     // an answer
	overdue  *time.Timer              // while awaiting
	tasks    sync.WaitGroup
}

// answerPatience is how long a page may take to answer an offer.
const answerPatience = 20 * time.Second

// open makes the peer connection, with a section for each thing that the page may send.
func (m *member) open() error {
	pc, err := m.rooms.engine.api.NewPeerConnection(webrtc.Configuration{BundlePolicy: webrtc.BundlePolicyMaxBundle})
	if err != nil {
		return err
	}
	m.pc, m.slots, m.carried = pc, map[*webrtc.RTPReceiver]source{}, map[*publication]*webrtc.RTPTransceiver{}
	m.overdue = time.NewTimer(answerPatience)
	for _, s := range sources() {
		kind := webrtc.RTPCodecTypeVideo
		if s == microphone {
			kind = webrtc.RTPCodecTypeAudio
		}
		t, err := pc.AddTransceiverFromKind(kind, webrtc.RTPTransceiverInit{Direction: webrtc.RTPTransceiverDirectionRecvonly})
		if err != nil {
			m.shut()
			return err
		}
		m.own, m.slots[t.Receiver()] = append(m.own, t), s
	}
	pc.OnTrack(m.received)
	pc.OnConnectionStateChange(m.lost)
	return nil
}

func (m *member) shut() {
	m.overdue.Stop()
	_ = m.pc.GracefulClose()
}

// received publishes what the page has begun to send, until it ends.
func (m *member) received(track *webrtc.TrackRemote, receiver *webrtc.RTPReceiver) {
	s, known := m.slots[receiver]
	if !known {
		return
	}
	p, err := newPublication(m.id, s, track, m.pc.WriteRTCP)
	if err != nil {
		return
	}
	m.rooms.publish(m, p, func() {
		m.tasks.Go(func() { drain(receiver) })
		m.tasks.Go(func() { p.forward(track) })
	})
}

// drain reads the sender's reports, which is what makes the interceptors see them.
func drain(receiver *webrtc.RTPReceiver) {
	buffer := make([]byte, packetBytes)
	for {
		if _, _, err := receiver.Read(buffer); err != nil {
			return
		}
	}
}

// renegotiate brings what the page receives up to date, now or after the answer that is under way.
func (m *member) renegotiate() error {
	if m.awaiting {
		return nil
	}
	changed, err := m.update()
	if err != nil || !changed {
		return err
	}
	return m.offer()
}

// update adds what is new and drops what has gone.
func (m *member) update() (changed bool, err error) {
	wanted := m.rooms.wanted(m)
	for p, t := range m.carried {
		if slices.Contains(wanted, p) {
			continue
		}
		if err := m.pc.RemoveTrack(t.Sender()); err != nil {
			return changed, err
		}
		delete(m.carried, p)
		m.dropped, changed = append(m.dropped, t), true
	}
	for _, p := range wanted {
		if m.carried[p] != nil {
			continue
		}
		t, err := m.carry(p)
		if err != nil {
			return changed, err
		}
		m.carried[p], changed = t, true
		sender := t.Sender()
		m.tasks.Go(func() { listenTo(sender, p.report) })
	}
	return changed, nil
}

// carry puts a publication into a section that is idle, or into a new one.
func (m *member) carry(p *publication) (*webrtc.RTPTransceiver, error) {
	i := slices.IndexFunc(m.idle, func(t *webrtc.RTPTransceiver) bool { return t.Kind() == p.local.Kind() })
	if i < 0 {
		return m.pc.AddTransceiverFromTrack(p.local, webrtc.RTPTransceiverInit{Direction: webrtc.RTPTransceiverDirectionSendonly})
	}
	t := m.idle[i]
	sender, err := m.rooms.engine.api.NewRTPSender(p.local, m.pc.SCTP().Transport())
	if err != nil {
		return nil, err
	}
	m.idle = slices.Delete(m.idle, i, i+1)
	return t, t.SetSender(sender, p.local)
}

// listenTo hands a receiver's RTCP packets on until the sender stops.
func listenTo(sender *webrtc.RTPSender, report func([]rtcp.Packet)) {
	for {
		packets, _, err := sender.ReadRTCP()
		if err != nil {
			return
		}
		report(packets)
	}
}

// offer describes what the page is to send and to receive. It is complete: pages learn nothing later, and the node learns
// their addresses from their checks.
func (m *member) offer() error {
	description, err := m.pc.CreateOffer(nil)
	if err != nil {
		return err
	}
	gathered := webrtc.GatheringCompletePromise(m.pc)
	if err := m.pc.SetLocalDescription(description); err != nil {
		return err
	}
	<-gathered
	m.awaiting = true
	m.overdue.Reset(answerPatience)
	message := offer{Type: typeOffer, SDP: m.rooms.engine.announce(m.pc.LocalDescription().SDP)}
	for i, s := range sources() {
		message.Sections = append(message.Sections, section{Mid: m.own[i].Mid(), Source: s})
	}
	for p, t := range m.carried {
		message.Sections = append(message.Sections, section{Mid: t.Mid(), Source: p.source, Person: p.owner})
	}
	m.send(message)
	return nil
}

// answer takes the page's answer. One that can't be understood ends the connection.
func (m *member) answer(sdp string) error {
	if !m.awaiting {
		return closePolicy
	}
	if err := m.pc.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeAnswer, SDP: sdp}); err != nil {
		return closePolicy
	}
	m.idle, m.dropped, m.awaiting = append(m.idle, m.dropped...), nil, false
	m.overdue.Stop()
	return m.renegotiate()
}
