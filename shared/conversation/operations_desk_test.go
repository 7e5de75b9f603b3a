package conversation_test

import (
	"context"
	"fmt"

	"guichet/shared/center"
	"guichet/shared/dispatch"
)

func (w *world) statuses() []func() {
	var all []func()
	for _, id := range agentIDs {
		for _, queues := range [][]string{agentQueues[id], agentQueues[id][:1], nil} {
			for _, s := range []center.Status{center.StatusReady, center.StatusReady, center.StatusPaused, center.StatusOut} {
				all = append(all, func() { w.setStatus(id, queues, s) })
			}
		}
	}
	return all
}

func (w *world) setStatus(agentID string, queues []string, s center.Status) {
	w.begin(fmt.Sprintf("%s is %s in %v", agentID, s, queues), deed{}, func(ctx context.Context) error {
		_, err := w.dispatcher.SetStatus(ctx, agentID, queues, s, "lunch")
		return err
	})
}

const maxDesks = 2

func (w *world) connects() []func() {
	var all []func()
	for _, id := range agentIDs {
		if len(w.Ledger.Agent(id).Connections) < maxDesks {
			all = append(all, func() { w.connect(id) })
		}
	}
	return all
}

func (w *world) connect(agentID string) {
	w.desks[agentID]++
	desk := fmt.Sprintf("%s-desk%d", agentID, w.desks[agentID])
	w.begin(desk+" connects", deed{}, func(ctx context.Context) error { return w.dispatcher.Connect(ctx, agentID, desk) })
}

func (w *world) disconnects() []func() {
	var all []func()
	for _, a := range w.Ledger.Agents() {
		for _, desk := range a.Connections {
			all = append(all, func() {
				w.begin(desk+" leaves", deed{}, func(ctx context.Context) error { return w.dispatcher.Disconnect(ctx, desk) })
			})
		}
	}
	return all
}

const maxCalls = 3

// callers are calls that come and take agents away from chats.
func (w *world) callers() []func() {
	if w.calls >= maxCalls {
		return nil
	}
	return []func(){func() {
		w.calls++
		sid := fmt.Sprint("call", w.calls)
		w.begin(sid+" arrives", deed{}, func(ctx context.Context) error {
			_, err := w.dispatcher.Admit(ctx, dispatch.Arrival{Provider: "phone", CallSID: sid, QueueID: "calls"})
			return err
		})
	}}
}

func (w *world) callsOn() []func() {
	var all []func()
	for _, c := range w.Ledger.Contacts() {
		if c.Ended() {
			continue
		}
		all = append(all, func() { w.endCall(c) })
		if c.Offer != nil && c.State == center.StateOffered {
			all = append(all, func() {
				w.begin(c.CallSID+" is accepted", deed{}, func(ctx context.Context) error {
					_, err := w.dispatcher.Accept(ctx, c.Offer.AgentID, c.ID, c.Offer.ID)
					return err
				})
			}, func() {
				w.begin(c.CallSID+" is declined", deed{}, func(ctx context.Context) error {
					return w.dispatcher.Decline(ctx, c.Offer.AgentID, c.ID, c.Offer.ID)
				})
			})
		}
	}
	return all
}

func (w *world) endCall(c *center.Contact) {
	w.begin(c.CallSID+" is over", deed{}, func(ctx context.Context) error {
		return w.dispatcher.CallOver(ctx, dispatch.Arrival{Provider: "phone", CallSID: c.CallSID, QueueID: "calls"}, false)
	})
}
