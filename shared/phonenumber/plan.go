package phonenumber

import "slices"

// plan is the numbering plan of a region. Patterns and lengths are of the national significant number: what follows
// the calling code.
type plan struct {
	region, code string
	idd          func() *pattern // the prefix of international calls
	trunk        func() *pattern // what stands before national numbers, nil for nothing
	transform    string          // what a trunk prefix whose group matched becomes
	leading      func() *pattern // tells the region's numbers among those of its calling code; nil: its ranges do
	general      numberRange     // all numbers
	local        []int           // lengths of numbers that are dialled in their area only
	kinds        []kindRange     // in the order in which to ask
	sameLines    bool            // fixed lines and mobiles share their ranges
	short        func() *pattern // emergency numbers and short codes; nil for none
}

// numberRange is some of a plan's numbers.
type numberRange struct {
	lengths []int
	pattern func() *pattern
}

type kindRange struct {
	kind Kind
	numberRange
}

func (r numberRange) has(nsn string) bool {
	return slices.Contains(r.lengths, len(nsn)) && r.pattern().whole(nsn)
}

// kindOf gives the kind of a national number, or "" when the plan has no such number.
func (p *plan) kindOf(nsn string) Kind {
	if !p.general.has(nsn) {
		return ""
	}
	for _, k := range p.kinds {
		if !k.has(nsn) {
			continue
		}
		if k.kind == Fixed && (p.sameLines || p.has(Mobile, nsn)) {
			return FixedOrMobile
		}
		return k.kind
	}
	return ""
}

func (p *plan) has(kind Kind, nsn string) bool {
	return slices.ContainsFunc(p.kinds, func(k kindRange) bool { return k.kind == kind && k.has(nsn) })
}

// checkLength tells a number that lacks digits, the area's too, from one that has too many, and from one whose length
// between those does not occur.
func (p *plan) checkLength(nsn string) error {
	lengths := p.general.lengths
	switch n := len(nsn); {
	case slices.Contains(p.local, n), n < lengths[0]:
		return ErrTooShort
	case n > lengths[len(lengths)-1]:
		return ErrTooLong
	case !slices.Contains(lengths, n):
		return ErrInvalid
	}
	return nil
}

// withoutTrunk takes off the trunk prefix, the 0 of 06 12 34 56 78, or puts in the area code that local numbers of some
// small countries lack. A number that is one only as it stands stays so.
func (p *plan) withoutTrunk(nsn string) string {
	if p.trunk == nil {
		return nsn
	}
	m := p.trunk().prefix(nsn)
	if m == nil {
		return nsn
	}
	rest := nsn[m[0][1]:]
	if last := m[len(m)-1]; p.transform != "" && last[0] >= 0 {
		rest = m.expand(p.transform, nsn) + rest
	}
	if p.general.pattern().whole(nsn) && !p.general.pattern().whole(rest) {
		return nsn
	}
	return rest
}

// expand fills a template, whose $1 stands for the first group.
func (m match) expand(template, digits string) string {
	var filled []byte
	for i := 0; i < len(template); i++ {
		if template[i] != '$' {
			filled = append(filled, template[i])
			continue
		}
		i++
		if group := m[template[i]-'0']; group[0] >= 0 {
			filled = append(filled, digits[group[0]:group[1]]...)
		}
	}
	return string(filled)
}
