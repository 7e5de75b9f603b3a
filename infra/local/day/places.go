package day

import (
	"strings"

	"guichet/infra/local/seed"
	"guichet/shared/center"
)

// What else there is for each call to a queue.
const (
	directShare = 0.04
	madeShare   = 0.1
	chatShare   = 0.18
)

// Of are the days of a centre whose queues get so many calls on a full day, and the rest in proportion. Each queue's number gets
// the same, and so do the agents' own and the inboxes of each kind.
func Of(c seed.Centre, dice uint64, calls float64) Options {
	o := Options{Seed: dice, Zone: c.Directory.Settings.Home()}
	for _, n := range c.Numbers {
		p := Place{Number: n.E164, QueueID: n.QueueID, AgentID: n.AgentID, French: strings.HasPrefix(n.E164, "+33")}
		switch {
		case n.QueueID != "":
			o.Calls = append(o.Calls, p)
		case n.AgentID != "":
			o.Direct = append(o.Direct, p)
		}
	}
	for _, a := range c.Agents {
		o.Made = append(o.Made, Place{AgentID: a.ID, Number: lineOf(c, a.ID), French: a.Language == "fr"})
	}
	for _, inbox := range c.Inboxes {
		o.Chats = append(o.Chats, Place{
			QueueID: inbox.QueueID, Channel: inbox.Channel, Inbox: inbox.ID, French: c.Directory.Queues[inbox.QueueID].Language == "fr",
		})
	}
	share(o.Calls, calls)
	share(o.Direct, calls*directShare)
	share(o.Made, calls*madeShare)
	share(o.Chats, calls*chatShare)
	return o
}

func share(places []Place, perDay float64) {
	for i := range places {
		places[i].PerDay = perDay / float64(len(places))
	}
}

// lineOf is the number from which an agent calls: their own, else the first of a queue that they are in.
func lineOf(c seed.Centre, agentID string) string {
	for _, n := range c.Numbers {
		if n.AgentID == agentID {
			return n.E164
		}
	}
	for _, a := range c.Agents {
		for _, n := range c.Numbers {
			if a.ID == agentID && n.QueueID != "" && c.Directory.Queues[n.QueueID].Kind == center.QueueVoice && a.Assigned(n.QueueID) {
				return n.E164
			}
		}
	}
	return ""
}
