package dispatch_test

import (
	"context"
	"fmt"
	"sync"

	"guichet/shared/deskapi"
	"guichet/shared/dispatch"
	"guichet/shared/store/storetest/schedule"
)

// desk is one browser of an agent: what it believes, from the pushes that reached it.
type desk struct {
	connectionID string
	agentID      string
	opening      bool // the realtime API lets it in when Connect is done
	gone         bool // closed or vanished: pushes to it fail
	version      int64
	contactID    string
	lossy        bool // a push has failed since the last one that arrived
}

// desks is the realtime API: it implements dispatch.Pusher. Connections come and go by the scheduler's hand.
type desks struct {
	mu      sync.Mutex
	all     []*desk
	pushes  int
	failing bool // pushes fail with an error that means nothing in particular
}

func (d *desks) open(agentID string) *desk {
	d.mu.Lock()
	defer d.mu.Unlock()
	k := &desk{connectionID: fmt.Sprintf("desk%d", len(d.all)+1), agentID: agentID, opening: true}
	d.all = append(d.all, k)
	return k
}

// Push implements dispatch.Pusher.
func (d *desks) Push(ctx context.Context, connectionID string, message any) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if p := schedule.ProcessOf(ctx); p != nil && p.Dead() {
		return schedule.ErrCrashed
	}
	for _, k := range d.all {
		if k.connectionID != connectionID {
			continue
		}
		switch {
		case k.gone:
			return dispatch.ErrConnectionGone
		case d.failing:
			k.lossy = true
			return schedule.ErrTransient
		}
		d.pushes++
		for _, a := range message.(deskapi.Patch).Agents {
			if a.ID == k.agentID && a.Version > k.version {
				k.version, k.contactID, k.lossy = a.Version, a.ContactID, false
			}
		}
		return nil
	}
	return dispatch.ErrConnectionGone
}

// of lists an agent's desks that are open.
func (d *desks) of(agentID string) []*desk {
	var own []*desk
	for _, k := range d.all {
		if k.agentID == agentID && !k.gone {
			own = append(own, k)
		}
	}
	return own
}
