package demo

import "time"

// shift is when an agent works, in hours after midnight by the centre's clock; it may end on the next day.
type shift struct{ from, to float64 }

// shifts are the agents' by turns; the last of them is the night's.
var shifts = []shift{{9, 17}, {8, 16}, {10, 18.5}, {11.5, 20}, {8.5, 16.5}, {9.5, 17.5}, {13, 21}, {20.5, 32.5}}

// lunch is in the middle of a shift, if it is not the night's.
const lunch = 45 * time.Minute

// works are the hours of the agent of a number on a day that begins at a midnight: on weekdays every other one, at weekends one of three
// by turns, and at night one of those whose turn it is.
func works(number int, midnight time.Time, later func(time.Time, float64) time.Time) [][2]time.Time {
	s := shifts[number%len(shifts)]
	night, turn := s.to > 24, midnight.YearDay()+number
	switch weekend := midnight.Weekday() == time.Saturday || midnight.Weekday() == time.Sunday; {
	case night && turn/len(shifts)%2 == 1:
		s = shifts[0] // the other one has the night
	case !night && !weekend && turn%2 == 0, !night && weekend && turn%3 != 0:
		return nil
	}
	from, to := later(midnight, s.from), later(midnight, s.to)
	if night {
		return [][2]time.Time{{from, to}}
	}
	noon := from.Add(to.Sub(from) / 2).Truncate(time.Minute)
	return [][2]time.Time{{from, noon}, {noon.Add(lunch), to}}
}
