package simulator

import (
	"context"
	"sync"
	"time"

	"guichet/infra/local/simulator/audio"
)

// frameTime is the length of one frame of audio on the line and in a media stream.
const frameTime = 20 * time.Millisecond

// earSeconds is how much of what the caller heard is kept for measuring.
const earSeconds = 2

// Source is what a caller says: Fill writes the next samples as 8 kHz μ-law, silence where there is nothing.
type Source interface{ Fill(frame []byte) }

// line is the audio of one call, clocked in frames of 20 ms: from the caller's source to the media stream, and from the
// playout buffer to the caller's ear.
type line struct {
	playout playout

	mu        sync.Mutex
	source    Source
	muted     bool
	uplink    func(frame []byte) // a media stream, a conference or a recording, when there is one
	room      func() [][]byte    // what others in a conference say, a frame each; nil outside of one
	tap       func(frame []byte) // another call of which this one is the far end; set before the clock starts
	listeners map[*listener]struct{}
	ear       []byte // the last earSeconds heard
}

// listener receives every frame that the caller hears; frames are dropped when it is slow.
type listener struct{ frames chan []byte }

func newLine() *line {
	return &line{listeners: make(map[*listener]struct{})}
}

// run is the line's clock. It counts frames against elapsed time, so that late ticks cause no drift.
func (l *line) run(ctx context.Context) {
	ticker := time.NewTicker(frameTime)
	defer ticker.Stop()
	start, done := time.Now(), 0
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		for due := int(time.Since(start) / frameTime); done < due; done++ {
			l.tick()
		}
	}
}

func (l *line) tick() {
	heard := l.hear()
	said := make([]byte, audio.FrameBytes)
	l.mu.Lock()
	source, uplink := l.source, l.uplink
	if l.muted {
		source = nil
	}
	l.ear = append(l.ear, heard...)
	if over := len(l.ear) - earSeconds*audio.Rate; over > 0 {
		l.ear = append(l.ear[:0], l.ear[over:]...)
	}
	for to := range l.listeners {
		select {
		case to.frames <- heard:
		default:
		}
	}
	l.mu.Unlock()
	if source == nil {
		fillSilence(said)
	} else {
		source.Fill(said)
	}
	if uplink != nil {
		uplink(said)
	}
	if l.tap != nil {
		l.tap(heard)
	}
}

// hear takes the next frame for the caller's ear.
func (l *line) hear() []byte {
	played := l.playout.next()
	l.mu.Lock()
	room := l.room
	l.mu.Unlock()
	if room == nil {
		return played
	}
	return audio.Mix(append(room(), played)...)
}

// SetSource changes what the caller says; nil for silence.
func (l *line) SetSource(s Source) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.source = s
}

func (l *line) setMuted(muted bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.muted = muted
}

func (l *line) isMuted() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.muted
}

func (l *line) setUplink(f func(frame []byte)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.uplink = f
}

func (l *line) setRoom(hear func() [][]byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.room = hear
}

func (l *line) listen() *listener {
	to := &listener{frames: make(chan []byte, 25)}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.listeners[to] = struct{}{}
	return to
}

func (l *line) unlisten(to *listener) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.listeners, to)
}

// heard measures the last part of what the caller heard.
func (l *line) heard(last time.Duration) audio.Sound {
	n := int(last.Seconds() * audio.Rate)
	l.mu.Lock()
	tail := append([]byte(nil), l.ear[max(0, len(l.ear)-n):]...)
	l.mu.Unlock()
	return audio.Measure(audio.DecodeAll(tail))
}

func fillSilence(frame []byte) {
	for i := range frame {
		frame[i] = audio.Silence
	}
}
