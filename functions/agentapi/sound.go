package agentapi

import (
	"fmt"
	"time"

	"guichet/shared/center"
	"guichet/shared/wav"
)

const (
	soundType = "audio/wav"
	soundRate = 8000 // Hz, of telephony
	// maxSound is the size of the longest recording, with room for a header.
	maxSound = int64(center.MaxRecording/time.Second)*soundRate*2 + 4096
)

// soundLength checks the sound of a recorded message, and tells how long it is. content has its first maxSound bytes.
func soundLength(content []byte, size int64) (time.Duration, error) {
	if size > maxSound {
		return 0, unfit(fmt.Sprintf("this one has %d bytes", size))
	}
	f, err := wav.Parse(content)
	if err != nil {
		return 0, unfit("this is another file")
	}
	length := f.Duration()
	switch {
	case f.Coding != wav.PCM || f.Bits != 16 || f.Channels != 1 || f.Rate != soundRate:
		return 0, unfit(fmt.Sprintf("this one has %d channels, %d Hz, %d bits, coding %d", f.Channels, f.Rate, f.Bits, f.Coding))
	case length == 0:
		return 0, unfit("this one is empty")
	case length > center.MaxRecording:
		return 0, unfit(fmt.Sprintf("this one lasts %.1f seconds", length.Seconds()))
	}
	return length, nil
}

func unfit(why string) error {
	return center.Errorf(center.Invalid, "recording-unfit",
		"a recorded message is a WAV file with 8 kHz, one channel, 16-bit PCM, and lasts %.0f seconds at most; %s",
		center.MaxRecording.Seconds(), why)
}
