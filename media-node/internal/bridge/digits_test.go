package bridge

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/media-node/internal/ulaw"
	"guichet/shared/mediaapi"
)

// sound is the digits as the customer is to hear them.
func (w *world) sound(digits string) []byte {
	var b []byte
	for i := range len(digits) {
		b = append(b, w.bridge.digits[digits[i]]...)
	}
	return b
}

func TestDigitsSoundOnceInOrderWithoutSpeech(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		before func(w *world, p *provider)
		during bool // whether the agent speaks
	}{
		"in silence":           {func(*world, *provider) {}, false},
		"while the agent says": {func(*world, *provider) {}, true},
		"on hold":              {func(_ *world, p *provider) { p.Hold(1) }, true},
		"put on hold in them": {func(w *world, p *provider) {
			w.now = w.now.Add(time.Millisecond)
			require.NoError(w.t, p.Digits("dig_1", "12"))
			p.Hold(1)
		}, true},
		"parked": {func(w *world, _ *provider) { w.agent.leave(reasonClosed) }, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			p := w.call(0)
			each := []func(){p.live}
			if tc.during {
				each = append(each, w.speaks())
			}
			w.run(time.Second, each...)
			tc.before(w, p)
			require.NoError(t, p.Digits("dig_1", "12"))
			w.run(250*time.Millisecond, each...)
			require.NoError(t, p.Digits("dig_2", "2#"))
			require.NoError(t, p.Digits("dig_1", "12"))
			w.run(2*time.Second, each...)
			assert.Equal(t, 1, bytes.Count(p.heard, w.sound("122#")), "whole, one after the other")
			assert.Equal(t, 1, bytes.Count(p.heard, w.sound("1")[:800]), "once")
			assert.NotContains(t, strings.Join(w.story, ","), "played")
			w.alarms = 0
			w.run(time.Second, each...)
			assert.Zero(t, w.alarms, "the beat stops")
		})
	}
}

func TestAMessageWaitsForDigits(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.call(0)
	p.Call.Play("ply_1", "https://store/1")
	require.NoError(t, p.Digits("dig_1", "3"))
	w.run(100*time.Millisecond, p.live)
	w.fetches[0].done(counted(50), nil)
	w.run(500*time.Millisecond, p.live)
	require.NoError(t, p.Digits("dig_2", "7"))
	w.run(time.Second, p.live)
	heard := p.heard
	require.True(t, bytes.HasPrefix(heard, w.sound("3")))
	at := bytes.Index(heard, w.sound("7"))
	require.Positive(t, at)
	message := append(bytes.Clone(heard[1600:at]), heard[at+1600:]...)
	assert.Equal(t, counted(50), message, "nothing of it is lost")
	assert.Equal(t, []string{"contact.played ply_1 finished"}, w.story)
}

func TestDigitsGoOnWhenTheMessageIsStopped(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.call(0)
	p.Call.Play("ply_1", "https://store/1")
	w.fetches[0].done(counted(500), nil)
	w.run(500*time.Millisecond, p.live)
	require.NoError(t, p.Digits("dig_1", "159"))
	w.run(200*time.Millisecond, p.live)
	p.StopPlaying("ply_1")
	assert.Equal(t, []string{"contact.played ply_1 stopped"}, w.story)
	w.run(time.Second, p.live)
	assert.True(t, bytes.HasSuffix(p.heard, w.sound("159")), "whole, and no more of the message")
}

// TestDigitsAtTheEndOfAMessage: it is finished once it has been heard, and once only, whatever sounds after it.
func TestDigitsAtTheEndOfAMessage(t *testing.T) {
	t.Parallel()
	for at := range 25 {
		w := newWorld(t)
		p := w.call(0)
		w.run(time.Second, p.live)
		p.Call.Play("ply_1", "https://store/1")
		w.fetches[0].done(counted(10), nil)
		w.run(time.Duration(at)*10*time.Millisecond, p.live)
		require.NoError(t, p.Digits("dig_1", "0"))
		w.run(2*time.Second, p.live)
		assert.Equal(t, []string{"contact.played ply_1 finished"}, w.story, "%d ms", at*10)
		assert.Equal(t, 1, bytes.Count(p.heard, w.sound("0")))
		assert.Len(t, p.heard, 20*ulaw.FrameSamples)
	}
}

func TestNoMoreDigitsThanMayWait(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.call(0)
	require.NoError(t, p.Digits("dig_1", strings.Repeat("1", 60)))
	require.ErrorIs(t, p.Digits("dig_2", "12345"), ErrTooManyDigits)
	require.NoError(t, p.Digits("dig_3", "1234"))
	require.ErrorIs(t, p.Digits("dig_4", "1"), ErrTooManyDigits)
	w.run(13*time.Second, p.live)
	require.NoError(t, p.Digits("dig_2", "12345"), "asked again when there is room")
	w.run(2*time.Second, p.live)
	assert.Equal(t, w.sound(strings.Repeat("1", 60)+"123412345"), p.heard)
	for i := range 1000 {
		require.NoError(t, p.Digits(fmt.Sprint("more_", i), "1"))
		w.run(300*time.Millisecond, p.live)
	}
	assert.LessOrEqual(t, len(p.dialed), dialedKept)
}

func TestDigitsOnANewerLineAndNone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.call(0)
	require.NoError(t, p.Digits("dig_1", "123"))
	w.run(270*time.Millisecond, p.live)
	again := &provider{world: w, started: w.elapsed()}
	again.Stream = w.bridge.Join(mediaapi.Ticket{AgentID: "agt_1", ContactID: "ctc_1", ParkSeconds: 60}, again)
	require.NoError(t, again.Digits("dig_1", "123"))
	w.run(time.Second, again.live)
	assert.True(t, bytes.HasSuffix(w.sound("123"), again.heard), "the rest of them")
	assert.Greater(t, len(again.heard), 1600)

	require.NoError(t, again.Digits("dig_2", "123"))
	again.Left(mediaapi.LeftStopped)
	w.alarms = 0
	w.run(time.Second)
	assert.LessOrEqual(t, w.alarms, 1, "the beat stops")
}
