package dispatch

import (
	"cmp"
	"context"
	"errors"
	"math"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"guichet/shared/center"
	"guichet/shared/routing"
	"guichet/shared/store"
)

// matchRounds bounds how often a search starts over because others took what it had found.
const matchRounds = 20

// orphanAge is when a place without a contact can no longer be an admission under way: no function runs that long.
const orphanAge = time.Minute

// matchContact looks for an agent for a contact that has been written as waiting. Whoever becomes available after this
// search began finds the contact themselves. The agent found is offered the oldest contact they can serve, which may
// be another one: else newcomers would jump the line whenever an agent has just become available.
func (d *Dispatcher) matchContact(ctx context.Context, c *center.Contact) error {
	for range matchRounds {
		agents, err := d.candidates(ctx, c, true)
		if err != nil || len(agents) == 0 {
			return err
		}
		a, err := d.searchFor(ctx, agents[0])
		if err != nil || a.Takes(c) {
			return err // free after the search: there is nothing that they could be offered
		}
		if c, err = d.Store.Contact(ctx, c.ID, true); err != nil || !c.Waiting() {
			return err
		}
	}
	d.Log.WarnContext(ctx, "search for an agent gave up; the sweeper goes on", "contact", c.ID)
	return nil
}

// candidates are the agents to whom the contact may be offered, the best first.
func (d *Dispatcher) candidates(ctx context.Context, c *center.Contact, consistent bool) ([]*center.Agent, error) {
	if c.Kind == center.KindDirect {
		a, err := d.Store.Agent(ctx, c.LineOf, consistent)
		if err != nil {
			return nil, err
		}
		return routing.Rank([]*center.Agent{a}, c, center.Queue{}, d.Now()), nil
	}
	dir, err := d.Directories.Directory(ctx)
	if err != nil {
		return nil, err
	}
	q := dir.Queues[c.QueueID]
	first := routing.ByIdleness(q)
	var fit []*center.Agent
	_, err = d.Store.ReadyAgents(ctx, c.QueueID, consistent, func(found []*center.Agent) bool {
		fit = routing.Rank(found, c, q, d.Now())
		return first && len(fit) > 0
	})
	return fit, err
}

// matchAgent looks for a waiting contact for an agent who has been written as available. Whatever starts to wait after
// this search began finds the agent itself.
func (d *Dispatcher) matchAgent(ctx context.Context, a *center.Agent) error {
	_, err := d.searchFor(ctx, a)
	return err
}

// searchFor is matchAgent; it returns the agent as the search leaves them.
func (d *Dispatcher) searchFor(ctx context.Context, a *center.Agent) (*center.Agent, error) {
	for range matchRounds {
		if !a.Reachable() {
			return a, nil
		}
		err := d.offerFirst(ctx, a)
		if err == nil && a.Available() && d.Chats != nil {
			return a, d.Chats.MatchAgent(ctx, a)
		}
		if !errors.Is(err, store.ErrStale) {
			return a, err
		}
		if a, err = d.Store.Agent(ctx, a.ID, true); err != nil {
			return nil, err
		}
	}
	d.Log.WarnContext(ctx, "search for a contact gave up; the sweeper goes on", "agent", a.ID)
	return a, nil
}

// lineHead is how far into each line a search looks first. Nearly always the first place will do.
const (
	lineHead  = 5
	wholeLine = math.MaxInt
)

// offerFirst offers the agent the first contact of their lines that can be had. ErrStale means that the agent is taken.
func (d *Dispatcher) offerFirst(ctx context.Context, a *center.Agent) error {
	for _, want := range []int{lineHead, wholeLine} {
		line, whole, err := d.lineFor(ctx, a, want)
		if err != nil {
			return err
		}
		if offered, err := d.offerFrom(ctx, line, a); offered || whole || err != nil {
			return err
		}
	}
	return nil
}

func (d *Dispatcher) offerFrom(ctx context.Context, line []store.Place, a *center.Agent) (bool, error) {
	for _, p := range line {
		offered, err := d.offerPlace(ctx, p, a)
		if offered || err != nil {
			return offered, err
		}
	}
	return false, nil
}

// offerPlace offers the agent the contact of a place, if it waits for them. A contact that an eventually consistent read
// shows to be waiting is nearly always still waiting, and the offer fails if not; every other answer is asked for again.
func (d *Dispatcher) offerPlace(ctx context.Context, p store.Place, a *center.Agent) (bool, error) {
	c, err := d.Store.Contact(ctx, p.ContactID, false)
	if err == nil && c.Waiting() && !c.Spares(a.ID, d.Now()) {
		if err = d.offer(ctx, c, a); !errors.Is(err, store.ErrStaleContact) {
			return offered(err)
		}
	}
	if c, err = d.contactAt(ctx, p); err != nil || c == nil || !c.Waiting() || c.Spares(a.ID, d.Now()) {
		return false, err
	}
	return offered(d.offer(ctx, c, a))
}

// errNotNow is why a contact that waits is not offered: its customer may not be called at this hour, or is in another call.
var errNotNow = errors.New("not to be offered now")

// offered tells whether an offer was made; that another one may be is no error.
func offered(err error) (bool, error) {
	if errors.Is(err, store.ErrStaleContact) || errors.Is(err, errNotNow) {
		return false, nil
	}
	return err == nil, err
}

// contactAt reads the contact of a place, and forgets places that no contact waits in.
func (d *Dispatcher) contactAt(ctx context.Context, p store.Place) (*center.Contact, error) {
	c, err := d.Store.Contact(ctx, p.ContactID, true)
	if center.CodeOf(err) == center.NotFound {
		if d.Now().Sub(p.EnteredAt) < orphanAge {
			return nil, nil
		}
		return nil, d.Store.Forget(ctx, p, nil)
	}
	if err != nil || c.Waiting() {
		return c, err
	}
	return c, d.Store.Forget(ctx, p, c)
}

// lineFor merges the first places of the lines in which the agent serves: by priority, then oldest first. It tells
// whether that is all who wait.
func (d *Dispatcher) lineFor(ctx context.Context, a *center.Agent, want int) ([]store.Place, bool, error) {
	dir, err := d.Directories.Directory(ctx)
	if err != nil {
		return nil, false, err
	}
	queues := slices.DeleteFunc(a.ReadyQueues(), func(id string) bool { return dir.Queues[id].Kind == center.QueueChat })
	if dir.OwnsLine(a.ID) {
		queues = append(queues, center.OwnLine(a.ID))
	}
	lines := make([][]store.Place, len(queues))
	group, ctx := errgroup.WithContext(ctx)
	for i, q := range queues {
		group.Go(func() (err error) {
			lines[i], err = d.Store.Waiting(ctx, q, want)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, false, err
	}
	whole := true
	for _, l := range lines {
		whole = whole && len(l) < want
	}
	line := slices.Concat(lines...)
	slices.SortStableFunc(line, func(p, q store.Place) int {
		return cmp.Or(cmp.Compare(p.Priority, q.Priority), p.EnteredAt.Compare(q.EnteredAt), cmp.Compare(p.ContactID, q.ContactID))
	})
	return line, whole, nil
}
