package conversation_test

import (
	"context"
	"flag"
	"io"
	"log/slog"
	"os"
	"strings"
	"testing"
	"time"

	"guichet/infra/local/dynamo/dynamotest"
	"guichet/shared/center"
	"guichet/shared/channel"
	"guichet/shared/conversation"
	"guichet/shared/dispatch"
	"guichet/shared/mediaapi"
	"guichet/shared/store"
	"guichet/shared/store/storetest/schedule"
)

// TestMain sets what rapid's own defaults are not good for, unless the environment or the command line says otherwise: a
// failure leaves no file behind, since it prints the seed that repeats it, and there are 60 histories of each kind.
func TestMain(m *testing.M) {
	for name, value := range map[string]string{"nofailfile": "true", "checks": "60"} {
		if _, set := os.LookupEnv("RAPID_" + strings.ToUpper(name)); set {
			continue
		}
		if err := flag.Set("rapid."+name, value); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}

func newGround(t *testing.T) schedule.Ground {
	return schedule.NewGround(t, dynamotest.Endpoint(t), dynamotest.Table(t))
}

// world is one history: a centre of its own, with everything around it under the scheduler's hand.
type world struct {
	*schedule.Scheduler
	service    *conversation.Service
	dispatcher *dispatch.Dispatcher
	provider   *provider
	queues     map[string]center.Queue
	customers  []customer                 // who write in this history
	desks      map[string]int             // connections that each agent has had
	calls      int                        // that have come
	said       []*said                    // by customers, and elsewhere
	drafts     []draft                    // that agents have sent
	mail       []message                  // not yet delivered, or to be delivered again
	observe    func([]schedule.Change)    // is told of every write, if set
	toSettle   []*center.Message          // of which the stream function has not heard yet
	taken      map[string]map[string]bool // by chat: the provider's ids that Receive has answered with nil
}

// Agents: some take calls too. Cleo supervises.
var (
	agentIDs    = []string{"ada", "bob", "cleo", "dan"}
	agentQueues = map[string][]string{"ada": {"help"}, "bob": {"help", "shop", "calls"}, "cleo": {"shop", "help"}, "dan": {"calls", "help"}}
)

const grace = 2 * time.Minute

func newWorld(t schedule.Reporter, g schedule.Ground, faults []schedule.Verdict) *world {
	w := &world{customers: customers, desks: map[string]int{}, taken: map[string]map[string]bool{}}
	w.Scheduler = schedule.New(t, g, faults, w.onWrite)
	w.Check = w.check
	w.provider = &provider{world: w, handed: map[string]bool{}}
	log, directories := slog.New(slog.NewTextHandler(io.Discard, nil)), store.NewDirectories(w.Store)
	w.service = &conversation.Service{
		Matcher:  conversation.Matcher{Store: w.Store, Directories: directories, Log: log, Now: dispatch.Clock},
		Channels: channel.NewSet(untimed{w.provider}, timed{w.provider}), Pusher: silent{}, PublicURL: "https://centre.example",
	}
	w.dispatcher = &dispatch.Dispatcher{
		Store: w.Store, Directories: directories, Phone: silent{}, Pusher: silent{}, Chats: &w.service.Matcher,
		MediaKey: mediaapi.Key(strings.Repeat("k", 32)), Log: log, Now: dispatch.Clock,
	}
	w.furnish()
	return w
}

func (w *world) furnish() {
	ctx := context.Background()
	w.queues = map[string]center.Queue{
		"help":  {ID: "help", Name: "Help", Kind: center.QueueChat, Assignment: center.AssignAutomatic, Capacity: 2},
		"shop":  {ID: "shop", Name: "Shop", Kind: center.QueueChat, Assignment: center.AssignPicked},
		"calls": {ID: "calls", Name: "Calls", Kind: center.QueueVoice, Ring: 20 * time.Second, MaxWait: 5 * time.Minute},
	}
	w.Must(w.Store.SaveDirectory(ctx, &store.Directory{
		Settings: center.Settings{Name: "Test", PauseReasons: []string{"lunch"}, ChatGrace: grace},
		Queues:   w.queues,
		Inboxes: map[string]string{
			store.InboxKey("timed", "page"): "help", store.InboxKey("untimed", "one"): "help", store.InboxKey("untimed", "two"): "shop",
		},
	}))
	for _, id := range agentIDs {
		role := center.RoleAgent
		if id == "cleo" {
			role = center.RoleSupervisor
		}
		w.Must(w.Store.EnsureAgent(ctx, &center.Agent{ID: id, Name: id, Role: role, Language: "en", Queues: agentQueues[id]}))
	}
}

// silent is who hears or does nothing that matters here: desks that are pushed to, and the telephone provider.
type silent struct{}

func (silent) Push(context.Context, string, any) error                    { return nil }
func (silent) Join(context.Context, *center.Contact, string) error        { return nil }
func (silent) Dial(context.Context, *center.Contact) (string, error)      { return "", nil }
func (silent) DialGuest(context.Context, *center.Contact) (string, error) { return "", nil }
func (silent) AskAnew(context.Context, *center.Contact) error             { return nil }
func (silent) Forward(context.Context, *center.Contact) error             { return nil }
func (silent) HangUp(context.Context, *center.Contact) error              { return nil }
func (silent) Ended(context.Context, *center.Contact) (bool, error)       { return false, nil }

// customer is somebody who writes to an inbox.
type customer struct{ channel, inbox, id string }

func (c customer) chatID() string { return center.ChatIDOf(c.channel, c.inbox, c.id) }

func (c customer) event(at time.Time) channel.Event {
	if c.channel != "timed" {
		at = time.Time{}
	}
	return channel.Event{Channel: c.channel, Inbox: c.inbox, Customer: center.Customer{ID: c.id}, At: at}
}

var customers = []customer{{"timed", "page", "kim"}, {"timed", "page", "lou"}, {"untimed", "one", "max"}, {"untimed", "two", "noa"}}

// said is a message of a customer's, or one that was written elsewhere, as its provider knows it.
type said struct {
	customer
	providerID string
	echo       bool
}

// draft is what an agent's desk has sent, and may send again.
type draft struct {
	agentID, chatID string
	conversation.Draft
}

// message is a report from outside, a timer, or a record of the stream: it starts a verb each time it is delivered.
type message struct {
	what    string
	dueAt   time.Time // a timer's; zero for reports
	deliver func(context.Context) error
}

// deed is what the test notes about a process.
type deed struct {
	retry bool // an agent wants a message to be sent again
}

func (w *world) begin(what string, d deed, run func(context.Context) error) *schedule.Process {
	return w.Start(&schedule.Process{What: what, Of: d}, run)
}

// name is a chat's name for people: its customer.
func (w *world) name(chatID string) string {
	for _, c := range customers {
		if c.chatID() == chatID {
			return c.id
		}
	}
	return "an unknown chat"
}

// settleAll does as the stream function does with every message that was written, until it succeeds.
func (w *world) settleAll() {
	for len(w.toSettle) > 0 {
		w.streamOne()
		w.FinishAll()
	}
}

// streamOne lets the stream function look at the oldest message that it has not seen. It comes again if that fails.
func (w *world) streamOne() {
	m := w.toSettle[0]
	w.toSettle = w.toSettle[1:]
	w.Start(&schedule.Process{What: "the stream brings a message of " + w.name(m.ChatID), Done: func(ok bool) {
		if !ok {
			w.toSettle = append([]*center.Message{m}, w.toSettle...)
		}
	}}, func(ctx context.Context) error {
		c, err := w.Store.Chat(ctx, m.ChatID, false)
		if err != nil || conversation.Settled(c, m) {
			return err
		}
		return w.service.Settle(ctx, m)
	})
}
