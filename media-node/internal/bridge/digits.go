package bridge

import (
	"errors"
	"slices"
)

const (
	// MaxDigits is how many digits may sound or wait at once.
	MaxDigits = 64
	// dialedKept is how many commands are remembered, so that one which is repeated late sounds once: as many as there can be
	// whose digits have not sounded.
	dialedKept = MaxDigits
)

// ErrTooManyDigits refuses digits that would wait for too long.
var ErrTooManyDigits = errors.New("too many digits wait to sound")

// Digits sounds them (tone.Dialable) to everybody as DTMF, after those that still sound, also on hold. A recorded message waits
// for their end, and what is said meanwhile neither the customer nor a guest's line hears: a receiver wants pure tones. Repeated
// under the same ID they sound once.
func (c *Call) Digits(id, digits string) error {
	if slices.Contains(c.dialed, id) {
		return nil
	}
	waiting := len(digits)
	if c.toCustomer != nil {
		waiting += c.toCustomer.Tones()
	}
	if waiting > MaxDigits {
		return ErrTooManyDigits
	}
	c.dialed = append(c.dialed[max(0, len(c.dialed)-dialedKept+1):], id)
	c.mix()
	for _, t := range c.tracks() {
		for i := range len(digits) {
			if t != nil {
				t.Sound(c.bridge.digits[digits[i]])
			}
		}
	}
	return nil
}
