package agentapi_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/internal/functiontest"
)

// endpoints is every operation, with a body that is right in form.
var endpoints = []struct {
	method, path, body string
	supervisors        bool
}{
	{"GET", "/api/desk", "", false},
	{"PUT", "/api/desk/status", `{"status":"ready","queues":["que_support"]}`, false},
	{"POST", "/api/desk/wrap-up/end", `{"contactId":"ct_1"}`, false},
	{"POST", "/api/contacts/CONTACT/accept", `{"offerId":"OFFER"}`, false},
	{"POST", "/api/contacts/CONTACT/decline", `{"offerId":"OFFER"}`, false},
	{"POST", "/api/contacts/CONTACT/end", "", false},
	{"GET", "/api/agents", "", true},
	{"POST", "/api/agents/ana/wrap-up/end", `{"contactId":"CONTACT"}`, true},
	{"POST", "/api/realtime-tickets", "", false},
	{"POST", "/api/media-tickets", "", false},
}

// TestEndpointsAreAllHere keeps the list above whole.
func TestEndpointsAreAllHere(t *testing.T) {
	t.Parallel()
	assert.Len(t, endpoints, 10, "new operations are to be listed here")
}

func TestNobodyIsRefused(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	c := o.Call(t, "CA1")
	agent := o.Agent(t, functiontest.Ana)
	for _, e := range endpoints {
		fill := strings.NewReplacer("CONTACT", c.ID, "OFFER", c.Offer.ID)
		got := o.as(t, "", e.method, fill.Replace(e.path), fill.Replace(e.body))
		assert.Equal(t, http.StatusUnauthorized, got.Status, e.path)
		assert.Equal(t, "/problems/signed-out", got.problem(t).Type, e.path)
	}
	assert.Equal(t, c, o.Contact(t, c.ID), "nothing is written")
	assert.Equal(t, agent, o.Agent(t, functiontest.Ana), "nothing is written")
}

func TestS1OnlyAgentsReachTheDesk(t *testing.T) {
	t.Parallel()
	o := open(t)
	got := o.as(t, "stranger", "GET", "/api/desk", "")
	assert.Equal(t, http.StatusForbidden, got.Status)
	assert.Equal(t, "/problems/not-an-agent", got.problem(t).Type)
	for _, e := range endpoints[1:8] {
		got := o.as(t, "stranger", e.method, e.path, e.body)
		assert.Contains(t, []int{http.StatusForbidden, http.StatusNotFound}, got.Status, e.path)
	}
}

func TestAgentsDoNotSupervise(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	c := o.Talk(t, "CA1", functiontest.Ana)
	_, err := o.HangUp(t.Context(), functiontest.Ana, c.ID)
	require.NoError(t, err)
	for _, e := range endpoints {
		if !e.supervisors {
			continue
		}
		got := o.as(t, functiontest.Ben, e.method, e.path, strings.ReplaceAll(e.body, "CONTACT", c.ID))
		assert.Equal(t, http.StatusForbidden, got.Status, e.path)
	}
	assert.NotNil(t, o.Agent(t, functiontest.Ana).WrapUp)
}

// TestAnotherAgentsContactIsUnknown: neither its state nor its existence is told.
func TestAnotherAgentsContactIsUnknown(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	c := o.Call(t, "CA1")
	for _, verb := range []string{"accept", "decline", "end"} {
		body := `{"offerId":"` + c.Offer.ID + `"}`
		if verb == "end" {
			body = ""
		}
		theirs := o.as(t, functiontest.Ben, "POST", "/api/contacts/"+c.ID+"/"+verb, body)
		nobodys := o.as(t, functiontest.Ben, "POST", "/api/contacts/ct_none/"+verb, body)
		assert.Equal(t, http.StatusNotFound, theirs.Status, verb)
		assert.Equal(t, strings.ReplaceAll(string(nobodys.Body), "ct_none", c.ID), string(theirs.Body), "%s: the same as for no contact", verb)
	}
	assert.Equal(t, c, o.Contact(t, c.ID))
}

func TestInvalidBodiesNameTheField(t *testing.T) {
	t.Parallel()
	o := open(t)
	for name, tc := range map[string]struct{ method, path, body, location string }{
		"unknown status":      {"PUT", "/api/desk/status", `{"status":"asleep"}`, "body.status"},
		"no status":           {"PUT", "/api/desk/status", `{}`, "body"},
		"unknown reason":      {"PUT", "/api/desk/status", `{"status":"paused","reason":"siesta"}`, "body.reason"},
		"the system's reason": {"PUT", "/api/desk/status", `{"status":"paused","reason":"missed"}`, "body.reason"},
		"unknown field":       {"PUT", "/api/desk/status", `{"status":"ready","colour":"red"}`, "body.colour"},
		"queues of numbers":   {"PUT", "/api/desk/status", `{"status":"ready","queues":[1]}`, "body.queues[0]"},
		"no offer":            {"POST", "/api/contacts/ct_1/accept", `{}`, "body"},
		"long id":             {"POST", "/api/desk/wrap-up/end", `{"contactId":"` + strings.Repeat("x", 65) + `"}`, "body.contactId"},
	} {
		got := o.as(t, functiontest.Ana, tc.method, tc.path, tc.body)
		assert.Equal(t, http.StatusUnprocessableEntity, got.Status, "%s: %s", name, got.Body)
		p := got.problem(t)
		if assert.NotEmpty(t, p.Errors, name) {
			assert.Equal(t, tc.location, p.Errors[0].Location, name)
		}
	}
}

func TestUnassignedQueueIsRefusedWhole(t *testing.T) {
	t.Parallel()
	o := open(t)
	got := o.as(t, functiontest.Ana, "PUT", "/api/desk/status", `{"status":"ready","queues":["que_support","que_other"]}`)
	assert.Equal(t, http.StatusUnprocessableEntity, got.Status)
	assert.Equal(t, "/problems/queue-not-assigned", got.problem(t).Type)
	assert.Empty(t, o.Agent(t, functiontest.Ana).Joined(), "none of the queues is joined")
}

func TestBodyOverTheLimit(t *testing.T) {
	t.Parallel()
	o := open(t)
	got := o.as(t, functiontest.Ana, "PUT", "/api/desk/status", `{"status":"ready","reason":"`+strings.Repeat("x", 70<<10)+`"}`)
	assert.Equal(t, http.StatusRequestEntityTooLarge, got.Status)
}

func TestInternalErrorsStayHidden(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	c := o.Talk(t, "CA1", functiontest.Ana)
	o.Phone.FailWith = errors.New("password is hunter2")
	got := o.as(t, functiontest.Ana, "POST", "/api/contacts/"+c.ID+"/end", "")
	assert.Equal(t, http.StatusInternalServerError, got.Status)
	assert.Equal(t, "/problems/internal", got.problem(t).Type)
	assert.NotContains(t, string(got.Body), "hunter2")
	assert.Equal(t, c, o.Contact(t, c.ID), "the call goes on")
}
