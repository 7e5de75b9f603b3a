package phonenumber

import (
	"strings"
	"unicode"
)

// maxText is the longest text looked at, in bytes; the longest number has 15 digits.
const maxText = 250

// typed is what a text says: its digits, in ASCII, and whether a plus sign stands before them.
type typed struct {
	digits string
	plus   bool
}

// read takes the digits out of a text. It fails with ErrNotANumber or ErrTooLong.
func read(text string) (typed, error) {
	if len(text) > maxText {
		return typed{}, ErrTooLong
	}
	text = strings.TrimSpace(text)
	if len(text) >= len("tel:") && strings.EqualFold(text[:len("tel:")], "tel:") {
		text = text[len("tel:"):]
	}
	var t typed
	digits := make([]byte, 0, len(text))
	for _, r := range text {
		digit, isDigit := digitOf(r)
		switch {
		case isDigit:
			digits = append(digits, digit)
		case (r == '+' || r == '＋') && len(digits) == 0 && !t.plus:
			t.plus = true
		case !separates(r):
			return typed{}, ErrNotANumber
		}
	}
	if len(digits) == 0 {
		return typed{}, ErrNotANumber
	}
	t.digits = string(digits)
	return t, nil
}

// digitOf gives the ASCII digit of the digits that keyboards of telephones have: full-width and Arabic ones too.
func digitOf(r rune) (byte, bool) {
	for _, zero := range [...]rune{'0', '０', '٠', '۰'} {
		if r >= zero && r <= zero+9 {
			return '0' + byte(r-zero), true
		}
	}
	return 0, false
}

// separates tells what people and programs write between digits, which nobody dials. Format characters are among it:
// address books wrap the numbers that they copy in marks of writing direction.
func separates(r rune) bool {
	return unicode.IsSpace(r) || unicode.In(r, unicode.Pd, unicode.Cf) || strings.ContainsRune("()[]./~−（）［］．／～", r)
}
