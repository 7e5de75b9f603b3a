package cards

import (
	"context"
	"sync"

	"golang.org/x/sync/errgroup"

	"guichet/shared/center"
	"guichet/shared/metrics"
	"guichet/shared/store"
)

// parallelWrites bounds how many writes run at a time.
const parallelWrites = 16

// write writes what a batch means. Each write may be repeated, and none needs another, but for the states of one agent or chat:
// they come in order, and of two the newer holds. It returns what counted now and had not before, also when something else failed.
func (h *Handler) write(ctx context.Context, shard string, b *batch) ([]store.Counted, error) {
	var counted []store.Counted
	var mu sync.Mutex
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(parallelWrites)
	for slot, counts := range b.counts {
		group.Go(func() error {
			news, err := h.counters.Count(ctx, shard, b.rules.Day(slot.Hour), slot, counts)
			mu.Lock()
			defer mu.Unlock()
			counted = append(counted, news...)
			return err
		})
	}
	for _, l := range b.lines {
		group.Go(func() error { return h.store.Log(ctx, b.rules.LogDay(l), l) })
	}
	for _, w := range b.wrapUps {
		group.Go(func() error { return h.logWrapUp(ctx, b, w) })
	}
	for part := range b.letGo {
		group.Go(func() error { return h.logFinal(ctx, b, part) })
	}
	for _, s := range latest(b.states) {
		group.Go(func() error {
			if s.agent != nil {
				return h.store.SetLoggedIn(ctx, s.queueID, s.agent, s.there, h.board.Now())
			}
			return h.store.SetOpenChat(ctx, s.queueID, s.chat, s.there, h.board.Now())
		})
	}
	err := group.Wait()
	return counted, err
}

// latest leaves out what is superseded in the same batch.
func latest(states []state) map[[2]string]state {
	last := map[[2]string]state{}
	for _, s := range states {
		id := ""
		if s.agent != nil {
			id = s.agent.ID
		} else {
			id = s.chat.ID
		}
		last[[2]string{s.queueID, id}] = s
	}
	return last
}

// logWrapUp writes the wrap-up of a part, together with the part if that ended with its contact.
func (h *Handler) logWrapUp(ctx context.Context, b *batch, w metrics.Line) error {
	l, err := h.final(ctx, b, letGo{w.AgentID, w.ContactID})
	switch {
	case err != nil:
		return err
	case l == nil || !l.AcceptedAt.Equal(w.AcceptedAt):
		return h.store.LogWrapUp(ctx, b.rules.LogDay(w), w)
	}
	l.WrapUp = w.WrapUp
	return h.store.Log(ctx, b.rules.LogDay(*l), *l)
}

// logFinal writes the part of an agent who had a contact when it ended, and has no wrap-up.
func (h *Handler) logFinal(ctx context.Context, b *batch, part letGo) error {
	l, err := h.final(ctx, b, part)
	if err != nil || l == nil {
		return err
	}
	return h.store.Log(ctx, b.rules.LogDay(*l), *l)
}

// final is the part of the agent in a contact that has ended; nil when it goes on, or ended with somebody else. The contact is
// written before its agent is freed, so that it is found as it ended.
func (h *Handler) final(ctx context.Context, b *batch, part letGo) (*metrics.Line, error) {
	c, err := h.store.Contact(ctx, part.contactID, true)
	if center.CodeOf(err) == center.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	l, ok := b.rules.Final(c)
	if !ok || l.AgentID != part.agentID {
		return nil, nil
	}
	return &l, nil
}
