package reportapi

import (
	"guichet/shared/deskapi"
	"guichet/shared/metrics"
)

// figures renders counts and their rates.
func figures(c metrics.Counts) deskapi.Figures {
	n := func(f metrics.Figure) int { return int(c[f]) }
	seconds := func(ms int64) float64 { return float64(ms) / 1000 }
	handled := c[metrics.Handled]
	return deskapi.Figures{
		Queued: n(metrics.Queued), Handled: n(metrics.Handled), Abandoned: n(metrics.Abandoned), ShortAbandoned: n(metrics.ShortAbandoned),
		TimedOut: n(metrics.TimedOut), Failed: n(metrics.Failed), Incomplete: n(metrics.Incomplete), Overflowed: n(metrics.Overflowed),
		Callbacks: n(metrics.Callbacks), AnsweredWithin: n(metrics.AnsweredWithin), RemovedWithin: n(metrics.RemovedWithin),
		Taken: n(metrics.Taken), Dialled: n(metrics.Dialled), Attempts: n(metrics.Attempts),
		Opened: n(metrics.Opened), Assigned: n(metrics.Assigned), Resolved: n(metrics.Resolved), Calls: n(metrics.Calls),
		WaitSeconds: seconds(c[metrics.Wait]), LongestWait: seconds(c[metrics.LongestWait]), TalkSeconds: seconds(c[metrics.Talk]),
		HoldSeconds: seconds(c[metrics.Hold]), WrapUpSeconds: seconds(c[metrics.WrapUp]), HandleSeconds: seconds(c.Handling()),
		AverageHandle: metrics.Average(c.Handling(), handled), AverageTalk: metrics.Average(c[metrics.Talk], handled),
		AverageWait:          metrics.Average(c[metrics.Wait], c[metrics.Answered]),
		ServiceLevel:         metrics.Percent(c[metrics.RemovedWithin], c[metrics.Queued]),
		AnsweredLevel:        metrics.Percent(c[metrics.AnsweredWithin], c[metrics.Queued]-c[metrics.ShortAbandoned]),
		AbandonRate:          metrics.Percent(c[metrics.Abandoned], c[metrics.Queued]),
		FirstResponse:        metrics.Average(c[metrics.Response], c[metrics.Responses]),
		LongestFirstResponse: seconds(c[metrics.LongestAnswer]),
		IdleSeconds:          seconds(c[metrics.Idle]), ChattingSeconds: seconds(c[metrics.Chatting]), Occupancy: c.Occupancy(),
	}
}
