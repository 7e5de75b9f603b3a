package stream

import (
	"context"
	"errors"

	"guichet/shared/center"
	"guichet/shared/deskapi"
	"guichet/shared/dispatch"
	"guichet/shared/store"
)

// changes is what a batch changed: for each id only the latest, since desks want nothing else.
type changes struct {
	agents   map[string]*center.Agent
	contacts map[string]*center.Contact
	// concerned are the agents of a contact before and after.
	concerned map[string]map[string]bool
}

func newChanges() changes {
	return changes{
		agents: map[string]*center.Agent{}, contacts: map[string]*center.Contact{}, concerned: map[string]map[string]bool{},
	}
}

func (c changes) add(img store.Image) {
	if a := img.AgentAfter; a != nil {
		c.agents[a.ID] = a
	}
	after := img.ContactAfter
	if after == nil {
		return
	}
	c.contacts[after.ID] = after
	if c.concerned[after.ID] == nil {
		c.concerned[after.ID] = map[string]bool{}
	}
	c.concerned[after.ID][after.HeldBy()] = true
	if img.ContactBefore != nil {
		c.concerned[after.ID][img.ContactBefore.HeldBy()] = true
	}
}

// push sends each desk one patch with what concerns it: its agent's own record and calls, and everything for supervisors.
func (h *Handler) push(ctx context.Context, c changes) error {
	if len(c.agents) == 0 && len(c.contacts) == 0 {
		return nil
	}
	desks, err := h.store.Connections(ctx)
	if err != nil {
		return err
	}
	for _, desk := range desks {
		patch := c.patchFor(desk)
		if len(patch.Agents) == 0 && len(patch.Contacts) == 0 {
			continue
		}
		// A desk that is gone is forgotten by $disconnect or the sweeper; one that cannot be reached now catches up later.
		if err := h.pusher.Push(ctx, desk.ID, patch); err != nil && !errors.Is(err, dispatch.ErrConnectionGone) {
			h.log.WarnContext(ctx, "push failed", "agent", desk.AgentID, "error", err)
		}
	}
	return nil
}

func (c changes) patchFor(desk store.Connection) deskapi.Patch {
	patch := deskapi.NewPatch()
	for id, a := range c.agents {
		if id == desk.AgentID || desk.Role.Supervises() {
			patch.Agents = append(patch.Agents, deskapi.ViewAgent(a))
		}
	}
	for id, contact := range c.contacts {
		if c.concerned[id][desk.AgentID] || desk.Role.Supervises() {
			patch.Contacts = append(patch.Contacts, deskapi.ViewContact(contact))
		}
	}
	return patch
}
