package sms

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestSegments(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		"":                                         1,
		strings.Repeat("a", 160):                   1,
		strings.Repeat("a", 161):                   2,
		strings.Repeat("a", 306):                   2,
		strings.Repeat("a", 307):                   3,
		strings.Repeat("€", 80):                    1, // two places each
		strings.Repeat("€", 81):                    2,
		strings.Repeat("ç", 70):                    1, // not in GSM-7, although Ç is
		strings.Repeat("ç", 71):                    2,
		strings.Repeat("🌸", 35):                    1, // two UTF-16 units each
		strings.Repeat("🌸", 36):                    2,
		strings.Repeat("a", 159) + "ê":             3,
		"Où êtes-vous ? " + strings.Repeat("é", 9): 1,
	} {
		assert.Equal(t, want, segments(text), text)
	}
}
