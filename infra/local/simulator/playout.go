package simulator

import (
	"errors"
	"sync"

	"guichet/infra/local/simulator/audio"
)

// errPlayoutFull is more audio than fits the buffer.
var errPlayoutFull = errors.New("too much audio waits to be heard")

// maxPlayout bounds the audio that waits to be heard: ten minutes.
const maxPlayout = 10 * 60 * audio.Rate

// playout is the audio on its way to the caller, heard in real time and in order, with marks between.
type playout struct {
	mu    sync.Mutex
	items []playoutItem
	bytes int
}

// playoutItem is audio, or a mark: a function called when everything before it was heard or cleared.
type playoutItem struct {
	audio []byte
	mark  func()
}

// write appends μ-law audio; false when the buffer is full and the audio was refused.
func (p *playout) write(ulaw []byte) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bytes+len(ulaw) > maxPlayout {
		return false
	}
	p.items = append(p.items, playoutItem{audio: ulaw})
	p.bytes += len(ulaw)
	return true
}

// mark calls reached when all that was written before has been heard or cleared; at once when nothing waits.
func (p *playout) mark(reached func()) {
	p.mu.Lock()
	if p.bytes > 0 {
		p.items = append(p.items, playoutItem{mark: reached})
		p.mu.Unlock()
		return
	}
	p.mu.Unlock()
	reached()
}

// clear drops the waiting audio and calls the marks.
func (p *playout) clear() {
	p.mu.Lock()
	items := p.items
	p.items, p.bytes = nil, 0
	p.mu.Unlock()
	for _, it := range items {
		if it.mark != nil {
			it.mark()
		}
	}
}

// discard drops the waiting audio and the marks: whoever set them is gone.
func (p *playout) discard() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.items, p.bytes = nil, 0
}

// next takes one frame, completed with silence, and calls the marks that follow it.
func (p *playout) next() []byte {
	frame := make([]byte, 0, audio.FrameBytes)
	var reached []func()
	p.mu.Lock()
	for len(p.items) > 0 {
		head := &p.items[0]
		if head.mark != nil {
			reached = append(reached, head.mark)
			p.items = p.items[1:]
			continue
		}
		n := min(len(head.audio), audio.FrameBytes-len(frame))
		frame = append(frame, head.audio[:n]...)
		head.audio = head.audio[n:]
		p.bytes -= n
		if len(head.audio) > 0 {
			break
		}
		p.items = p.items[1:]
	}
	p.mu.Unlock()
	for _, f := range reached {
		f()
	}
	for len(frame) < audio.FrameBytes {
		frame = append(frame, audio.Silence)
	}
	return frame
}
