// Package wav reads RIFF/WAVE files, as recorded messages are kept. It knows containers and plain samples, no codecs.
package wav

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"time"
)

// ErrFormat is a file that is no RIFF/WAVE file, or one whose samples are not there.
var ErrFormat = errors.New("not a WAV file")

// Coding is how samples are written, by the number that WAV files give it.
type Coding uint16

// Codings of telephony (RFC 2361).
const (
	PCM  Coding = 1
	ULaw Coding = 7
)

// File is a parsed file. Data has the samples as they are in the file, channels interleaved.
type File struct {
	Coding   Coding
	Channels int
	Rate     int // samples a second
	Bits     int // of a sample
	Data     []byte
}

// header is the fmt chunk (http://soundfile.sapp.org/doc/WaveFormat/).
type header struct {
	Coding        Coding
	Channels      uint16
	Rate          uint32
	BytesPerSec   uint32
	BlockAlign    uint16
	BitsPerSample uint16
}

// Parse reads a whole file. It fails with ErrFormat.
func Parse(file []byte) (File, error) {
	r := bytes.NewReader(file)
	var riff struct {
		ID   [4]byte
		Size uint32
		Form [4]byte
	}
	if binary.Read(r, binary.LittleEndian, &riff) != nil || string(riff.ID[:]) != "RIFF" || string(riff.Form[:]) != "WAVE" {
		return File{}, ErrFormat
	}
	var h header
	for {
		id, chunk, err := next(r)
		if err != nil {
			return File{}, err
		}
		switch id {
		case "fmt ":
			if err := binary.Read(bytes.NewReader(chunk), binary.LittleEndian, &h); err != nil {
				return File{}, fmt.Errorf("%w: its format is cut off", ErrFormat)
			}
		case "data":
			if h.Channels == 0 || h.Rate == 0 || h.BitsPerSample == 0 {
				return File{}, fmt.Errorf("%w: it does not say how it sounds", ErrFormat)
			}
			return File{h.Coding, int(h.Channels), int(h.Rate), int(h.BitsPerSample), chunk}, nil
		}
	}
}

// next reads one chunk.
func next(r *bytes.Reader) (id string, chunk []byte, err error) {
	var head struct {
		ID   [4]byte
		Size uint32
	}
	if err := binary.Read(r, binary.LittleEndian, &head); err != nil {
		return "", nil, fmt.Errorf("%w: it has no sound", ErrFormat)
	}
	// A size past the end is what a streamed file says: take what is there.
	size := min(int64(head.Size), int64(r.Len()))
	chunk = make([]byte, size)
	if _, err := io.ReadFull(r, chunk); err != nil {
		return "", nil, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	if size%2 == 1 && r.Len() > 0 {
		_, _ = r.ReadByte() // chunks are padded to an even length
	}
	return string(head.ID[:]), chunk, nil
}

// Duration is how long the file sounds.
func (f File) Duration() time.Duration {
	frame := f.Channels * ((f.Bits + 7) / 8)
	return time.Duration(len(f.Data)/frame) * time.Second / time.Duration(f.Rate)
}

// Samples decodes 16-bit PCM.
func (f File) Samples() ([]int16, error) {
	if f.Coding != PCM || f.Bits != 16 {
		return nil, fmt.Errorf("WAV coding %d with %d bits is no 16-bit PCM", f.Coding, f.Bits)
	}
	samples := make([]int16, len(f.Data)/2)
	for i := range samples {
		samples[i] = int16(binary.LittleEndian.Uint16(f.Data[2*i:]))
	}
	return samples, nil
}
