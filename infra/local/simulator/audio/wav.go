package audio

import (
	"encoding/binary"
	"errors"
	"fmt"

	"guichet/shared/wav"
)

// ErrUnsupported is a file that is not PCM 16-bit or μ-law, mono or stereo, 8 to 48 kHz.
var ErrUnsupported = errors.New("audio format not supported")

// FromWAV decodes a RIFF/WAVE file to μ-law at Rate.
func FromWAV(file []byte) ([]byte, error) {
	f, err := wav.Parse(file)
	if err != nil {
		return nil, err
	}
	if f.Channels > 2 || f.Rate < Rate || f.Rate > 48000 {
		return nil, fmt.Errorf("%d channels at %d Hz: %w", f.Channels, f.Rate, ErrUnsupported)
	}
	var samples []int16
	if f.Coding == wav.ULaw && f.Bits == 8 {
		samples = DecodeAll(f.Data)
	} else if samples, err = f.Samples(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnsupported, err)
	}
	return EncodeAll(resample(toMono(samples, f.Channels), f.Rate)), nil
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

// ToWAV is a file of 16-bit PCM, mono at Rate (http://soundfile.sapp.org/doc/WaveFormat/).
func ToWAV(ulaw []byte) []byte {
	const sampleBytes = 2
	le, size := binary.LittleEndian, uint32(sampleBytes*len(ulaw))
	file := le.AppendUint32([]byte("RIFF"), 36+size)
	file = le.AppendUint32(append(file, "WAVEfmt "...), 16)
	file = le.AppendUint16(file, uint16(wav.PCM))
	file = le.AppendUint16(file, 1)
	file = le.AppendUint32(file, Rate)
	file = le.AppendUint32(file, Rate*sampleBytes)
	file = le.AppendUint16(file, sampleBytes)
	file = le.AppendUint16(file, 8*sampleBytes)
	file = le.AppendUint32(append(file, "data"...), size)
	for _, code := range ulaw {
		file = le.AppendUint16(file, uint16(Decode(code)))
	}
	return file
}
