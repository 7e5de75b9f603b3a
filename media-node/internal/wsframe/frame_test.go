package wsframe

import (
	"bytes"
	"encoding/binary"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// masked builds a client's frame.
func masked(head byte, payload []byte, mask uint32) []byte {
	b := []byte{head}
	switch n := len(payload); {
	case n <= maxControlLen:
		b = append(b, maskBit|byte(n))
	case n <= 0xffff:
		b = binary.BigEndian.AppendUint16(append(b, maskBit|126), uint16(n))
	default:
		b = binary.BigEndian.AppendUint64(append(b, maskBit|127), uint64(n))
	}
	b = binary.LittleEndian.AppendUint32(b, mask)
	at := len(b)
	b = append(b, payload...)
	for i := range payload {
		b[at+i] ^= byte(mask >> (8 * (i & 3)))
	}
	return b
}

type message struct {
	op      Opcode
	payload string
}

// feed gives b to a reader in pieces, as the network may cut it.
func feed(b []byte, piece, limit int) (got []message, err error) {
	r := Reader{MaxMessage: limit}
	var pending []byte
	for len(b) > 0 {
		n := min(piece, len(b))
		pending, b = append(pending, b[:n]...), b[n:]
		used, err := r.Feed(pending, func(op Opcode, p []byte) error {
			got = append(got, message{op, string(p)})
			return nil
		})
		if err != nil {
			return got, err
		}
		pending = pending[used:]
	}
	return got, nil
}

func TestReader(t *testing.T) {
	t.Parallel()
	long := string(bytes.Repeat([]byte("x"), 300))
	for name, tc := range map[string]struct {
		in   []byte
		want []message
		err  error
	}{
		"text":                     {masked(0x81, []byte("hello"), 0xa1b2c3d4), []message{{Text, "hello"}}, nil},
		"16-bit length":            {masked(0x82, []byte(long), 7), []message{{Binary, long}}, nil},
		"empty":                    {masked(0x81, nil, 1), []message{{Text, ""}}, nil},
		"two messages":             {append(masked(0x81, []byte("a"), 1), masked(0x81, []byte("b"), 2)...), []message{{Text, "a"}, {Text, "b"}}, nil},
		"fragments":                {append(append(masked(0x01, []byte("ab"), 1), masked(0x00, []byte("cd"), 2)...), masked(0x80, []byte("e"), 3)...), []message{{Text, "abcde"}}, nil},
		"ping amid fragments":      {append(append(masked(0x01, []byte("ab"), 1), masked(0x89, []byte("?"), 2)...), masked(0x80, []byte("c"), 3)...), []message{{Ping, "?"}, {Text, "abc"}}, nil},
		"close":                    {masked(0x88, []byte{3, 232}, 9), []message{{Close, "\x03\xe8"}}, nil},
		"unmasked":                 {[]byte{0x81, 1, 'a'}, nil, ErrProtocol},
		"reserved bit":             {masked(0xc1, []byte("a"), 1), nil, ErrProtocol},
		"unknown opcode":           {masked(0x83, []byte("a"), 1), nil, ErrProtocol},
		"long ping":                {masked(0x89, []byte(long), 1), nil, ErrProtocol},
		"fragmented ping":          {masked(0x09, []byte("a"), 1), nil, ErrProtocol},
		"continuation of nothing":  {masked(0x80, []byte("a"), 1), nil, ErrProtocol},
		"text amid fragments":      {append(masked(0x01, []byte("a"), 1), masked(0x81, []byte("b"), 1)...), nil, ErrProtocol},
		"too big":                  {masked(0x81, bytes.Repeat([]byte("x"), 1001), 1), nil, ErrTooBig},
		"fragments too big":        {append(masked(0x01, bytes.Repeat([]byte("x"), 600), 1), masked(0x80, bytes.Repeat([]byte("x"), 600), 1)...), nil, ErrTooBig},
		"absurd length is refused": {[]byte{0x81, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, nil, ErrTooBig},
	} {
		for _, piece := range []int{1, 3, 1 << 20} {
			got, err := feed(bytes.Clone(tc.in), piece, 1000)
			require.ErrorIs(t, err, tc.err, name)
			assert.Equal(t, tc.want, got, name)
		}
	}
}

func TestAppendIsReadByTheOtherSide(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 125, 126, 65535, 65536} {
		payload := bytes.Repeat([]byte("y"), n)
		frame := Append(nil, Text, payload)
		require.Zero(t, frame[1]&maskBit, "servers do not mask")
		header := len(frame) - n
		assert.Equal(t, map[bool]int{true: 2, false: map[bool]int{true: 4, false: 10}[n <= 65535]}[n <= 125], header)
		assert.Equal(t, payload, frame[header:])
	}
	assert.Equal(t, []byte{0x88, 2, 0x03, 0xe8}, AppendClose(nil, CodeNormal))
}

func FuzzReader(f *testing.F) {
	f.Add(masked(0x81, []byte("hello"), 1), 1)
	f.Add(append(masked(0x01, []byte("ab"), 1), masked(0x80, []byte("cd"), 2)...), 2)
	f.Add([]byte{0x81, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, 3)
	f.Fuzz(func(t *testing.T, b []byte, piece int) {
		if piece < 1 || piece > 64 {
			return
		}
		whole, wholeErr := feed(bytes.Clone(b), len(b)+1, 100)
		cut, cutErr := feed(bytes.Clone(b), piece, 100)
		require.Equal(t, whole, cut, "where the network cuts makes no difference")
		require.Equal(t, wholeErr, cutErr)
		for _, m := range whole {
			require.LessOrEqual(t, len(m.payload), 125)
		}
	})
}
