package center_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"guichet/shared/center"
)

var call = &center.Contact{ID: "c1", QueueID: "q1"}

// agentWho is an agent of q1 and q2: connected and ready in both since an hour ago, and then as change makes them.
func agentWho(change func(*center.Agent)) *center.Agent {
	a := &center.Agent{ID: "ada", Queues: []string{"q1", "q2", "q3"}}
	a.Connect("desk")
	_ = a.SetStatus([]string{"q1", "q2"}, center.StatusReady, "", noon.Add(-time.Hour))
	if change != nil {
		change(a)
	}
	return a
}

// agents are the ways an agent can be, by what they can be offered.
var agents = []struct {
	name   string
	agent  *center.Agent
	free   bool // for q1
	free2  bool // for q2
	anyway bool // available at all
}{
	{"ready", agentWho(nil), true, true, true},
	{"ringing", agentWho(func(a *center.Agent) { _ = a.Reserve(call) }), false, false, false},
	{"in wrap-up", agentWho(func(a *center.Agent) { _ = a.Reserve(call); a.Finish(call, time.Minute, noon) }), false, false, false},
	{"after a call without wrap-up", agentWho(func(a *center.Agent) { _ = a.Reserve(call); a.Finish(call, 0, noon) }), true, true, true},
	{"after wrap-up", agentWho(func(a *center.Agent) {
		_ = a.Reserve(call)
		a.Finish(call, time.Minute, noon)
		a.EndWrapUp("c1", noon)
	}), true, true, true},
	{"absent", agentWho(func(a *center.Agent) { a.Disconnect("desk", noon) }), false, false, false},
	{"paused in one queue", agentWho(func(a *center.Agent) { _ = a.SetStatus([]string{"q1"}, center.StatusPaused, "lunch", noon) }), false, true, true},
	{"out of one queue", agentWho(func(a *center.Agent) { _ = a.SetStatus([]string{"q2"}, center.StatusOut, "", noon) }), true, false, true},
	{"paused", agentWho(func(a *center.Agent) { _ = a.SetStatus(a.Joined(), center.StatusPaused, "lunch", noon) }), false, false, false},
	{"who missed a call", agentWho(func(a *center.Agent) { _ = a.Reserve(call); a.Release(call, true, noon) }), false, false, false},
}

func TestFreeFor(t *testing.T) {
	t.Parallel()
	for _, test := range agents {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, test.free, test.agent.FreeFor("q1"))
			assert.Equal(t, test.free2, test.agent.FreeFor("q2"))
			assert.False(t, test.agent.FreeFor("q3"), "not joined")
			assert.Equal(t, test.anyway, test.agent.Available())
			reserved := *test.agent
			if err := reserved.Reserve(call); test.free {
				assert.NoError(t, err)
				assert.Equal(t, "c1", reserved.ContactID)
			} else {
				assert.Equal(t, "agent-busy", center.SlugOf(err))
				assert.Equal(t, test.agent.ContactID, reserved.ContactID)
			}
		})
	}
}

func TestSetStatus(t *testing.T) {
	t.Parallel()
	a := agentWho(nil)
	since := a.StatusIn("q1").Since
	assert.NoError(t, a.SetStatus([]string{"q1"}, center.StatusReady, "ignored", noon))
	assert.Equal(t, center.Membership{Status: center.StatusReady, Since: since}, a.StatusIn("q1"), "already so, and no reason but for pauses")
	assert.NoError(t, a.SetStatus([]string{"q1"}, center.StatusPaused, "lunch", noon))
	assert.NoError(t, a.SetStatus([]string{"q1"}, center.StatusPaused, "training", noon.Add(1)))
	assert.Equal(t, center.Membership{Status: center.StatusPaused, Reason: "training", Since: noon.Add(1)}, a.StatusIn("q1"))
	assert.Equal(t, []string{"q1", "q2"}, a.Joined())
	assert.Equal(t, []string{"q2"}, a.ReadyQueues())
	assert.Equal(t, center.Membership{Status: center.StatusOut}, a.StatusIn("q3"))

	before := *a
	err := a.SetStatus([]string{"q3", "other"}, center.StatusReady, "", noon)
	assert.Equal(t, "queue-not-assigned", center.SlugOf(err))
	assert.Equal(t, &before, a, "all of it or nothing")
}

func TestP2TheNextStatusComesWhenTheContactIsOver(t *testing.T) {
	t.Parallel()
	occupied := func() *center.Agent {
		a := agentWho(nil)
		_ = a.Reserve(call)
		a.SetNext("", center.StatusPaused, "lunch")
		return a
	}
	paused := center.Membership{Status: center.StatusPaused, Reason: "lunch", Since: noon}
	for name, tc := range map[string]struct {
		end  func(*center.Agent)
		want center.Membership // of q1
		next bool
	}{
		"a call without wrap-up": {func(a *center.Agent) { a.Finish(call, 0, noon) }, paused, false},
		"wrap-up goes on":        {func(a *center.Agent) { a.Finish(call, time.Minute, noon) }, agentWho(nil).StatusIn("q1"), true},
		"wrap-up is over": {func(a *center.Agent) {
			a.Finish(call, time.Minute, noon.Add(-time.Minute))
			a.EndWrapUp(call.ID, noon)
		}, paused, false},
		"it goes to another": {func(a *center.Agent) { a.Release(call, false, noon) }, paused, false},
		"it was missed": {func(a *center.Agent) { a.Release(call, true, noon) },
			center.Membership{Status: center.StatusPaused, Reason: center.ReasonMissed, Since: noon}, false},
		"another choice, of a supervisor": {func(a *center.Agent) {
			a.SetNext("sue", center.StatusOut, "")
			a.Finish(call, 0, noon)
		}, center.Membership{Status: center.StatusOut, Since: noon, By: "sue"}, false},
		"another choice at once": {func(a *center.Agent) {
			_ = a.SetStatus([]string{"q1"}, center.StatusOut, "", noon)
			a.Finish(call, 0, noon.Add(time.Second))
		}, center.Membership{Status: center.StatusOut, Since: noon}, false},
	} {
		a := occupied()
		tc.end(a)
		assert.Equal(t, tc.want, a.StatusIn("q1"), name)
		assert.Equal(t, tc.next, a.Next != nil, name)
	}
	a := occupied()
	a.Finish(call, 0, noon)
	assert.True(t, a.IdleSince.IsZero(), "paused everywhere")
	assert.Equal(t, center.StatusOut, a.StatusIn("q3").Status, "what was not joined is not")
}

func TestIdleSince(t *testing.T) {
	t.Parallel()
	joined := noon.Add(-time.Hour)
	steps := []struct {
		name string
		do   func(*center.Agent)
		want time.Time
	}{
		{"ready", func(*center.Agent) {}, joined},
		{"an offer that comes to nothing", func(a *center.Agent) { _ = a.Reserve(call); a.Release(call, false, noon) }, joined},
		{"one more queue", func(a *center.Agent) { _ = a.SetStatus([]string{"q3"}, center.StatusReady, "", noon) }, joined},
		{"a desk gone", func(a *center.Agent) { a.Disconnect("desk", noon) }, joined},
		{"a call", func(a *center.Agent) { _ = a.Reserve(call); a.Finish(call, time.Minute, noon) }, noon},
		{"a call and wrap-up", func(a *center.Agent) {
			_ = a.Reserve(call)
			a.Finish(call, time.Minute, noon)
			a.EndWrapUp("c1", noon.Add(time.Minute))
		}, noon.Add(time.Minute)},
		{"a pause", func(a *center.Agent) { _ = a.SetStatus(a.Joined(), center.StatusPaused, "lunch", noon) }, time.Time{}},
		{"back from a pause", func(a *center.Agent) {
			_ = a.SetStatus(a.Joined(), center.StatusPaused, "lunch", noon)
			_ = a.SetStatus([]string{"q1"}, center.StatusReady, "", noon.Add(1))
		}, noon.Add(1)},
		{"a missed call", func(a *center.Agent) { _ = a.Reserve(call); a.Release(call, true, noon) }, time.Time{}},
		{"a call while paused", func(a *center.Agent) {
			_ = a.Reserve(call)
			_ = a.SetStatus(a.Joined(), center.StatusPaused, "lunch", noon)
			a.Finish(call, 0, noon)
		}, time.Time{}},
	}
	for _, step := range steps {
		t.Run(step.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, step.want, agentWho(step.do).IdleSince)
		})
	}
}

func TestReleaseOfAMissedCallPausesWhereReady(t *testing.T) {
	t.Parallel()
	a := agentWho(func(a *center.Agent) {
		_ = a.Reserve(call)
		_ = a.SetStatus([]string{"q2"}, center.StatusPaused, "lunch", noon)
	})
	a.Release(call, true, noon)
	assert.Equal(t, center.Membership{Status: center.StatusPaused, Reason: center.ReasonMissed, Since: noon}, a.StatusIn("q1"))
	assert.Equal(t, "lunch", a.StatusIn("q2").Reason, "what the agent chose stays")
	assert.Equal(t, center.StatusOut, a.StatusIn("q3").Status)
}

func TestAnAgentWhoHasMovedOnIsLeftAlone(t *testing.T) {
	t.Parallel()
	a, other := agentWho(nil), &center.Contact{ID: "c2", QueueID: "q1"}
	assert.NoError(t, a.Reserve(call))
	before := *a
	a.Release(other, true, noon)
	a.Finish(other, time.Minute, noon)
	assert.False(t, a.EndWrapUp("c2", noon))
	assert.Equal(t, &before, a)
	a.Finish(call, time.Minute, noon)
	assert.False(t, a.EndWrapUp("c2", noon), "another contact's wrap-up")
	assert.Equal(t, &center.WrapUp{ContactID: "c1", QueueID: "q1", Since: noon, Until: noon.Add(time.Minute)}, a.WrapUp)
}

func TestConnections(t *testing.T) {
	t.Parallel()
	a := &center.Agent{}
	for i := range center.MaxConnections {
		assert.Empty(t, a.Connect(fmt.Sprint(i)))
	}
	assert.Empty(t, a.Connect("0"), "known already")
	before := a.Connections
	assert.Equal(t, []string{"0"}, a.Connect("new"), "the oldest gives way")
	assert.Len(t, a.Connections, center.MaxConnections)
	assert.Equal(t, "0", before[0], "the list of the agent as they were is not written to")
	assert.False(t, a.Disconnect("0", noon))
	assert.True(t, a.Disconnect("new", noon))
	assert.NotContains(t, a.Connections, "new")
}

func TestSupervises(t *testing.T) {
	t.Parallel()
	assert.False(t, center.RoleAgent.Supervises())
	assert.True(t, center.RoleSupervisor.Supervises())
	assert.True(t, center.RoleAdmin.Supervises())
}

func TestPauseReason(t *testing.T) {
	t.Parallel()
	s := center.Settings{PauseReasons: []string{"lunch"}}
	assert.True(t, s.PauseReason("lunch"))
	assert.False(t, s.PauseReason(center.ReasonMissed), "only the system gives it")
}
