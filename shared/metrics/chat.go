package metrics

import (
	"maps"
	"time"

	"guichet/shared/center"
)

// OfChat is what a change of a chat counts, each in the hour in which it happened, and the line of the agent who resolved it.
func (r Rules) OfChat(before, after *center.Chat) (deltas []Delta, lines []Line) {
	if after == nil {
		return nil, nil
	}
	count := func(at time.Time, c Counts) {
		for f, n := range maps.Clone(c) {
			c[f.Of(after.Channel)] = n
		}
		deltas = append(deltas, Delta{Slot{after.QueueID, r.Hour(at)}, c})
	}
	wasOpen := before != nil && before.Open()
	if !wasOpen && after.Open() {
		count(after.OpenedAt, Counts{Opened: 1})
	}
	if after.HeldBy() != "" && (before == nil || before.HeldBy() != after.HeldBy()) {
		count(after.AssignedAt, Counts{Assigned: 1})
	}
	if wasOpen && firstAnswer(before, after) {
		took := after.LastOutAt.Sub(before.WaitingSince).Milliseconds()
		count(after.LastOutAt, Counts{Responses: 1, Response: took, LongestAnswer: took})
	}
	if wasOpen && !after.Open() {
		count(after.ResolvedAt, Counts{Resolved: 1})
		if before.HeldBy() != "" {
			lines = append(lines, Line{
				AgentID: before.HeldBy(), ContactID: after.ID, Kind: KindChat, QueueID: after.QueueID, Name: after.Customer.Name,
				EnteredAt: after.OpenedAt, AcceptedAt: after.AssignedAt, LeftAt: after.ResolvedAt, Outcome: center.Outcome(after.State),
			})
		}
	}
	return deltas, lines
}

// firstAnswer tells whether somebody has answered a chat for the first time since it was opened.
func firstAnswer(before, after *center.Chat) bool {
	return !before.WaitingSince.IsZero() && !before.LastOutAt.After(before.OpenedAt) && after.LastOutAt.After(before.WaitingSince)
}
