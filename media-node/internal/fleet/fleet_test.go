package fleet

import (
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func newFleet(t *testing.T) *Fleet {
	t.Helper()
	f := New(Config{Node: "here", Key: make([]byte, 32), Now: time.Now, Log: slog.New(slog.DiscardHandler), Has: func(Question) Has { return Has{Open: true} }})
	t.Cleanup(f.Close)
	return f
}

func TestWhereThingsAre(t *testing.T) {
	t.Parallel()
	at := func(node string, much int, open bool) Place {
		return Place{Address: node, node: node, Has: Has{Much: much, Open: open}}
	}
	here := func(much int, open bool) Place { return Place{node: "here", Has: Has{Much: much, Open: open}} }
	for name, c := range map[string]struct {
		places   []Place
		newcomer string
		want     string
	}{
		"alone":                       {[]Place{here(0, true)}, "agt_1", ""},
		"here":                        {[]Place{here(1, true), at("a", 0, true)}, "agt_1", ""},
		"there":                       {[]Place{here(0, true), at("a", 1, false)}, "agt_1", "a"},
		"more of it there":            {[]Place{here(1, true), at("a", 2, false)}, "agt_1", "a"},
		"as much: no move":            {[]Place{here(2, false), at("a", 2, true)}, "agt_1", ""},
		"nowhere, and nothing new":    {[]Place{here(0, true), at("a", 0, true)}, "", ""},
		"nowhere, open there alone":   {[]Place{here(0, false), at("a", 0, true)}, "agt_1", "a"},
		"nowhere, open here alone":    {[]Place{here(0, true), at("a", 0, false)}, "agt_1", ""},
		"nowhere, and nobody is open": {[]Place{here(0, false), at("a", 0, false)}, "agt_1", ""},
	} {
		got := choose(c.places, c.newcomer)
		assert.Equal(t, c.want, got.Address, name)
		assert.Equal(t, name == "nowhere, and nobody is open", got.Refuses(), name)
	}
}

// Every node must come to the same choice whatever the order in which the others answered.
func TestNewcomersAreSharedOutAlike(t *testing.T) {
	t.Parallel()
	const names = 3000
	choice := func(name string, nodes ...string) string {
		places := []Place{{node: nodes[0], Address: nodes[0], Has: Has{Open: true}}}
		for _, n := range nodes[1:] {
			places = append(places, Place{node: n, Address: n, Has: Has{Open: true}})
		}
		return choose(places, name).Address
	}
	share := map[string]int{}
	for i := range names {
		name := fmt.Sprintf("agt_%d", i)
		of3 := choice(name, "node-a", "node-b", "node-c")
		share[of3]++
		assert.Equal(t, of3, choice(name, "node-c", "node-a", "node-b"))
		if of2 := choice(name, "node-a", "node-b"); of3 != "node-c" {
			assert.Equal(t, of3, of2, "a node that goes moves nobody else")
		}
	}
	for node, n := range share {
		assert.InDelta(t, names/3, n, names/20, node)
	}
}

// Anybody may ask for a session or a room that is not there: a flood of such requests must cost no caller their agent.
func TestStrangersTakeNoPlaceFromThoseWithATicket(t *testing.T) {
	t.Parallel()
	f := newFleet(t)
	for range maxAsking {
		f.asking <- struct{}{}
	}
	for kind, want := range map[Kind]error{Session: ErrBusy, Room: ErrBusy, Headset: nil, Line: nil, Call: nil} {
		_, err := f.Find(Question{Kind: kind})
		assert.ErrorIs(t, err, want, kind)
	}
}
