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

// push tells the desks that watch of the queues that have changed: of those whose card was pushed less than a second ago, as soon as
// it is over. Nothing urgent waits for it, and what changes meanwhile is on the same card.
func (h *Handler) push(ctx context.Context, changed map[string]bool) {
	if len(changed) == 0 {
		return
	}
	desks, err := h.watching(ctx)
	if err != nil {
		h.log.WarnContext(ctx, "desks not read", "error", err)
		return
	}
	watched := map[string]bool{}
	for _, d := range desks {
		for _, id := range d.Watched {
			watched[id] = true
		}
	}
	var ready, early []string
	var wait time.Duration
	now := h.board.Now()
	for _, id := range slices.Sorted(maps.Keys(changed)) {
		switch left := spacing - now.Sub(h.lastPush(id)); {
		case !watched[id]:
		case left <= 0:
			ready = append(ready, id)
		default:
			early, wait = append(early, id), max(wait, left)
		}
	}
	h.pushCards(ctx, desks, ready)
	if len(early) > 0 {
		h.pause(ctx, wait)
		h.pushCards(ctx, desks, early)
	}
}

// pushCards reads cards and sends each desk those that it watches. A push that fails is not repeated: the next card says all.
func (h *Handler) pushCards(ctx context.Context, desks []store.Connection, queueIDs []string) {
	if len(queueIDs) == 0 {
		return
	}
	cards, err := h.board.Cards(ctx, queueIDs)
	if err != nil {
		h.log.WarnContext(ctx, "cards not read", "error", err)
		return
	}
	h.notePush(queueIDs)
	for _, desk := range desks {
		own := slices.DeleteFunc(slices.Clone(cards), func(c deskapi.Card) bool { return !slices.Contains(desk.Watched, c.QueueID) })
		if len(own) == 0 {
			continue
		}
		err := h.pusher.Push(ctx, desk.ID, deskapi.Cards{Type: deskapi.TypeCards, Cards: own})
		if err != nil && !errors.Is(err, dispatch.ErrConnectionGone) {
			h.log.WarnContext(ctx, "push failed", "agent", desk.AgentID, "error", err)
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
