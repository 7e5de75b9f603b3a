// Package routing holds the rules by which contacts and agents find each other, as pure functions over center.
package routing

import (
	"cmp"
	"slices"
	"time"

	"guichet/shared/center"
)

// Rank returns the agents to whom the contact may be offered, best first: the agent who lost it, if any, then by the queue's
// strategy, then the longest idle. Agents who have just declined it are left out.
func Rank(agents []*center.Agent, c *center.Contact, q center.Queue, now time.Time) []*center.Agent {
	var fit []*center.Agent
	for _, a := range agents {
		if a.Takes(c) && !c.Spares(a.ID, now) {
			fit = append(fit, a)
		}
	}
	slices.SortStableFunc(fit, func(a, b *center.Agent) int {
		if aLast, bLast := a.ID == c.AgentID, b.ID == c.AgentID; aLast != bLast {
			if aLast {
				return -1
			}
			return 1
		}
		return cmp.Or(
			cmp.Compare(burden(a, q, now), burden(b, q, now)), a.IdleSince.Compare(b.IdleSince), cmp.Compare(a.ID, b.ID),
		)
	})
	return fit
}

// burden is what the queue's strategy holds against an agent.
func burden(a *center.Agent, q center.Queue, now time.Time) int {
	switch q.Strategy {
	case center.StrategyFewestCalls:
		return a.Taken.On(now)
	case center.StrategyTiers:
		return a.Level(q.ID)
	default:
		return 0
	}
}

// ByIdleness tells whether the first agents in the order of idleness are the best for the queue, so that no others need be
// looked at.
func ByIdleness(q center.Queue) bool {
	return q.Strategy == "" || q.Strategy == center.StrategyLongestIdle
}

// RankForChat returns the agents to whom the chat may be assigned by itself, best first: the agent who held it last, then
// the least loaded, then the longest idle.
func RankForChat(agents []*center.Agent, c *center.Chat, q center.Queue) []*center.Agent {
	var fit []*center.Agent
	for _, a := range agents {
		if a.TakesChatOf(q) {
			fit = append(fit, a)
		}
	}
	slices.SortStableFunc(fit, func(a, b *center.Agent) int {
		if aLast, bLast := a.ID == c.AgentID, b.ID == c.AgentID; aLast != bLast {
			if aLast {
				return -1
			}
			return 1
		}
		return cmp.Or(
			cmp.Compare(len(a.Chats), len(b.Chats)), idleForChats(a).Compare(idleForChats(b)), cmp.Compare(a.ID, b.ID),
		)
	})
	return fit
}

// idleForChats is since when an agent has been given neither a call nor a chat.
func idleForChats(a *center.Agent) time.Time {
	if a.ChattedAt.After(a.IdleSince) {
		return a.ChattedAt
	}
	return a.IdleSince
}
