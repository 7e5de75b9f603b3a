package agentapi

import (
	"context"

	"guichet/shared/center"
	"guichet/shared/store"
)

// colleague is an agent to whom a chat or a call can be given.
type colleague struct {
	ID     string           `json:"id"`
	Name   string           `json:"name"`
	Online bool             `json:"online"`
	Busy   bool             `json:"busy" doc:"In a call or in wrap-up."`
	Lines  []string         `json:"lines" nullable:"false" doc:"The own numbers, E.164."`
	Chats  int              `json:"chats" doc:"How many the agent holds."`
	Queues []colleagueQueue `json:"queues" nullable:"false" doc:"The assigned queues of chats."`
}

// colleagueQueue is a colleague's status in one queue.
type colleagueQueue struct {
	QueueID string `json:"queueId"`
	Status  string `json:"status" enum:"out,ready,paused"`
}

// colleagueList is all of them, the one who asks as well.
type colleagueList struct {
	Agents []colleague `json:"agents" nullable:"false"`
}

func (a *API) listColleagues(ctx context.Context, _ *center.Agent, _ *struct{}) (*output[colleagueList], error) {
	dir, err := a.dispatcher.Directories.Directory(ctx)
	if err != nil {
		return nil, err
	}
	agents, err := a.dispatcher.Store.Agents(ctx)
	if err != nil {
		return nil, err
	}
	list := colleagueList{Agents: []colleague{}}
	for _, agent := range agents {
		c := colleague{ID: agent.ID, Name: agent.Name, Online: agent.Online(), Busy: agent.Occupied(), Lines: ownLines(dir, agent), Chats: len(agent.Chats), Queues: []colleagueQueue{}}
		for _, id := range agent.Queues {
			if dir.Queues[id].Kind == center.QueueChat {
				c.Queues = append(c.Queues, colleagueQueue{QueueID: id, Status: string(agent.StatusIn(id).Status)})
			}
		}
		list.Agents = append(list.Agents, c)
	}
	return &output[colleagueList]{list}, nil
}

func ownLines(dir *store.Directory, a *center.Agent) []string {
	own := []string{}
	for _, l := range dir.LinesOf(a) {
		if l.AgentID == a.ID {
			own = append(own, l.Number)
		}
	}
	return own
}

// tagList is the known tags.
type tagList struct {
	Tags []string `json:"tags" nullable:"false" doc:"Sorted."`
}

func (a *API) listTags(ctx context.Context, _ *center.Agent, _ *struct{}) (*output[tagList], error) {
	tags, err := a.dispatcher.Store.Tags(ctx)
	return &output[tagList]{tagList{tags}}, err
}
