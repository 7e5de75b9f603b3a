package objects

import "time"

// At is the same store at another time.
func (s *Store) At(now time.Time) *Store {
	other := *s
	other.now = func() time.Time { return now }
	return &other
}
