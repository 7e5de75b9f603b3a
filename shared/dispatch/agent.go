package dispatch

import (
	"context"
	"slices"
	"time"

	"guichet/shared/center"
	"guichet/shared/deskapi"
	"guichet/shared/store"
)

// SetStatus applies a status that the agent chose in the given queues, or in every joined one when none is given. A call that
// rings for a queue in which the agent is no longer ready goes to the next agent.
func (d *Dispatcher) SetStatus(ctx context.Context, agentID string, queueIDs []string, s center.Status, reason string) (*center.Agent, error) {
	return d.GiveStatus(ctx, "", agentID, queueIDs, s, reason)
}

// GiveStatus does so in the name of a supervisor; of the agent if by is empty.
func (d *Dispatcher) GiveStatus(
	ctx context.Context, by, agentID string, queueIDs []string, s center.Status, reason string,
) (*center.Agent, error) {
	a, err := d.updateAgent(ctx, agentID, func(a *center.Agent) (bool, error) {
		queues := queueIDs
		if len(queues) == 0 {
			queues = a.Joined()
		}
		if len(queues) == 0 {
			return false, center.Errorf(center.Invalid, "no-queue-joined", "log in to a queue first")
		}
		return true, a.GiveStatus(by, queues, s, reason, d.Now())
	})
	if err != nil {
		return nil, err
	}
	d.tell(ctx, a, nil)
	if a.ContactID != "" {
		return a, d.declineIfNotReady(ctx, a)
	}
	return a, d.matchAgent(ctx, a)
}

// SetNextStatus chooses the agent's status for when their contact and its wrap-up are over; at once if nothing is on. by is the
// supervisor who chooses; empty when the agent does.
func (d *Dispatcher) SetNextStatus(ctx context.Context, by, agentID string, s center.Status, reason string) (*center.Agent, error) {
	occupied := false
	a, err := d.updateAgent(ctx, agentID, func(a *center.Agent) (bool, error) {
		if occupied = a.Occupied(); occupied {
			a.SetNext(by, s, reason)
		}
		return occupied, nil
	})
	if err != nil {
		return nil, err
	}
	if !occupied {
		return d.GiveStatus(ctx, by, agentID, nil, s, reason)
	}
	d.tell(ctx, a, nil)
	return a, nil
}

func (d *Dispatcher) declineIfNotReady(ctx context.Context, a *center.Agent) error {
	c, err := d.Store.Contact(ctx, a.ContactID, true)
	if err != nil {
		return err
	}
	if c.State != center.StateOffered || c.HeldBy() != a.ID || a.StatusIn(c.QueueID).Status == center.StatusReady {
		return nil
	}
	err = d.Decline(ctx, a.ID, c.ID, c.Offer.ID)
	if center.CodeOf(err) == center.Conflict {
		return nil // answered or withdrawn meanwhile
	}
	return err
}

// EndWrapUp ends the wrap-up of the named contact, if it still runs.
func (d *Dispatcher) EndWrapUp(ctx context.Context, agentID, contactID string) (*center.Agent, error) {
	return d.endWrapUp(ctx, agentID, func(w *center.WrapUp) (bool, error) {
		return w.ContactID == contactID, nil
	})
}

// WrapUpTimedOut ends the wrap-up of the named contact when its time is over; too early is a conflict, to be tried again.
func (d *Dispatcher) WrapUpTimedOut(ctx context.Context, agentID, contactID string) error {
	_, err := d.endWrapUp(ctx, agentID, func(w *center.WrapUp) (bool, error) {
		if w.ContactID == contactID && d.Now().Before(w.Until) {
			return false, center.Errorf(center.Conflict, "wrap-up-runs", "wrap-up runs until %s", w.Until)
		}
		return w.ContactID == contactID, nil
	})
	return err
}

func (d *Dispatcher) endWrapUp(ctx context.Context, agentID string, over func(*center.WrapUp) (bool, error)) (*center.Agent, error) {
	ended := false
	a, err := d.updateAgent(ctx, agentID, func(a *center.Agent) (bool, error) {
		ended = false
		if a.WrapUp == nil {
			return false, nil
		}
		isOver, err := over(a.WrapUp)
		ended = isOver && a.EndWrapUp(a.WrapUp.ContactID, d.Now())
		return ended, err
	})
	if err != nil || !ended {
		return a, err
	}
	d.tell(ctx, a, nil)
	return a, d.matchAgent(ctx, a)
}

// Connect records a desk's realtime connection; an agent who was waiting for a call may now get one.
func (d *Dispatcher) Connect(ctx context.Context, agentID, connectionID string) error {
	var dropped []string
	a, err := d.Store.Agent(ctx, agentID, false)
	if err != nil {
		return err
	}
	if err := d.Store.AddConnection(ctx, store.Connection{
		ID: connectionID, AgentID: agentID, Role: a.Role, Queues: a.Queues, LeaseUntil: d.lease(),
	}); err != nil {
		return err
	}
	a, err = d.updateAgent(ctx, agentID, func(a *center.Agent) (bool, error) {
		dropped = a.Connect(connectionID)
		return true, nil
	})
	if err != nil {
		return err
	}
	if err := d.removeConnections(ctx, dropped); err != nil {
		return err
	}
	return d.matchAgent(ctx, a)
}

// Disconnect forgets a connection. An agent without one is offered nothing; what rings goes on until it times out,
// since a reload takes a second.
func (d *Dispatcher) Disconnect(ctx context.Context, connectionID string) error {
	c, err := d.Store.Connection(ctx, connectionID)
	if center.CodeOf(err) == center.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	return d.disconnect(ctx, c.AgentID, connectionID)
}

// disconnect takes connections off their agent, then removes them. In this order a crash leaves a connection that
// expires; the other way round it would leave an agent who seems to be there.
func (d *Dispatcher) disconnect(ctx context.Context, agentID string, connectionIDs ...string) error {
	_, err := d.updateAgent(ctx, agentID, func(a *center.Agent) (bool, error) {
		known := false
		for _, id := range connectionIDs {
			known = a.Disconnect(id, d.Now()) || known
		}
		return known, nil
	})
	if err != nil {
		return err
	}
	return d.removeConnections(ctx, connectionIDs)
}

func (d *Dispatcher) removeConnections(ctx context.Context, ids []string) error {
	for _, id := range ids {
		if err := d.Store.RemoveConnection(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// Heartbeat renews a connection's lease and returns the versions of the agent's records, by which a desk that missed
// something finds out. An unknown connection is NotFound: the desk should open another.
func (d *Dispatcher) Heartbeat(ctx context.Context, connectionID string) (deskapi.Pong, error) {
	conn, err := d.Store.RenewConnection(ctx, connectionID, d.lease())
	if err != nil {
		return deskapi.Pong{}, err
	}
	a, err := d.Store.Agent(ctx, conn.AgentID, false)
	if err != nil {
		return deskapi.Pong{}, err
	}
	if err := d.reassign(ctx, conn, a); err != nil {
		return deskapi.Pong{}, err
	}
	pong := deskapi.Pong{Type: deskapi.TypePong, AgentVersion: a.Version, ContactID: a.ContactID}
	if a.ContactID != "" {
		c, err := d.Store.Contact(ctx, a.ContactID, false)
		if err != nil {
			return deskapi.Pong{}, err
		}
		pong.ContactVersion = c.Version
	}
	return pong, nil
}

// reassign lets a connection know the role and the queues that the centre's file has given its agent since they connected: by them it
// is told of others' contacts, or no longer.
func (d *Dispatcher) reassign(ctx context.Context, conn store.Connection, a *center.Agent) error {
	if conn.Role == a.Role && slices.Equal(conn.Queues, a.Queues) {
		return nil
	}
	conn.Role, conn.Queues = a.Role, a.Queues
	refused := func(q string) bool { return !conn.MayWatch(q) }
	if slices.ContainsFunc(conn.Watched, refused) { // first: the next heartbeat would find nothing to do
		err := d.Store.Watch(ctx, conn.ID, slices.DeleteFunc(conn.Watched, refused), slices.DeleteFunc(conn.AgentsOf, refused))
		if err != nil {
			return err
		}
	}
	_, err := d.Store.Reassign(ctx, conn.ID, a)
	return err
}

// AudioUp records which media session carries the agent's audio.
func (d *Dispatcher) AudioUp(ctx context.Context, agentID, sessionID string) error {
	return d.setAudio(ctx, agentID, func(a *center.Agent) bool {
		changed := a.AudioID != sessionID
		a.AudioID = sessionID
		return changed
	})
}

// AudioDown forgets a media session, unless another one has replaced it.
func (d *Dispatcher) AudioDown(ctx context.Context, agentID, sessionID string) error {
	return d.setAudio(ctx, agentID, func(a *center.Agent) bool {
		if a.AudioID != sessionID {
			return false
		}
		a.AudioID = ""
		return true
	})
}

func (d *Dispatcher) setAudio(ctx context.Context, agentID string, change func(*center.Agent) bool) error {
	changed := false
	a, err := d.updateAgent(ctx, agentID, func(a *center.Agent) (bool, error) {
		changed = change(a)
		return changed, nil
	})
	if err != nil || !changed {
		return err
	}
	d.tell(ctx, a, nil)
	return nil
}

// Snapshot is the agent and the call they hold, if any, read with strong consistency.
func (d *Dispatcher) Snapshot(ctx context.Context, agentID string) (*center.Agent, *center.Contact, error) {
	a, err := d.Store.Agent(ctx, agentID, true)
	if err != nil || a.ContactID == "" {
		return a, nil, err
	}
	c, err := d.Store.Contact(ctx, a.ContactID, true)
	return a, c, err
}

func (d *Dispatcher) lease() time.Time {
	return d.Now().Add(deskapi.LeaseSeconds * time.Second)
}
