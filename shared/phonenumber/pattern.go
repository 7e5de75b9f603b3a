package phonenumber

import (
	"strconv"
	"strings"
)

// pattern is a regular expression of those that numbering plans need: digits, \d, sets, groups, |, ?, {n}, {n,m} and a
// final $. The regexp package would do, at four times this package's size in a Lambda, and a cold start compiles.
// Groups in plain parentheses capture; the first is number 1. Matching is as Perl's: the first alternative that fits.
type pattern struct {
	alternatives [][]piece
	groups       int
}

// piece is one thing to match, so many times: one digit of a set, a group, or the end of the text.
type piece struct {
	set          uint16 // bit n: the digit n
	alternatives [][]piece
	group        int // number of the capturing group, or 0
	end          bool
	min, max     int
}

// compile reads a pattern of the language above. What plans.txt has is in it, which a test holds.
func compile(text string) *pattern {
	c := compiler{rest: text}
	alternatives := c.alternatives()
	return &pattern{alternatives: alternatives, groups: c.groups}
}

type compiler struct {
	rest   string
	groups int
}

// alternatives reads up to the parenthesis that closes the group, and that too.
func (c *compiler) alternatives() [][]piece {
	all := [][]piece{nil}
	for c.rest != "" {
		switch c.rest[0] {
		case ')':
			c.rest = c.rest[1:]
			return all
		case '|':
			c.rest = c.rest[1:]
			all = append(all, nil)
		default:
			p := c.piece()
			p.min, p.max = c.times()
			all[len(all)-1] = append(all[len(all)-1], p)
		}
	}
	return all
}

func (c *compiler) piece() piece {
	first := c.rest[0]
	c.rest = c.rest[1:]
	switch first {
	case '$':
		return piece{end: true}
	case '\\': // \d
		c.rest = c.rest[1:]
		return piece{set: 1<<10 - 1}
	case '[':
		set, rest, _ := strings.Cut(c.rest, "]")
		c.rest = rest
		return piece{set: digitsIn(set)}
	case '(':
		if rest, plain := strings.CutPrefix(c.rest, "?:"); plain {
			c.rest = rest
			return piece{alternatives: c.alternatives()}
		}
		c.groups++
		group := c.groups
		return piece{alternatives: c.alternatives(), group: group}
	default:
		return piece{set: 1 << (first - '0')}
	}
}

// times reads how often the piece before may come.
func (c *compiler) times() (least, most int) {
	if rest, ok := strings.CutPrefix(c.rest, "?"); ok {
		c.rest = rest
		return 0, 1
	}
	rest, ok := strings.CutPrefix(c.rest, "{")
	if !ok {
		return 1, 1
	}
	bounds, rest, _ := strings.Cut(rest, "}")
	c.rest = rest
	low, high, ranged := strings.Cut(bounds, ",")
	if !ranged {
		high = low
	}
	least, _ = strconv.Atoi(low)
	most, _ = strconv.Atoi(high)
	return least, most
}

// digitsIn gives the digits of a set such as 0-24-9: those from 0 to 2 and from 4 to 9.
func digitsIn(set string) uint16 {
	var bits uint16
	for i := 0; i < len(set); i++ {
		from := set[i]
		if i+2 < len(set) && set[i+1] == '-' {
			i += 2
		}
		for digit := from; digit <= set[i]; digit++ {
			bits |= 1 << (digit - '0')
		}
	}
	return bits
}
