package fleet

import (
	"errors"
	"slices"
	"sync"
)

// maxAsking bounds the requests of strangers for which other nodes are asked at the same time.
const maxAsking = 256

var (
	// ErrUsed refuses a ticket that was used on another node.
	ErrUsed = errors.New("ticket was used on another node")
	// ErrBusy says that too much is being looked for that anybody may ask for.
	ErrBusy = errors.New("too many requests that are another node's")
)

// Place is a node that something is on, or belongs to.
type Place struct {
	Address string // empty: this node
	Has     Has
	// Unsure says that nobody has it of those who answered, but not all did.
	Unsure bool
	node   string
}

// Refuses tells whether nobody has what was asked for, and nobody takes it.
func (p Place) Refuses() bool { return p.Has.Much == 0 && !p.Has.Open }

// Find returns the node that has what is asked for, or is to take it. All are asked but those of the given addresses: what one
// remembers may be out of date, and a node that has something knows. It fails with ErrUsed and ErrBusy.
func (f *Fleet) Find(q Question, except ...string) (Place, error) {
	if q.anybodys() {
		select {
		case f.asking <- struct{}{}:
			defer func() { <-f.asking }()
		default:
			return Place{}, ErrBusy
		}
	}
	answers, all := f.askAll(q, except)
	places := []Place{{node: f.cfg.Node, Has: f.cfg.Has(q)}}
	for _, p := range answers {
		if q.TicketID != "" && p.Has.Used {
			return Place{}, ErrUsed
		}
		places = append(places, p)
	}
	place := choose(places, q.newcomer())
	place.Unsure = place.Has.Much == 0 && !all
	return place, nil
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

// askAll asks every other node at once, but those of the given addresses, and tells whether all have answered.
func (f *Fleet) askAll(q Question, except []string) (places []Place, all bool) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	others := f.known()
	for _, o := range others {
		if o.failed > 0 || slices.Contains(except, o.address) {
			continue
		}
		wg.Go(func() {
			a, err := f.ask(o.address, q)
			if err != nil {
				f.failed(o.address, err)
				return
			}
			mu.Lock()
			defer mu.Unlock()
			places = append(places, Place{Address: o.address, Has: a.Has, node: a.Node})
		})
	}
	wg.Wait()
	return places, len(places) == len(others)
}
