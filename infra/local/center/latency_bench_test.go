package center_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket/wsjson"
	"github.com/pion/webrtc/v4"
	"github.com/stretchr/testify/require"

	"guichet/infra/local/center"
	"guichet/infra/local/dynamo/dynamotest"
	"guichet/infra/local/simulator"
	"guichet/infra/local/simulator/audio"
	"guichet/shared/deskapi"
)

// BenchmarkCall measures what people feel, through the whole centre on this machine: from the provider's webhook to the
// ring on the desk, from accept to the first sound of the customer, from the customer's hang-up to the end of the ring.
func BenchmarkCall(b *testing.B) {
	c, err := center.Start(b.Context(), center.Options{
		DynamoDB: dynamotest.Endpoint(b), Table: dynamotest.Table(b), Log: slog.New(slog.DiscardHandler),
		Dashboard: os.DirFS("../../../dashboard/public"), // the hold music
	})
	require.NoError(b, err)
	b.Cleanup(c.Close)
	d := signIn(b, c, "camille")
	d.connect()
	heard := d.openAudio()

	var ring, voice, stop time.Duration
	for b.Loop() {
		call, at := d.placed(c)
		offered, rang := d.next("offered")
		ring += rang.Sub(at)
		accepted := time.Now()
		require.Equal(b, http.StatusOK, d.call(http.MethodPost, "/api/contacts/"+offered.ID+"/accept", map[string]string{"offerId": offered.Offer.ID}, nil))
		voice += d.listen(heard, accepted)
		call.HangUp()
		d.sees("wrap-up", func(p deskapi.Patch) bool { return len(p.Agents) > 0 && p.Agents[0].WrapUp != nil })
		require.Equal(b, http.StatusOK, d.call(http.MethodPost, "/api/desk/wrap-up/end", map[string]string{"contactId": offered.ID}, nil))

		call, _ = d.placed(c)
		d.next("offered")
		hungUp := time.Now()
		call.HangUp()
		_, ended := d.next("ended")
		stop += ended.Sub(hungUp)
	}
	each := func(sum time.Duration) float64 { return float64(sum.Microseconds()) / 1e3 / float64(b.N) }
	b.ReportMetric(each(ring), "ms-call-to-ring")
	b.ReportMetric(each(voice), "ms-accept-to-voice")
	b.ReportMetric(each(stop), "ms-hang-up-to-silence")
}

func (d *desk) placed(c *center.Center) (*simulator.Call, time.Time) {
	d.t.Helper()
	at := time.Now()
	call, err := c.Simulator().Call(simulator.Dial{From: "+33612345678", To: "+33199001000", Source: audio.NewTone(1000)})
	require.NoError(d.t, err)
	return call, at
}

// next reads pushes until a call's state is the wanted one, and tells when.
func (d *desk) next(state string) (deskapi.Contact, time.Time) {
	d.t.Helper()
	ctx, cancel := context.WithTimeout(d.t.Context(), 20*time.Second)
	defer cancel()
	for {
		var patch deskapi.Patch
		require.NoError(d.t, wsjson.Read(ctx, d.socket, &patch), "waiting for %s", state)
		for _, c := range patch.Contacts {
			if c.State == state && d.newer(c) {
				return c, time.Now()
			}
		}
	}
}

// newer keeps repeats of the stream function from being taken for news.
func (d *desk) newer(c deskapi.Contact) bool {
	if d.versions == nil {
		d.versions = map[string]int64{}
	}
	known := d.versions[c.ID]
	d.versions[c.ID] = max(known, c.Version)
	return c.Version > known
}

// openAudio opens the agent's audio as the dashboard does, and tells when sound, not silence, arrives.
func (d *desk) openAudio() <-chan time.Time {
	d.t.Helper()
	pc, err := webrtc.NewPeerConnection(webrtc.Configuration{})
	require.NoError(d.t, err)
	d.t.Cleanup(func() { _ = pc.Close() })
	track, err := webrtc.NewTrackLocalStaticRTP(webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypePCMU, ClockRate: 8000}, "audio", "agent")
	require.NoError(d.t, err)
	_, err = pc.AddTransceiverFromTrack(track)
	require.NoError(d.t, err)
	heard := make(chan time.Time, 1)
	up := make(chan struct{})
	pc.OnTrack(func(remote *webrtc.TrackRemote, _ *webrtc.RTPReceiver) {
		for {
			packet, _, err := remote.ReadRTP()
			if err != nil {
				return
			}
			if slices.ContainsFunc(packet.Payload, audible) {
				select {
				case heard <- time.Now():
				default:
				}
			}
		}
	})
	pc.OnConnectionStateChange(func(s webrtc.PeerConnectionState) {
		if s == webrtc.PeerConnectionStateConnected {
			close(up)
		}
	})
	offer, err := pc.CreateOffer(nil)
	require.NoError(d.t, err)
	gathered := webrtc.GatheringCompletePromise(pc)
	require.NoError(d.t, pc.SetLocalDescription(offer))
	<-gathered
	require.NoError(d.t, pc.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeAnswer, SDP: d.whip(pc.LocalDescription().SDP)}))
	<-up
	return heard
}

// audible tells a sample of sound from both zeroes of G.711.
func audible(sample byte) bool { return sample|0x80 != 0xff }

func (d *desk) whip(offer string) string {
	d.t.Helper()
	var ticket struct{ Ticket string }
	require.Equal(d.t, http.StatusOK, d.call(http.MethodPost, "/api/media-tickets", nil, &ticket))
	request, err := http.NewRequestWithContext(d.t.Context(), http.MethodPost, d.origin+"/media/whip", strings.NewReader(offer))
	require.NoError(d.t, err)
	request.Header.Set("Content-Type", "application/sdp")
	request.Header.Set("Authorization", "Bearer "+ticket.Ticket)
	response, err := http.DefaultClient.Do(request)
	require.NoError(d.t, err)
	defer func() { _ = response.Body.Close() }()
	answer, err := io.ReadAll(response.Body)
	require.NoError(d.t, err)
	require.Equal(d.t, http.StatusCreated, response.StatusCode, "%s", answer)
	return string(answer)
}

// listen waits for the first sound after a time.
func (d *desk) listen(heard <-chan time.Time, after time.Time) time.Duration {
	d.t.Helper()
	for {
		select {
		case at := <-heard:
			if at.After(after) {
				return at.Sub(after)
			}
		case <-time.After(20 * time.Second):
			require.Fail(d.t, "the agent hears nothing")
		}
	}
}
