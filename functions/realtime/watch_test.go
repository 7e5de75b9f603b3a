package realtime_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/internal/functiontest"
	"guichet/shared/mediaapi"
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
