package center

import (
	"slices"
	"time"
)

// Span is a part of a day, in minutes since midnight: From belongs to it, To does not. 1440 is the day's end.
type Span struct{ From, To int }

// Hours say when a queue is open, or when customers may be called.
type Hours struct {
	Week   [7][]Span // by time.Weekday, in order; none: closed that day
	Closed []string  // holidays, as 2006-01-02
}

// horizon is how many days ahead an opening is looked for: a year of holidays.
const horizon = 366

// Open tells whether at falls into the hours, where clocks show loc's time.
func (h *Hours) Open(at time.Time, loc *time.Location) bool { return h.Next(at, loc).Equal(at) }

// Ever tells whether there are hours on any day of the week.
func (h *Hours) Ever() bool {
	return slices.ContainsFunc(h.Week[:], func(day []Span) bool { return len(day) > 0 })
}

// Next is the first moment from at on that falls into the hours; zero if there is none within a year. A day on which the clock
// changes is as long as it is: what opens at 8 opens when clocks show 8.
func (h *Hours) Next(at time.Time, loc *time.Location) time.Time {
	if h == nil {
		return at
	}
	local := at.In(loc)
	for day := range horizon {
		date := time.Date(local.Year(), local.Month(), local.Day()+day, 12, 0, 0, 0, loc)
		if slices.Contains(h.Closed, date.Format(time.DateOnly)) {
			continue
		}
		for _, s := range h.Week[date.Weekday()] {
			from, to := clock(date, s.From), clock(date, s.To)
			if at.Before(to) {
				return later(at, from)
			}
		}
	}
	return time.Time{}
}

// clock is when clocks show so many minutes after midnight on the date.
func clock(date time.Time, minutes int) time.Time {
	return time.Date(date.Year(), date.Month(), date.Day(), 0, minutes, 0, 0, date.Location())
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b.In(a.Location())
}

// Location is the time zone of an IANA name, as far as the settings have its data; else UTC. Functions have no database of time
// zones where they run: what a centre needs of it comes with its settings.
func (s Settings) Location(zone string) *time.Location {
	loc, err := time.LoadLocationFromTZData(zone, s.Zones[zone])
	if err != nil {
		return time.UTC
	}
	return loc
}

// Home is the centre's own time zone.
func (s Settings) Home() *time.Location { return s.Location(s.Zone) }
