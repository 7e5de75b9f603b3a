package config

const (
	defaultLeastNodes = 1 // which carries hundreds of calls
	defaultMostNodes  = 4
	maxNodes          = 20 // each of them asks all others, and hundreds of calls fit one
)

// media checks how many media nodes run, and when.
func (c *checker) media(at place, m Media) Media {
	m.Least = c.number(at.of("least"), m.Least, defaultLeastNodes, 1, maxNodes)
	m.Most = c.number(at.of("most"), m.Most, max(defaultMostNodes, m.Least), 1, maxNodes)
	if m.Most < m.Least {
		c.wrong(at.of("most"), "it is less than the %d that run at least", m.Least)
	}
	m.Open = c.hours(at.of("hours"), m.Hours)
	switch {
	case m.Open == nil:
	case len(m.Open.Closed) > 0:
		c.wrong(at.of("hours", closedKey), "media nodes know days of the week only: they run on holidays, too")
	case !m.Open.Ever():
		c.wrong(at.of("hours"), "no media node would ever run")
	}
	return m
}
