package center_test

import (
	"context"
	"log/slog"
	"net/http"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/coder/websocket/wsjson"
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
	heard := make(chan time.Time, 1)
	session, err := d.OpenAudio(d.t.Context(), func(ulaw []byte) {
		if slices.ContainsFunc(ulaw, audible) {
			select {
			case heard <- time.Now():
			default:
			}
		}
	})
	require.NoError(d.t, err)
	d.t.Cleanup(session.Close)
	return heard
}

// audible tells a sample of sound from both zeroes of G.711.
func audible(sample byte) bool { return sample|0x80 != 0xff }

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
