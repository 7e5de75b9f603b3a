package agentapi_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"

	"guichet/functions/internal/functiontest"
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
	assert.NotEmpty(t, o.Pushes.Take("desk-ana"), "the agent's desk is told")
	assert.Equal(t, http.StatusUnprocessableEntity, o.as(t, functiontest.Sue, "PUT", path, `{"status":"paused","reason":"boredom"}`).Status)
	assert.Equal(t, http.StatusNotFound, o.as(t, functiontest.Sue, "PUT", "/api/agents/nobody/status", `{"status":"out"}`).Status)
}
