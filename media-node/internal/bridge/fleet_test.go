package bridge

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"guichet/media-node/internal/peer"
	"guichet/shared/mediaapi"
)

func TestHowMuchIsHere(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	b := w.bridge
	assert.Equal(t, HasLittle, b.HasHeadset("agt_1", true), "a newer session replaces the one that is here")
	assert.Equal(t, HasNothing, b.HasHeadset("agt_1", false), "it is about to move")
	assert.Equal(t, HasMost, b.HasLine("agt_1", "ctc_1", true))
	assert.Equal(t, HasNothing, b.HasLine("agt_1", "ctc_1", false))
	assert.Equal(t, HasNothing, b.HasHeadset("agt_2", true))
	assert.Equal(t, HasNothing, b.HasLine("agt_2", "ctc_2", true))
	w.call(0)
	assert.Equal(t, HasMore, b.HasHeadset("agt_1", false), "whoever is in a call comes back to it")
	assert.Equal(t, HasMost, b.HasLine("agt_1", "ctc_1", false))
	assert.Equal(t, HasLittle, b.HasLine("agt_2", "ctc_1", true), "the contact's older line")
	w.agent.end()
	assert.Equal(t, HasMore, b.HasHeadset("agt_1", false))
	assert.Equal(t, HasMore, b.HasLine("agt_1", "ctc_3", true), "where the agent's session will come")
}

// The browser of one that fell silent may be on another node by now, where it is heard.
func TestASilentSessionIsLessThanOneThatIsHeard(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	b := w.bridge
	w.agent.Down(false)
	assert.Equal(t, HasMore, b.HasLine("agt_1", "ctc_1", true))
	assert.Equal(t, HasNothing, b.HasLine("agt_1", "ctc_1", false))
	b.OpenAgent(mediaapi.Ticket{AgentID: "agt_1"}, "token", peer.Remote{})
	assert.Equal(t, HasMost, b.HasLine("agt_1", "ctc_1", true), "another is coming")
}

func TestOnlyAgentsWithoutACallAreReleased(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.call(0)
	assert.False(t, w.bridge.Release("agt_1"))
	assert.False(t, w.bridge.Release("agt_2"), "who is not here")
	p.Left(mediaapi.LeftStopped)
	w.story = nil
	pending := w.bridge.OpenAgent(mediaapi.Ticket{AgentID: "agt_1"}, "token", peer.Remote{}).owner.(*agentSession)
	assert.False(t, w.bridge.Release("agt_1"), "while another session is set up")
	pending.end()
	assert.True(t, w.bridge.Release("agt_1"))
	assert.Equal(t, []string{"agent.left moved"}, w.story)
	assert.False(t, w.bridge.Release("agt_1"), "twice")

	w.agentComes()
	yes := func(string) bool { return true }
	w.bridge.ReleaseIdle(w.now.Add(-time.Minute), 5, yes)
	assert.NotNil(t, w.bridge.Session(w.agent.ID), "it came a moment ago")
	w.bridge.ReleaseIdle(w.now.Add(time.Second), 5, func(string) bool { return false })
	w.bridge.ReleaseIdle(w.now.Add(time.Second), 0, yes)
	assert.NotNil(t, w.bridge.Session(w.agent.ID))
	w.bridge.ReleaseIdle(w.now.Add(time.Second), 1, yes)
	assert.Nil(t, w.bridge.Session(w.agent.ID))
}

func TestOtherNodesAreTold(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var told [][]string
	w.bridge.cfg.Summon = func(contactID string, since time.Time, agents []string) {
		assert.Equal(t, "ctc_1", contactID)
		assert.Equal(t, w.bridge.Call("ctc_1").since, since)
		told = append(told, agents)
	}
	w.call(0)
	w.run(10 * time.Second)
	assert.Equal(t, [][]string{nil}, told, "once that the line is here")
	told = nil
	w.agent.end()
	w.run(7 * time.Second)
	assert.Len(t, told, 3, "every three seconds, at once")
	assert.Equal(t, []string{"agt_1"}, told[0])
	w.agentComes()
	told = nil
	assert.NoError(t, w.bridge.Call("ctc_1").Guest("gst_1", "agt_2", 1))
	w.run(4 * time.Second)
	assert.Equal(t, []string{"agt_2"}, told[0])
}

func TestALineThatIsElsewhereByNow(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.call(0)
	call := w.bridge.Call("ctc_1")
	w.bridge.TakenElsewhere("ctc_1", call.since.Add(-time.Second))
	assert.NotNil(t, w.bridge.Call("ctc_1"), "that one is older")
	w.bridge.TakenElsewhere("ctc_2", call.since.Add(time.Second))
	assert.NotNil(t, w.bridge.Call("ctc_1"))
	w.bridge.TakenElsewhere("ctc_1", call.since.Add(time.Second))
	assert.Nil(t, w.bridge.Call("ctc_1"))
	assert.Empty(t, w.story, "the contact has not left")
}
