package audio

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// ErrUnsupported is a file that is not PCM 16-bit or μ-law, mono or stereo, 8 to 48 kHz.
var ErrUnsupported = errors.New("audio format not supported")

const (
	formatPCM  = 1
	formatULaw = 7
)

type wavFormat struct {
	Tag           uint16
	Channels      uint16
	SampleRate    uint32
	BytesPerSec   uint32
	BlockAlign    uint16
	BitsPerSample uint16
}

// FromWAV decodes a RIFF/WAVE file to μ-law at Rate.
func FromWAV(file []byte) ([]byte, error) {
	r := bytes.NewReader(file)
	var header struct {
		RIFF [4]byte
		Size uint32
		WAVE [4]byte
	}
	if err := binary.Read(r, binary.LittleEndian, &header); err != nil {
		return nil, fmt.Errorf("read WAV header: %w", err)
	}
	if header.RIFF != [4]byte{'R', 'I', 'F', 'F'} || header.WAVE != [4]byte{'W', 'A', 'V', 'E'} {
		return nil, fmt.Errorf("not a RIFF/WAVE file: %w", ErrUnsupported)
	}
	var format wavFormat
	for {
		id, chunk, err := nextChunk(r)
		if err != nil {
			return nil, err
		}
		switch id {
		case "fmt ":
			if err := binary.Read(bytes.NewReader(chunk), binary.LittleEndian, &format); err != nil {
				return nil, fmt.Errorf("read WAV format: %w", err)
			}
		case "data":
			return decodeData(format, chunk)
		}
	}
}

func nextChunk(r *bytes.Reader) (id string, chunk []byte, err error) {
	var head struct {
		ID   [4]byte
		Size uint32
	}
	if err := binary.Read(r, binary.LittleEndian, &head); err != nil {
		return "", nil, fmt.Errorf("WAV file without data: %w", err)
	}
	// A size past the end is what a streamed file says: take what is there.
	size := min(int64(head.Size), int64(r.Len()))
	chunk = make([]byte, size)
	if _, err := io.ReadFull(r, chunk); err != nil {
		return "", nil, fmt.Errorf("read WAV chunk: %w", err)
	}
	if size%2 == 1 && r.Len() > 0 {
		_, _ = r.ReadByte() // chunks are padded to an even length
	}
	return string(head.ID[:]), chunk, nil
}

func decodeData(f wavFormat, data []byte) ([]byte, error) {
	if f.Channels < 1 || f.Channels > 2 || f.SampleRate < Rate || f.SampleRate > 48000 {
		return nil, fmt.Errorf("%d channels at %d Hz: %w", f.Channels, f.SampleRate, ErrUnsupported)
	}
	var samples []int16
	switch {
	case f.Tag == formatULaw && f.BitsPerSample == 8:
		samples = DecodeAll(data)
	case f.Tag == formatPCM && f.BitsPerSample == 16:
		samples = make([]int16, len(data)/2)
		for i := range samples {
			samples[i] = int16(binary.LittleEndian.Uint16(data[2*i:]))
		}
	default:
		return nil, fmt.Errorf("WAV format %d with %d bits: %w", f.Tag, f.BitsPerSample, ErrUnsupported)
	}
	return EncodeAll(resample(toMono(samples, int(f.Channels)), int(f.SampleRate))), nil
}

func toMono(samples []int16, channels int) []int16 {
	if channels == 1 {
		return samples
	}
	mono := make([]int16, len(samples)/2)
	for i := range mono {
		mono[i] = int16((int(samples[2*i]) + int(samples[2*i+1])) / 2)
	}
	return mono
}

// resample lowers the rate by averaging each output sample's span: coarse, and enough for a telephone.
func resample(samples []int16, rate int) []int16 {
	if rate == Rate {
		return samples
	}
	out := make([]int16, len(samples)*Rate/rate)
	for i := range out {
		from, to := i*rate/Rate, max(i*rate/Rate+1, (i+1)*rate/Rate)
		sum := 0
		for _, s := range samples[from:to] {
			sum += int(s)
		}
		out[i] = int16(sum / (to - from))
	}
	return out
}
