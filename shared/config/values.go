package config

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"

	"guichet/shared/center"
	"guichet/shared/phonenumber"
)

func (c *checker) language(at place, language string) string {
	if !slices.Contains(Languages, language) {
		c.wrong(at, "one of %v is expected, not %q", Languages, language)
	}
	return language
}

func (c *checker) country(at place, country string) {
	if !slices.Contains(phonenumber.Regions(), country) {
		c.wrong(at, "%q is no country: ISO 3166-1 is expected, such as FR", country)
	}
}

func (c *checker) zone(at place, zone string, zones map[string][]byte) {
	data, err := zoneData(zone)
	if err != nil {
		c.wrong(at, "%q is no time zone: an IANA name is expected, such as Europe/Paris", zone)
		return
	}
	zones[zone] = data
}

// duration takes the default for what is left out. Where that is none, zero says so.
func (c *checker) duration(at place, d, otherwise, least, most time.Duration) time.Duration {
	if d == 0 && (otherwise == 0 || !c.says(at)) {
		return otherwise
	}
	if d < least || d > most {
		c.wrong(at, "%s to %s is expected, not %s", least, most, d)
	}
	return d
}

// some is a duration whose default is not in the file's terms: zero is left out, and cannot be said.
func (c *checker) some(at place, d, least, most time.Duration) time.Duration {
	if d == 0 && c.says(at) {
		c.wrong(at, "%s to %s is expected, not none", least, most)
	}
	return c.duration(at, d, 0, least, most)
}

// number is between bounds, and takes the default if it is left out.
func (c *checker) number(at place, n, otherwise, least, most int) int {
	if n == 0 && !c.says(at) {
		return otherwise
	}
	if _, broken := valueOf(c.root, at).(*ast.FloatNode); broken { // which the library cuts
		c.wrong(at, "a whole number is expected")
	}
	if n < least || n > most {
		c.wrong(at, "%d to %d is expected, not %d", least, most, n)
	}
	return n
}

const maxName = 100

// oneLine tells whether people can read a text in one short line.
func oneLine(text string) bool {
	return utf8.RuneCountInString(text) <= maxName && !strings.ContainsFunc(text, unicode.IsControl)
}

// title checks that people can read what something is called.
func (c *checker) title(at place, name string) string {
	switch {
	case strings.TrimSpace(name) == "":
		c.wrong(at.of("name"), "it needs a name")
	case !oneLine(name):
		c.wrong(at.of("name"), "a name of up to %d letters in one line is expected", maxName)
	}
	return name
}

// distinct refuses a list that has something twice.
func (c *checker) distinct(at place, list []string) {
	for i, one := range list {
		if slices.Contains(list[:i], one) {
			c.wrong(at, "%q is there twice", one)
		}
	}
}

func (c *checker) pauseReasons(at place, reasons []string) {
	c.distinct(at, reasons)
	for _, reason := range reasons {
		switch {
		case strings.TrimSpace(reason) == "", !oneLine(reason):
			c.wrong(at, "a reason of up to %d letters in one line is expected, not %q", maxName, reason)
		case reason == center.ReasonMissed:
			c.wrong(at, "%q is what agents are who did not answer", reason)
		}
	}
}

// one takes what a word of the file means.
func one[T any](c *checker, at place, word string, meanings map[string]T) T {
	meaning, ok := meanings[word]
	if !ok {
		c.wrong(at, "one of %v is expected, not %q", sorted(meanings), word)
	}
	return meaning
}

func sorted[T any](m map[string]T) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		if k != "" {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	return keys
}
