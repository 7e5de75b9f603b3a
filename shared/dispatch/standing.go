package dispatch

import (
	"slices"
	"time"

	"guichet/shared/center"
)

// Standing is how the centre's calls stand, as a sweep has found them.
type Standing struct {
	Ready   int           // agents with a desk open who are ready in some queue, with or without a call
	Waiting int           // callers in line
	Alone   int           // of them, those in queues in which nobody is ready
	Oldest  time.Duration // for which the first of them has been in their line
}

// survey gathers a standing.
type survey struct {
	Standing
	agents []*center.Agent
	now    time.Time
}

func newSurvey(agents []*center.Agent, now time.Time) *survey {
	s := &survey{agents: agents, now: now}
	for _, a := range agents {
		if a.Online() && len(a.ReadyQueues()) > 0 {
			s.Ready++
		}
	}
	return s
}

// sees takes up a contact that waits. Nobody is on the line of one that is yet to be dialled, and who waits on an agent's own line is
// not the queues' business.
func (s *survey) sees(c *center.Contact) {
	if c.ToDial() {
		return
	}
	s.Waiting++
	s.Oldest = max(s.Oldest, s.now.Sub(c.InLineSince()))
	if c.Kind != center.KindDirect && !s.staffed(c.QueueID) {
		s.Alone++
	}
}

// staffed tells whether anybody is ready in a queue.
func (s *survey) staffed(queueID string) bool {
	return slices.ContainsFunc(s.agents, func(a *center.Agent) bool {
		return a.Online() && a.StatusIn(queueID).Status == center.StatusReady
	})
}
