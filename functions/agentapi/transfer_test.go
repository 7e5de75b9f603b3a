package agentapi_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"guichet/functions/internal/functiontest"
	"guichet/shared/center"
	"guichet/shared/deskapi"
	"guichet/shared/store"
)

const guestID = "gu_01ARZ3NDEKTSV4RRFFQ69G5FAV"

func TestS2Line(t *testing.T) {
	t.Parallel()
	const own = "+33199001011"
	o := open(t)
	o.Configure(t, func(d *store.Directory) {
		d.Lines = map[string]center.Line{own: {Number: own, Label: "Ana", AgentID: functiontest.Ana}}
	})
	desk := decode[deskapi.Desk](t, o.as(t, functiontest.Ana, "GET", "/api/desk", ""))
	assert.Equal(t, []deskapi.Line{{Number: own, Label: "Ana", Own: true}, {Number: functiontest.Number, Label: "Support"}}, desk.Lines)
	chosen := decode[deskapi.Agent](t, o.as(t, functiontest.Ana, "PUT", "/api/desk/line", `{"number":"`+functiontest.Number+`"}`))
	assert.Equal(t, functiontest.Number, chosen.Line)
	assert.Equal(t, "line-unknown", problemOf(t, o.as(t, functiontest.Ben, "PUT", "/api/desk/line", `{"number":"`+own+`"}`)))
}

func TestDialling(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Configure(t, func(d *store.Directory) { d.Settings.Country, d.Settings.Countries = "FR", []string{"FR"} })
	dial := func(to string) answer {
		return o.as(t, functiontest.Ana, "POST", "/api/calls", `{"id":"ct_01ARZ3NDEKTSV4RRFFQ69G5FAV","to":"`+to+`"}`)
	}
	for to, slug := range map[string]string{
		"bonjour": "not-a-number", "0612": "too-short", "+33 8 99 12 34 56": "number-premium", "+1 212 555 2368": "country-not-allowed", "112": "number-emergency",
	} {
		got := dial(to)
		assert.Equal(t, http.StatusUnprocessableEntity, got.Status, to)
		assert.Equal(t, slug, problemOf(t, got), to)
	}
	assert.Equal(t, "agent-without-audio", problemOf(t, dial("06 12 34 56 78")))
	assert.Empty(t, o.Phone.Dialled(), "nobody is called")
	assert.NoError(t, o.AudioUp(t.Context(), functiontest.Ana, "session"))
	made := decode[deskapi.Contact](t, dial("06 12 34 56 78"))
	assert.Equal(t, []string{"outbound", "+33612345678", functiontest.Number, ""}, []string{made.Kind, made.From, made.To, made.QueueID})
	assert.Equal(t, made.ID, decode[deskapi.Contact](t, dial("06 12 34 56 78")).ID, "a double click")
	assert.Equal(t, []string{"+33612345678"}, o.Phone.Dialled())
}

func TestP1ConsultAndHandOver(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	c := o.Talk(t, "CA1", functiontest.Ana)
	path := "/api/contacts/" + c.ID
	invite := func(whom string) answer {
		return o.as(t, functiontest.Ana, "POST", path+"/guest", `{"id":"`+guestID+`",`+whom+`}`)
	}
	assert.Equal(t, "agent-away", problemOf(t, invite(`"agentId":"ben"`)))
	assert.Equal(t, "queue-nobody", problemOf(t, invite(`"queueId":"que_support"`)))
	assert.Equal(t, "too-short", problemOf(t, invite(`"number":"+3312"`)))
	assert.Equal(t, "invalid", problemOf(t, invite(`"blind":true`)))
	o.Ready(t, functiontest.Ben)
	invited := decode[deskapi.Contact](t, invite(`"agentId":"ben"`))
	assert.Equal(t, []any{"ringing", "ben", guestID}, []any{invited.Guest.State, invited.Guest.AgentID, invited.Guest.ID})
	assert.NotNil(t, invited.HeldAt)
	decode[deskapi.Contact](t, o.as(t, functiontest.Ben, "POST", path+"/accept", `{"offerId":"`+guestID+`"}`))
	over := decode[deskapi.Contact](t, o.as(t, functiontest.Ana, "POST", path+"/hand-over", ""))
	assert.Equal(t, []string{"ben", "connecting"}, []string{over.AgentID, over.State})
	assert.Equal(t, http.StatusNotFound, o.as(t, functiontest.Ana, "POST", path+"/hand-over", "").Status, "it is no longer ana's")
	assert.NoError(t, o.Joined(t.Context(), c.ID, functiontest.Ben, o.Now()))
	moved := decode[deskapi.Contact](t, o.as(t, functiontest.Ben, "POST", path+"/queue", `{"queueId":"que_support"}`))
	assert.Equal(t, "waiting", moved.State)
}

func TestP1AGuestIsDismissed(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	c := o.Talk(t, "CA1", functiontest.Ana)
	path := "/api/contacts/" + c.ID + "/guest"
	decode[deskapi.Contact](t, o.as(t, functiontest.Ana, "POST", path, `{"id":"`+guestID+`","number":"+33 6 12 34 56 78"}`))
	assert.Equal(t, []string{"+33612345678"}, o.Phone.Dialled())
	alone := decode[deskapi.Contact](t, o.as(t, functiontest.Ana, "DELETE", path, ""))
	assert.Nil(t, alone.Guest)
	assert.NotNil(t, alone.HeldAt, "the agent takes the customer back")
	assert.Equal(t, []string{"CA" + guestID}, o.Phone.HungUp())
	assert.Nil(t, decode[deskapi.Contact](t, o.as(t, functiontest.Ana, "DELETE", path, "")).Guest, "a double click")
}

// problemOf is the case of a refusal.
func problemOf(t *testing.T, a answer) string {
	t.Helper()
	_, slug, _ := strings.Cut(a.problem(t).Type, "/problems/")
	return slug
}
