package day

import (
	"math"
	"math/rand/v2"
	"time"
)

// weekdays are how much comes on each day of the week, Sunday first: Mondays are the busiest.
var weekdays = [7]float64{0.2, 1.15, 1.05, 1, 1, 0.95, 0.45}

// The humps of a working day, in hours of the centre's clock: the late morning, and after lunch.
const (
	morning, morningWidth, morningHeight       = 10.6, 1.6, 1.0
	afternoon, afternoonWidth, afternoonHeight = 15.2, 2.0, 0.85
	atNight                                    = 0.03
)

// shape is how much comes at an hour, where the top of the morning is about 1.
func shape(hour float64) float64 {
	hump := func(at, width, height float64) float64 {
		return height * math.Exp(-(hour-at)*(hour-at)/(2*width*width))
	}
	return atNight + hump(morning, morningWidth, morningHeight) + hump(afternoon, afternoonWidth, afternoonHeight)
}

// shapeSum is the shape's integral over a day, to a minute; shapeTop is not less than its greatest value.
var shapeSum, shapeTop = func() (sum, top float64) {
	for minute := range 24 * 60 {
		s := shape((float64(minute) + 0.5) / 60)
		sum, top = sum+s/60, max(top, s)
	}
	return sum, top * 1.01
}()

// arrivals draws a Poisson process whose rate goes with the hour of a day of the given length, by thinning: candidates come at the
// highest rate there is, and each stays with the chance that the rate of its hour has of it.
func (o Options) arrivals(dice *rand.Rand, day time.Weekday, length time.Duration, perDay float64) []time.Duration {
	if perDay <= 0 {
		return nil
	}
	highest := perDay / 24 // an hour
	if !o.Even {
		highest = perDay * weekdays[day] * shapeTop / shapeSum
	}
	var all []time.Duration
	for at := 0.0; ; {
		at += dice.ExpFloat64() / highest
		into := milliseconds(at * float64(time.Hour))
		if into >= length {
			return all
		}
		if o.Even || dice.Float64() < shape(math.Mod(at, 24))/shapeTop {
			all = append(all, into)
		}
	}
}

func milliseconds(nanoseconds float64) time.Duration {
	return time.Duration(nanoseconds).Truncate(time.Millisecond)
}
