package realtime_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/internal/functiontest"
	"guichet/shared/center"
	"guichet/shared/mediaapi"
	"guichet/shared/store"
)

func TestDesksWatchTheirQueues(t *testing.T) {
	t.Parallel()
	o := open(t)
	require.Equal(t, http.StatusOK, o.route(t, "$connect", "ana", o.ticket(t, "t1", functiontest.Ana, mediaapi.PurposeRealtime), ""))
	require.Equal(t, http.StatusOK, o.route(t, "$connect", "sue", o.ticket(t, "t2", functiontest.Sue, mediaapi.PurposeRealtime), ""))
	const other = "que_other"
	watch := `{"type":"watch","queueIds":["` + functiontest.QueueID + `","` + other + `","` + other + `",""],"agentsOf":["` + other + `","` + functiontest.QueueID + `"]}`
	for desk, want := range map[string][]string{"ana": {functiontest.QueueID}, "sue": {other, functiontest.QueueID}} {
		require.Equal(t, http.StatusOK, o.route(t, "$default", desk, "", watch))
		got, err := o.Store.Connection(t.Context(), desk)
		require.NoError(t, err)
		assert.ElementsMatch(t, want, got.Watched, "%s: agents the assigned queues, supervisors all", desk)
		assert.ElementsMatch(t, want, got.AgentsOf, desk)
	}
	require.Equal(t, http.StatusOK, o.route(t, "$default", "ana", "", `{"type":"ping"}`))
	got, err := o.Store.Connection(t.Context(), "ana")
	require.NoError(t, err)
	assert.NotEmpty(t, got.Watched, "a heartbeat forgets nothing")
	require.Equal(t, http.StatusOK, o.route(t, "$default", "ana", "", `{"type":"watch","queueIds":[]}`))
	got, err = o.Store.Connection(t.Context(), "ana")
	require.NoError(t, err)
	assert.Empty(t, got.Watched)
	assert.Empty(t, got.AgentsOf)

	assert.Equal(t, http.StatusForbidden, o.route(t, "$default", "stranger", "", watch))
	many := `{"type":"watch","queueIds":["q"` + strings.Repeat(`,"q"`, 100) + `]}`
	assert.Equal(t, http.StatusBadRequest, o.route(t, "$default", "ana", "", many))
}

// Whom the centre's file makes an agent, or gives other queues, is told by the next heartbeat what they may know now.
func TestDesksFollowTheirAgentsProfile(t *testing.T) {
	t.Parallel()
	o := open(t)
	require.Equal(t, http.StatusOK, o.route(t, "$connect", "sue", o.ticket(t, "t1", functiontest.Sue, mediaapi.PurposeRealtime), ""))
	watch := `{"type":"watch","queueIds":["que_other","` + functiontest.QueueID + `"],"agentsOf":["que_other"]}`
	require.Equal(t, http.StatusOK, o.route(t, "$default", "sue", "", watch))
	agent := &center.Agent{ID: functiontest.Sue, Name: "Sue", Role: center.RoleAgent, Language: "en", Queues: []string{functiontest.QueueID, "que_third"}}
	require.NoError(t, o.Store.EnsureAgent(t.Context(), agent))
	require.Equal(t, http.StatusOK, o.route(t, "$default", "sue", "", `{"type":"ping"}`))
	got, err := o.Store.Connection(t.Context(), "sue")
	require.NoError(t, err)
	assert.Equal(t, center.RoleAgent, got.Role)
	assert.Equal(t, agent.Queues, got.Queues)
	assert.Equal(t, []string{functiontest.QueueID}, got.Watched, "no longer all")
	assert.Empty(t, got.AgentsOf)

	agent.Queues = nil
	require.NoError(t, o.Store.EnsureAgent(t.Context(), agent))
	require.Equal(t, http.StatusOK, o.route(t, "$default", "sue", "", `{"type":"ping"}`))
	got, err = o.Store.Connection(t.Context(), "sue")
	require.NoError(t, err)
	assert.Empty(t, got.Queues)
	assert.Empty(t, got.Watched)
	meter := &store.Meter{}
	_, err = o.Heartbeat(store.WithMeter(t.Context(), meter), "sue")
	require.NoError(t, err)
	assert.EqualValues(t, 1, meter.Usage().WriteUnits, "the lease alone")
}
