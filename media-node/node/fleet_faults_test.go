package node_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/media-node/node"
	"guichet/shared/mediaapi"
)

// What a node that does not answer has, nobody knows. A call that no node has is over for the control plane: it would end a
// visitor's who is being talked to.
func TestACallIsNotCalledGoneWhileANodeDoesNotAnswer(t *testing.T) {
	t.Parallel()
	l := startFleet(t, 2)
	l.join(l.ticket(nil), agentTone)
	l.eventually("agent.joined")
	home := l.home(0)
	l.call("CA1", 30, customerTone)
	l.eventually("agent.joined", "contact.joined")
	l.through(1 - home)
	require.Equal(t, http.StatusNoContent, l.command("ctc_CA1", mediaapi.ActionFind))
	l.members[home].hangs.Store(true)
	for range 3 { // it is asked, and then known not to answer
		require.Equal(t, http.StatusServiceUnavailable, l.command("ctc_CA1", mediaapi.ActionFind))
	}
	l.members[home].hangs.Store(false)
	require.Eventually(t, func() bool { return l.command("ctc_CA1", mediaapi.ActionFind) == http.StatusNoContent }, patience, poll)
	assert.Equal(t, http.StatusNotFound, l.command("ctc_nowhere", mediaapi.ActionFind), "all have answered")
}

// A node that is full has its calls still, and one that passes a line on is not to take it though it drains.
func TestALineThatItsNodeDoesNotTakeGoesToTheNext(t *testing.T) {
	t.Parallel()
	l := startFleet(t, 3, func(c *node.Config) { c.MaxCalls = 1 })
	agent := l.join(l.ticket(nil), agentTone)
	l.eventually("agent.joined")
	home := l.home(0)
	l.through(home).call("CA1", 30, customerTone)
	l.eventually("agent.joined", "contact.joined")
	other, third := (home+1)%3, (home+2)%3
	require.NoError(t, l.members[other].node.Drain(t.Context()))

	l.through(other).call("CA2", 30, guestTone) // the newest call of the agent, who has one: it is for the same node, which is full
	require.Eventually(t, func() bool { return l.members[third].node.Live() == 1 }, patience, poll)
	assert.Equal(t, 1, l.members[other].node.Live(), "which passes it on, and does not have it")
	assert.Equal(t, http.StatusNoContent, l.through(other).command("ctc_CA1", mediaapi.ActionFind), "the full node is not taken for gone")
	agent.ear.forget()
	hears(t, &agent.ear, customerTone)
}
