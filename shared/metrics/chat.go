package metrics

import "guichet/shared/center"

// OfChat is what a change of a chat counts, each in the hour in which it happened, and a line for each of it.
func (r Rules) OfChat(before, after *center.Chat) (deltas []Delta, lines []Line) {
	if after == nil {
		return nil, nil
	}
	happened := func(l Line) {
		l.ContactID, l.Kind, l.QueueID, l.Channel = after.ID, KindChat, after.QueueID, after.Channel
		lines, deltas = append(lines, l), append(deltas, r.deltas(l)...)
	}
	wasOpen := before != nil && before.Open()
	if !wasOpen && after.Open() {
		happened(Line{Event: Opened, LeftAt: after.OpenedAt})
	}
	if after.HeldBy() != "" && (before == nil || before.HeldBy() != after.HeldBy()) {
		happened(Line{Event: Assigned, LeftAt: after.AssignedAt})
	}
	if wasOpen && firstAnswer(before, after) {
		happened(Line{Event: Responses, LeftAt: after.LastOutAt, Wait: after.LastOutAt.Sub(before.WaitingSince)})
	}
	if wasOpen && !after.Open() {
		happened(Line{Event: Resolved, LeftAt: after.ResolvedAt, AgentID: before.HeldBy()})
	}
	return deltas, lines
}

// firstAnswer tells whether somebody has answered a chat for the first time since it was opened.
func firstAnswer(before, after *center.Chat) bool {
	return !before.WaitingSince.IsZero() && !before.LastOutAt.After(before.OpenedAt) && after.LastOutAt.After(before.WaitingSince)
}

// ofChat is what a line of a chat counts, together with the channel's share.
func (r Rules) ofChat(l Line) Delta {
	c := Counts{l.Event: 1, l.Event.Of(l.Channel): 1}
	if l.Event == Responses {
		for _, f := range []Figure{Response, LongestAnswer} {
			c[f], c[f.Of(l.Channel)] = l.Wait.Milliseconds(), l.Wait.Milliseconds()
		}
	}
	return Delta{Slot{l.QueueID, r.Hour(l.LeftAt)}, c}
}
