package cards

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"guichet/shared/deskapi"
	"guichet/shared/dispatch"
	"guichet/shared/store"
)

// spacing is how far apart the pushes of a queue's card are. It is kept by each shard's function for itself.
const spacing = time.Second

// desksLifetime is how long a list of desks serves. A desk that has begun to watch takes a snapshot deskapi.SettleSeconds later.
const desksLifetime = 2 * time.Second

// push tells the desks that watch of the queues that have changed, and those that show a queue's agents of what these do: of those whose
// card was pushed less than a second ago, as soon as it is over. Nothing urgent waits for it, and what changes meanwhile is on the
// same card.
func (h *Handler) push(ctx context.Context, b *batch) {
	if len(b.queues)+len(b.agents)+len(b.acting) == 0 {
		return
	}
	desks, err := h.watching(ctx)
	if err != nil {
		h.log.WarnContext(ctx, "desks not read", "error", err)
		return
	}
	h.findActing(ctx, b, desks)
	news := map[string][]store.Connection{} // by queue: the desks that are told
	for _, d := range desks {
		for _, id := range d.Watched {
			if b.queues[id] || b.agents[id] && slices.Contains(d.AgentsOf, id) {
				news[id] = append(news[id], d)
			}
		}
	}
	var ready, early []string
	var wait time.Duration
	now := h.board.Now()
	for _, id := range slices.Sorted(maps.Keys(news)) {
		if left := spacing - now.Sub(h.lastPush(id)); left <= 0 {
			ready = append(ready, id)
		} else {
			early, wait = append(early, id), max(wait, left)
		}
	}
	h.pushCards(ctx, news, ready)
	if len(early) > 0 {
		h.pause(ctx, wait)
		h.pushCards(ctx, news, early)
	}
}

// findActing adds the queues of agents of whom only a call tells that they do something else. They are read only if a desk shows agents.
func (h *Handler) findActing(ctx context.Context, b *batch, desks []store.Connection) {
	shows := slices.ContainsFunc(desks, func(d store.Connection) bool { return len(d.AgentsOf) > 0 })
	if !shows || len(b.acting) == 0 {
		return
	}
	agents, err := h.store.AgentsByID(ctx, slices.Sorted(maps.Keys(b.acting)))
	if err != nil {
		h.log.WarnContext(ctx, "agents not read", "error", err)
	}
	for _, a := range agents {
		for _, id := range loggedIn(a) {
			b.agents[id] = true
		}
	}
}

// pushCards reads cards and sends each desk those of which it is told. A push that fails is not repeated: the next card says all.
func (h *Handler) pushCards(ctx context.Context, news map[string][]store.Connection, queueIDs []string) {
	if len(queueIDs) == 0 {
		return
	}
	cards, err := h.board.Cards(ctx, queueIDs)
	if err != nil {
		h.log.WarnContext(ctx, "cards not read", "error", err)
		return
	}
	h.notePush(queueIDs)
	own := map[string][]deskapi.Card{} // by connection
	agents := map[string]string{}
	for _, c := range cards {
		for _, d := range news[c.QueueID] {
			own[d.ID], agents[d.ID] = append(own[d.ID], c), d.AgentID
		}
	}
	for id, list := range own {
		err := h.pusher.Push(ctx, id, deskapi.Cards{Type: deskapi.TypeCards, Cards: list})
		if err != nil && !errors.Is(err, dispatch.ErrConnectionGone) {
			h.log.WarnContext(ctx, "push failed", "agent", agents[id], "error", err)
		}
	}
}

func (h *Handler) lastPush(queueID string) time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.pushed[queueID]
}

func (h *Handler) notePush(queueIDs []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, id := range queueIDs {
		h.pushed[id] = h.board.Now()
	}
}

func (h *Handler) forgetDesks() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.until = time.Time{}
}

// watching reads the desks that watch cards. In a busy centre one read serves many batches.
func (h *Handler) watching(ctx context.Context) ([]store.Connection, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if time.Now().Before(h.until) {
		return h.desks, nil
	}
	all, err := h.store.Connections(ctx)
	if err != nil {
		return nil, err
	}
	h.desks = slices.DeleteFunc(all, func(c store.Connection) bool { return len(c.Watched) == 0 })
	h.until = time.Now().Add(desksLifetime)
	return h.desks, nil
}
