package phonenumber

import (
	_ "embed" // for plans.txt
	"slices"
	"strconv"
	"strings"
	"sync"
)

// The module's version is in go.mod, from where the program takes it into the file.
//go:generate go run ./generate plans.txt

// planText is one line a fact: a key, a space, the value. A plan begins with "plan", its region and calling code; those that
// share a calling code follow each other, the main one first.
//
//go:embed plans.txt
var planText string

type index struct {
	byRegion  map[string]*plan
	byCode    map[string][]*plan // the main one first
	emergency *pattern           // those of all countries: a caller from abroad dials the one of home
}

// plans are read once, by whoever needs them first: a cold start has other things to do.
var plans = sync.OnceValue(func() *index {
	all := &index{byRegion: map[string]*plan{}, byCode: map[string][]*plan{}}
	var current *plan
	for line := range strings.Lines(planText) {
		key, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		switch key {
		case "", "#":
		case "emergency":
			all.emergency = compile(value)
		case "plan":
			region, code, _ := strings.Cut(value, " ")
			current = &plan{region: region, code: code}
			all.byCode[code] = append(all.byCode[code], current)
			if region != World {
				all.byRegion[region] = current
			}
		default:
			current.set(key, value)
		}
	}
	return all
})

func (p *plan) set(key, value string) {
	switch key {
	case "idd":
		p.idd = lazily(value)
	case "trunk":
		p.trunk = lazily(value)
	case "transform":
		p.transform = value
	case "leading":
		p.leading = lazily(value)
	case "general":
		p.general = p.readRange(value)
	case "local":
		p.local = lengthsOf(value)
	case "same-lines":
		p.sameLines = true
	case "short":
		p.short = lazily(value)
	default:
		p.kinds = append(p.kinds, kindRange{Kind(key), p.readRange(value)})
	}
}

// readRange reads lengths and pattern; the lengths of a kind are "-" when they are those of the plan.
func (p *plan) readRange(value string) numberRange {
	lengths, text, _ := strings.Cut(value, " ")
	r := numberRange{lengths: p.general.lengths, pattern: lazily(text)}
	if lengths != "-" {
		r.lengths = lengthsOf(lengths)
	}
	return r
}

func lengthsOf(list string) []int {
	var lengths []int
	for length := range strings.SplitSeq(list, ",") {
		n, _ := strconv.Atoi(length)
		lengths = append(lengths, n)
	}
	return lengths
}

func lazily(text string) func() *pattern {
	return sync.OnceValue(func() *pattern { return compile(text) })
}

// of splits the calling code off the digits of an international number; it gives no plan when no code fits. No code is
// the start of another.
func (all *index) of(digits string) (plan *plan, nsn string) {
	for n := 1; n <= 3 && n <= len(digits); n++ {
		if found := all.byCode[digits[:n]]; found != nil {
			return found[0], digits[n:]
		}
	}
	return nil, ""
}

// owner finds the plan that has a number among those that share the calling code, and the number's kind there; no plan
// when none has.
func (all *index) owner(code, nsn string) (*plan, Kind) {
	sharing := all.byCode[code]
	i := slices.IndexFunc(sharing, func(p *plan) bool {
		if p.leading != nil {
			return p.leading().prefix(nsn) != nil
		}
		return p.kindOf(nsn) != ""
	})
	if i < 0 {
		return nil, ""
	}
	kind := sharing[i].kindOf(nsn)
	if kind == "" {
		return nil, ""
	}
	return sharing[i], kind
}
