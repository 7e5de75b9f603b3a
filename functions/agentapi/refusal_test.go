package agentapi_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/internal/functiontest"
	"guichet/infra/local/dynamo/dynamotest"
	"guichet/shared/center"
	"guichet/shared/deskapi"
	"guichet/shared/store/storetest"
)

// busy is an office in which everything is that the endpoints are about, and what fills their words in.
func busy(t *testing.T) (*office, *strings.Replacer) {
	t.Helper()
	o := openChats(t)
	o.Ready(t, functiontest.Ana)
	call := o.Call(t, "CA1")
	chat := o.held(t, functiontest.Ben, "customer")
	file := o.announce(t, functiontest.Ben)
	put(t, file, picture)
	sent := decode[deskapi.Message](t, o.as(t, functiontest.Ben, "POST", "/api/chats/"+chat.ID+"/messages", o.draft(t, "text", "See", file.ID)))
	canned := o.can(t, functiontest.Ben, `{"title":"x","text":"x","shortcut":"x"}`)
	recorded := o.record(t, functiontest.Ben, "x")
	left := o.left(t, functiontest.QueueID, center.SoundKept)
	require.NoError(t, o.Conversations.SetAside(t.Context(), "sms", []byte("x"), errors.New("x")))
	aside, err := o.Store.SetAsides(t.Context())
	require.NoError(t, err)
	return o, strings.NewReplacer(
		"CONTACT", call.ID, "OFFER", call.Offer.ID, "CHAT", chat.ID, "MESSAGE", center.NewID(center.PrefixMessage, o.Now()), "KEY", sent.Key,
		"FILE", file.ID, "CANNED", canned.ID, "ASIDE", aside[0].ID, "RECORDING", recorded.ID,
		"LINE", left.LineID, "VOICEMAIL", left.ID, "PLAYBACK", center.NewID(center.PrefixPlay, o.Now()),
	)
}

// everything is all items of the table, to see that nothing was written.
func (o *office) everything(t *testing.T) []map[string]types.AttributeValue {
	t.Helper()
	out, err := storetest.Client(dynamotest.Endpoint(t)).Scan(t.Context(), &dynamodb.ScanInput{TableName: &o.Table})
	require.NoError(t, err)
	require.Nil(t, out.LastEvaluatedKey)
	return out.Items
}

func TestNobodyIsRefused(t *testing.T) {
	t.Parallel()
	o, fill := busy(t)
	before := o.everything(t)
	for _, e := range endpoints {
		got := o.as(t, "", e.method, fill.Replace(e.path), fill.Replace(e.body))
		assert.Equal(t, http.StatusUnauthorized, got.Status, e.path)
		assert.Equal(t, "/problems/signed-out", got.problem(t).Type, e.path)
	}
	assert.Equal(t, before, o.everything(t), "nothing is written")
}

func TestS1OnlyAgentsReachTheDesk(t *testing.T) {
	t.Parallel()
	o, fill := busy(t)
	before := o.everything(t)
	got := o.as(t, "stranger", "GET", "/api/desk", "")
	assert.Equal(t, http.StatusForbidden, got.Status)
	assert.Equal(t, "/problems/not-an-agent", got.problem(t).Type)
	for _, e := range endpoints {
		if strings.HasSuffix(e.path, "-tickets") {
			continue // whether its bearer is an agent is seen where a ticket is used
		}
		got := o.as(t, "stranger", e.method, fill.Replace(e.path), fill.Replace(e.body))
		assert.Contains(t, []int{http.StatusForbidden, http.StatusNotFound}, got.Status, "%s %s: %s", e.method, e.path, got.Body)
	}
	assert.Equal(t, before, o.everything(t), "nothing is written")
}

func TestRolesAreKept(t *testing.T) {
	t.Parallel()
	o, fill := busy(t)
	before := o.everything(t)
	for _, e := range endpoints {
		for person, role := range map[string]center.Role{functiontest.Ana: center.RoleAgent, functiontest.Sue: center.RoleSupervisor} {
			if e.role == "" || e.role == role {
				continue
			}
			got := o.as(t, person, e.method, fill.Replace(e.path), fill.Replace(e.body))
			assert.Equal(t, http.StatusForbidden, got.Status, "%s %s", person, e.path)
		}
	}
	assert.Equal(t, before, o.everything(t), "nothing is written")
}

// TestAChatThatOneMayNotSeeIsUnknown: neither its state nor its existence is told.
func TestAChatThatOneMayNotSeeIsUnknown(t *testing.T) {
	t.Parallel()
	o, fill := busy(t)
	before := o.everything(t)
	for _, e := range endpoints {
		if !strings.Contains(e.path, "CHAT") {
			continue
		}
		theirs := o.as(t, zoe, e.method, fill.Replace(e.path), fill.Replace(e.body))
		assert.Equal(t, http.StatusNotFound, theirs.Status, e.path)
		nobodys := o.as(t, zoe, e.method, fill.Replace(strings.ReplaceAll(e.path, "CHAT", "ch_none")), fill.Replace(e.body))
		assert.Equal(t, strings.ReplaceAll(string(nobodys.Body), "ch_none", fill.Replace("CHAT")), string(theirs.Body), "%s: the same as for no chat", e.path)
	}
	assert.Equal(t, before, o.everything(t), "nothing is written")
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
	o, fill := busy(t)
	before := o.everything(t)
	long := strings.Repeat("x", 5001)
	for name, tc := range map[string]struct{ method, path, body, location string }{
		"unknown status":      {"PUT", "/api/desk/status", `{"status":"asleep"}`, "body.status"},
		"no status":           {"PUT", "/api/desk/status", `{}`, "body"},
		"unknown reason":      {"PUT", "/api/desk/status", `{"status":"paused","reason":"siesta"}`, "body.reason"},
		"the system's reason": {"PUT", "/api/desk/status", `{"status":"paused","reason":"missed"}`, "body.reason"},
		"unknown field":       {"PUT", "/api/desk/status", `{"status":"ready","colour":"red"}`, "body.colour"},
		"queues of numbers":   {"PUT", "/api/desk/status", `{"status":"ready","queues":[1]}`, "body.queues[0]"},
		"no offer":            {"POST", "/api/contacts/ct_1/accept", `{}`, "body"},
		"long id":             {"POST", "/api/desk/wrap-up/end", `{"contactId":"` + strings.Repeat("x", 65) + `"}`, "body.contactId"},

		"another id":          {"POST", "/api/chats/CHAT/messages", `{"id":"ct_1","kind":"text","text":"x"}`, "body.id"},
		"a ULID too large":    {"POST", "/api/chats/CHAT/messages", `{"id":"ms_8ZZZZZZZZZZZZZZZZZZZZZZZZZ","kind":"text","text":"x"}`, "body.id"},
		"an id of long ago":   {"POST", "/api/chats/CHAT/messages", `{"id":"ms_00000000000000000000000000","kind":"text","text":"x"}`, "body.id"},
		"an event":            {"POST", "/api/chats/CHAT/messages", `{"id":"MESSAGE","kind":"event","text":"x"}`, "body.kind"},
		"a long text":         {"POST", "/api/chats/CHAT/messages", `{"id":"MESSAGE","kind":"text","text":"` + long + `"}`, "body.text"},
		"no text":             {"POST", "/api/chats/CHAT/messages", `{"id":"MESSAGE","kind":"text"}`, "body.text"},
		"a text of nothing":   {"POST", "/api/chats/CHAT/messages", `{"id":"MESSAGE","kind":"text","text":" \u0007\n"}`, "body.text"},
		"eleven files":        {"POST", "/api/chats/CHAT/messages", `{"id":"MESSAGE","kind":"text","files":[1,2,3,4,5,6,7,8,9,10,11]}`, "body.files"},
		"a file's name":       {"POST", "/api/chats/CHAT/messages", `{"id":"MESSAGE","kind":"text","files":["a.png"]}`, "body.files[0]"},
		"no key":              {"POST", "/api/chats/CHAT/read", `{"key":"yesterday"}`, "body.key"},
		"no key to retry":     {"POST", "/api/chats/CHAT/retry", `{"key":""}`, "body.key"},
		"nobody":              {"POST", "/api/chats/CHAT/assign", `{}`, "body"},
		"agent and queue":     {"POST", "/api/chats/CHAT/assign", `{"agentId":"ana","queueId":"que_messages"}`, "body"},
		"a long tag":          {"PUT", "/api/chats/CHAT/tags", `{"tags":["` + strings.Repeat("x", 41) + `"]}`, "body.tags[0]"},
		"an empty tag":        {"PUT", "/api/chats/CHAT/tags", `{"tags":[""]}`, "body.tags[0]"},
		"many tags":           {"PUT", "/api/chats/CHAT/tags", `{"tags":["a"` + strings.Repeat(`,"a"`, 20) + `]}`, "body.tags"},
		"a page of a million": {"GET", "/api/chats/CHAT/messages?limit=1000000", "", "query.limit"},
		"a page before dawn":  {"GET", "/api/chats/CHAT/messages?before=dawn", "", "query.before"},
		"both ways":           {"GET", "/api/chats/CHAT/messages?before=PLACE&after=PLACE", "", "query.after"},
		"a long search":       {"GET", "/api/chats/resolved?search=" + long, "", "query.search"},
		"a link to a key":     {"GET", "/api/chats/CHAT/files/FILE?message=x", "", "query.message"},

		"a program":         {"POST", "/api/files", `{"name":"a.exe","type":"application/x-msdownload","bytes":16}`, "body.type"},
		"a page":            {"POST", "/api/files", `{"name":"a.html","type":"text/html; charset=utf-8","bytes":16}`, "body.type"},
		"a drawing":         {"POST", "/api/files", `{"name":"a.svg","type":"image/svg+xml","bytes":16}`, "body.type"},
		"a large file":      {"POST", "/api/files", `{"name":"a.png","type":"image/png","bytes":10000001}`, "body.bytes"},
		"an empty file":     {"POST", "/api/files", `{"name":"a.png","type":"image/png","bytes":0}`, "body.bytes"},
		"a folder's name":   {"POST", "/api/files", `{"name":"a/..","type":"image/png","bytes":16}`, "body.name"},
		"no name":           {"POST", "/api/files", `{"name":"","type":"image/png","bytes":16}`, "body.name"},
		"a wild shortcut":   {"POST", "/api/canned-messages", `{"title":"x","text":"x","shortcut":"Hello!"}`, "body.shortcut"},
		"a blank title":     {"POST", "/api/canned-messages", `{"title":" ","text":"x"}`, "body.title"},
		"a blank text":      {"POST", "/api/canned-messages", `{"title":"x","text":"\n"}`, "body.text"},
		"a long canned one": {"PUT", "/api/canned-messages/CANNED", `{"title":"x","text":"` + long + `","version":1}`, "body.text"},
		"a blank category":  {"POST", "/api/canned-messages", `{"title":"x","text":"x","categories":[""]}`, "body.categories[0]"},
	} {
		path := strings.ReplaceAll(fill.Replace(tc.path), "PLACE", queryEscape(fill.Replace("KEY")))
		got := o.as(t, functiontest.Ben, tc.method, path, fill.Replace(tc.body))
		assert.Equal(t, http.StatusUnprocessableEntity, got.Status, "%s: %s", name, got.Body)
		p := got.problem(t)
		if assert.NotEmpty(t, p.Errors, name) {
			assert.Equal(t, tc.location, p.Errors[0].Location, name)
		}
	}
	assert.Equal(t, before, o.everything(t), "nothing is written")
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
