package robot

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"

	"github.com/pion/webrtc/v4"
)

// Audio is an agent's media session, as the dashboard opens it. The agent says nothing.
type Audio struct {
	peer *webrtc.PeerConnection
	lost chan struct{}
}

// OpenAudio opens the agent's audio and returns when it is up. hear gets what arrives, 20 ms of G.711 μ-law at a time; nil hears
// nothing.
func (d *Desk) OpenAudio(ctx context.Context, hear func(ulaw []byte)) (*Audio, error) {
	peer, err := webrtc.NewPeerConnection(webrtc.Configuration{})
	if err != nil {
		return nil, fmt.Errorf("open audio: %w", err)
	}
	a := &Audio{peer: peer, lost: make(chan struct{})}
	if err := d.negotiate(ctx, a, hear); err != nil {
		a.Close()
		return nil, fmt.Errorf("open the audio of %s: %w", d.Person, err)
	}
	return a, nil
}

// Lost is closed when the session is over.
func (a *Audio) Lost() <-chan struct{} { return a.lost }

// Close ends the session.
func (a *Audio) Close() { _ = a.peer.Close() }

func (d *Desk) negotiate(ctx context.Context, a *Audio, hear func([]byte)) error {
	track, err := webrtc.NewTrackLocalStaticRTP(webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypePCMU, ClockRate: 8000}, "audio", "agent")
	if err != nil {
		return err
	}
	if _, err = a.peer.AddTransceiverFromTrack(track); err != nil {
		return err
	}
	a.peer.OnTrack(func(remote *webrtc.TrackRemote, _ *webrtc.RTPReceiver) {
		for {
			packet, _, err := remote.ReadRTP()
			if err != nil {
				return
			}
			if hear != nil {
				hear(packet.Payload)
			}
		}
	})
	up := a.watch()
	offer, err := a.peer.CreateOffer(nil)
	if err != nil {
		return err
	}
	gathered := webrtc.GatheringCompletePromise(a.peer)
	if err := a.peer.SetLocalDescription(offer); err != nil {
		return err
	}
	<-gathered
	answer, err := d.whip(ctx, a.peer.LocalDescription().SDP)
	if err != nil {
		return err
	}
	if err := a.peer.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeAnswer, SDP: answer}); err != nil {
		return err
	}
	select {
	case <-up:
		return nil
	case <-a.lost:
		return fmt.Errorf("the media node is not reached")
	case <-ctx.Done():
		return ctx.Err()
	}
}

// watch tells when the session is up, and closes lost when it is over.
func (a *Audio) watch() <-chan struct{} {
	up := make(chan struct{})
	var began, over sync.Once
	a.peer.OnConnectionStateChange(func(s webrtc.PeerConnectionState) {
		switch s {
		case webrtc.PeerConnectionStateConnected:
			began.Do(func() { close(up) })
		case webrtc.PeerConnectionStateFailed, webrtc.PeerConnectionStateClosed:
			over.Do(func() { close(a.lost) })
		default:
		}
	})
	return up
}

// whip exchanges session descriptions: https://www.rfc-editor.org/rfc/rfc9725
func (d *Desk) whip(ctx context.Context, offer string) (string, error) {
	ticket, err := d.ticket(ctx, "/api/media-tickets")
	if err != nil {
		return "", err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, d.Origin+"/media/whip", strings.NewReader(offer))
	if err != nil {
		return "", err
	}
	request.Header.Set("Content-Type", "application/sdp")
	request.Header.Set("Authorization", "Bearer "+ticket)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", err
	}
	defer func() { _ = response.Body.Close() }()
	answer, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	if err != nil {
		return "", err
	}
	if response.StatusCode != http.StatusCreated {
		return "", refusal(request, response.StatusCode, answer)
	}
	return string(answer), nil
}
