package audio

import (
	"bytes"
	"math"
)

// still is a frame in which nothing is said.
var still = bytes.Repeat([]byte{Silence}, FrameBytes)

// Mix is what several frames of μ-law sound like together; a loud sum is clipped. Where only one says anything, it passes as
// it is. Frames have FrameBytes.
func Mix(frames ...[]byte) []byte {
	speaking := frames[:0:0]
	for _, frame := range frames {
		if !bytes.Equal(frame, still) {
			speaking = append(speaking, frame)
		}
	}
	switch len(speaking) {
	case 0:
		return bytes.Clone(still)
	case 1:
		return speaking[0]
	}
	mixed := make([]byte, FrameBytes)
	for i := range mixed {
		sum := 0
		for _, frame := range speaking {
			sum += int(Decode(frame[i]))
		}
		mixed[i] = Encode(int16(min(max(sum, math.MinInt16), math.MaxInt16)))
	}
	return mixed
}

// Quiet says whether a stretch of μ-law is too quiet for anybody to be speaking.
func Quiet(ulaw []byte) bool { return levelOf(DecodeAll(ulaw)) < audible }
