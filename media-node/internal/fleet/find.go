package fleet

import (
	"errors"
	"sync"
)

// maxAsking bounds the requests of the outside for which other nodes are asked at the same time.
const maxAsking = 256

var (
	// ErrUsed refuses a ticket that was used on another node.
	ErrUsed = errors.New("ticket was used on another node")
	// ErrBusy says that too much is being looked for.
	ErrBusy = errors.New("too many requests that are another node's")
)

// Place is a node that something is on, or belongs to.
type Place struct {
	Address string // empty: this node
	Has     Has
	node    string
}

// Refuses tells whether nobody has what was asked for, and nobody takes it.
func (p Place) Refuses() bool { return p.Has.Much == 0 && !p.Has.Open }

// Find returns the node that has what is asked for, or is to take it. All are asked: what one remembers may be out of date, and a
// node that has something knows. It fails with ErrUsed and ErrBusy.
func (f *Fleet) Find(q Question) (Place, error) {
	select {
	case f.asking <- struct{}{}:
		defer func() { <-f.asking }()
	default:
		return Place{}, ErrBusy
	}
	places := []Place{{node: f.cfg.Node, Has: f.cfg.Has(q)}}
	for _, p := range f.askAll(q) {
		if q.TicketID != "" && p.Has.Used {
			return Place{}, ErrUsed
		}
		places = append(places, p)
	}
	return choose(places, q.newcomer()), nil
}

// choose returns the place that has most, else the one where what is nowhere belongs: of those that are open the one with the
// highest weight, which every node reckons alike. places begins with this node, which has it when nobody has it or wants it.
func choose(places []Place, newcomer string) Place {
	best := places[0]
	for _, p := range places[1:] {
		if p.Has.Much > best.Has.Much {
			best = p
		}
	}
	if best.Has.Much > 0 || newcomer == "" {
		return best
	}
	found := false
	for _, p := range places {
		if p.Has.Open && (!found || weight(p.node, newcomer) > weight(best.node, newcomer)) {
			best, found = p, true
		}
	}
	return best
}

// askAll asks every other node at once. Those that do not answer have nothing.
func (f *Fleet) askAll(q Question) []Place {
	var mu sync.Mutex
	var places []Place
	var wg sync.WaitGroup
	for _, o := range f.others() {
		wg.Go(func() {
			a, err := f.ask(o.address, q)
			if err != nil {
				f.failed(o.address, err)
				return
			}
			mu.Lock()
			defer mu.Unlock()
			places = append(places, Place{o.address, a.Has, a.Node})
		})
	}
	wg.Wait()
	return places
}
