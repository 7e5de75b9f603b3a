package agentapi

import (
	"context"
	"sync"

	"golang.org/x/sync/errgroup"

	"guichet/shared/center"
	"guichet/shared/deskapi"
)

// team is every agent with the calls that they hold.
type team struct {
	Agents   []deskapi.Agent   `json:"agents" nullable:"false"`
	Contacts []deskapi.Contact `json:"contacts" nullable:"false"`
}

func (a *API) listAgents(ctx context.Context, agentID string, _ *struct{}) (*output[team], error) {
	if err := a.supervise(ctx, agentID); err != nil {
		return nil, err
	}
	agents, err := a.dispatcher.Store.Agents(ctx)
	if err != nil {
		return nil, err
	}
	t := team{Agents: []deskapi.Agent{}}
	for _, agent := range agents {
		t.Agents = append(t.Agents, deskapi.ViewAgent(agent))
	}
	t.Contacts, err = a.held(ctx, agents)
	return &output[team]{t}, err
}

// parallelReads bounds how many contacts are read at a time.
const parallelReads = 16

func (a *API) held(ctx context.Context, agents []*center.Agent) ([]deskapi.Contact, error) {
	contacts := []deskapi.Contact{}
	var mu sync.Mutex
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(parallelReads)
	for _, agent := range agents {
		if agent.ContactID == "" {
			continue
		}
		group.Go(func() error {
			c, err := a.dispatcher.Store.Contact(ctx, agent.ContactID, true)
			if err != nil {
				return err
			}
			mu.Lock()
			defer mu.Unlock()
			contacts = append(contacts, deskapi.ViewContact(c))
			return nil
		})
	}
	return contacts, group.Wait()
}

type agentWrapUpInput struct {
	AgentID string `path:"agentId" maxLength:"128"`
	contactInput
}

func (a *API) endAgentWrapUp(ctx context.Context, agentID string, in *agentWrapUpInput) (*output[deskapi.Agent], error) {
	if err := a.supervise(ctx, agentID); err != nil {
		return nil, err
	}
	return viewed(a.dispatcher.EndWrapUp(ctx, in.AgentID, in.Body.ContactID))
}

type agentStatusInput struct {
	AgentID string `path:"agentId" maxLength:"128"`
	Body    statusChoice
}

func (a *API) setAgentStatus(ctx context.Context, agentID string, in *agentStatusInput) (*output[deskapi.Agent], error) {
	if err := a.supervise(ctx, agentID); err != nil {
		return nil, err
	}
	by := agentID
	if by == in.AgentID {
		by = "" // their own
	}
	return viewed(a.choose(ctx, by, in.AgentID, in.Body))
}
