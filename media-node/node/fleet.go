package node

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"guichet/media-node/internal/bridge"
	"guichet/media-node/internal/fleet"
	"guichet/shared/mediaapi"
)

// Fleet is the other nodes of the same centre.
type Fleet struct {
	// List tells the addresses ("host:port") at which nodes serve FleetHandler; this node's own may be among them.
	List func(context.Context) ([]string, error)
	// Version tells deployments apart. A node that sees a newer one take newcomers takes none, and lets its agents go there
	// when they have no call.
	Version string
	// Pace is how often the other nodes are looked at. Default: 5 seconds.
	Pace time.Duration
}

const (
	// settled is how long an agent's session stays where it is, though it belongs to another node by now.
	settled = time.Minute
	// movesAtOnce is how many agents move to the node to which they belong at each look at the others: a new node fills within
	// minutes, and no desk sees its audio go twice.
	movesAtOnce = 5
	everybody   = -1
)

// newFleet makes the node one of several, as soon as the fleet is started.
func (n *Node) newFleet(f *Fleet) *fleet.Fleet {
	return fleet.New(fleet.Config{
		Node: n.cfg.NodeID, Version: f.Version, Key: n.cfg.Key, List: f.List, Has: n.has, Summoned: n.summoned,
		Local: n.handler(nil), Settle: n.settle, Pace: f.Pace, Now: n.cfg.Now, Log: n.cfg.Log.With("node", n.cfg.NodeID),
	})
}

// countFleet registers the fleet's figures.
func countFleet(r prometheus.Registerer, f *fleet.Fleet) {
	r.MustRegister(
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Namespace: "media", Name: "fleet_others", Help: "Other nodes that answer."},
			func() float64 { return float64(f.Others()) }),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Namespace: "media", Name: "lines_passed_on", Help: "Lines that are passed on to other nodes."},
			func() float64 { return float64(f.Passing()) }),
	)
}

// FleetHandler serves the other nodes of the fleet. Keep it off the public address. Nil for a node that is alone.
func (n *Node) FleetHandler() http.Handler {
	if n.fleet == nil {
		return nil
	}
	return n.fleet.Handler()
}

// Others is the number of other nodes that answer.
func (n *Node) Others() int {
	if n.fleet == nil {
		return 0
	}
	return n.fleet.Others()
}

// closing tells whether newcomers are another node's.
func (n *Node) closing() bool {
	return n.draining.Load() || n.fleet != nil && n.fleet.Superseded()
}

// Live is the number of calls that would be cut off if the node ended: those that are here, and the lines of others that it
// passes on.
func (n *Node) Live() (calls int) {
	_ = n.loop.Do(func() { calls = n.bridge.Calls() })
	if n.fleet != nil {
		calls += n.fleet.Passing()
	}
	return calls
}

// has answers the questions of other nodes, and this one's own.
func (n *Node) has(q fleet.Question) (h fleet.Has) {
	open := !n.closing()
	err := n.loop.Do(func() {
		room := open && n.bridge.Calls() < n.cfg.MaxCalls
		h.Open = room && n.bridge.Sessions() < n.cfg.MaxSessions
		switch q.Kind {
		case fleet.Headset:
			h.Much = n.bridge.HasHeadset(q.AgentID, open)
		case fleet.Line:
			h.Much = n.bridge.HasLine(q.AgentID, q.ContactID, room)
		case fleet.Call:
			h.Much = one(n.bridge.HasContact(q.ContactID))
		case fleet.Session:
			h.Much = one(n.bridge.Session(q.SessionID) != nil)
		case fleet.Room, fleet.Status:
		}
	})
	if err != nil {
		return fleet.Has{}
	}
	if q.Kind == fleet.Room {
		h.Much, h.Open = one(n.rooms.Has(q.RoomID)), open && !n.rooms.Full()
	}
	h.Used = q.TicketID != "" && n.gate.Used(q.TicketID)
	return h
}

func one(is bool) int {
	if is {
		return bridge.HasLittle
	}
	return bridge.HasNothing
}

// summoned obeys another node that has a call by the control plane's newest word.
func (n *Node) summoned(s fleet.Summons) {
	_ = n.loop.Do(func() {
		n.bridge.TakenElsewhere(s.ContactID, s.Since)
		for _, id := range s.AgentIDs {
			n.bridge.Release(id)
		}
	})
}

// settle lets agents without a call go to the node that they belong to: all of them when this one takes no newcomers.
func (n *Node) settle() {
	closing := n.closing()
	if closing && !n.fleet.OthersOpen() {
		return // they would come back
	}
	_ = n.loop.Do(func() {
		if closing {
			n.bridge.ReleaseIdle(n.loop.Now(), everybody, func(string) bool { return true })
			return
		}
		n.bridge.ReleaseIdle(n.loop.Now().Add(-settled), movesAtOnce, func(agentID string) bool { return !n.fleet.Belongs(agentID) })
	})
}

// errFull refuses a line that no node takes.
var errFull = errors.New("every node is full or closing")

// others passes on what is for another node; nil on a node that is alone.
func (n *Node) others() *others {
	if n.fleet == nil {
		return nil
	}
	return &others{n}
}

// others implements whip.Others and room.Others.
type others struct{ n *Node }

// PassOpening implements whip.Others.
func (o *others) PassOpening(w http.ResponseWriter, r *http.Request, t mediaapi.Ticket, body []byte) (bool, error) {
	q := fleet.Question{Kind: fleet.Headset, AgentID: t.AgentID, TicketID: t.ID}
	if t.Purpose == mediaapi.PurposeVisitorAudio {
		q = lineOf(t)
	}
	return o.n.fleet.Pass(w, r, q, body)
}

// PassSession implements whip.Others.
func (o *others) PassSession(w http.ResponseWriter, r *http.Request, id string, body []byte) bool {
	passed, _ := o.n.fleet.Pass(w, r, fleet.Question{Kind: fleet.Session, SessionID: id}, body)
	return passed
}

// PassCommand is command.Server's Pass.
func (o *others) PassCommand(w http.ResponseWriter, r *http.Request, contactID string) bool {
	passed, _ := o.n.fleet.Pass(w, r, fleet.Question{Kind: fleet.Call, ContactID: contactID}, nil)
	return passed
}

// PassRoom implements room.Others.
func (o *others) PassRoom(w http.ResponseWriter, r *http.Request, roomID string) bool {
	passed, _ := o.n.fleet.Pass(w, r, fleet.Question{Kind: fleet.Room, RoomID: roomID}, nil)
	return passed
}

// CloseEverywhere implements room.Others.
func (o *others) CloseEverywhere(r *http.Request) error { return o.n.fleet.Everybody(r) }

// passLine is stream.Elsewhere. When the node that was found does not take the line after all, it goes to the next.
func (o *others) passLine(t mediaapi.Ticket, line net.Conn, received []byte) (bool, error) {
	var tried []string
	for {
		place, err := o.n.fleet.Find(lineOf(t), tried...)
		switch {
		case err != nil:
			return false, err
		case place.Refuses():
			return false, errFull
		case place.Address == "":
			return false, nil
		case o.n.fleet.Join(line, received, place.Address, PathTwilio):
			return true, nil
		}
		tried = append(tried, place.Address)
	}
}

// lineOf asks for the node of a contact's line, or of its guest's.
func lineOf(t mediaapi.Ticket) fleet.Question {
	if t.GuestID != "" {
		return fleet.Question{Kind: fleet.Call, ContactID: t.ContactID, TicketID: t.ID}
	}
	return fleet.Question{Kind: fleet.Line, AgentID: t.AgentID, ContactID: t.ContactID, TicketID: t.ID}
}

// summons is bridge.Config's Summon.
func (n *Node) summons() func(contactID string, since time.Time, agents []string) {
	if n.cfg.Fleet == nil {
		return nil
	}
	return func(contactID string, since time.Time, agents []string) {
		n.fleet.Summon(fleet.Summons{ContactID: contactID, Since: since, AgentIDs: agents})
	}
}
