package reportapi

import (
	"context"
	"slices"

	"guichet/functions/internal/rest"
	"guichet/shared/center"
	"guichet/shared/deskapi"
	"guichet/shared/store"
)

// visible tells whether an agent may see a queue's figures.
func visible(me *center.Agent, queueID string) bool {
	return me.Role.Supervises() || me.Assigned(queueID)
}

func (a *API) listCards(ctx context.Context, me *center.Agent, in *cardsInput) (deskapi.CardList, error) {
	ids := in.QueueIDs
	if len(ids) == 0 {
		dir, err := a.directories.Directory(ctx)
		if err != nil {
			return deskapi.CardList{}, err
		}
		ids = slices.DeleteFunc(dir.QueueIDs(), func(id string) bool { return !visible(me, id) })
	}
	for _, id := range ids {
		if !visible(me, id) {
			return deskapi.CardList{}, queueUnknown(id)
		}
	}
	cards, err := a.board.Cards(ctx, ids)
	return deskapi.CardList{Cards: cards}, err
}

// queueUnknown does not tell a queue that is not the agent's from one that is not there.
func queueUnknown(id string) error {
	return center.Errorf(center.NotFound, "queue-unknown", "no queue %s", id)
}

func (a *API) supervision(ctx context.Context, me *center.Agent, _ *struct{}) (deskapi.Supervision, error) {
	s := deskapi.Supervision{Agents: []deskapi.Agent{}, Contacts: []deskapi.Contact{}}
	if err := rest.Supervise(me); err != nil {
		return s, err
	}
	dir, err := a.directories.Directory(ctx)
	if err != nil {
		return s, err
	}
	if s.Cards, err = a.board.Cards(ctx, dir.QueueIDs()); err != nil {
		return s, err
	}
	agents, err := a.store.Agents(ctx)
	if err != nil {
		return s, err
	}
	var held []string
	for _, agent := range agents {
		s.Agents = append(s.Agents, deskapi.ViewAgent(agent))
		if agent.ContactID != "" && !slices.Contains(held, agent.ContactID) {
			held = append(held, agent.ContactID)
		}
	}
	contacts, err := a.store.ContactsByID(ctx, held)
	for _, c := range contacts {
		s.Contacts = append(s.Contacts, deskapi.ViewContact(c))
	}
	return s, err
}

// queueOf reads a queue that the agent may see.
func (a *API) queueOf(ctx context.Context, me *center.Agent, id string) (*store.Directory, center.Queue, error) {
	dir, err := a.directories.Directory(ctx)
	if err != nil {
		return nil, center.Queue{}, err
	}
	q, ok := dir.Queues[id]
	if !ok || !visible(me, id) {
		return nil, q, queueUnknown(id)
	}
	return dir, q, nil
}
