package metrics

import (
	"time"

	"guichet/shared/center"
)

// Slot is a record of counts: one queue in one hour of the centre's clock.
type Slot struct {
	QueueID string
	Hour    time.Time // when it begins, in UTC
}

// Delta is what an event adds to a slot.
type Delta struct {
	Slot
	Counts
}

// Rules count by a centre's configuration.
type Rules struct {
	queues map[string]center.Queue
	short  time.Duration
	zone   *time.Location
}

// NewRules returns the rules of a configuration.
func NewRules(queues map[string]center.Queue, s center.Settings) Rules {
	return Rules{queues: queues, short: s.Short(), zone: s.Home()}
}

// Zone is the time zone of days and hours.
func (r Rules) Zone() *time.Location { return r.zone }

// Hour is when the hour of a moment began, by the centre's clock, in UTC. Where clocks go back, the hour that comes twice is two.
func (r Rules) Hour(at time.Time) time.Time {
	local := at.In(r.zone)
	into := time.Duration(local.Minute())*time.Minute + time.Duration(local.Second())*time.Second + time.Duration(local.Nanosecond())
	return at.Add(-into).UTC()
}

// Day is the date of a moment by the centre's clock.
func (r Rules) Day(at time.Time) string { return at.In(r.zone).Format(time.DateOnly) }

// DayEnd is when the day of a moment ends by the centre's clock.
func (r Rules) DayEnd(at time.Time) time.Time { return center.DayEnd(at, r.zone) }

// Bounds are when a day begins and when the next one does.
func (r Rules) Bounds(day string) (from, to time.Time, err error) {
	d, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return from, to, err
	}
	return r.midnight(d, 0), r.midnight(d, 1), nil
}

// midnight is when the nth day after a date begins.
func (r Rules) midnight(date time.Time, n int) time.Time {
	return time.Date(date.Year(), date.Month(), date.Day()+n, 0, 0, 0, 0, r.zone)
}

func (r Rules) campaign(queueID string) bool { return r.queues[queueID].Kind == center.QueueCampaign }

// slot is where a call's part or end counts: calls to a queue in the hour in which they came to it, so that rates are of the same
// calls; those of a campaign in the hour in which it happened.
func (r Rules) slot(queueID string, entered, happened time.Time) Slot {
	if r.campaign(queueID) {
		entered = happened
	}
	return Slot{QueueID: queueID, Hour: r.Hour(entered)}
}
