package config

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"guichet/shared/center"
)

var days = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"} // by time.Weekday

// closedKey lists holidays among the days of the week.
const closedKey = "closed"

// hours reads {mon-fri: ["09:00-12:30", "14:00-18:00"], sat: ["10:00-12:00"], closed: ["2026-12-25"]}; none: always.
func (c *checker) hours(at place, given map[string][]string) *center.Hours {
	if given == nil {
		return nil
	}
	h := &center.Hours{}
	said := map[int]string{}
	for _, key := range sorted(given) {
		if key == closedKey {
			h.Closed = c.holidays(at.of(key), given[key])
			continue
		}
		first, last, ok := weekdays(key)
		if !ok {
			c.wrong(at.of(key), "days are expected, such as mon, mon-fri, or %s, not %q", closedKey, key)
			continue
		}
		spans := c.spans(at.of(key), given[key])
		for day := first; ; day = (day + 1) % len(days) {
			if other, twice := said[day]; twice {
				c.wrong(at.of(key), "%s is in %s, too", days[day], other)
			}
			said[day], h.Week[day] = key, spans
			if day == last {
				break
			}
		}
	}
	return h
}

// weekdays are the first and the last of those of a key, such as mon-fri.
func weekdays(key string) (first, last int, ok bool) {
	from, to, many := strings.Cut(key, "-")
	if !many {
		to = from
	}
	first, last = slices.Index(days, from), slices.Index(days, to)
	return first, last, first >= 0 && last >= 0
}

func (c *checker) spans(at place, texts []string) []center.Span {
	var spans []center.Span
	for _, text := range texts {
		s, err := spanOf(text)
		if err != nil {
			c.wrong(at, "%v", err)
			continue
		}
		if n := len(spans); n > 0 && s.From < spans[n-1].To {
			c.wrong(at, "%s begins before the one before it ends", text)
		}
		spans = append(spans, s)
	}
	return spans
}

func spanOf(text string) (center.Span, error) {
	var h1, m1, h2, m2 int
	n, err := fmt.Sscanf(text, "%2d:%2d-%2d:%2d", &h1, &m1, &h2, &m2)
	s := center.Span{From: 60*h1 + m1, To: 60*h2 + m2}
	if err != nil || n != 4 || fmt.Sprintf("%02d:%02d-%02d:%02d", h1, m1, h2, m2) != text || m1 > 59 || m2 > 59 || s.To > 24*60 || s.From >= s.To {
		return s, fmt.Errorf("hours such as 09:00-18:30 are expected, to 24:00 at most, not %q", text)
	}
	return s, nil
}

func (c *checker) holidays(at place, dates []string) []string {
	for _, date := range dates {
		if _, err := time.Parse(time.DateOnly, date); err != nil {
			c.wrong(at, "days such as 2026-12-25 are expected, not %q", date)
		}
	}
	return dates
}
