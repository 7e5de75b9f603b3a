package center

import (
	"maps"
	"slices"
	"time"
)

// Assign makes the agent who the profile says: what they are called, may do and serve. In the queues that they keep they stay as they
// are, and are out of those that they lose: should they get one back, they join it themselves. A call or a chat that they have stays
// theirs. It tells whether anything is news.
func (a *Agent) Assign(profile *Agent, now time.Time) bool {
	if a.Name == profile.Name && a.Role == profile.Role && a.Language == profile.Language &&
		slices.Equal(a.Queues, profile.Queues) && maps.Equal(a.Levels, profile.Levels) {
		return false
	}
	kept := maps.Clone(a.Memberships)
	maps.DeleteFunc(kept, func(queueID string, _ Membership) bool {
		return !a.Assigned(queueID) || !profile.Assigned(queueID)
	})
	a.Name, a.Role, a.Language, a.Queues, a.Levels = profile.Name, profile.Role, profile.Language, profile.Queues, profile.Levels
	a.Memberships = kept
	a.settle(now)
	return true
}
