package agentapi_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/internal/functiontest"
	"guichet/shared/deskapi"
)

func TestP2NextStatus(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	c := o.Talk(t, "CA1", functiontest.Ana)
	later := `{"status":"paused","reason":"break","later":true}`
	chosen := decode[deskapi.Agent](t, o.as(t, functiontest.Ana, "PUT", "/api/desk/status", later))
	assert.Equal(t, &deskapi.NextStatus{Status: "paused", Reason: "break"}, chosen.Next)
	assert.Equal(t, "ready", chosen.Memberships[0].Status, "not yet")
	_, err := o.CallerLeft(t.Context(), c.ID)
	require.NoError(t, err)
	o.Pass(time.Second)
	assert.NotNil(t, o.Agent(t, functiontest.Ana).Next, "wrap-up is part of it")
	_, err = o.EndWrapUp(t.Context(), functiontest.Ana, c.ID)
	require.NoError(t, err)
	ana := o.Agent(t, functiontest.Ana)
	assert.Equal(t, "break", ana.StatusIn(functiontest.QueueID).Reason)
	assert.Nil(t, ana.Next)

	now := decode[deskapi.Agent](t, o.as(t, functiontest.Ana, "PUT", "/api/desk/status", `{"status":"ready","later":true}`))
	assert.Nil(t, now.Next)
	assert.Equal(t, "ready", now.Memberships[0].Status, "nothing is on")
	refused := o.as(t, functiontest.Ana, "PUT", "/api/desk/status", `{"status":"ready","later":true,"queues":["que_support"]}`)
	assert.Equal(t, http.StatusUnprocessableEntity, refused.Status)
	assert.Equal(t, http.StatusUnprocessableEntity, o.as(t, functiontest.Ana, "PUT", "/api/desk/status", `{"status":"paused","reason":"yoga","later":true}`).Status)
}
