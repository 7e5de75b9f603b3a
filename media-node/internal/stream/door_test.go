package stream

import (
	"bytes"
	"encoding/binary"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// masked is a frame as a client sends it (RFC 6455, section 5.2).
func masked(op byte, payload string) []byte {
	key := [4]byte{1, 2, 3, 4}
	b := []byte{0x80 | op, 0x80 | byte(min(len(payload), 126))}
	if len(payload) >= 126 {
		b = binary.BigEndian.AppendUint16(b, uint16(len(payload)))
	}
	b = append(b, key[:]...)
	for i := range payload {
		b = append(b, payload[i]^key[i%4])
	}
	return b
}

const (
	connected = `{"event":"connected","protocol":"Call","version":"1.0.0"}`
	started   = `{"event":"start","start":{"streamSid":"MZ1","callSid":"CA1","customParameters":{"ticket":"abc"},"mediaFormat":{"encoding":"audio/x-mulaw","sampleRate":8000,"channels":1}},"streamSid":"MZ1"}`
	spoken    = `{"event":"media","media":{"track":"inbound","timestamp":"0","payload":"//8="},"streamSid":"MZ1"}`
)

func TestTheStartIsFoundHoweverItComes(t *testing.T) {
	t.Parallel()
	whole := bytes.Join([][]byte{masked(1, connected), masked(9, "are you there?"), masked(1, started)}, nil)
	before := bytes.Clone(whole)
	for n := range whole {
		start, over := findStart(whole[:n])
		require.Nil(t, start, "%d bytes", n)
		require.False(t, over, "%d bytes", n)
	}
	start, over := findStart(append(whole, masked(1, spoken)...))
	assert.True(t, over)
	require.NotNil(t, start)
	assert.Equal(t, "CA1", start.CallSID)
	assert.Equal(t, "abc", start.Parameters["ticket"])
	assert.Equal(t, before, whole, "what is passed on is what came")
}

func TestWhatHasNoStartIsForTheLoop(t *testing.T) {
	t.Parallel()
	for name, received := range map[string][]byte{
		"audio first":        bytes.Join([][]byte{masked(1, spoken), masked(1, started)}, nil),
		"no JSON":            masked(1, "hello"),
		"the end":            masked(8, "\x03\xe8"),
		"no WebSocket frame": []byte("GET / HTTP/1.1\r\n\r\n"),
		"a stop":             masked(1, `{"event":"stop","streamSid":"MZ1"}`),
	} {
		start, over := findStart(received)
		assert.Nil(t, start, name)
		assert.True(t, over, name)
	}
}
