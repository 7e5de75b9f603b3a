package cards

import (
	"time"

	"guichet/shared/center"
	"guichet/shared/measure"
	"guichet/shared/metrics"
	"guichet/shared/store"
)

// valuesOf is what is measured of what counted. Since each stream record counts once, each is measured at most once: not at all if
// the function dies in between. Cards and reports, which are read from the table, are exact.
func valuesOf(counted []store.Counted) measure.Values {
	values, sum := measure.Values{}, metrics.Counts{}
	for _, c := range counted {
		sum.Add(c.Counts)
		if n := c.Counts[metrics.Answered]; n > 0 {
			wait := time.Duration(c.Counts[metrics.Wait]/n) * time.Millisecond
			values[measure.SecondsToAnswer] = append(values[measure.SecondsToAnswer], wait.Seconds())
		}
	}
	for m, n := range map[measure.Metric]int64{
		measure.CallsOffered:   sum[metrics.Queued],
		measure.CallsAnswered:  sum[metrics.Answered],
		measure.CallsAbandoned: sum[metrics.Abandoned] - sum[metrics.ShortAbandoned],
		measure.CallsTimedOut:  sum[metrics.TimedOut],
		measure.CallsFailed:    sum[metrics.Failed],
		measure.ChatsOpened:    sum[metrics.Opened],
	} {
		values.Set(m, float64(n))
	}
	return values
}

// values is what is measured of what no counter counts. It is measured twice if the batch comes again although it was written.
func (b *batch) values() measure.Values {
	values := measure.Values{}
	values.Set(measure.OffersMissed, float64(b.missed))
	values.Set(measure.MessagesFailed, float64(b.failed))
	return values
}

// addMeasured notes what a change means for those who operate the centre.
func (b *batch) addMeasured(img store.Image) {
	if hasMissed(img.AgentBefore, img.AgentAfter) {
		b.missed++
	}
	if m := img.MessageAfter; m != nil && m.Delivery == center.DeliveryFailed &&
		(img.MessageBefore == nil || img.MessageBefore.Delivery != center.DeliveryFailed) {
		b.failed++
	}
	b.addMoves(img)
}

// hasMissed tells whether an agent has just been paused for an offer that went unanswered.
func hasMissed(before, after *center.Agent) bool {
	if before == nil || after == nil {
		return false
	}
	for id, m := range after.Memberships {
		if m.Reason == center.ReasonMissed && !m.Since.Equal(before.Memberships[id].Since) {
			return true
		}
	}
	return false
}
