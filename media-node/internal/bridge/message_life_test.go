package bridge

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/media-node/internal/ulaw"
	"guichet/shared/mediaapi"
)

func TestPlayIsIdempotent(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.call(0)
	w.run(time.Second, p.live)
	play := func(id string) { p.Call.Play(id, "https://store/"+id) }
	play("ply_1")
	play("ply_1")
	require.Len(t, w.fetches, 1)
	assert.Equal(t, "https://store/ply_1", w.fetches[0].link)
	w.fetches[0].done(counted(10), nil)
	play("ply_1")
	w.run(time.Second, p.live)
	play("ply_1")
	w.run(time.Second, p.live)
	require.Len(t, w.fetches, 1)
	assert.Equal(t, []string{"contact.played ply_1 finished"}, w.story)
	assert.Len(t, p.heard, 10*ulaw.FrameSamples, "once")
}

func TestAnotherMessageTakesThePlace(t *testing.T) {
	t.Parallel()
	for name, state := range map[string]func(w *world, p *provider){
		"of one that is fetched": func(*world, *provider) {},
		"of one that plays": func(w *world, p *provider) {
			w.fetches[0].done(counted(500), nil)
			w.run(time.Second, p.live)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			p := w.call(0)
			w.run(time.Second, p.live)
			p.Call.Play("ply_1", "https://store/1")
			state(w, p)
			p.Call.Play("ply_2", "https://store/2")
			assert.Equal(t, []string{"contact.played ply_1 stopped"}, w.story)
			assert.True(t, w.fetches[0].canceled)
			w.fetches[0].done(counted(500), nil) // comes too late
			w.fetches[0].done(nil, errors.New("canceled"))
			p.heard = nil
			w.fetches[1].done(counted(25), nil)
			w.run(time.Second, p.live)
			assert.Equal(t, []string{"contact.played ply_1 stopped", "contact.played ply_2 finished"}, w.story)
			assert.Equal(t, counted(25), p.heard)
		})
	}
}

func TestAMessageThatCannotBeFetched(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.call(0)
	p.Call.Play("ply_1", "https://store/1")
	w.fetches[0].done(nil, errors.New("answered 404"))
	assert.Equal(t, []string{"contact.played ply_1 failed"}, w.story)
	w.run(time.Second, p.live, w.speaks())
	assert.NotEmpty(t, p.heard, "the call goes on")
	assert.Zero(t, p.clears)
}

func TestMessageForAParkedCustomer(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.call(0)
	w.run(time.Second, p.live)
	p.Call.Play("ply_1", "https://store/1")
	w.fetches[0].done(counted(100), nil)
	w.run(time.Second, p.live)
	w.agent.leave(reasonClosed)
	w.run(500*time.Millisecond, p.live)
	assert.Equal(t, counted(100)[:len(p.heard)], p.heard, "goes on instead of music")
	w.agent.Up()
	assert.Zero(t, p.clears)
	w.run(300*time.Millisecond, p.live)
	w.agent.leave(reasonClosed)
	w.run(time.Second, p.live)
	assert.True(t, bytes.HasPrefix(p.heard, counted(100)), "whole, though the agent came and went")
	assert.Contains(t, w.story, "contact.played ply_1 finished")
	assert.Greater(t, len(p.heard), len(counted(100))+ulaw.SampleRate/2, "then there is music")
	assert.Equal(t, w.bridge.music[:800], p.heard[len(counted(100)):][:800])

	p.Call.Play("ply_2", "https://store/2")
	p.heard = nil
	w.fetches[1].done(counted(10), nil)
	assert.Equal(t, 1, p.clears, "and a message takes the place of music")
	w.run(100*time.Millisecond, p.live)
	assert.Equal(t, counted(10)[:len(p.heard)], p.heard)
}

func TestWhatEndsTheCallStopsTheMessage(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		end  func(w *world, p *provider)
		want []string
	}{
		"hung up":     {func(_ *world, p *provider) { p.Left(mediaapi.LeftStopped) }, []string{"contact.played ply_1 stopped", "contact.left stopped"}},
		"lost":        {func(_ *world, p *provider) { p.Left(mediaapi.LeftLost) }, []string{"contact.played ply_1 stopped", "contact.left lost"}},
		"ended by us": {func(_ *world, p *provider) { p.End() }, []string{"contact.played ply_1 stopped", "contact.left ended"}},
		"drained":     {func(w *world, _ *provider) { w.bridge.Stop() }, []string{"contact.played ply_1 stopped", "contact.left drained", "agent.left drained"}},
		"another contact of the agent": {func(w *world, _ *provider) {
			w.bridge.Join(mediaapi.Ticket{AgentID: "agt_1", ContactID: "ctc_2"}, &provider{world: w})
		}, []string{"contact.played ply_1 stopped", "contact.left stopped", "contact.joined"}},
		"transferred": {func(w *world, _ *provider) {
			w.bridge.Join(mediaapi.Ticket{AgentID: "agt_2", ContactID: "ctc_1"}, &provider{world: w})
		}, []string{"contact.played ply_1 stopped", "contact.parked"}},
		"parked too long": {func(w *world, p *provider) {
			w.agent.leave(reasonClosed)
			w.run(61*time.Second, p.live)
		}, []string{"agent.left closed", "contact.parked", "contact.played ply_1 stopped", "contact.parkExpired"}},
	} {
		for state, frames := range map[string]int{"playing": 6000, "being fetched": 0} {
			t.Run(name+", "+state, func(t *testing.T) {
				t.Parallel()
				w := newWorld(t)
				p := w.call(0)
				p.Call.Play("ply_1", "https://store/1")
				if frames > 0 {
					w.fetches[0].done(counted(frames), nil)
				}
				w.run(time.Second, p.live)
				tc.end(w, p)
				assert.Equal(t, tc.want, w.story)
				assert.True(t, w.fetches[0].canceled)
				w.alarms = 0
				w.run(time.Second)
				assert.LessOrEqual(t, w.alarms, 1, "the beat stops")
			})
		}
	}
}

func TestMessageGoesOnOnANewLineOfTheSameCall(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.call(0)
	p.Call.Play("ply_1", "https://store/1")
	w.fetches[0].done(counted(100), nil)
	w.run(time.Second, p.live)
	again := &provider{world: w, started: w.elapsed()}
	again.Stream = w.bridge.Join(mediaapi.Ticket{AgentID: "agt_1", ContactID: "ctc_1", ParkSeconds: 60}, again)
	assert.Equal(t, []Hangup{Replaced}, p.closed)
	again.Call.Play("ply_1", "https://store/1")
	w.run(1200*time.Millisecond, again.live)
	assert.Equal(t, []string{"contact.joined", "contact.played ply_1 finished"}, w.story)
	assert.True(t, bytes.HasSuffix(counted(100), again.heard), "the rest of it")
	assert.InDelta(t, 49*ulaw.FrameSamples, len(again.heard), 3*ulaw.FrameSamples)
	require.Len(t, w.fetches, 1)
}
