package center

import (
	"strings"
	"time"
)

// Line is a telephone number from which agents call.
type Line struct {
	Number string // E.164
	Label  string
	// AgentID is whose own line it is: calls to it ring that agent. Empty: the number of a queue.
	AgentID string
}

// Taken counts the queue calls that an agent has taken on a day, for queues that share them out evenly.
type Taken struct {
	Day   string // UTC, as 2006-01-02
	Calls int
}

// On is how many were taken on the day of now.
func (t Taken) On(now time.Time) int {
	if t.Day != now.UTC().Format(time.DateOnly) {
		return 0
	}
	return t.Calls
}

func (t Taken) add(now time.Time) Taken {
	return Taken{Day: now.UTC().Format(time.DateOnly), Calls: t.On(now) + 1}
}

// Level is how well the agent serves a queue: 1 is best.
func (a *Agent) Level(queueID string) int { return max(1, a.Levels[queueID]) }

// OwnLine is the id of the line in which callers of an agent's own number wait.
func OwnLine(agentID string) string { return ownLinePrefix + agentID }

const ownLinePrefix = "line:"

// OwnerOf is whose own line it is; false for a queue.
func OwnerOf(lineID string) (agentID string, own bool) {
	return strings.CutPrefix(lineID, ownLinePrefix)
}

// LineID is the id of the line in which the contact waits: its queue's, or an agent's own.
func (c *Contact) LineID() string {
	if c.Kind == KindDirect {
		return OwnLine(c.LineOf)
	}
	return c.QueueID
}
