// Package routing holds the rules by which contacts and agents find each other, as pure functions over center.
package routing

import (
	"cmp"
	"slices"
	"time"

	"guichet/shared/center"
)

// Rank returns the agents to whom the contact may be offered, best first: the agent who lost it, if any, then the
// longest idle. Agents who have just declined it are left out.
func Rank(agents []*center.Agent, c *center.Contact, now time.Time) []*center.Agent {
	var fit []*center.Agent
	for _, a := range agents {
		if a.FreeFor(c.QueueID) && !c.Spares(a.ID, now) {
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
		return cmp.Or(a.IdleSince.Compare(b.IdleSince), cmp.Compare(a.ID, b.ID))
	})
	return fit
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
