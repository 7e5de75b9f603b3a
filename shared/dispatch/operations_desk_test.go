package dispatch_test

import (
	"context"
	"fmt"

	"guichet/shared/center"
	"guichet/shared/dispatch"
	"guichet/shared/store/storetest/schedule"
)

const maxDesks = 3

func (w *world) connects() []func() {
	var all []func()
	for _, id := range agentIDs {
		if len(w.desks.of(id)) < maxDesks {
			all = append(all, func() { w.connect(id) })
		}
	}
	return all
}

// connect opens a desk. Like a real one it takes a snapshot once it is connected; one that could not connect is gone.
func (w *world) connect(agentID string) {
	k := w.desks.open(agentID)
	w.start(&process{what: k.connectionID + " of " + agentID + " connects"}, func(ctx context.Context) error {
		err := w.dispatcher.Connect(ctx, agentID, k.connectionID)
		k.opening = false
		if p := schedule.ProcessOf(ctx); p.Dead() || err != nil {
			k.gone = true
			return err
		}
		if a := w.Ledger.Agent(agentID); a.Version > k.version {
			k.version, k.contactID = a.Version, a.ContactID
		}
		return nil
	})
}

// disconnects closes a desk; the report may come late, twice or never.
func (w *world) disconnects() []func() {
	return w.eachDesk(func(k *desk) {
		k.gone = true
		m := message{what: k.connectionID + " is reported as closed", deliver: func(ctx context.Context, d *dispatch.Dispatcher) error {
			return d.Disconnect(ctx, k.connectionID)
		}}
		w.post(m)
		w.deliver(m)
	})
}

func (w *world) vanishes() []func() {
	return w.eachDesk(func(k *desk) {
		w.T.Logf("%s %s vanishes", schedule.At(), k.connectionID)
		k.gone = true
	})
}

func (w *world) heartbeats() []func() {
	return w.eachDesk(func(k *desk) {
		w.start(&process{what: k.connectionID + " gives a sign of life"}, func(ctx context.Context) error {
			_, err := w.dispatcher.Heartbeat(ctx, k.connectionID)
			if center.CodeOf(err) == center.NotFound {
				k.gone = true // a real desk opens another connection
			}
			return err
		})
	})
}

func (w *world) eachDesk(do func(*desk)) []func() {
	var all []func()
	for _, k := range w.desks.all {
		if !k.gone && !k.opening {
			all = append(all, func() { do(k) })
		}
	}
	return all
}

func (w *world) audio() []func() {
	var all []func()
	for _, id := range agentIDs {
		all = append(all, func() {
			w.start(&process{what: "audio of " + id + " is up"}, func(ctx context.Context) error {
				return w.dispatcher.AudioUp(ctx, id, "session")
			})
		}, func() {
			w.start(&process{what: "audio of " + id + " is down"}, func(ctx context.Context) error {
				return w.dispatcher.AudioDown(ctx, id, "session")
			})
		})
	}
	return all
}

// profiles take agents out of queues, whatever they do there, and put them back.
func (w *world) profiles() []func() {
	var all []func()
	for _, id := range agentIDs {
		for n := range len(agentQueues[id]) + 1 {
			profile := &center.Agent{ID: id, Name: id, Role: center.RoleAgent, Language: "en", Queues: agentQueues[id][:n]}
			all = append(all, func() {
				w.start(&process{what: fmt.Sprintf("%s serves %v", id, profile.Queues)}, func(ctx context.Context) error {
					return w.Store.EnsureAgent(ctx, profile)
				})
			})
		}
	}
	return all
}
