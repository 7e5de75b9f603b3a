package day_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"guichet/infra/local/day"
	"guichet/shared/phonenumber"
)

func paris(t require.TestingT) *time.Location {
	zone, err := time.LoadLocation("Europe/Paris")
	require.NoError(t, err)
	return zone
}

func shop(t require.TestingT, seed uint64) day.Options {
	return day.Options{
		Seed: seed, Zone: paris(t), Calls: []day.Place{{PerDay: 300, French: true}, {PerDay: 120}}, Direct: []day.Place{{PerDay: 6}, {PerDay: 3}},
		Made: []day.Place{{PerDay: 12}}, Chats: []day.Place{{PerDay: 60, French: true}},
	}
}

// TestVisitsAreInOrderAndOfTheirTime: whatever the seed and the hours, visits are in order and in time, all that they take is
// possible, and a part of a plan is the same as in the whole.
func TestVisitsAreInOrderAndOfTheirTime(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		o := shop(t, rapid.Uint64().Draw(t, "seed"))
		from := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(rapid.IntRange(0, 300*24*60).Draw(t, "minute")) * time.Minute)
		to := from.Add(time.Duration(rapid.IntRange(1, 3*24*60).Draw(t, "minutes")) * time.Minute)
		visits := o.Between(from, to)
		assert.True(t, slices.IsSortedFunc(visits, func(a, b day.Visit) int { return a.At.Compare(b.At) }))
		for _, v := range visits {
			assert.False(t, v.At.Before(from) || !v.At.Before(to), v.At)
			for _, d := range []time.Duration{v.Patience, v.AsksAfter, v.Reaction, v.Talk, v.Hold, v.WrapUp} {
				assert.GreaterOrEqual(t, d, time.Duration(0))
				assert.Equal(t, d, d.Truncate(time.Millisecond), "the log keeps milliseconds")
			}
			assert.LessOrEqual(t, v.Hold, v.Talk/2)
			assert.Contains(t, []int{1, 2, 3}, v.Messages)
		}
		middle := from.Add(to.Sub(from) / 2)
		assert.Equal(t, visits, append(o.Between(from, middle), o.Between(middle, to)...))
	})
}

// TestDaysAreBelievable: a year of days has the sums and the shape that were asked for.
func TestDaysAreBelievable(t *testing.T) {
	t.Parallel()
	zone := paris(t)
	from := time.Date(2026, 1, 5, 0, 0, 0, 0, zone) // a Monday
	const weeks = 52
	var hours [24]float64
	var days [7]float64
	var calls, talk, short, holds float64
	for _, v := range shop(t, 1).Between(from, from.AddDate(0, 0, 7*weeks)) {
		if v.Kind != day.Call {
			continue
		}
		calls++
		hours[v.At.In(zone).Hour()]++
		days[v.At.In(zone).Weekday()]++
		talk += v.Talk.Seconds()
		if v.Patience < 5*time.Second {
			short++
		}
		if v.Hold > 0 {
			holds++
		}
	}
	near := func(want, got, deviations float64, what string) {
		assert.InDelta(t, want, got, deviations*math.Sqrt(want), what)
	}
	near(420*weeks, days[time.Wednesday], 5, "calls on Wednesdays")
	assert.Greater(t, days[time.Monday], days[time.Friday])
	assert.Greater(t, days[time.Friday], days[time.Saturday])
	assert.Greater(t, days[time.Saturday], days[time.Sunday])
	assert.Greater(t, hours[10], 1.15*hours[12], "lunch is between two humps")
	assert.Greater(t, hours[15], 1.05*hours[13], "lunch is between two humps")
	assert.Less(t, 10*hours[3], hours[10], "the night is quiet")
	assert.InDelta(t, 165*math.Exp(0.7*0.7/2), talk/calls, 4, "seconds of talk: the mean of a log-normal")
	near(calls*(1-math.Exp(-5.0/240)), short, 5, "callers who would not wait 5 seconds")
	near(calls*0.18, holds, 5, "calls with a hold")
}

func TestTheSameSeedMakesTheSameDays(t *testing.T) {
	t.Parallel()
	from := time.Date(2026, 10, 24, 0, 0, 0, 0, paris(t)) // clocks go back
	to := from.AddDate(0, 0, 3)
	assert.Equal(t, shop(t, 7).Between(from, to), shop(t, 7).Between(from, to))
	assert.NotEqual(t, shop(t, 7).Between(from, to), shop(t, 8).Between(from, to))
}

func TestEvenDaysAreNeverQuiet(t *testing.T) {
	t.Parallel()
	o := day.Options{Seed: 3, Zone: time.UTC, Calls: []day.Place{{PerDay: 24 * 40}}, Even: true}
	var hours [24]int
	from := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC) // a Sunday
	for _, v := range o.Between(from, from.AddDate(0, 0, 10)) {
		hours[v.At.Hour()]++
	}
	for hour, n := range hours {
		assert.InDelta(t, 400, n, 5*20, hour)
	}
}

func TestCustomersNumbersAreForFictionAndCanBeDialled(t *testing.T) {
	t.Parallel()
	from := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	rules := phonenumber.Rules{Regions: []string{"FR", "GB"}, Home: "FR"}
	for _, v := range shop(t, 5).Between(from, from.AddDate(0, 0, 1)) {
		number, err := rules.Check(v.Customer.Number)
		require.NoError(t, err)
		assert.Equal(t, v.Customer.Number, number)
		assert.NotEmpty(t, v.Customer.Name)
	}
}

func TestFasterLivesAreTheSameInShort(t *testing.T) {
	t.Parallel()
	v := day.Visit{Patience: time.Minute, AsksAfter: 30 * time.Second, Reaction: 3 * time.Second, Talk: 2 * time.Minute, Hold: 6 * time.Second, WrapUp: 15 * time.Second}
	assert.Equal(t, day.Visit{
		Patience: time.Second, AsksAfter: 500 * time.Millisecond, Reaction: 50 * time.Millisecond, Talk: 2 * time.Second,
		Hold: 100 * time.Millisecond, WrapUp: 250 * time.Millisecond,
	}, v.Faster(60))
}
