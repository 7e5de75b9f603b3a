package phonenumber

// match is what a pattern found at the start of a text: where it ends, and each group's bounds, -1 for one that was not
// used. Group 0 is the whole.
type match [][2]int

// whole tells whether the pattern fits all of the digits.
func (p *pattern) whole(digits string) bool {
	m := matcher{digits: digits}
	return m.any(p.alternatives, 0, func(at int) bool { return at == len(digits) })
}

// prefix finds the pattern at the start of the digits; it gives nil when it is not there.
func (p *pattern) prefix(digits string) match {
	found := make(match, p.groups+1)
	for i := range found {
		found[i] = [2]int{-1, -1}
	}
	m := matcher{digits: digits, found: found}
	if !m.any(p.alternatives, 0, func(at int) bool { found[0] = [2]int{0, at}; return true }) {
		return nil
	}
	return found
}

// matcher tries the ways to fit a pattern one after the other; what comes after a piece is a function that it calls.
type matcher struct {
	digits string
	found  match // nil: nobody asks for groups
}

func (m *matcher) any(alternatives [][]piece, at int, then func(int) bool) bool {
	for _, pieces := range alternatives {
		if m.all(pieces, at, then) {
			return true
		}
	}
	return false
}

func (m *matcher) all(pieces []piece, at int, then func(int) bool) bool {
	if len(pieces) == 0 {
		return then(at)
	}
	return m.repeat(&pieces[0], 0, at, func(at int) bool { return m.all(pieces[1:], at, then) })
}

// repeat fits a piece as often as it may come, rather more often than less.
func (m *matcher) repeat(p *piece, times, at int, then func(int) bool) bool {
	if times < p.max && m.once(p, at, func(next int) bool { return m.repeat(p, times+1, next, then) }) {
		return true
	}
	return times >= p.min && then(at)
}

func (m *matcher) once(p *piece, at int, then func(int) bool) bool {
	switch {
	case p.end:
		return at == len(m.digits) && then(at)
	case p.alternatives == nil:
		return at < len(m.digits) && p.set&(1<<(m.digits[at]-'0')) != 0 && then(at+1)
	case p.group == 0 || m.found == nil:
		return m.any(p.alternatives, at, then)
	}
	before := m.found[p.group]
	if m.any(p.alternatives, at, func(next int) bool {
		m.found[p.group] = [2]int{at, next}
		return then(next)
	}) {
		return true
	}
	m.found[p.group] = before
	return false
}
