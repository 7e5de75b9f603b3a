package load

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"

	"guichet/infra/local/robot"
	"guichet/shared/center"
	"guichet/shared/deskapi"
)

// agent is a person at a desk who takes what comes.
type agent struct {
	*world
	desk *robot.Desk
	life context.Context // what the agent begins goes on until it ends
	work sync.WaitGroup  // what the agent is doing

	mu        sync.Mutex
	me        deskapi.Agent
	contacts  map[string]deskapi.Contact // the latest calls, by id
	changed   chan struct{}
	busy      string             // the call that the agent is at
	strangers map[string]bool    // calls of nobody's plan that the agent has let pass once
	chats     map[string]*thread // that the agent answers, by id
	missed    bool               // they are getting ready again after an offer that they did not answer
}

func newAgent(ctx context.Context, w *world, d *robot.Desk) *agent {
	return &agent{
		world: w, desk: d, life: ctx, contacts: map[string]deskapi.Contact{}, changed: make(chan struct{}),
		strangers: map[string]bool{}, chats: map[string]*thread{},
	}
}

// reconnects is how long an agent waits before opening a lost connection again.
const reconnects = time.Second

// follow keeps the desk connected until the context ends, which is later than the agent's life: a connection lasts two hours at the
// most.
func (a *agent) follow(ctx context.Context, connected func()) {
	for ctx.Err() == nil {
		err := a.connection(ctx, connected)
		if ctx.Err() == nil && websocket.CloseStatus(err) == -1 {
			a.notes.problem("the desk of %s: %v", a.desk.Person, err)
		}
		pause(ctx, reconnects)
	}
}

// connection reads one connection to its end.
func (a *agent) connection(ctx context.Context, connected func()) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	socket, err := a.desk.Connect(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = socket.CloseNow() }()
	if err := a.snapshot(ctx); err != nil {
		return err
	}
	connected()
	go a.keep(ctx, socket)
	for {
		_, raw, err := socket.Read(ctx)
		if err != nil {
			return err
		}
		var p deskapi.Patch
		if err := json.Unmarshal(raw, &p); err != nil {
			return fmt.Errorf("decode push: %w", err)
		}
		if p.Type == deskapi.TypePatch {
			a.take(p)
		}
	}
}

// keep renews the lease, and looks once more at what may have come before the centre knew of the connection.
func (a *agent) keep(ctx context.Context, socket *websocket.Conn) {
	if !pause(ctx, deskapi.SettleSeconds*time.Second) {
		return
	}
	a.notes.failed(ctx, "read the desk", a.snapshot(ctx))
	for pause(ctx, deskapi.HeartbeatSeconds*time.Second) {
		if wsjson.Write(ctx, socket, deskapi.Ping{Type: deskapi.TypePing}) != nil {
			return // the reader tells
		}
	}
}

func (a *agent) snapshot(ctx context.Context) error {
	var desk deskapi.Desk
	if err := a.desk.Do(ctx, http.MethodGet, "/api/desk", nil, &desk); err != nil {
		return err
	}
	p := deskapi.Patch{Agents: []deskapi.Agent{desk.Agent}}
	if desk.Contact != nil {
		p.Contacts = append(p.Contacts, *desk.Contact)
	}
	a.take(p)
	return nil
}

// keptContacts bounds what an agent remembers of calls.
const keptContacts = 100

// take takes up what is newer, and begins what there is to do.
func (a *agent) take(p deskapi.Patch) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, me := range p.Agents {
		if me.ID == a.desk.Person && me.Version > a.me.Version {
			a.me = me
			a.seeStatus()
		}
	}
	for _, c := range p.Contacts {
		if c.Version <= a.contacts[c.ID].Version {
			continue
		}
		if len(a.contacts) > keptContacts {
			a.forget()
		}
		a.contacts[c.ID] = c
		if a.rings(c) {
			a.begin(c)
		}
	}
	for _, c := range p.Chats {
		a.takeChat(c)
	}
	close(a.changed)
	a.changed = make(chan struct{})
}

// forget drops the calls that are over. The caller holds mu.
func (a *agent) forget() {
	for id := range a.contacts {
		if id != a.busy {
			delete(a.contacts, id)
		}
	}
	clear(a.strangers)
}

// rings tells whether a call is offered to the agent.
func (a *agent) rings(c deskapi.Contact) bool {
	return c.State == "offered" && c.Offer != nil && c.Offer.AgentID == a.desk.Person
}

// begin has the agent take an offer. An agent who is at a call was offered two. The caller holds mu.
func (a *agent) begin(c deskapi.Contact) {
	if a.busy == c.ID {
		return // free looks again
	}
	if before, ok := a.contacts[a.busy]; ok && a.mine(before) {
		a.notes.problem("%s is in call %s and was offered %s", a.desk.Person, a.busy, c.ID)
	}
	a.busy = c.ID
	a.work.Go(func() {
		defer a.free(c)
		a.answers(a.life, c)
	})
}

// free is when the agent is through with an offer. The same call may ring again by then.
func (a *agent) free(c deskapi.Contact) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.busy != c.ID {
		return
	}
	a.busy = ""
	if now := a.contacts[c.ID]; a.rings(now) && now.Offer.ID != c.Offer.ID {
		a.begin(now)
	}
}

// seeStatus gets the agent ready again whom the centre has paused for not answering. The caller holds mu.
func (a *agent) seeStatus() {
	for _, m := range a.me.Memberships {
		if m.Reason == center.ReasonMissed && !a.missed {
			a.missed = true
			a.notes.count(late)
			a.work.Go(func() {
				a.notes.failed(a.life, "get ready", a.ready(a.life))
				a.mu.Lock()
				defer a.mu.Unlock()
				a.missed = false
			})
		}
	}
}

// ask has the API do something.
func (a *agent) ask(ctx context.Context, method, target string, in, out any) error {
	ctx, cancel := whole(ctx)
	defer cancel()
	return a.desk.Do(ctx, method, target, in, out)
}

// ready logs the agent in to all their queues.
func (a *agent) ready(ctx context.Context) error {
	a.mu.Lock()
	var queues []string
	for _, m := range a.me.Memberships {
		queues = append(queues, m.QueueID)
	}
	a.mu.Unlock()
	var me deskapi.Agent
	if err := a.ask(ctx, http.MethodPut, "/api/desk/status", map[string]any{"status": "ready", "queues": queues}, &me); err != nil {
		return err
	}
	a.take(deskapi.Patch{Agents: []deskapi.Agent{me}})
	return nil
}

// await waits until the call, or the agent, is as wanted; false when that took too long.
func (a *agent) await(ctx context.Context, d time.Duration, contactID string, wanted func(deskapi.Agent, deskapi.Contact) bool) (deskapi.Contact, bool) {
	late := time.NewTimer(d)
	defer late.Stop()
	for {
		a.mu.Lock()
		me, c, changed := a.me, a.contacts[contactID], a.changed
		a.mu.Unlock()
		if wanted(me, c) {
			return c, true
		}
		select {
		case <-changed:
		case <-late.C:
			return c, false
		case <-ctx.Done():
			return c, false
		}
	}
}
