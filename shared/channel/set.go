package channel

import "slices"

// Set is the channels that a centre has, by name.
type Set struct{ channels []Channel }

// NewSet returns a set of the channels. Of two with one name, the first counts.
func NewSet(channels ...Channel) *Set {
	s := &Set{}
	for _, c := range channels {
		if _, ok := s.Get(c.Name()); !ok {
			s.channels = append(s.channels, c)
		}
	}
	return s
}

// Get returns the channel of that name.
func (s *Set) Get(name string) (Channel, bool) {
	i := slices.IndexFunc(s.channels, func(c Channel) bool { return c.Name() == name })
	if i < 0 {
		return nil, false
	}
	return s.channels[i], true
}

// All returns the channels in the order in which they were given.
func (s *Set) All() []Channel { return slices.Clone(s.channels) }
