package routing_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"guichet/shared/center"
	"guichet/shared/routing"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// agent is available for q1 and has been idle for some minutes.
func agent(id string, idle int, changes ...func(*center.Agent)) *center.Agent {
	a := &center.Agent{ID: id, Queues: []string{"q1", "q2"}}
	a.Connect("desk")
	_ = a.SetStatus([]string{"q1"}, center.StatusReady, "", noon.Add(-time.Duration(idle)*time.Minute))
	for _, change := range changes {
		change(a)
	}
	return a
}

func paused(a *center.Agent) { _ = a.SetStatus([]string{"q1"}, center.StatusPaused, "lunch", noon) }

func elsewhere(a *center.Agent) {
	paused(a)
	_ = a.SetStatus([]string{"q2"}, center.StatusReady, "", noon)
}

func TestRank(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		agents  []*center.Agent
		contact center.Contact
		want    []string
	}{
		{"nobody", nil, center.Contact{}, nil},
		{"longest idle first", []*center.Agent{agent("a", 1), agent("b", 3), agent("c", 2)}, center.Contact{}, []string{"b", "c", "a"}},
		{"by id when idle equally long", []*center.Agent{agent("b", 1), agent("a", 1)}, center.Contact{}, []string{"a", "b"}},
		{"who lost it is asked first", []*center.Agent{agent("a", 3), agent("b", 1), agent("c", 2)}, center.Contact{AgentID: "b"}, []string{"b", "a", "c"}},
		{"the busy are left out", []*center.Agent{agent("a", 3, paused), agent("b", 2, elsewhere), agent("c", 1)}, center.Contact{}, []string{"c"}},
		{
			"who has just declined is spared",
			[]*center.Agent{agent("a", 3), agent("b", 2), agent("c", 1)},
			center.Contact{AgentID: "a", Declined: map[string]time.Time{"a": noon.Add(1), "b": noon}},
			[]string{"b", "c"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			test.contact.QueueID = "q1"
			var got []string
			for _, a := range routing.Rank(test.agents, &test.contact, center.Queue{ID: "q1"}, noon) {
				got = append(got, a.ID)
			}
			assert.Equal(t, test.want, got)
		})
	}
}

func TestStrategies(t *testing.T) {
	t.Parallel()
	agents := []*center.Agent{
		agent("a", 30, func(a *center.Agent) {
			a.Taken, a.Levels = center.Taken{Day: "2026-11-22", Calls: 5}, map[string]int{"q1": 3}
		}),
		agent("b", 20, func(a *center.Agent) {
			a.Taken, a.Levels = center.Taken{Day: "2026-11-22", Calls: 2}, map[string]int{"q1": 2}
		}),
		agent("c", 10, func(a *center.Agent) { a.Taken = center.Taken{Day: "2026-11-21", Calls: 9} }),
		agent("d", 5, func(a *center.Agent) {
			a.Taken, a.Levels = center.Taken{Day: "2026-11-22", Calls: 2}, map[string]int{"q2": 4}
		}),
	}
	for strategy, want := range map[center.Strategy][]string{
		"":                         {"a", "b", "c", "d"},
		center.StrategyLongestIdle: {"a", "b", "c", "d"},
		center.StrategyFewestCalls: {"c", "b", "d", "a"}, // yesterday's calls do not count
		center.StrategyTiers:       {"c", "d", "b", "a"}, // who has no level is in the first tier
	} {
		q := center.Queue{ID: "q1", Strategy: strategy}
		contact := &center.Contact{QueueID: "q1"}
		var got []string
		for _, a := range routing.Rank(agents, contact, q, noon) {
			got = append(got, a.ID)
		}
		assert.Equal(t, want, got, strategy)
		contact.AgentID = "d"
		assert.Equal(t, "d", routing.Rank(agents, contact, q, noon)[0].ID, "who lost the call comes first")
		assert.Equal(t, strategy == "" || strategy == center.StrategyLongestIdle, routing.ByIdleness(q))
	}
}

func holding(chats int, given time.Time) func(*center.Agent) {
	return func(a *center.Agent) { a.Chats, a.ChattedAt = make([]string, chats), given }
}

func TestRankForChat(t *testing.T) {
	t.Parallel()
	long := noon.Add(-time.Hour)
	tests := []struct {
		name   string
		agents []*center.Agent
		last   string
		want   []string
	}{
		{"nobody", nil, "", nil},
		{"least loaded first", []*center.Agent{agent("a", 9, holding(2, long)), agent("b", 1, holding(1, long)), agent("c", 1)}, "", []string{"c", "b", "a"}},
		{"then longest without a call", []*center.Agent{agent("a", 1), agent("b", 3), agent("c", 2)}, "", []string{"b", "c", "a"}},
		{
			"or without a chat",
			[]*center.Agent{agent("a", 9, holding(1, noon.Add(-time.Minute))), agent("b", 2, holding(1, long))}, "", []string{"b", "a"},
		},
		{"then by id", []*center.Agent{agent("b", 1), agent("a", 1)}, "", []string{"a", "b"}},
		{"who held it last first, even if loaded", []*center.Agent{agent("a", 1), agent("b", 1, holding(2, noon))}, "b", []string{"b", "a"}},
		{"the full are left out", []*center.Agent{agent("a", 1, holding(3, long)), agent("b", 1, holding(2, long))}, "a", []string{"b"}},
		{"and the busy", []*center.Agent{agent("a", 3, paused), agent("b", 2, elsewhere), agent("c", 1)}, "", []string{"c"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, a := range routing.RankForChat(test.agents, &center.Chat{QueueID: "q1", AgentID: test.last}, center.Queue{ID: "q1", Capacity: 3}) {
				got = append(got, a.ID)
			}
			assert.Equal(t, test.want, got)
		})
	}
}
