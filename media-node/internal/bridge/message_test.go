package bridge

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/media-node/internal/ulaw"
)

func TestTwoMinutesAreHeardWholeWithoutAGapWhateverTheClocks(t *testing.T) {
	t.Parallel()
	const frames = 6000
	for name, skew := range map[string]float64{"as ours": 0, "200 ppm fast": 200e-6, "200 ppm slow": -200e-6} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			p := w.call(skew)
			w.run(time.Second, p.live)
			p.Call.Play("ply_1", "https://store/1")
			w.fetches[0].done(counted(frames), nil)
			w.run(2*time.Minute-100*time.Millisecond, p.live)
			assert.Empty(t, w.story, "not finished before it has been heard")
			assert.Zero(t, p.starved, "nobody says anything, and it goes on")
			w.run(200*time.Millisecond, p.live)
			assert.Equal(t, []string{"contact.played ply_1 finished"}, w.story)
			assert.True(t, bytes.Equal(counted(frames), p.heard), "whole and in order")
			assert.LessOrEqual(t, p.most, 90*time.Millisecond, "little waits there, from beginning to end")
		})
	}
}

func TestNothingBeatsWhileNothingPlays(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.call(0)
	w.run(time.Second, p.live)
	assert.Zero(t, w.alarms)
	p.Call.Play("ply_1", "https://store/1")
	w.run(time.Second, p.live)
	assert.Zero(t, w.alarms, "nor while it is fetched")
	w.fetches[0].done(counted(50), nil)
	w.run(2*time.Second, p.live)
	assert.Equal(t, []string{"contact.played ply_1 finished"}, w.story)
	assert.InDelta(t, 50, w.alarms, 3)
	assert.Nil(t, w.alarm)
}

func words(audio []byte) []int {
	var all []int
	for chunk := range slices.Chunk(bytes.Trim(audio, "\xff"), ulaw.FrameSamples) {
		all = append(all, int(chunk[0]))
	}
	return all
}

func TestAStopCutsNoSpeech(t *testing.T) {
	t.Parallel()
	for at := range 20 {
		w := newWorld(t)
		p := w.call(0)
		speaks := w.speaks()
		w.run(time.Second, p.live)
		p.Call.Play("ply_1", "https://store/1")
		w.fetches[0].done(silence(500), nil)
		w.run(500*time.Millisecond, p.live)
		w.run(500*time.Millisecond+time.Duration(at)*time.Millisecond, p.live, speaks)
		p.StopPlaying("ply_1")
		assert.Equal(t, []string{"contact.played ply_1 stopped"}, w.story, "at once")
		assert.Equal(t, 1, p.clears)
		w.run(500*time.Millisecond, p.live, speaks)
		heard := words(p.heard)
		require.Greater(t, len(heard), 40)
		for i, word := range heard {
			require.Equal(t, i%100+1, word, "stopped at %d ms: %v", at, heard)
		}
	}
}

func TestStopsAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.call(0)
	w.run(time.Second, p.live)
	p.Call.Play("ply_1", "https://store/1")
	w.fetches[0].done(counted(500), nil)
	w.run(time.Second, p.live)
	heard := len(p.heard)
	p.StopPlaying("ply_2")
	w.run(time.Second, p.live)
	assert.Empty(t, w.story, "another one")
	assert.InDelta(t, heard+ulaw.SampleRate, len(p.heard), 20)
	p.StopPlaying("ply_1")
	heard = len(p.heard)
	w.run(time.Second, p.live)
	assert.Len(t, p.heard, heard, "nobody speaks: nothing more is heard")
	p.StopPlaying("ply_1")
	assert.Equal(t, []string{"contact.played ply_1 stopped"}, w.story)
}

func TestSpeechGoesOnAfterTheEnd(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.call(0)
	speaks := w.speaks()
	w.run(time.Second, p.live)
	p.Call.Play("ply_1", "https://store/1")
	w.fetches[0].done(silence(50), nil)
	w.run(800*time.Millisecond, p.live)
	w.run(5*time.Second, p.live, speaks)
	assert.Equal(t, []string{"contact.played ply_1 finished"}, w.story)
	heard := words(p.heard)
	left := 0
	for i := 1; i < len(heard); i++ {
		step := (heard[i] - heard[i-1] + 100) % 100
		require.Contains(t, []int{1, 2}, step, "%v", heard)
		left += step - 1
	}
	assert.LessOrEqual(t, left, 5, "frames left out, one a second, until no delay is left")
	assert.LessOrEqual(t, p.waiting(), 60*time.Millisecond)
	assert.Less(t, time.Duration(len(p.queue))*time.Second/ulaw.SampleRate, 60*time.Millisecond)
}

func TestFinishedWhenTheProviderSaysSoOrALittleLater(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.call(0)
	w.run(time.Second, p.live)
	p.Call.Play("ply_1", "https://store/1")
	w.fetches[0].done(counted(50), nil)
	w.run(950*time.Millisecond, p.live)
	p.marks = nil // it is lost
	w.run(900*time.Millisecond, p.live)
	assert.Empty(t, w.story)
	w.run(300*time.Millisecond, p.live)
	assert.Equal(t, []string{"contact.played ply_1 finished"}, w.story)
}

func TestAStalledNodeDoesNotRushOn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.call(0)
	p.Call.Play("ply_1", "https://store/1")
	w.fetches[0].done(counted(100), nil)
	w.run(time.Second, p.live)
	w.now = w.now.Add(700 * time.Millisecond)
	p.live()
	w.run(1500*time.Millisecond, p.live)
	assert.Equal(t, counted(100), p.heard, "nothing is left out")
	assert.LessOrEqual(t, p.most, 80*time.Millisecond)
	assert.Equal(t, []string{"contact.played ply_1 finished"}, w.story)
}
