// Package wavtest makes WAV files for tests.
package wavtest

import (
	"encoding/binary"
	"math"
	"time"

	"guichet/shared/wav"
)

// Encode builds a file, with a chunk before its sound that means nothing to anybody.
func Encode(f wav.File) []byte {
	le := binary.LittleEndian
	body := []byte("WAVE")
	chunk := func(id string, content []byte) {
		body = le.AppendUint32(append(body, id...), uint32(len(content)))
		body = append(body, content...)
		if len(content)%2 == 1 {
			body = append(body, 0)
		}
	}
	frame := f.Channels * f.Bits / 8
	format := le.AppendUint16(nil, uint16(f.Coding))
	format = le.AppendUint16(format, uint16(f.Channels))
	format = le.AppendUint32(format, uint32(f.Rate))
	format = le.AppendUint32(format, uint32(f.Rate*frame))
	format = le.AppendUint16(format, uint16(frame))
	format = le.AppendUint16(format, uint16(f.Bits))
	chunk("LIST", []byte("odd"))
	chunk("fmt ", format)
	chunk("data", f.Data)
	return append(le.AppendUint32([]byte("RIFF"), uint32(len(body))), body...)
}

// Tone is a file of telephone quality (8 kHz, mono, 16-bit PCM) with a tone in it.
func Tone(hz float64, length time.Duration) []byte {
	f := wav.File{Coding: wav.PCM, Channels: 1, Rate: 8000, Bits: 16}
	for i := range int(length * time.Duration(f.Rate) / time.Second) {
		s := int16(12000 * math.Sin(2*math.Pi*hz*float64(i)/float64(f.Rate)))
		f.Data = binary.LittleEndian.AppendUint16(f.Data, uint16(s))
	}
	return Encode(f)
}
