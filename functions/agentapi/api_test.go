package agentapi_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/agentapi"
	"guichet/functions/internal/functiontest"
	"guichet/shared/center"
	"guichet/shared/deskapi"
	"guichet/shared/dispatch"
	"guichet/shared/mediaapi"
	"guichet/shared/objects"
	"guichet/shared/objects/objectstest"
)

// office is a centre with the API before it.
type office struct {
	*functiontest.Centre
	handler http.Handler
	objects *objects.Bucket
}

func open(t *testing.T) *office {
	t.Helper()
	return opened(t, functiontest.New(t))
}

// openChats opens an office whose agents take chats, too. Two more people are there: an agent without a queue and an admin.
func openChats(t *testing.T) *office {
	t.Helper()
	o := opened(t, functiontest.WithChats(t))
	for id, role := range map[string]center.Role{zoe: center.RoleAgent, root: center.RoleAdmin} {
		require.NoError(t, o.Store.EnsureAgent(t.Context(), &center.Agent{ID: id, Name: id, Role: role, Language: "fr"}))
	}
	return o
}

func opened(t *testing.T, c *functiontest.Centre) *office {
	t.Helper()
	bucket := objectstest.Open(t)
	c.Conversations.Objects = bucket
	return &office{c, agentapi.New(c.Dispatcher, c.Conversations, bucket, functiontest.Key, functiontest.Log), bucket}
}

const (
	zoe  = "zoe"  // an agent without a queue
	root = "root" // an admin
)

// answer is a status and either kind of body.
type answer struct {
	Status int
	Body   []byte
}

// problem is the error document.
type problem struct {
	Type   string
	Status int
	Detail string
	Errors []struct{ Location, Message string }
}

func (a answer) problem(t *testing.T) problem {
	t.Helper()
	var p problem
	require.NoError(t, json.Unmarshal(a.Body, &p), "%s", a.Body)
	return p
}

func decode[T any](t *testing.T, a answer) T {
	t.Helper()
	require.Equal(t, http.StatusOK, a.Status, "%s", a.Body)
	var v T
	require.NoError(t, json.Unmarshal(a.Body, &v))
	return v
}

// as sends a request as a signed-in person; the empty name is nobody.
func (o *office) as(t *testing.T, person, method, path, body string) answer {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	if person != "" {
		r = r.WithContext(agentapi.WithClaims(r.Context(), map[string]string{"username": person}))
	}
	w := httptest.NewRecorder()
	o.handler.ServeHTTP(w, r)
	return answer{w.Code, w.Body.Bytes()}
}

func TestDeskSnapshot(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	c := o.Call(t, "CA1")
	desk := decode[deskapi.Desk](t, o.as(t, functiontest.Ana, "GET", "/api/desk", ""))
	assert.Equal(t, functiontest.Ana, desk.Agent.ID)
	assert.Equal(t, "ready", desk.Agent.Memberships[0].Status)
	assert.Equal(t, c.ID, desk.Agent.ContactID)
	require.NotNil(t, desk.Contact)
	assert.Equal(t, "offered", desk.Contact.State)
	assert.Equal(t, c.Offer.ID, desk.Contact.Offer.ID)
	assert.Equal(t, []string{"break"}, desk.PauseReasons)
	assert.Len(t, desk.Queues, 1)
	assert.True(t, desk.ServerTime.Equal(o.Now()))
}

func TestCallFromRingToWrapUp(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	c := o.Call(t, "CA1")
	path := "/api/contacts/" + c.ID
	accepted := decode[deskapi.Contact](t, o.as(t, functiontest.Ana, "POST", path+"/accept", `{"offerId":"`+c.Offer.ID+`"}`))
	assert.Equal(t, "connecting", accepted.State)
	ticket, err := functiontest.Key.Verify(o.Phone.Ticket(c.ID), mediaapi.PurposeStream, o.Now())
	require.NoError(t, err)
	assert.Equal(t, functiontest.Ana, ticket.AgentID)

	again := decode[deskapi.Contact](t, o.as(t, functiontest.Ana, "POST", path+"/accept", `{"offerId":"`+c.Offer.ID+`"}`))
	assert.Equal(t, accepted, again, "a double click is one action")

	require.NoError(t, o.Joined(t.Context(), c.ID, functiontest.Ana, o.Now()))
	ended := decode[deskapi.Contact](t, o.as(t, functiontest.Ana, "POST", path+"/end", ""))
	assert.Equal(t, "handled", ended.Outcome)
	assert.Equal(t, []string{"CA1"}, o.Phone.HungUp())
	assert.Equal(t, ended, decode[deskapi.Contact](t, o.as(t, functiontest.Ana, "POST", path+"/end", "")))
	assert.Len(t, o.Phone.HungUp(), 1)

	body := `{"contactId":"` + c.ID + `"}`
	agent := decode[deskapi.Agent](t, o.as(t, functiontest.Ana, "POST", "/api/desk/wrap-up/end", body))
	assert.Nil(t, agent.WrapUp)
	assert.Equal(t, agent, decode[deskapi.Agent](t, o.as(t, functiontest.Ana, "POST", "/api/desk/wrap-up/end", body)))
}

func TestDeclineGoesToTheNextAgent(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	o.Pass(time.Second)
	o.Ready(t, functiontest.Ben)
	c := o.Call(t, "CA1")
	require.Equal(t, functiontest.Ana, c.HeldBy())
	got := o.as(t, functiontest.Ana, "POST", "/api/contacts/"+c.ID+"/decline", `{"offerId":"`+c.Offer.ID+`"}`)
	assert.Equal(t, http.StatusNoContent, got.Status)
	assert.Equal(t, functiontest.Ben, o.Contact(t, c.ID).HeldBy())
	assert.Equal(t, center.StatusReady, o.Agent(t, functiontest.Ana).StatusIn(functiontest.QueueID).Status)
}

func TestLateAcceptIsTold(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	o.Pass(time.Second)
	o.Ready(t, functiontest.Ben)
	c := o.Call(t, "CA1")
	late := `{"offerId":"` + c.Offer.ID + `"}`
	o.Pass(functiontest.RingTime)
	require.NoError(t, o.OfferTimedOut(t.Context(), c.ID, c.Offer.ID))
	c = o.Contact(t, c.ID)
	require.Equal(t, functiontest.Ben, c.HeldBy())
	require.Equal(t, http.StatusOK, o.as(t, functiontest.Ben, "POST", "/api/contacts/"+c.ID+"/accept", `{"offerId":"`+c.Offer.ID+`"}`).Status)

	for _, verb := range []string{"accept", "decline"} {
		got := o.as(t, functiontest.Ana, "POST", "/api/contacts/"+c.ID+"/"+verb, late)
		assert.Equal(t, http.StatusConflict, got.Status)
		assert.Equal(t, "/problems/offer-gone", got.problem(t).Type)
	}
	assert.Equal(t, functiontest.Ben, o.Contact(t, c.ID).HeldBy())
}

func TestAcceptOfACallerWhoLeft(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	c := o.Call(t, "CA1")
	o.Phone.FailWith = dispatch.ErrCallGone
	got := o.as(t, functiontest.Ana, "POST", "/api/contacts/"+c.ID+"/accept", `{"offerId":"`+c.Offer.ID+`"}`)
	assert.Equal(t, http.StatusConflict, got.Status)
	assert.Equal(t, "/problems/caller-left", got.problem(t).Type)
	assert.True(t, o.Contact(t, c.ID).Ended())
	assert.Empty(t, o.Agent(t, functiontest.Ana).ContactID)
}

func TestStatusOfQueues(t *testing.T) {
	t.Parallel()
	o := open(t)
	set := func(body string) answer { return o.as(t, functiontest.Ana, "PUT", "/api/desk/status", body) }
	none := set(`{"status":"ready"}`)
	assert.Equal(t, http.StatusUnprocessableEntity, none.Status)
	assert.Equal(t, "/problems/no-queue-joined", none.problem(t).Type)

	joined := decode[deskapi.Agent](t, set(`{"status":"ready","queues":["que_support"]}`))
	assert.Equal(t, "ready", joined.Memberships[0].Status)
	paused := decode[deskapi.Agent](t, set(`{"status":"paused","reason":"break"}`))
	assert.Equal(t, "break", paused.Memberships[0].Reason)
	out := decode[deskapi.Agent](t, set(`{"status":"out"}`))
	assert.Equal(t, "out", out.Memberships[0].Status)
}

func TestSupervisorEndsWrapUp(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	c := o.Talk(t, "CA1", functiontest.Ana)
	team := decode[struct {
		Agents   []deskapi.Agent
		Contacts []deskapi.Contact
	}](t, o.as(t, functiontest.Sue, "GET", "/api/agents", ""))
	assert.Len(t, team.Agents, 3)
	require.Len(t, team.Contacts, 1)
	assert.Equal(t, c.ID, team.Contacts[0].ID)

	_, err := o.HangUp(t.Context(), functiontest.Ana, c.ID)
	require.NoError(t, err)
	body := `{"contactId":"` + c.ID + `"}`
	agent := decode[deskapi.Agent](t, o.as(t, functiontest.Sue, "POST", "/api/agents/ana/wrap-up/end", body))
	assert.Nil(t, agent.WrapUp)
	assert.NotEmpty(t, o.Pushes.Take("desk-ana"), "the agent's desk follows")
}

func TestTickets(t *testing.T) {
	t.Parallel()
	o := open(t)
	for path, use := range map[string]mediaapi.Purpose{
		"/api/realtime-tickets": mediaapi.PurposeRealtime, "/api/media-tickets": mediaapi.PurposeAgent,
	} {
		got := decode[struct {
			Ticket    string
			ExpiresAt time.Time
		}](t, o.as(t, functiontest.Ana, "POST", path, ""))
		ticket, err := functiontest.Key.Verify(got.Ticket, use, o.Now())
		require.NoError(t, err)
		assert.Equal(t, functiontest.Ana, ticket.AgentID)
		assert.LessOrEqual(t, got.ExpiresAt.Sub(o.Now()), time.Minute)
	}
}
