package agentapi_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/internal/functiontest"
	"guichet/shared/center"
	"guichet/shared/deskapi"
)

func TestSupervisorsSetTheStatusOfAgents(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	const path = "/api/agents/" + functiontest.Ana + "/status"
	paused := decode[deskapi.Agent](t, o.as(t, functiontest.Sue, "PUT", path, `{"status":"paused","reason":"break"}`))
	assert.Equal(t, functiontest.Ana, paused.ID)
	assert.Equal(t, []string{"paused", "break"}, []string{paused.Memberships[0].Status, paused.Memberships[0].Reason})
	assert.Equal(t, functiontest.Sue, paused.Memberships[0].By)
	told := o.Pushes.Take("desk-ana")
	require.NotEmpty(t, told, "the agent's desk is told")
	assert.Equal(t, paused, told[len(told)-1].(deskapi.Patch).Agents[0], "and by whom")
	assert.Equal(t, http.StatusUnprocessableEntity, o.as(t, functiontest.Sue, "PUT", path, `{"status":"paused","reason":"boredom"}`).Status)
	assert.Equal(t, http.StatusNotFound, o.as(t, functiontest.Sue, "PUT", "/api/agents/nobody/status", `{"status":"out"}`).Status)
}

func TestP5ASupervisorsChoiceDoesNotEndACall(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	c := o.Talk(t, "CA1", functiontest.Ana)
	const path = "/api/agents/" + functiontest.Ana + "/status"
	later := decode[deskapi.Agent](t, o.as(t, functiontest.Sue, "PUT", path, `{"status":"paused","reason":"break","later":true}`))
	assert.Equal(t, &deskapi.NextStatus{Status: "paused", Reason: "break", By: functiontest.Sue}, later.Next)
	assert.Equal(t, "ready", later.Memberships[0].Status, "it comes after the call")

	out := decode[deskapi.Agent](t, o.as(t, functiontest.Sue, "PUT", path, `{"status":"out"}`))
	assert.Equal(t, []string{"out", functiontest.Sue}, []string{out.Memberships[0].Status, out.Memberships[0].By})
	assert.Equal(t, c.ID, out.ContactID, "the call goes on")
	held, err := o.Store.Contact(t.Context(), c.ID, true)
	require.NoError(t, err)
	assert.Equal(t, center.StateConnected, held.State)

	refused := o.as(t, functiontest.Sue, "PUT", path, `{"status":"ready"}`)
	assert.Equal(t, http.StatusUnprocessableEntity, refused.Status)
	assert.Contains(t, string(refused.Body), "/problems/no-queue-joined")
	refused = o.as(t, functiontest.Sue, "PUT", path, `{"status":"ready","queues":["que_of_others"]}`)
	assert.Contains(t, string(refused.Body), "/problems/queue-not-assigned")
}

func TestSupervisorsOwnChoicesAreTheirOwn(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Sue)
	own := decode[deskapi.Agent](t, o.as(t, functiontest.Sue, "PUT", "/api/agents/"+functiontest.Sue+"/status", `{"status":"paused","reason":"break"}`))
	assert.Empty(t, own.Memberships[0].By)
}
