package wsframe

import (
	"encoding/binary"
	"errors"
)

// Opcode is the kind of a frame or of a reassembled message.
type Opcode byte

// The opcodes of RFC 6455, section 5.2.
const (
	Continuation Opcode = 0x0
	Text         Opcode = 0x1
	Binary       Opcode = 0x2
	Close        Opcode = 0x8
	Ping         Opcode = 0x9
	Pong         Opcode = 0xa
)

// Close codes of RFC 6455, section 7.4.1.
const (
	CodeNormal      = 1000
	CodeGoingAway   = 1001
	CodeProtocol    = 1002
	CodeInvalidData = 1007
	CodePolicy      = 1008
	CodeTooBig      = 1009
)

// Errors of Reader.Feed: the connection has to be closed.
var (
	ErrProtocol = errors.New("WebSocket protocol violated")
	ErrTooBig   = errors.New("WebSocket message too big")
)

const (
	finBit        = 0x80
	reservedBits  = 0x70
	maskBit       = 0x80
	maxControlLen = 125
)

// Reader turns received bytes into messages. MaxMessage is the largest accepted message, in bytes.
type Reader struct {
	MaxMessage int

	partial   []byte // of a message in several frames
	partialOp Opcode // 0 when there is none
}

// Feed hands every complete message in b to handle and returns how many bytes were used; give the others again with
// what arrives next. It unmasks in place. The message is valid during the call only. It ends at the first error.
func (r *Reader) Feed(b []byte, handle func(Opcode, []byte) error) (used int, err error) {
	for {
		op, fin, payload, n, err := r.frame(b[used:])
		if err != nil || n == 0 {
			return used, err
		}
		used += n
		if op, payload, err = r.assemble(op, fin, payload); err != nil {
			return used, err
		}
		if op == Continuation {
			continue
		}
		if err = handle(op, payload); err != nil {
			return used, err
		}
	}
}

// frame decodes one frame; n is 0 when it is not complete yet.
func (r *Reader) frame(b []byte) (op Opcode, fin bool, payload []byte, n int, err error) {
	if len(b) < 2 {
		return 0, false, nil, 0, nil
	}
	op, fin = Opcode(b[0]&0x0f), b[0]&finBit != 0
	if b[0]&reservedBits != 0 || b[1]&maskBit == 0 {
		return 0, false, nil, 0, ErrProtocol
	}
	length, at := uint64(b[1]&^maskBit), 2
	if op >= Close && (length > maxControlLen || !fin) {
		return 0, false, nil, 0, ErrProtocol
	}
	switch length {
	case 126:
		if len(b) < 4 {
			return 0, false, nil, 0, nil
		}
		length, at = uint64(binary.BigEndian.Uint16(b[2:])), 4
	case 127:
		if len(b) < 10 {
			return 0, false, nil, 0, nil
		}
		length, at = binary.BigEndian.Uint64(b[2:]), 10
	}
	if length > uint64(r.MaxMessage) {
		return 0, false, nil, 0, ErrTooBig
	}
	end := at + 4 + int(length)
	if len(b) < end {
		return 0, false, nil, 0, nil
	}
	payload = b[at+4 : end]
	unmask(payload, binary.LittleEndian.Uint32(b[at:]))
	return op, fin, payload, end, nil
}

// assemble joins the frames of a message; it returns Continuation while one is incomplete.
func (r *Reader) assemble(op Opcode, fin bool, payload []byte) (Opcode, []byte, error) {
	switch op {
	case Close, Ping, Pong:
		return op, payload, nil
	case Text, Binary:
		if r.partialOp != 0 {
			return 0, nil, ErrProtocol
		}
		if fin {
			return op, payload, nil
		}
		r.partialOp = op
	case Continuation:
		if r.partialOp == 0 {
			return 0, nil, ErrProtocol
		}
	default:
		return 0, nil, ErrProtocol
	}
	if len(r.partial)+len(payload) > r.MaxMessage {
		return 0, nil, ErrTooBig
	}
	r.partial = append(r.partial, payload...)
	if !fin {
		return Continuation, nil, nil
	}
	op, payload = r.partialOp, r.partial
	r.partialOp, r.partial = 0, nil
	return op, payload, nil
}

func unmask(b []byte, key uint32) {
	key64 := uint64(key)<<32 | uint64(key)
	for len(b) >= 8 {
		binary.LittleEndian.PutUint64(b, binary.LittleEndian.Uint64(b)^key64)
		b = b[8:]
	}
	for i := range b {
		b[i] ^= byte(key >> (8 * (i & 3)))
	}
}

// Append appends one unmasked frame with a whole message, as servers send it.
func Append(dst []byte, op Opcode, payload []byte) []byte {
	dst = append(dst, finBit|byte(op))
	switch n := len(payload); {
	case n <= maxControlLen:
		dst = append(dst, byte(n))
	case n <= 0xffff:
		dst = binary.BigEndian.AppendUint16(append(dst, 126), uint16(n))
	default:
		dst = binary.BigEndian.AppendUint64(append(dst, 127), uint64(n))
	}
	return append(dst, payload...)
}

// AppendClose appends a close frame with a code and no reason.
func AppendClose(dst []byte, code uint16) []byte {
	return Append(dst, Close, binary.BigEndian.AppendUint16(nil, code))
}
