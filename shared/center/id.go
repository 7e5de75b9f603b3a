package center

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"strings"
	"time"
)

// Prefixes say what an identifier names.
const (
	PrefixContact = "ct_"
	PrefixOffer   = "of_"
	PrefixTicket  = "tk_"
	PrefixChat    = "ch_"
	PrefixMessage = "ms_"
	PrefixFile    = "fl_"
	PrefixCanned  = "cn_"
	PrefixRoom    = "rm_"
	PrefixSound   = "rc_"
	PrefixPlay    = "pl_"

	PrefixVoicemail = "vm_"
)

// alphabet is that of ULIDs (https://github.com/ulid/spec).
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

var crockford = base32.NewEncoding(alphabet).WithPadding(base32.NoPadding)

// NewID returns prefix and a ULID: 48 bits of milliseconds, 80 random bits.
func NewID(prefix string, now time.Time) string {
	var chance [10]byte
	_, _ = rand.Read(chance[:]) // never fails: crypto/rand crashes the program instead
	return prefix + timedULID(now, chance)
}

// timedULID has the time in its first 48 bits, in milliseconds.
func timedULID(at time.Time, rest [10]byte) string {
	var b [16]byte
	ms := uint64(at.UnixMilli())
	for i := range 6 {
		b[i] = byte(ms >> (40 - 8*i))
	}
	copy(b[6:], rest[:])
	return ulid(b)
}

// TimeOf is the time in an identifier's ULID, or zero if it is none.
func TimeOf(id string) time.Time {
	_, text, ok := strings.Cut(id, "_")
	if !ok || len(text) != 26 {
		return time.Time{}
	}
	ms := uint64(0)
	for _, r := range text[:10] {
		i := strings.IndexRune(alphabet, r)
		if i < 0 {
			return time.Time{}
		}
		ms = ms<<5 | uint64(i) //nolint:gosec // an index of 32 letters
	}
	return time.UnixMilli(int64(ms)).UTC() //nolint:gosec // 50 bits
}

// ContactIDOf names the contact that a provider's id admits, so that a repeated webhook finds it without an index.
// It has the shape of a ULID but no time in it.
func ContactIDOf(provider, id string) string { return derivedID(PrefixContact, provider+":"+id) }

func derivedID(prefix, name string) string {
	sum := sha256.Sum256([]byte(name))
	return prefix + ulid([16]byte(sum[:16]))
}

// ulid spells 128 bits in 26 characters: two zero bits, then five bits a character.
func ulid(b [16]byte) string {
	var padded [20]byte // 160 bits = 32 characters, of which the first 6 are the padding's 30 bits
	copy(padded[4:], b[:])
	return crockford.EncodeToString(padded[:])[6:]
}
