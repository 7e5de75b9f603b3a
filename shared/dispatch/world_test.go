package dispatch_test

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

// ground is what histories share one after the other.
type ground struct {
	schedule.Ground
	rest time.Duration // from a call that an agent declined
}

func newGround(t *testing.T) ground {
	return ground{schedule.NewGround(t, dynamotest.Endpoint(t), dynamotest.Table(t)), 20 * time.Second}
}

// world is one history: a centre of its own, with everything around it under the scheduler's hand. Its clock is the
// synctest bubble's, which moves only when the scheduler sleeps.
type world struct {
	*schedule.Scheduler
	provider   *provider
	desks      *desks
	dispatcher *dispatch.Dispatcher

	queues    map[string]center.Queue
	began     time.Time
	once      bool      // messages are delivered once and timers when they are due
	mail      []message // not yet delivered, or to be delivered again
	delivered []message
	offers    []offered // all that were ever made
	played    int       // recorded messages
	invited   int       // guests
	turns     int       // of workflows
}

// offered is an offer as the desks know it.
// An invitation of a number has no agent.
type offered struct{ agentID, contactID, offerID string }

func newWorld(t schedule.Reporter, g ground, faults []schedule.Verdict) *world {
	w := &world{began: dispatch.Clock(), desks: &desks{}}
	w.Scheduler = schedule.New(t, g.Ground, faults, w.onWrite)
	w.Check = w.check
	w.provider = &provider{world: w}
	w.dispatcher = &dispatch.Dispatcher{
		Store: w.Store, Directories: store.NewDirectories(w.Store), Phone: w.provider, Media: w.provider, Pusher: w.desks,
		MediaKey: mediaapi.Key(strings.Repeat("k", 32)), Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Now: dispatch.Clock,
	}
	w.furnish(w.Store, g.rest)
	return w
}

// agentQueues says who serves where: some in one queue, some in both.
var agentQueues = map[string][]string{
	"ada": {"sales"}, "bob": {"sales", "repairs", "again"}, "cleo": {"repairs"}, "dan": {"repairs", "sales", "again"},
}

var agentIDs = []string{"ada", "bob", "cleo", "dan"}

func (w *world) furnish(s *store.Store, rest time.Duration) {
	ctx := context.Background()
	w.queues = map[string]center.Queue{
		"sales": {ID: "sales", Name: "Sales", Kind: center.QueueVoice, Priority: 1, Ring: 20 * time.Second, WrapUp: 30 * time.Second,
			MaxWait: 3 * time.Minute, Overflow: "repairs", Attempts: center.Attempts{Most: 2, Spacing: 30 * time.Second}},
		"repairs": {ID: "repairs", Name: "Repairs", Kind: center.QueueVoice, Priority: 2, Ring: 15 * time.Second, MaxWait: 5 * time.Minute},
		"again": {ID: "again", Name: "Missed", Kind: center.QueueCampaign, Priority: 900, Ring: 20 * time.Second, WrapUp: 10 * time.Second,
			Attempts: center.Attempts{Most: 2, Spacing: time.Minute}, Campaign: &center.Campaign{
				Sources: []string{"sales"}, Outcomes: []center.Outcome{center.OutcomeAbandoned, center.OutcomeTimedOut, center.OutcomeIncomplete},
			}},
	}
	w.Must(s.SaveDirectory(ctx, &store.Directory{
		Settings: center.Settings{Name: "Test", PauseReasons: []string{"lunch"}, ParkGrace: 10 * time.Second, DeclineRest: rest, DirectWait: time.Minute},
		Queues:   w.queues,
		Lines:    map[string]center.Line{"+33800000001": {Number: "+33800000001", AgentID: "ada"}},
	}))
	for _, id := range agentIDs {
		w.Must(s.EnsureAgent(ctx, &center.Agent{ID: id, Name: id, Role: center.RoleAgent, Language: "en", Queues: agentQueues[id]}))
	}
}

func (w *world) post(m message) { w.mail = append(w.mail, m) }
