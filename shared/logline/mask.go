package logline

import (
	"log/slog"
	"strings"
)

// masked masks the numbers in texts and errors. Providers put them into what they answer, and addresses have them.
func masked(_ []string, a slog.Attr) slog.Attr {
	switch a.Value.Kind() {
	case slog.KindString:
		a.Value = slog.StringValue(Mask(a.Value.String()))
	case slog.KindAny:
		if err, ok := a.Value.Any().(error); ok {
			a.Value = slog.StringValue(Mask(err.Error()))
		}
	}
	return a
}

const (
	// leastDigits and mostDigits are those of an E.164 number, https://www.itu.int/rec/T-REC-E.164
	leastDigits, mostDigits = 7, 15
	// shown is how many of its last digits stay: enough to tell two calls apart.
	shown = 2
)

// Mask replaces E.164 numbers in a text, but for their last digits. In addresses their plus may be escaped.
func Mask(text string) string {
	var out strings.Builder
	for len(text) > 0 {
		plus, after := nextPlus(text)
		out.WriteString(text[:after])
		if !plus {
			break
		}
		text = text[after:]
		n := digits(text)
		if n >= leastDigits && n <= mostDigits {
			out.WriteString("…" + text[n-shown:n])
		} else {
			out.WriteString(text[:n])
		}
		text = text[n:]
	}
	return out.String()
}

// nextPlus finds the next plus, plain or escaped, and where the text behind it begins.
func nextPlus(text string) (found bool, after int) {
	for i := range len(text) {
		switch {
		case text[i] == '+':
			return true, i + 1
		case text[i] == '%' && (strings.HasPrefix(text[i:], "%2B") || strings.HasPrefix(text[i:], "%2b")):
			return true, i + 3
		}
	}
	return false, len(text)
}

// digits counts the digits at the beginning of a text.
func digits(text string) int {
	n := 0
	for n < len(text) && text[n] >= '0' && text[n] <= '9' {
		n++
	}
	return n
}
