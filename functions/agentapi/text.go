package agentapi

import (
	"strings"
	"unicode"
)

// plainText is a text without control characters but newline and tab, and without blanks around it.
func plainText(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, s))
}

// plainLine is a text of one line: what parts it becomes one blank.
func plainLine(s string) string { return strings.Join(strings.Fields(plainText(s)), " ") }

// plainLines are those that are not empty.
func plainLines(lines []string) []string {
	var plain []string
	for _, l := range lines {
		if l = plainLine(l); l != "" {
			plain = append(plain, l)
		}
	}
	return plain
}
